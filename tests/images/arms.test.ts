// Mappings in templates: with actions among their keys, and with keys in several arms of an action.
import { lines } from "../support/lines.js";
import { itFinds } from "./cases.js";

itFinds("mappings in templates", [
  [
    "an output action among the keys",
    "image:\n  repository: a/b\n  {{- toYaml .x | nindent 2 }}\n  tag: v1\n",
    "templates/a.yaml",
    ["a/b:v1 templated"],
  ],
  [
    "an output action in another key's value",
    "image:\n  repository: a/b\n  tag: v1\n  labels:\n    {{- toYaml .x | nindent 4 }}\n",
    "templates/a.yaml",
    ["a/b:v1 unpinned"],
  ],
  [
    "a control action among the keys",
    "image:\n  repository: a/b\n  {{- if .x }}\n  pullPolicy: Always\n  {{- end }}\n  tag: v1\n",
    "templates/a.yaml",
    ["a/b:v1 unpinned"],
  ],
  [
    "two arms, each whole",
    lines(
      "image:",
      "  {{- if .x }}",
      "  repository: a/b",
      "  tag: v1",
      "  {{- else }}",
      "  repository: c/d",
      "  tag: v2",
      "  {{- end }}",
    ),
    "templates/a.yaml",
    ["a/b:v1 unpinned", "c/d:v2 unpinned"],
  ],
  [
    "parts in different arms",
    "image:\n  {{- if .x }}\n  repository: a/b\n  {{- else }}\n  tag: v2\n  {{- end }}\n",
    "templates/a.yaml",
    ["a/b incomplete", ":v2 incomplete"],
  ],
]);
