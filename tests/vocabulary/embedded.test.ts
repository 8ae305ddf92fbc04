// Images in strings of a resource, and those that a cluster wrote.
import { describe } from "vitest";
import { lines } from "../support/lines.js";
import { D, resource, testShapes, type ShapeCase } from "./shape-cases.js";

const cases: readonly ShapeCase[] = [
  {
    name: "status, and what kubectl last applied",
    file: "s.yaml",
    text: resource(
      "v1",
      "Pod",
      lines(
        "metadata:",
        "  annotations:",
        "    kubectl.kubernetes.io/last-applied-configuration: " +
          `'{"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"image":"a:1"}]}}'`,
        "status:",
        "  containers: [{ image: b:1 }]",
      ),
    ),
    found: ["a:1 unpinned none generated", "b:1 unpinned none generated"],
  },
  {
    name: "a ConfigMap that holds a manifest",
    file: "c.yaml",
    text: resource(
      "v1",
      "ConfigMap",
      lines(
        "data:",
        "  pod.yaml: |",
        "    apiVersion: v1",
        "    kind: Pod",
        "    spec:",
        "      containers:",
        "        - image: a:1",
        "    ---",
        "    apiVersion: v1",
        "    kind: Pod",
        "    spec:",
        "      containers:",
        "        - image: b:2",
        "  values.yaml: |",
        "    image: { repository: c/d, tag: v1 }",
        "  script.sh: |",
        "    docker run image: x",
      ),
    ),
    found: ["a:1 unpinned", "b:2 unpinned", "c/d:v1 unpinned"],
    pinned: { "a:1": `a:1@${D}`, "b:2": `b:2@${D}`, "tag: v1": `tag: v1@${D}` },
  },
  {
    name: "JSON in a quoted string: reported, not written",
    file: "c.yaml",
    text: resource("v1", "ConfigMap", 'data:\n  a.json: \'{"image": "ghcr.io/a/b:1"}\'\n'),
    found: ["ghcr.io/a/b:1 unpinned none embedded"],
  },
];

describe("YAML in a string, and what a cluster wrote", () => {
  testShapes(cases);
});
