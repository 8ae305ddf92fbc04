// The file of facts beside the ESLint configuration: read, and written where the facts change.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ChartFacts } from "../settings/chart-facts.js";
import { codeIn, CommandError } from "./failure.js";
import { writeWhole } from "./save.js";

export const FACTS_FILE = "container-images.charts.json";
const SCHEMA = "./node_modules/eslint-plugin-container-images/schemas/charts.schema.json";

/** The facts that are there. */
export interface FactsFile {
  readonly path: string;
  /** Absent where there is no such file. */
  readonly text?: string;
  readonly facts: ChartFacts;
}

/**
 * Reads the file of facts.
 *
 * @param configFile the ESLint configuration, where there is one
 * @param cwd the folder of the file where there is none
 * @throws {CommandError} where the file is damaged; one line
 */
export function readFacts(configFile: string | undefined, cwd: string): FactsFile {
  const path = join(configFile === undefined ? cwd : dirname(configFile), FACTS_FILE);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return { path, facts: { uses: [], charts: [] } };
  }
  return { path, text, facts: factsIn(parse(text)) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandError(`${FACTS_FILE} is no JSON; repair or remove it`);
  }
}

/**
 * Facts from outside.
 *
 * @param content of a file or of the setting `chartFacts`
 * @throws {CommandError} where it has not the shape of facts; one line
 */
function factsIn(content: unknown): ChartFacts {
  const { uses = [], charts } = (content ?? {}) as Readonly<Record<string, unknown>>;
  const isNamed = (each: unknown): boolean =>
    typeof each === "object" && each !== null && typeof (each as { chart?: unknown }).chart === "string";
  const hasList = (each: unknown, key: string): boolean =>
    Array.isArray((each as Readonly<Record<string, unknown>>)[key]);
  const isFine =
    Array.isArray(uses) &&
    Array.isArray(charts) &&
    uses.every((each) => isNamed(each) && hasList(each, "files")) &&
    charts.every((each) => isNamed(each) && hasList(each, "images"));
  if (!isFine) throw new CommandError(`${FACTS_FILE} holds no facts of charts; repair or remove it`);
  return { uses, charts };
}

/**
 * Writes the file of facts, where they have changed.
 *
 * @returns whether anything was written
 * @throws {CommandError} where it cannot be written; one line
 */
export function writeFacts({ path, text }: FactsFile, facts: ChartFacts): boolean {
  const fresh = `${JSON.stringify({ $schema: SCHEMA, ...facts }, undefined, 2)}\n`;
  if (fresh === text) return false;
  try {
    writeWhole(path, fresh);
  } catch (error) {
    throw new CommandError(`${FACTS_FILE} cannot be written${codeIn(error)}`);
  }
  return true;
}

/**
 * Says how a configuration gets the facts.
 *
 * @param configFile the ESLint configuration, where there is one
 * @returns the lines to print
 */
export function howToLoad(configFile: string | undefined): readonly string[] {
  const load = isCommonJs(configFile)
    ? `const chartFacts = require("./${FACTS_FILE}");`
    : `import chartFacts from "./${FACTS_FILE}" with { type: "json" };`;
  return [
    "Add these two lines to your ESLint configuration:",
    `  ${load}`,
    '  settings: { "container-images": { chartFacts } },',
  ];
}

/** Whether `import` would break a configuration: as Node, by its syntax where the name does not say it. */
function isCommonJs(configFile: string | undefined): boolean {
  if (configFile === undefined) return false;
  try {
    return !/^\s*(?:import|export)\b/m.test(readFileSync(configFile, "utf8"));
  } catch {
    return false;
  }
}
