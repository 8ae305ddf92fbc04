// What docs/make.md, pin.md, exemptions.md and troubleshooting.md tell users to do, done with the packed
// package: layouts, orders, steps.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { install, node, pack, root, type Packed } from "./packed.js";

const OURS = 'import containerImages from "eslint-plugin-container-images";\n';
const VALUES = "image:\n  repository: quay.io/org/app\n  tag: v1\n";
const TEMPLATE = lines(
  "{{- if .Values.enabled }}",
  "apiVersion: v1",
  "kind: Pod",
  "metadata:",
  "  labels: {{ toYaml .Values.labels | nindent 4 }}",
  "spec:",
  "  containers:",
  '    - image: "nginx:1.27"',
  "{{- end }}",
);

let folder: string;
let packed: Packed;
let count = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "container-images-docs-"));
  packed = pack(folder);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A new folder with these files, and the package installed in one of its folders. */
function project(files: Readonly<Record<string, string>>, where = "."): string {
  count += 1;
  const path = join(folder, `project-${String(count)}`);
  for (const [name, text] of Object.entries({
    [join(where, "package.json")]: '{ "private": true, "type": "module" }',
    ...files,
  })) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  install(packed, join(path, where));
  return path;
}

function lines(...all: readonly string[]): string {
  return `${all.join("\n")}\n`;
}

/** A configuration that is `recommended` and these objects, given as JavaScript. */
function recommendedAnd(...objects: readonly string[]): string {
  return `${OURS}export default [${["...containerImages.configs.recommended", ...objects].join(", ")}];\n`;
}

/** The same with these settings. */
function withSettings(settings: object): string {
  return recommendedAnd(JSON.stringify({ settings: { "container-images": settings } }));
}

const eslint = (cwd: string, ...args: readonly string[]): ReturnType<typeof node> =>
  node(cwd, ["node_modules/eslint/bin/eslint.js", ...args]);

describe("the layout of a repository that is not a Node project", () => {
  const files = {
    "go.mod": "module example\n",
    "tools/image-lint/eslint.config.js": `${OURS}export default containerImages.configs.recommended;\n`,
    "recipes/a/values.yaml": VALUES,
    "recipes/a/manifests/pod.yaml": TEMPLATE,
  };
  const bin = "tools/image-lint/node_modules/eslint/bin/eslint.js";

  it("works from the root", () => {
    const path = project(files, "tools/image-lint");
    const { status, output } = node(path, [bin, "-c", "tools/image-lint/eslint.config.js", "recipes"]);
    expect(status, output).toBe(1);
    expect(output).toContain("`quay.io/org/app:v1` is not pinned by digest");
    expect(output).toContain("`nginx:1.27` is not pinned by digest");
  });

  it("says what the troubleshooting names when it is run from inside", () => {
    const path = project(files, "tools/image-lint");
    const { status, output } = eslint(join(path, "tools/image-lint"), "../../recipes");
    expect(status).toBe(2);
    expect(output).toMatch(/all of the files .* are ignored/i);
  });
});

describe("the troubleshooting", () => {
  it("names the errors of a template where eslint-plugin-yml's configuration stands after ours", () => {
    const path = project({
      "eslint.config.js": lines(
        'import yml from "eslint-plugin-yml";',
        recommendedAnd("...yml.configs.standard"),
      ),
      "pod.yaml": TEMPLATE,
      "other.yaml": "spec:\n  {{- if .Values.a }}\n  a: 1\n  {{- end }}\n",
    });
    const { output } = eslint(path, ".");
    const errors = [...output.matchAll(/Parsing error: (.+)/g)].map(([, message = ""]) => message);
    expect(errors).toHaveLength(2);
    const page = readFileSync(join(root, "docs/troubleshooting.md"), "utf8");
    expect(errors.filter((message) => !page.includes(message))).toEqual([]);
  });
});

