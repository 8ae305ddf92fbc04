// One process that lints again and again, as an editor's server does: it follows edits of kustomizations.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readDeployments } from "../../lib/read-deployed.js";
import { deployment, IMAGE } from "../deployed/trees.js";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "container-images-deployed-"));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** Writes a file that is newer than everything that was read. */
function write(path: string, text: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  const later = new Date(Date.now() + 1000);
  for (const each of [file, dirname(file)]) utimesSync(each, later, later);
}

const IMAGE_AT = { text: "app", path: IMAGE, resource: { text: () => undefined } };

describe("a tree that was read", () => {
  it("is read again when a file of it changes, and when a kustomization comes or goes", () => {
    let time = 0;
    const deployments = readDeployments(() => (time += 1000));
    const fate = (): unknown => deployments(root, join(root, "base/web.yaml"))?.(IMAGE_AT);
    write("base/web.yaml", deployment("app"));
    expect(fate()).toBeUndefined();
    time += 1_000_000;
    write("base/kustomization.yaml", "resources:\n- web.yaml\n");
    expect(fate()).toEqual({ kind: "stays" });
    time += 1_000_000;
    write("prod/kustomization.yaml", "resources:\n- ../base\nimages:\n- name: app\n  newTag: v1\n");
    expect(fate()).toEqual({ kind: "replaced", by: "prod/kustomization.yaml" });
    time += 1_000_000;
    write("prod/kustomization.yaml", "resources:\n- ../base\nimages:\n- name: db\n  newTag: v1\n");
    expect(fate()).toEqual({ kind: "stays" });
    time += 1_000_000;
    rmSync(join(root, "base/kustomization.yaml"));
    write("base/other.yaml", "");
    expect(fate()).toBeUndefined();
  });

  it("is not looked at again at once where looking takes long", () => {
    let time = 0;
    const deployments = readDeployments(() => (time += 10));
    const fate = (): unknown => deployments(root, join(root, "web.yaml"))?.(IMAGE_AT);
    write("web.yaml", deployment("app"));
    expect(fate()).toBeUndefined();
    write("kustomization.yaml", "resources:\n- web.yaml\n");
    expect(fate()).toBeUndefined();
    time += 1000;
    expect(fate()).toEqual({ kind: "stays" });
  });

  // Node throws for all of these, whatever `throwIfNoEntry` says. kustomize builds none of them.
  it.each(["web.yaml/x.yaml", "circle/x.yaml", `${"x".repeat(300)}/y.yaml`])(
    "is read where a kustomization names what cannot be: %s",
    (path) => {
      if (process.platform !== "win32") symlinkSync("circle", join(root, "circle"));
      write("web.yaml", deployment("app"));
      const images = "images:\n- name: app\n  newTag: v1\n";
      const fate = (): unknown => readDeployments()(root, join(root, "web.yaml"))?.(IMAGE_AT);
      for (const list of ["resources", "patches", "components", "transformers", "configurations"]) {
        const item = list === "patches" ? `path: ${path}` : path;
        const more = list === "resources" ? `- ${item}\n` : `${list}:\n- ${item}\n`;
        write("kustomization.yaml", `${images}resources:\n- web.yaml\n${more}`);
        expect([list, fate()]).toEqual([list, undefined]);
      }
    },
  );

  // `kustomize build` refuses such a file, too: "security; file … is not in or below …".
  it("does not reach a file that stands in no folder below a kustomization", () => {
    const deployments = readDeployments();
    write("web/web.yaml", deployment("app"));
    write("prod/kustomization.yaml", "resources:\n- ../web/web.yaml\nimages:\n- name: app\n  newTag: v1\n");
    expect(deployments(root, join(root, "web/web.yaml"))).toBeUndefined();
  });

  it("has no files of other projects in it", () => {
    const deployments = readDeployments();
    write(
      "node_modules/a/kustomization.yaml",
      "resources:\n- ../../web.yaml\nimages:\n- name: app\n  newTag: v1\n",
    );
    write("web.yaml", deployment("app"));
    expect(deployments(root, join(root, "web.yaml"))).toBeUndefined();
    expect(deployments(join(root, "missing"), join(root, "web.yaml"))).toBeUndefined();
  });
});
