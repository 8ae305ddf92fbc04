// Images of Docker Compose.
import { describe } from "vitest";
import { lines } from "../support/lines.js";
import { D, testShapes, type ShapeCase } from "./shape-cases.js";

const cases: readonly ShapeCase[] = [
  {
    name: "Compose: fragments, build, and the first version",
    file: "docker-compose.yml",
    text: lines(
      "x-base: &base { image: postgres }",
      "services:",
      "  a: { <<: *base }",
      "  b: { image: mine, build: . }",
      "  c: { image: 'redis:7', pull_policy: always }",
    ),
    found: ["postgres unpinned", "redis:7 unpinned"],
  },
  {
    name: "Compose by its keys",
    file: "stack.yml",
    text: "services:\n  a:\n    image: nginx\n",
    found: ["nginx unpinned"],
  },
  {
    name: "Compose's defaults",
    file: "compose.yaml",
    text: lines(
      "services:",
      "  a: { image: '${IMAGE:-nginx:1.27}' }",
      "  b: { image: '${REGISTRY:-}redis:${TAG:-7}' }",
      "  c: { image: '${X}/d:1' }",
      "  e: { image: '${I:-ubuntu}' }",
    ),
    found: [
      "${IMAGE:-nginx:1.27} unpinned",
      "${REGISTRY:-}redis:${TAG:-7} unpinned",
      "${X}/d:1 templated",
      "${I:-ubuntu} unpinned",
    ],
    pinned: { "1.27}": `1.27@${D}}`, "TAG:-7}": `TAG:-7@${D}}`, "ubuntu}": `ubuntu:latest@${D}}` },
  },
];

describe("Docker Compose", () => {
  testShapes(cases);
});
