// What a command says of files that the configuration keeps from it: no gate passes in silence.
import { describe, expect, it } from "vitest";
import { pod } from "../support/manifests.js";
import { configText } from "../support/project.js";
import { newProject } from "./list-project.js";

const FILES = {
  "recipes/a.yaml": pod("nginx:1"),
  "recipes/b.yaml": pod("nginx:2"),
};
const IGNORING = configText({}, '{ ignores: ["recipes/**"] },');
const GATE = ["bom", "--require-digests", "--output", "bom.json"];

describe("files that are named and ignored", () => {
  it.each([[GATE], [["list"]], [["pin", "--dry-run"]], [["verify"]]])("are named by %j", async (args) => {
    const project = newProject({ ...FILES, "eslint.config.js": IGNORING });
    const { code, err } = await project.command([...args, "recipes/a.yaml", "recipes/b.yaml"]);
    expect(code).toBe(0);
    expect(err).toBe(
      "not read, the ESLint configuration ignores or does not name it: recipes/a.yaml, recipes/b.yaml\n",
    );
  });

  it("are not where others are read from a folder", async () => {
    const project = newProject({ ...FILES, "eslint.config.js": IGNORING, "b/c.yaml": "a: 1\n" });
    expect(await project.command(["list", "b"])).toEqual({ code: 0, out: "no image found\n", err: "" });
  });
});

describe("a folder of which all files are ignored", () => {
  it("fails, and says what may be wrong in the configuration", async () => {
    const project = newProject({ ...FILES, "eslint.config.js": IGNORING });
    expect(await project.command([...GATE, "recipes"])).toEqual({
      code: 2,
      out: "",
      err:
        "container-images: All files matched by 'recipes' are ignored: the ESLint configuration ignores " +
        "them or names none of them (see `configs.recommended`)\n",
    });
  });

  it("fails, and says where to start where they are outside", async () => {
    const project = newProject({ ...FILES, "tools/images.mjs": configText({}) });
    const { code, err } = await project.command([...GATE, "--config", "images.mjs", "../recipes"], {
      cwd: `${project.root}/tools`,
    });
    expect({ code, err }).toEqual({
      code: 2,
      err:
        "container-images: ../recipes is outside of the working directory, where no configuration counts; " +
        "start in the repository's root\n",
    });
  });
});
