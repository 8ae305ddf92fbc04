// Our grammar of a template against Go's text/template/parse itself, text by text.
import { isUtf8 } from "node:buffer";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FUNCTIONS } from "../../lib/helm/template/functions.js";
import type { Node, Operand, Pipe } from "../../lib/helm/template/nodes.js";
import { parseTemplate } from "../../lib/helm/template/parse.js";
import { BLOCKS } from "./support/template-blocks.js";
import { BROKEN, NUMBERS, VALID } from "./support/template-pieces.js";
import { TEMPLATES } from "./support/templates.js";
import { lacks, run } from "./support/tools.js";

/** Real recipes, of which some are templates, beside a checkout. */
const CORPUS = resolve(import.meta.dirname, "../../../shared/corpus");

/** Folders with charts, of which each template is compared: `CHARTS=FOLDER:FOLDER npm run oracles`. */
const CHARTS = (process.env["CHARTS"] ?? "").split(":").filter((folder) => folder !== "");
/** So many templates go to the oracle at a time. */
const AT_ONCE = 2_000;

/** Valid pieces after one another, of which some characters are then taken away, replaced or added to. */
const random = fc
  .tuple(
    fc.array(fc.constantFrom(...VALID), { minLength: 1, maxLength: 6 }),
    fc.array(
      fc.record({ at: fc.nat(), removed: fc.nat(3), added: fc.constantFrom("", ...BROKEN, ...VALID) }),
      { maxLength: 3 },
    ),
  )
  .map(([pieces, changes]) =>
    changes.reduce((text, { at, removed, added }) => {
      const start = at % (text.length + 1);
      return text.slice(0, start) + added + text.slice(start + removed);
    }, pieces.join("")),
  );

/** Numbers, of which most are none. */
const randomNumber = fc
  .array(fc.constantFrom(..."0 1 7 9 _ . e E p x 0x 0b 0o + - i f 1024 p1".split(" ")), {
    minLength: 1,
    maxLength: 7,
  })
  .map((pieces) => `{{ ${pieces.join("")} }}`);

type Json = string | boolean | null | readonly Json[];
interface Parsed {
  readonly root?: Json;
  readonly definitions?: Readonly<Record<string, Json>>;
  readonly error?: string;
}

/** Our tree as the oracle prints its own. */
function jsonOf(text: string): Parsed {
  const result = parseTemplate(text, (name) => FUNCTIONS.has(name));
  if (!result.ok) return { error: result.problem.message };
  const list = (nodes: readonly Node[]): Json => nodes.map(node);
  const pipe = ({ variables, assigns, commands }: Pipe): Json => [
    variables,
    assigns,
    commands.map((command) => command.map(operand)),
  ];
  function node(each: Node): Json {
    switch (each.kind) {
      case "text":
        return ["text", each.text];
      case "action":
        return ["action", pipe(each.pipe)];
      case "template":
        return ["template", each.name, each.pipe ? pipe(each.pipe) : null];
      case "break":
      case "continue":
        return [each.kind];
      default:
        return [each.kind, pipe(each.pipe), list(each.then), each.otherwise ? list(each.otherwise) : null];
    }
  }
  function operand(each: Operand): Json {
    switch (each.kind) {
      case "boolean":
      case "string":
        return [each.kind, each.value];
      case "number":
        return ["number", each.text];
      case "function":
        return ["function", each.name];
      case "field":
        return ["field", each.fields];
      case "variable":
        return ["variable", [each.name, ...each.fields]];
      case "pipe":
        return ["pipe", pipe(each.pipe)];
      case "chain":
        return ["chain", operand(each.of), each.fields];
      default:
        return [each.kind];
    }
  }
  const definitions = [...result.definitions].map(([name, nodes]) => [name, list(nodes)] as const);
  return { root: list(result.root), definitions: Object.fromEntries(definitions) };
}

