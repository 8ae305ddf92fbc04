// What we say of trees of kustomizations, against what kustomize itself builds of them.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { loadAll } from "js-yaml";
import { describe, expect, it } from "vitest";
import type { ImageField } from "../../lib/images/field.js";
import { inspect } from "../../lib/images/inspect.js";
import { readDeployments } from "../../lib/read-deployed.js";
import { formatReference, parseReference } from "../../lib/reference/reference.js";
import { settingsOf } from "../support/settings.js";
import { lacks, run } from "./support/tools.js";

type Files = Record<string, string>;

const DIGEST = `sha256:${"d".repeat(64)}`;

const container = (image: string, index: number): string =>
  `      - name: c${String(index)}\n        image: ${image}\n`;
const pod = (name: string, images: readonly string[]): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\nspec:\n  template:\n    spec:\n` +
  `      containers:\n${images.map(container).join("")}`;

const NAMES = ["q.io/a", "q.io/b", "q.io/c", "q.io/n"];
const entry = fc
  .record({
    name: fc.constantFrom(...NAMES, "q.io/.", "a"),
    newName: fc.constantFrom("", "", "q.io/n", "r.io/m"),
    newTag: fc.constantFrom("", "v8", "v9"),
    digest: fc.constantFrom("", "", "", DIGEST),
  })
  .map(
    (keys) =>
      `- ${Object.entries(keys)
        .filter(([, value]) => value !== "")
        .map(([key, value]) => `${key}: ${value}`)
        .join("\n  ")}\n`,
  );

const merge = (body: string): string =>
  "- patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata:\n      name: web\n" +
  `    spec: {template: {spec: {${body}}}}\n`;
const operations = (body: string): string =>
  `- target: {kind: Deployment, name: web}\n  patch: |-\n    - {${body}}\n`;
const CONTAINERS = "path: /spec/template/spec/containers";
const patch = fc.constantFrom(
  merge("containers: [{name: c0, image: 'q.io/p:v1'}]"),
  merge("containers: [{name: c1, $patch: delete}]"),
  merge("nodeName: x"),
  merge("initContainers: [{name: i, image: 'q.io/i:v1'}]"),
  operations(`op: replace, ${CONTAINERS}/0/image, value: 'q.io/j:v1'`),
  operations(`op: replace, ${CONTAINERS}/0, value: {name: z, image: 'q.io/k:v1'}`),
  operations(`op: add, ${CONTAINERS}/0, value: {name: y, image: 'q.io/l:v1'}`),
);

const list = (key: string, items: readonly string[]): string =>
  items.length === 0 ? "" : `${key}:\n${items.join("")}`;

const layer = fc
  .record({
    images: fc.array(entry, { maxLength: 2 }),
    patches: fc.array(patch, { maxLength: 1 }),
  })
  .map(({ images, patches }) => list("images", images) + list("patches", patches));

const COMPONENT = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n";

/** A base, perhaps a component, and overlays of it. */
const trees = fc
  .record({
    base: layer,
    component: layer,
    usesComponent: fc.array(fc.boolean(), { minLength: 2, maxLength: 2 }),
    overlays: fc.array(layer, { maxLength: 2 }),
    tags: fc.constantFrom(["v1", "v2"], ["v1", "v1"]),
  })
  .map(({ base, component, usesComponent, overlays, tags }): Files => {
    const [first = "", second = ""] = tags;
    const files: Files = {
      "base/web.yaml": pod("web", [`q.io/a:${first}`, `q.io/b:${second}`]),
      "base/db.yaml": pod("db", ["q.io/c"]),
      "base/kustomization.yaml": `resources:\n- web.yaml\n- db.yaml\n${base}`,
      "part/kustomization.yaml": COMPONENT + component,
    };
    const uses = (index: number): string =>
      usesComponent[index] === true && component !== "" ? "components:\n- ../part\n" : "";
    for (const [index, overlay] of overlays.entries())
      files[`over${String(index)}/kustomization.yaml`] = `resources:\n- ../base\n${uses(index)}${overlay}`;
    return files;
  });

function write(root: string, files: Files): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

/** The images that kustomize puts out: of the overlays, or of the base where there are none. */
async function built(root: string, files: Files): Promise<ReadonlySet<string> | undefined> {
  const overlays = Object.keys(files).filter((file) => file.startsWith("over"));
  const images = new Set<string>();
  for (const file of overlays.length > 0 ? overlays : ["base/kustomization.yaml"]) {
    const { code, stdout } = await run("kustomize", ["build", join(root, dirname(file))]);
    if (code !== 0) return undefined;
    for (const document of loadAll(stdout))
      for (const image of imagesIn(document)) images.add(normalised(image));
  }
  return images;
}

function imagesIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === "image" && typeof child === "string" ? [child] : imagesIn(child),
  );
}

function normalised(image: string): string {
  const result = parseReference(image);
  return result.ok ? formatReference(result.reference) : image;
}

/** The fields that are deployed, as we see it. */
function deployed(root: string, files: Files): readonly ImageField[] {
  const deployments = readDeployments();
  return Object.keys(files).flatMap((file) => {
    const options = {
      filename: join(root, file),
      settings: settingsOf(),
      deployed: (filename: string) => deployments(root, filename),
    };
    const { fields } = inspect(readFileSync(join(root, file), "utf8"), options);
    return fields.filter(({ state }) => state !== "replaced" && state !== "incomplete");
  });
}

const referencesOf = ({ reference, deployedAs = [] }: ImageField): readonly string[] =>
  [...(reference ? [reference] : []), ...deployedAs].map((each) => formatReference(each));

describe.skipIf(lacks("kustomizations", "kustomize"))("kustomize", () => {
  it("builds the images that we say are deployed, and no others", async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(trees, async (files) => {
        const root = mkdtempSync(join(tmpdir(), "container-images-kustomize-"));
        try {
          write(root, files);
          const images = await built(root, files);
          // A patch of a container that another patch has removed.
          if (!images) return;
          compared++;
          const fields = deployed(root, files);
          const ours = new Set(fields.flatMap(referencesOf));
          expect([...images].filter((image) => !ours.has(image))).toEqual([]);
          // An entry that matches nothing, and a component that nothing uses, are judged as they stand.
          const judged = fields.filter(({ shape }) => shape !== "kustomization image");
          const used = judged.filter(({ field }) => !field.startsWith("patches"));
          expect(used.flatMap(referencesOf).filter((image) => !images.has(image))).toEqual([]);
        } finally {
          rmSync(root, { recursive: true, force: true });
        }
      }),
      { numRuns: 150 },
    );
    expect(compared).toBeGreaterThan(50);
  }, 300_000);
});

/** Replacements of a part or the whole of an image, for some of the resources. */
const targets = fc.record({
  select: fc.constantFrom(
    "{kind: Deployment}",
    "{kind: Deployment, name: web}",
    "{kind: Deployment, name: db}",
    "{group: apps}",
    "{name: web}",
    "{kind: Deploy.*}",
    "{kind: StatefulSet}",
  ),
  reject: fc.constantFrom("", "", "reject: [{name: web}], ", "reject: [{kind: Deployment, name: d.}], "),
  path: fc.constantFrom(
    "spec.template.spec.containers.[name=c0].image",
    "spec.template.spec.containers.[name=c1].image",
    "spec.template.spec.containers.*.image",
    "spec.template.spec.containers.0.image",
    "spec.template.spec.containers.[name=c0].name",
    "metadata.annotations.image",
  ),
  options: fc.constantFrom("", ", options: {delimiter: ':', index: 1}", ", options: {create: true}"),
});

describe.skipIf(lacks("replacements", "kustomize"))("replacements", () => {
  it("are known wherever kustomize writes into an image, and nowhere else", async () => {
    const counts = { compared: 0, filled: 0 };
    await fc.assert(
      fc.asyncProperty(targets, fc.boolean(), async ({ select, reject, path, options }, inFile) => {
        const root = mkdtempSync(join(tmpdir(), "container-images-kustomize-"));
        const replacement =
          "- source: {kind: ConfigMap, name: c, fieldPath: data.v}\n" +
          `  targets: [{select: ${select}, ${reject}fieldPaths: ["${path}"]${options}}]\n`;
        const said = inFile ? "- path: r.yaml\n" : replacement;
        const files: Files = {
          "base/web.yaml": pod("web", ["q.io/a:v1", "q.io/b:v2"]),
          "base/db.yaml": pod("db", ["q.io/c:v3"]),
          "base/c.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {v: v9}\n",
          "base/kustomization.yaml": "resources: [web.yaml, db.yaml, c.yaml]\n",
          "over/r.yaml": replacement,
          "over/kustomization.yaml": `resources: [../base]\nreplacements:\n${said}`,
        };
        try {
          write(root, files);
          const images = await built(root, files);
          // A field that is not there.
          if (!images) return;
          counts.compared++;
          for (const field of deployed(root, files)) {
            const isFilled = field.slot.kind === "none";
            if (isFilled) counts.filled++;
            expect({ image: field.written, isFilled }).toEqual({
              image: field.written,
              isFilled: !images.has(normalised(field.written)),
            });
          }
        } finally {
          rmSync(root, { recursive: true, force: true });
        }
      }),
      { numRuns: 150 },
    );
    expect(counts.compared).toBeGreaterThan(30);
    expect(counts.filled).toBeGreaterThan(10);
  }, 300_000);
});
