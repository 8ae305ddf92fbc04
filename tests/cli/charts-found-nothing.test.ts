// What `charts` says where it finds no chart, and to a configuration that is CommonJS.
import { describe, expect, it } from "vitest";
import { CHART, chartIn, charts } from "./charts-project.js";

const FACTS = "container-images.charts.json";
const VALUES = { "recipes/values.yaml": "image:\n  repository: quay.io/org/app\n  tag: v1\n" };

describe("where no chart is found", () => {
  it("says what would name one", async () => {
    const { code, out, err } = await charts(VALUES, ["recipes"]);
    expect({ code, out }).toEqual({ code: 0, out: "no chart found\n" });
    expect(err).toContain(
      "no chart is named for these values: recipes/values.yaml; name it in the setting `charts`\n",
    );
  });

  it("says so where no values wait for one", async () => {
    const { out, err } = await charts({ "recipes/a.yaml": "a: 1\n" }, ["recipes"]);
    expect(out).toBe("no chart found\n");
    expect(err).toContain("no file in recipes/ names a chart\n");
  });

  it("writes no file, and asks for no lines about it", async () => {
    const { project, out } = await charts(VALUES, ["--write", "."]);
    expect(out).toBe(`no chart found\n${FACTS}: not written, nothing is known of a chart\n`);
    expect(() => project.read(FACTS)).toThrow("ENOENT");
  });

  it("nor where none could be looked at", async () => {
    const settings = { charts: [{ files: "recipes/values.yaml", chart: "app" }] };
    const { project, out } = await charts(VALUES, ["--write", "."], { settings });
    expect(out).toMatch(new RegExp(`not known\\n${FACTS}: not written, nothing is known of a chart\\n$`));
    expect(() => project.read(FACTS)).toThrow("ENOENT");
  });

  it("a file of facts that is there loses what is no longer used", async () => {
    const old = JSON.stringify({ uses: [{ chart: "app", files: ["values.yaml"] }], charts: [] });
    const { project, out } = await charts({ ...VALUES, [FACTS]: old }, ["--write", "."]);
    expect(out).toContain(`${FACTS}: 0 charts`);
    expect(project.read(FACTS)).not.toContain("app");
  });
});

describe("the lines for the configuration", () => {
  const EXPORT = "containerImages.configs.recommended;\n";
  it.each([
    {
      syntax: "CommonJS",
      text: `const containerImages = require("eslint-plugin-container-images");\nmodule.exports = ${EXPORT}`,
      line: `const chartFacts = require("./${FACTS}");`,
    },
    {
      syntax: "ESM",
      text: `import containerImages from "eslint-plugin-container-images";\nexport default ${EXPORT}`,
      line: `import chartFacts from "./${FACTS}" with { type: "json" };`,
    },
  ])("can be added to $syntax", async ({ syntax, text, line }) => {
    const name = syntax === "ESM" ? "images.mjs" : "images.cjs";
    const { project, out } = await charts({ ...chartIn("charts/app", CHART), [name]: text }, [
      "--write",
      "--config",
      name,
    ]);
    expect(out).toContain(`\n  ${line}\n`);
    const [, first = ""] = /configuration:\n *(.*)\n/.exec(out) ?? [];
    const settings = '{ settings: { "container-images": { chartFacts } } }';
    const withLines = `${first}\n${text.replace(EXPORT, `[...${EXPORT.slice(0, -2)}, ${settings}];\n`)}`;
    project.write({ [name]: withLines });
    const listed = await project.command(["charts", "--check", "--config", name]);
    expect(listed).toMatchObject({ code: 0, out: "1 chart in use, all known\n", err: "" });
  });
});
