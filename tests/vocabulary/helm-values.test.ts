// Images in the values of Helm charts.
import { describe, expect, it } from "vitest";
import { fieldsOf } from "../images/fields-of.js";
import { lines } from "../support/lines.js";
import { D, testShapes, type ShapeCase } from "./shape-cases.js";

const cases: readonly ShapeCase[] = [
  {
    name: "siblings in values",
    file: "values.yaml",
    text: lines(
      "image: a/b",
      "imageTag: v1",
      "c:",
      "  image: d",
      "  image_tag: v2",
      "e:",
      "  imageRegistry: quay.io",
      "  imageRepository: f/g",
      "  imageTag: v3",
      "h:",
      "  image: i/j",
      "  tag: v4",
    ),
    found: ["a/b:v1 unpinned", "d:v2 unpinned", "quay.io/f/g:v3 unpinned", "i/j:v4 unpinned"],
    pinned: { "imageTag: v1": `imageTag: v1@${D}`, v2: `v2@${D}`, v3: `v3@${D}`, v4: `v4@${D}` },
  },
  {
    name: "keys that begin with image",
    file: "values.yaml",
    text: lines(
      "imageNginx: nginx:1",
      "image_name: a:1",
      "imageName: b:2",
      "sidecarImageName: c:3",
      "imagePullPolicy: Always",
      "imageTag: v1",
      "imagePrefix: x:y",
    ),
    found: ["nginx:1 unpinned", "a:1 unpinned", "b:2 unpinned", "c:3 unpinned"],
  },
  {
    name: "maps and lists of references",
    file: "values.yaml",
    text: lines(
      "images:",
      "  csi: quay.io/x/csi:v1",
      "  pullPolicy: Always",
      "other:",
      "  images: [a:1, 'quay.io/b/c@sha256:abc']",
    ),
    found: ["quay.io/x/csi:v1 unpinned", "a:1 unpinned", "quay.io/b/c@sha256:abc invalid"],
  },
  {
    name: "global.imageRegistry, which a lookup goes to",
    file: "values.yaml",
    text: "global: { imageRegistry: r.example }\nimage: { registry: docker.io, repository: a/b, tag: v1 }\n",
    found: ["docker.io/a/b:v1 unpinned"],
  },
  {
    name: "a name whose registry stands elsewhere",
    file: "values.yaml",
    text: "image: { name: app, tag: v1 }\nother: { image: { name: a/b, tag: v1 } }\n",
    found: ["app:v1 incomplete", "a/b:v1 unpinned"],
  },
  {
    name: "a chart's or a git repository",
    file: "values.yaml",
    text: "chart: { repository: a/b, tag: v1 }\ngit: { repository: a/b, tag: v1 }\n",
    found: [],
  },
  {
    name: "helm-unittest",
    file: "tests/a_test.yaml",
    text: "suite: x\ntests:\n  - asserts:\n      - equal: { path: image, value: 'a:1' }\n    image: a:1\n",
    found: [],
  },
  {
    name: "merge keys, which alone add no field",
    file: "values.yaml",
    text: lines(
      "base: &b { repository: a/b, tag: v1 }",
      "image:",
      "  <<: *b",
      "  pullPolicy: Always",
      "other:",
      "  image: { <<: *b, tag: v2 }",
    ),
    found: ["a/b:v1 unpinned", "a/b:v2 unpinned"],
    pinned: { "tag: v1": `tag: v1@${D}`, "tag: v2": `tag: v2@${D}` },
  },
  {
    name: "a merged tag that means another image elsewhere",
    file: "values.yaml",
    text: "base: &b { repository: a/b, tag: v1 }\nimage: { <<: *b, repository: c/d }\n",
    found: ["a/b:v1 unpinned none anchor-shared", "c/d:v1 unpinned none anchor-shared"],
  },
];

describe("the values of Helm charts", () => {
  testShapes(cases);
});

describe("global.imageRegistry", () => {
  it("is where the digest is looked up, and is never written", () => {
    const [field] = fieldsOf(
      "global: { imageRegistry: r.example }\nimage: { registry: docker.io, repository: a/b, tag: v1 }\n",
    );
    expect(field?.reference).toMatchObject({ domain: "r.example", repository: "a/b" });
  });
});
