// Where the digest of a mapping goes if its chart is not known.
import { itFinds } from "./cases.js";

itFinds("the slot of a mapping", [
  [
    "a suffix key",
    "image:\n  repository: a/b\n  tag: v1\n  distroless: true\n",
    "values.yaml",
    ["a/b:v1 unpinned suggest chart-breaks"],
  ],
  [
    "a sha of unknown style",
    'image:\n  repository: a/b\n  tag: v1\n  sha: ""\n',
    "values.yaml",
    ["a/b:v1 unpinned suggest sha-style"],
  ],
]);
