// The same images in other YAML: quoted keys, JSON, block scalars, several documents.
import { describe } from "vitest";
import { D, testShapes, type ShapeCase } from "./shape-cases.js";

const cases: readonly ShapeCase[] = [
  {
    name: "quoted keys, explicit keys and JSON",
    file: "p.yaml",
    text: '{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"image": "a:1"}]}}\n',
    found: ["a:1 unpinned"],
    pinned: { "a:1": `a:1@${D}` },
  },
  {
    name: "folded block scalars",
    file: "p.yaml",
    text: "containers:\n  - image: >-\n      a:1\n  - image: |\n      b:2\n",
    found: ["a:1 unpinned", "b:2 unpinned"],
    pinned: { "a:1": `a:1@${D}`, "b:2": `b:2@${D}` },
  },
  {
    name: "several documents, CRLF",
    file: "m.yaml",
    text: "containers:\r\n  - image: a:1\r\n---\r\ncontainers:\r\n  - image: b:2\r\n",
    found: ["a:1 unpinned", "b:2 unpinned"],
  },
];

describe("any way to write YAML", () => {
  testShapes(cases);
});