describe("the steps of docs/pin.md and docs/exemptions.md", () => {
  const recommended = `${OURS}export default containerImages.configs.recommended;\n`;

  it("suppresses today's findings, fails on a new one, and forgets those that are gone", () => {
    const path = project({ "eslint.config.js": recommended, "recipes/values.yaml": VALUES });
    expect(eslint(path, "--suppress-all", "recipes").status).toBe(0);
    expect(eslint(path, "recipes")).toEqual({ status: 0, output: "" });
    writeFileSync(join(path, "recipes/pod.yaml"), TEMPLATE);
    const { status, output } = eslint(path, "recipes");
    expect(status).toBe(1);
    expect(output).toContain("nginx:1.27");
    expect(output).not.toContain("quay.io/org/app");
    rmSync(join(path, "recipes/pod.yaml"));
    writeFileSync(
      join(path, "recipes/values.yaml"),
      `image:\n  repository: quay.io/org/app\n  tag: v1@sha256:${"a".repeat(64)}\n`,
    );
    expect(eslint(path, "--prune-suppressions", "recipes").status).toBe(0);
    expect(JSON.parse(readFileSync(join(path, "eslint-suppressions.json"), "utf8"))).toEqual({});
  });

  it("warns first", () => {
    const path = project({
      "eslint.config.js": recommendedAnd(
        '{ files: ["**/*.yaml", "**/*.yml"], rules: { "container-images/require-digest": "warn" } }',
      ),
      "recipes/values.yaml": VALUES,
    });
    const { status, output } = eslint(path, "recipes");
    expect(status, output).toBe(0);
    expect(output).toContain("1 warning");
  });

  it("begins with one folder", () => {
    const path = project({
      "eslint.config.js": lines(
        `${OURS}export default containerImages.configs.recommended.map((config) =>`,
        '  ({ ...config, files: ["recipes/components/**/*.yaml"] }));',
      ),
      "recipes/components/a/values.yaml": VALUES,
      "recipes/other/values.yaml": VALUES,
    });
    const { output } = eslint(path, "recipes");
    expect(output.match(/container-images\/require-digest/g)).toHaveLength(1);
  });

  it("exempts with a reason", () => {
    const exempt = [
      { image: "ghcr.io/org/validators/*", reason: "the release process fills in the tag" },
      { files: "network-operator/manifests/*.yaml", reason: "NicClusterPolicy has no field for a digest" },
      { field: "spec.packages.*", files: "drafts/*.yaml", reason: "not deployed yet" },
    ];
    const path = project({
      "eslint.config.js": withSettings({ exempt }),
      "recipes/catalog.yaml": "image: ghcr.io/org/validators/a:latest\n",
      "recipes/network-operator/manifests/policy.yaml": lines(
        "apiVersion: mellanox.com/v1alpha1",
        "kind: NicClusterPolicy",
        "spec:",
        "  ofedDriver: { image: doca-driver, repository: nvcr.io/nvidia/mellanox, version: 25.01 }",
      ),
      "recipes/drafts/tuning.yaml": lines(
        "apiVersion: skyhook.nvidia.com/v1alpha1",
        "kind: Skyhook",
        "spec:",
        "  packages:",
        '    a: { image: ghcr.io/org/a, version: "1" }',
      ),
      "recipes/nightly.yaml": lines(
        "# eslint-disable-next-line container-images/require-digest -- rebuilt every night on purpose",
        "image: ghcr.io/org/nightly:latest",
      ),
      "recipes/values.yaml": VALUES,
    });
    const { output } = eslint(path, "recipes");
    expect(output.match(/container-images\/require-digest/g)).toHaveLength(1);
    expect(output).toContain("quay.io/org/app:v1");
  });

  it("says what a file is, where its name does not", () => {
    const path = project({
      "eslint.config.js": withSettings({
        files: [
          { files: "deploy/*.yaml", kind: "values" },
          { files: "fixtures/**", kind: "none" },
        ],
      }),
      "deploy/production.yaml": VALUES,
      "deploy/fixtures/values.yaml": VALUES,
    });
    const { output } = eslint(path, ".");
    expect(output.match(/container-images\/require-digest/g)).toHaveLength(1);
    expect(output).toContain("production.yaml");
  });
});
