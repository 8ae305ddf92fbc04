// Which forms of a kustomization kustomize itself builds.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { BESIDE_VARIANTS, variants } from "../deployed/form-variants.js";
import { BESIDE, FORMS } from "../deployed/forms.js";
import { isBuilt } from "../deployed/trees.js";
import { lacks, run, type Ran } from "./support/tools.js";

type Files = Readonly<Record<string, string>>;

/** Gives a folder with some files, in which kustomizations are built one after the other. */
async function inFolder<Result>(
  files: Files,
  use: (build: (text: string) => Promise<Ran>) => Promise<Result>,
): Promise<Result> {
  const root = mkdtempSync(join(tmpdir(), "container-images-kustomize-"));
  try {
    for (const [file, content] of Object.entries({ ...files, "app/kustomization.yaml": "" })) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), content);
    }
    return await use(async (text) => {
      writeFileSync(join(root, "app/kustomization.yaml"), text);
      return await run("kustomize", ["build", join(root, "app")]);
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** It is built with this option. */
const WITH_HELM = "must specify --enable-helm";

/** What kustomize says where more than the kustomization decides, so that it may count as built. */
const UNDECIDED = [
  // A file of a generator: a `.env` is in no repository.
  /loading KV pairs: .* no such file/,
  // Of a base nobody asks for the order.
  /sortOptions\.order/,
  // What resources hold.
  /cannot be mapped to a field|not found in corresponding resource|does not match a config/,
  /nothing selected by|multiple matches for selector|is out of bounds|is missing for replacement source/,
  /unable to find field|already registered id/,
];

const AT_ONCE = 2;

describe.skipIf(lacks("forms of kustomizations", "kustomize"))("kustomize", () => {
  it.each(Object.entries(FORMS))("%s", async (_, [text, isRight]) => {
    const { code, stdout } = await inFolder(BESIDE, async (build) => await build(text));
    expect({ isBuilt: code === 0, isKept: stdout.includes("q.io/a:v1") }).toEqual({
      isBuilt: isRight,
      isKept: false,
    });
  });

  it("builds those that we say it builds, whatever stands at whichever key", async () => {
    const open = [...variants()];
    const differences: string[] = [];
    const counts = { built: 0, refused: 0, undecided: 0 };
    const work = async (): Promise<void> => {
      await inFolder(BESIDE_VARIANTS, async (build) => {
        for (let next = open.pop(); next; next = open.pop()) {
          const [name, text] = next;
          const { code, stderr } = await build(text);
          const isReally = code === 0 || stderr.includes(WITH_HELM);
          const isUndecided = UNDECIDED.some((message) => message.test(stderr));
          counts[isUndecided ? "undecided" : isReally ? "built" : "refused"]++;
          const ours = isBuilt({ ...BESIDE_VARIANTS, "app/kustomization.yaml": text }, "app");
          if (ours !== isReally && !(ours && isUndecided)) differences.push(`${name}: ${stderr}`);
        }
      });
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    expect(differences).toEqual([]);
    expect(counts.built).toBeGreaterThan(500);
    expect(counts.refused).toBeGreaterThan(2000);
    expect(counts.undecided).toBeLessThan(500);
  }, 600_000);
});
