// Which forms of a kustomization kustomize itself builds.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { BESIDE, FORMS } from "../deployed/forms.js";
import { lacks, run } from "./support/tools.js";

describe.skipIf(lacks("forms of kustomizations", "kustomize"))("kustomize", () => {
  it.each(Object.entries(FORMS))("%s", async (_, [text, isBuilt]) => {
    const root = mkdtempSync(join(tmpdir(), "container-images-kustomize-"));
    try {
      for (const [file, content] of Object.entries({ ...BESIDE, "app/kustomization.yaml": text })) {
        mkdirSync(dirname(join(root, file)), { recursive: true });
        writeFileSync(join(root, file), content);
      }
      const { code, stdout } = await run("kustomize", ["build", join(root, "app")]);
      expect({ isBuilt: code === 0, isKept: stdout.includes("q.io/a:v1") }).toEqual({
        isBuilt,
        isKept: false,
      });
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
