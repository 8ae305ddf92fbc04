// What a command says of a file of which a part was not read as YAML: as the rule `parsable`, and no gate
// passes in silence.
import { describe, expect, it } from "vitest";
import { configText } from "../support/project.js";
import { newProject } from "./list-project.js";

/** A flow mapping that an action cuts in two. */
const BROKEN = "{{- range .Values.ports }}\n  {{ .name }}: { {{ .number }}\n{{- end }}\n";
const PINNED = `${BROKEN}image: nginx:1@sha256:${"a".repeat(64)}\nother: 1\n`;
const SAYS =
  "a.yaml:5 read line by line, because the text around its actions is not YAML (missed comma between flow " +
  "collection entries); only complete references in one string are found there\n";
const GATE = ["bom", "--require-digests", "--output", "bom.json"];
const STRICT = [...GATE, "--strict"];
const STRICTLY = configText({}).replace("configs.recommended", "configs.strict");
const OFF = "# eslint-disable container-images/parsable -- made by hand\n";

describe("a file of which a part was not read", () => {
  it.each([[GATE], [["list"]], [["pin"]], [["verify"]]])("is named by %j", async (args) => {
    const project = newProject({ "a.yaml": PINNED });
    const { err } = await project.command(args, { env: { CONTAINER_IMAGES_RESOLVE: "cache" } });
    expect(err).toContain(SAYS);
  });

  it("is named where no image is found in it", async () => {
    const project = newProject({ "a.yaml": `${BROKEN}image:\n  repository: nginx\n  tag: 1\n` });
    const { code, out, err } = await project.command(["list"]);
    expect({ code, out }).toEqual({ code: 0, out: "no image found\n" });
    expect(err).toMatch(/^a\.yaml:5 read line by line/);
  });

  it("is no failure of a gate, as it is a warning of ESLint's", async () => {
    const project = newProject({ "a.yaml": PINNED });
    expect((await project.eslint(["a.yaml"])).code).toBe(0);
    expect(await project.command(GATE)).toEqual({ code: 0, out: "", err: SAYS });
  });

  it("makes the strict gate fail, as the strict configuration", async () => {
    const project = newProject({ "a.yaml": PINNED, "eslint.config.js": STRICTLY });
    expect((await project.eslint(["a.yaml"])).code).toBe(1);
    const advice =
      "1 file read in part; correct what is said above, or disable container-images/parsable there with a " +
      "reason\n";
    expect(await project.command(STRICT)).toEqual({ code: 1, out: "", err: SAYS + advice });
  });

  it.each([
    { by: "a comment", text: OFF + PINNED, config: STRICTLY },
    {
      by: "the configuration",
      text: PINNED,
      config: configText({}, '{ rules: { "container-images/parsable": "off" } },'),
    },
  ])("is not named where $by switches the rule off", async ({ text, config }) => {
    const project = newProject({ "a.yaml": text, "eslint.config.js": config });
    expect((await project.eslint(["a.yaml"])).code).toBe(0);
    expect(await project.command(STRICT)).toEqual({ code: 0, out: "", err: "" });
  });

  it("counts for the baseline as in ESLint", async () => {
    const project = newProject({ "a.yaml": PINNED, "eslint.config.js": STRICTLY });
    expect((await project.eslint(["--suppress-all", "a.yaml"])).code).toBe(0);
    expect(await project.command(STRICT)).toEqual({ code: 0, out: "", err: SAYS });
  });
});
