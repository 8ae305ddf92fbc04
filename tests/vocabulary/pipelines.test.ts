// Images of continuous integration.
import { describe } from "vitest";
import { lines } from "../support/lines.js";
import { testShapes, type ShapeCase } from "./shape-cases.js";

const cases: readonly ShapeCase[] = [
  {
    name: "a workflow by its keys",
    file: "workflow-templates/ci.yml",
    text: "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    container: node:20\n",
    found: ["node:20 unpinned"],
  },
  {
    name: "an action",
    file: "my/action.yml",
    text: "name: a\nruns:\n  using: docker\n  image: docker://alpine:3\n",
    found: ["alpine:3 unpinned"],
  },
  {
    name: "GitLab CI",
    file: "sub/.gitlab-ci.yml",
    text: lines(
      "image: ruby:3",
      "default:",
      "  image: { name: 'a:1' }",
      "services: [postgres]",
      "job:",
      "  image: b",
      "  services:",
      "    - c:3",
      "    - name: d",
      "      alias: x",
      "  script: [echo]",
    ),
    found: [
      "ruby:3 unpinned",
      "a:1 unpinned",
      "postgres unpinned",
      "b unpinned",
      "c:3 unpinned",
      "d unpinned",
    ],
  },
  {
    name: "CircleCI, whose machines are none",
    file: ".circleci/config.yml",
    text: lines(
      "version: 2.1",
      "executors:",
      "  e:",
      "    docker: [{ image: cimg/base:1 }]",
      "jobs:",
      "  a:",
      "    machine: { image: 'ubuntu-2204:current' }",
      "  b:",
      "    docker:",
      "      - image: cimg/node:20",
    ),
    found: ["cimg/base:1 unpinned", "cimg/node:20 unpinned"],
  },
  {
    name: "Drone",
    file: ".drone.yml",
    text: lines(
      "kind: pipeline",
      "type: docker",
      "steps:",
      "  - name: a",
      "    image: golang",
      "services:",
      "  - image: redis:7",
    ),
    found: ["golang unpinned", "redis:7 unpinned"],
  },
  {
    name: "Cloud Build, whose outputs are none",
    file: "cloudbuild.yaml",
    text: "steps:\n  - name: gcr.io/cloud-builders/docker\n    args: [build]\nimages: ['gcr.io/a/b:1']\n",
    found: ["gcr.io/cloud-builders/docker unpinned"],
  },
];

describe("continuous integration", () => {
  testShapes(cases);
});