async function theirs(texts: readonly string[]): Promise<readonly Parsed[]> {
  const { stdout, stderr } = await run("template-oracle", [], {
    input: texts.map((text) => `${JSON.stringify(text)}\n`).join(""),
  });
  const lines = stdout.trimEnd().split("\n");
  expect(lines, stderr).toHaveLength(texts.length);
  return lines.map((line) => JSON.parse(line) as Parsed);
}

/** Compares tree or refusal of each text. Returns how many of them are templates. */
async function compare(texts: readonly string[]): Promise<number> {
  const parsed = await theirs(texts);
  const others = texts.flatMap((text, index) => {
    const [our, their] = [jsonOf(text), parsed[index] ?? {}];
    const isSame =
      their.error === undefined
        ? JSON.stringify(sorted(our)) === JSON.stringify(sorted(their))
        : our.error !== undefined;
    return isSame ? [] : [{ text, our, their }];
  });
  expect(others.slice(0, 10)).toEqual([]);
  return parsed.filter(({ error }) => error === undefined).length;
}

/** Go prints the definitions in the order of their names. */
function sorted({ root, definitions = {}, error }: Parsed): readonly unknown[] {
  return [root, Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1)), error];
}

/** What Helm takes for a template: every file in the folder `templates` of a chart. */
function templateFiles(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const charts = files.filter((file) => basename(file) === "Chart.yaml").map((file) => dirname(file));
  const folders = new Set(charts.map((chart) => join(chart, "templates")));
  const inTemplates = (file: string): boolean =>
    [...file.matchAll(/\/templates(?=\/)/g)].some(({ 0: name, index }) =>
      folders.has(file.slice(0, index + name.length)),
    );
  return files.filter((file) => inTemplates(file) && isUtf8(readFileSync(file)));
}

function corpus(): readonly string[] {
  if (!existsSync(CORPUS)) return [];
  return readdirSync(CORPUS, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(?:ya?ml|tpl|txt)$/.test(file))
    .map((file) => readFileSync(join(CORPUS, file), "utf8"))
    .filter((text) => text.includes("{{"));
}

describe.skipIf(lacks("the grammar of Go's text/template", "template-oracle"))("text/template", () => {
  it("has the functions of our list", async () => {
    const { stdout } = await run("template-oracle", ["functions"]);
    expect([...FUNCTIONS].sort()).toEqual((JSON.parse(stdout) as string[]).sort());
  });

  it("reads what is in the table as we do", async () => {
    const texts = [...TEMPLATES, ...BLOCKS, ...NUMBERS.map((number) => `{{${number}}}`)];
    const valid = await compare(texts);
    expect(valid).toBeGreaterThan(150);
    expect(texts.length - valid).toBeGreaterThan(150);
  });

  it("reads random templates as we do", async () => {
    const texts = fc.sample(random, 6_000);
    const valid = await compare(texts);
    expect(valid).toBeGreaterThan(1_000);
    expect(texts.length - valid).toBeGreaterThan(1_000);
  });

  it("reads random numbers as we do", async () => {
    const texts = fc.sample(randomNumber, 6_000);
    const valid = await compare(texts);
    expect(valid).toBeGreaterThan(300);
    expect(texts.length - valid).toBeGreaterThan(1_000);
  });

  it("reads every template of the folders in CHARTS as we do", { timeout: 1_800_000 }, async ({ skip }) => {
    skip(CHARTS.length === 0);
    const files = [...new Set(CHARTS.flatMap(templateFiles))];
    const charts = new Set(files.map((file) => file.slice(0, file.lastIndexOf("/templates/"))));
    let valid = 0;
    for (let at = 0; at < files.length; at += AT_ONCE)
      valid += await compare(files.slice(at, at + AT_ONCE).map((file) => readFileSync(file, "utf8")));
    const refused = files.length - valid;
    console.info({ charts: charts.size, templates: files.length, refused, differences: 0 });
    expect(valid).toBeGreaterThan(0);
  });

  it("reads the corpus as we do", async ({ skip }) => {
    const texts = corpus();
    if (texts.length === 0) console.error("SKIPPED: real templates: none in ../shared/corpus");
    skip(texts.length === 0);
    expect(await compare(texts)).toBeGreaterThan(0);
  });
});
