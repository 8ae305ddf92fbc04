// The rows of `container-images list`: a stable shape that other programs read.
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import type { ESLint, Linter } from "eslint";
import { createRules } from "../../rules/index.js";
import { exemptionFor } from "../exempt.js";
import type { ImageField, State } from "../images/field.js";
import { inspect } from "../images/inspect.js";
import { plan } from "../images/plan.js";
import { createLanguage } from "../language/language.js";
import { neighbourOf } from "../neighbour.js";
import { formatReference } from "../reference/reference.js";
import { readSettings, type Settings } from "../settings.js";
import { CommandError } from "./failure.js";
import type { Project } from "./project.js";

/** One image field, as `list --format json` prints it; `null` where there is none. */
export interface Row {
  /** Relative to the working directory, with `/`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  readonly field: string;
  readonly shape: string;
  readonly written: string;
  /** `domain/repository[:tag][@digest]`, normalised; no `latest` added. */
  readonly reference: string | null;
  readonly domain: string | null;
  readonly repository: string | null;
  readonly tag: string | null;
  readonly digest: string | null;
  readonly state: State;
  /** Whether `eslint --fix` would write here, were the digest known. */
  readonly pinnable: boolean;
  readonly reason: string | null;
  readonly exempt: string | null;
}

/** The rule that speaks of each state, whose disable comment exempts. */
const RULE_OF_STATE: Readonly<Partial<Record<State, string>>> = {
  unpinned: "require-digest",
  incomplete: "no-incomplete-reference",
  invalid: "valid-reference",
};

const offlinePlugin: ESLint.Plugin = {
  rules: createRules({
    lookup: (references) => references.map(() => ({ ok: false, reason: "offline", message: "not asked" })),
    neighbour: neighbourOf,
  }),
  languages: { yaml: createLanguage() } as unknown as NonNullable<ESLint.Plugin["languages"]>,
};

/**
 * The rows of one file.
 *
 * @param project the project it belongs to
 * @param path its absolute path
 * @returns a row for each image field, in order
 * @throws {CommandError} where the file can not be read or a setting is wrong; one line
 */
export async function rowsOf(project: Project, path: string): Promise<readonly Row[]> {
  const config = await project.configFor(path);
  const result = readSettings(config.settings);
  const file = relative(project.cwd, path).replaceAll("\\", "/");
  if (!result.ok) throw new CommandError(result.message);
  const text = readText(path, file);
  const { fields, reading } = inspect(text, { filename: path, settings: result.settings, neighbour: neighbourOf(path) });
  if (!reading || fields.length === 0) return [];
  const suppressed = text.includes("eslint-") ? suppressions(project, path, text, config) : new Map<string, string>();
  return fields.map((field) => {
    const { line, column } = reading.positionOf(field.at[0]);
    const rule = RULE_OF_STATE[field.state];
    const comment = rule === undefined ? undefined : suppressed.get(`${rule} ${String(line)}:${String(column + 1)}`);
    return row(field, { file, line, column: column + 1 }, exemptReason(field, path, result.settings) ?? comment, result.settings);
  });
}

function row(field: ImageField, at: Pick<Row, "file" | "line" | "column">, exempt: string | undefined, settings: Settings): Row {
  const { reference, state } = field;
  const planned = plan(field, settings);
  const pinnable = state === "unpinned" && planned.kind === "fix" && exempt === undefined;
  const readable = state !== "templated" && state !== "invalid";
  const [tag, inlineDigest] = field.parts.tag?.value.split("@", 2) ?? [];
  return {
    ...at,
    field: field.field,
    shape: field.shape,
    written: field.written,
    reference: readable && reference ? formatReference(reference) : null,
    domain: (readable && reference?.domain) || null,
    repository: (readable && reference?.repository) || null,
    tag: (readable && (reference ? reference.tag : tag)) || null,
    digest: (readable && (reference ? reference.digest : (field.parts.digest?.value ?? inlineDigest))) || null,
    state,
    pinnable,
    reason: pinnable ? null : exempt !== undefined ? "exempt" : planned.reason === undefined || planned.reason === "state" ? state : planned.reason,
    exempt: exempt ?? null,
  };
}

function exemptReason(field: ImageField, path: string, settings: Settings): string | undefined {
  const { reference } = field;
  const image = reference ? { image: `${reference.domain}/${reference.repository}` } : {};
  const tag = reference?.tag === undefined ? {} : { tag: reference.tag };
  return exemptionFor({ field: field.field, ...image, ...tag }, path, settings)?.reason ?? (field.generated ? "generated" : undefined);
}

/** What the user's disable comments suppress: rule and position, and the comment's reason. */
function suppressions(project: Project, path: string, text: string, config: Linter.Config): ReadonlyMap<string, string> {
  const linter = new project.Linter({ configType: "flat", cwd: "/" });
  linter.verify(
    text,
    [
      {
        files: ["**/*.*"],
        plugins: { "container-images": offlinePlugin },
        language: "container-images/yaml",
        rules: Object.fromEntries(Object.values(RULE_OF_STATE).map((rule) => [`container-images/${rule}`, "error"])),
        ...(config.settings ? { settings: config.settings } : {}),
        linterOptions: { noInlineConfig: config.linterOptions?.noInlineConfig ?? false },
      },
    ],
    { filename: path },
  );
  const found = new Map<string, string>();
  const messages = (linter as unknown as { getSuppressedMessages(): Linter.SuppressedLintMessage[] }).getSuppressedMessages();
  for (const { ruleId, line, column, suppressions: reasons } of messages) {
    if (ruleId === null) continue;
    const reason = reasons.map(({ justification }) => justification).find((each) => each !== "") ?? "eslint-disable";
    found.set(`${ruleId.replace("container-images/", "")} ${String(line)}:${String(column)}`, reason);
  }
  return found;
}

function readText(path: string, shown: string): string {
  try {
    return readFileSync(path, "utf8").replace(/^\ufeff/, "");
  } catch (error) {
    throw new CommandError(`${shown}: ${error instanceof Error && "code" in error ? String(error.code) : "can not be read"}`);
  }
}
