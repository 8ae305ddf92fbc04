// The command where kustomizations replace images: they are listed as such, and are in no bill of materials.
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { deployment } from "../deployed/trees.js";
import { list, newProject } from "./list-project.js";
import { schemaErrors } from "./schema.js";

const DIGEST = `sha256:${"a".repeat(64)}`;
const KUSTOMIZATION =
  "resources:\n- web.yaml\nimages:\n- name: ghcr.io/acme/web\n  newName: ghcr.io/acme/app\n" +
  `  newTag: v1\n  digest: ${DIGEST}\n`;
const FILES = { "base/web.yaml": deployment("ghcr.io/acme/web"), "base/kustomization.yaml": KUSTOMIZATION };
const OVERLAY = {
  "base/web.yaml": deployment("ghcr.io/acme/web:v1"),
  "base/kustomization.yaml": "resources:\n- web.yaml\n",
  "prod/kustomization.yaml": "resources:\n- ../base\nimages:\n- name: ghcr.io/acme/web\n  newTag: v2\n",
};

describe("list", () => {
  it("says what replaces an image", async () => {
    const { rows, project } = await list(FILES);
    expect(rows).toMatchObject([
      { file: "base/kustomization.yaml", state: "pinned", replacedBy: null },
      {
        file: "base/web.yaml",
        state: "replaced",
        pinnable: false,
        reason: "replaced",
        exempt: null,
        replacedBy: "base/kustomization.yaml",
      },
    ]);
    expect(schemaErrors("list", rows)).toEqual([]);
    const { out } = await project.command(["list"]);
    expect(out).toContain("replaced (by base/kustomization.yaml)");
  });

  it("says what Skaffold builds", async () => {
    const skaffold = "apiVersion: skaffold/v4beta1\nkind: Config\nbuild:\n  artifacts:\n  - image: web\n";
    const { rows } = await list({ "skaffold.yaml": skaffold, "k8s/web.yaml": deployment("web") });
    expect(rows).toMatchObject([{ file: "k8s/web.yaml", state: "local", reason: "local" }]);
  });

  it("lists an image as it stands where the tree begins below its overlays", async () => {
    const project = newProject(OVERLAY);
    const rows = JSON.parse(
      (await project.command(["list", "--format", "json"], { cwd: join(project.root, "base") })).out,
    ) as object;
    expect(rows).toMatchObject([{ file: "web.yaml", state: "unpinned" }]);
  });
});

describe("pin", () => {
  it("leaves an image that `replacements` write into, and says whose", async () => {
    const replacements =
      "replacements:\n- source: {kind: ConfigMap, name: c, fieldPath: data.v}\n  targets:\n" +
      "  - select: {kind: Deployment}\n    fieldPaths: [spec.template.spec.containers.0.image]\n" +
      "    options: {delimiter: ':', index: 1}\n";
    const files = {
      "base/kustomization.yaml": "resources: [web.yaml, db.yaml]\n",
      "base/web.yaml": deployment("ghcr.io/acme/web:v1"),
      "base/db.yaml": deployment(`ghcr.io/acme/db:v1@${DIGEST}`, "db"),
      "over/kustomization.yaml": `resources: [../base]\n${replacements}`,
    };
    const project = newProject(files);
    const said = "the `replacements` of over/kustomization.yaml write into it; pin what they copy from";
    const { code, out } = await project.command(["pin"]);
    expect({ code, out: out.split("\n") }).toEqual({
      code: 0,
      out: [
        `not pinnable (1) ${said}`,
        "  base/web.yaml:12 ghcr.io/acme/web:v1",
        "0 pinned, 1 already pinned, 1 not pinnable, 0 failed",
        "",
      ],
    });
    expect(project.read("base/web.yaml")).toBe(files["base/web.yaml"]);
    const { messages } = await project.lint(["."]);
    expect([...messages.values()].flat().map(({ message }) => message)).toEqual([
      expect.stringContaining(said),
    ]);
    const { out: rows } = await project.command(["list", "--format", "json"]);
    expect(schemaErrors("list", JSON.parse(rows) as object)).toEqual([]);
  });
});

describe("bom", () => {
  it("holds what is deployed, and no more", async () => {
    const project = newProject(FILES);
    const { code, out } = await project.command(["bom", "--require-digests", "--format", "cyclonedx"]);
    expect(code).toBe(0);
    const { components } = JSON.parse(out) as { components: { "bom-ref": string }[] };
    expect(components.map((each) => each["bom-ref"])).toEqual([`ghcr.io/acme/app:v1@${DIGEST}`]);
    expect((await project.command(["bom", "--format", "markdown"])).out).not.toContain("acme/web");
  });

  it("holds an image by every name that kustomizations give it", async () => {
    const renaming = "resources:\n- ../base\nimages:\n- name: ghcr.io/acme/web\n  newName: mirror.test/web\n";
    const project = newProject({
      ...OVERLAY,
      "prod/kustomization.yaml": renaming,
      "dev/kustomization.yaml": "resources:\n- ../base\n",
    });
    const { components } = JSON.parse((await project.command(["bom"])).out) as {
      components: { "bom-ref": string }[];
    };
    expect(components.map((each) => each["bom-ref"])).toEqual(["ghcr.io/acme/web:v1", "mirror.test/web:v1"]);
  });
});

describe("pin", () => {
  it("leaves alone what is replaced", async () => {
    const project = newProject(FILES);
    const { code } = await project.command(["pin"]);
    expect(code).toBe(0);
    expect(project.read("base/web.yaml")).toBe(FILES["base/web.yaml"]);
  });
});

describe("eslint", () => {
  it("reports the entry that replaces an image, and not the image", async () => {
    const project = newProject(OVERLAY);
    const { messages } = await project.lint(["."]);
    expect([...messages].filter(([, all]) => all.length > 0).map(([file]) => file)).toEqual([
      "prod/kustomization.yaml",
    ]);
  });

  it("names a kustomization that deploys the image as it stands", async () => {
    const project = newProject({ ...OVERLAY, "dev/kustomization.yaml": "resources:\n- ../base\n" });
    const { messages } = await project.lint(["base"]);
    expect(messages.get("base/web.yaml")?.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^`ghcr\.io\/acme\/web:v1`, which dev\/kustomization\.yaml deploys as it stands, is not pinned/,
      ),
    ]);
  });
});
