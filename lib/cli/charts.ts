// The command `charts`: finds every chart that a tree uses, and where the digests of its images may stand.
import { join, relative, resolve } from "node:path";
import { displayText } from "../reference/display.js";
import { linkStatOf } from "../stat-of.js";
import { readSettings } from "../settings/read.js";
import type { ChartFacts } from "../settings/chart-facts.js";
import type { Settings } from "../settings/settings.js";
import { findUses } from "../charts/uses/find-uses.js";
import { findHelm, type Helm } from "../proof/run-helm.js";
import { mayAsk } from "./answers.js";
import { checkFacts } from "./charts-check.js";
import { factsFrom } from "./charts-facts.js";
import { howToLoad, readFacts, writeFacts, type FactsFile } from "./charts-file.js";
import { learnCharts, type ChartOutcome } from "./charts-learn.js";
import { chartsJson, chartsTable, counted, reportProblems } from "./charts-report.js";
import { treeOf } from "./charts-tree.js";
import { unnamedValues } from "./charts-unnamed.js";
import { isWantedUse, usedCharts, wantedBy } from "./charts-uses.js";
import { NO_CHART_NAMED } from "../charts/lacks.js";
import { CommandError, EXIT, type ExitCode } from "./failure.js";
import type { ChartsFormat } from "./formats.js";
import { hasWildcard } from "./globs.js";
import { mustBeInside } from "./configuration-places.js";
import { namesOf, openConfiguration, type ProjectOptions } from "./configuration.js";
import type { Terminal } from "./terminal.js";
import { withSlashes } from "./with-slashes.js";

export interface ChartsOptions extends ProjectOptions {
  readonly format: ChartsFormat;
  /** Whether to write the facts. */
  readonly write: boolean;
  /** Whether only to look whether the facts cover every chart in use. */
  readonly check: boolean;
  /** Who makes the facts: `container-images 0.2.0`. */
  readonly maker: string;
}

/**
 * Finds out what the images of the charts in use take.
 *
 * @param options where, which uses, by which configuration, and what to do
 * @param terminal where to print
 * @returns the exit code: 0; 3 where a chart could not be fetched; with `check`, 1 where a chart in use has
 *   no fact for its version
 * @throws {CommandError} where a path is not there, the configuration cannot be loaded, a setting is wrong,
 *   or the facts cannot be read or written; one line
 */
export async function charts(options: ChartsOptions, terminal: Terminal): Promise<ExitCode> {
  const { cwd, paths, format, maker } = options;
  mustBeInside(cwd, cwd, paths);
  for (const path of paths) if (isNowhere(cwd, path)) throw new CommandError(notFound(path));
  const configuration = await openConfiguration(options, terminal.warn);
  const raw = await configuration.settingsFor(`${cwd}/values.yaml`);
  const settings = settingsIn(raw);
  const file = readFacts(configuration.file, cwd);
  const tree = treeOf(cwd);
  for (const path of paths)
    if (hasWildcard(path) && !tree.files.some(wantedBy(cwd, [path]))) throw new CommandError(notFound(path));
  const { uses, problems } = findUses(tree, settings);
  const isWanted = wantedBy(cwd, paths);
  const used = usedCharts(uses, (use) => isWantedUse(use, tree.files, isWanted));
  if (options.check) return checkFacts(used, file, { ...options, tree, loaded: isLoaded(raw) }, terminal);
  const mayFetch = mayAsk(terminal);
  const helm = await helmOf(terminal);
  const outcomes = await learnCharts(used, { cwd, tree, settings, helm, mayFetch }, terminal);
  terminal.result(
    format === "json" ? chartsJson(outcomes, problems, helm?.version) : await chartsTable(outcomes, terminal),
  );
  reportProblems(outcomes, problems, terminal);
  const unnamed: string[] = [];
  for (const path of unnamedValues(cwd, tree, settings, isWanted))
    if (await configuration.lints(join(cwd, path))) unnamed.push(path);
  if (unnamed.length > 0)
    terminal.warn(`${NO_CHART_NAMED}: ${namesOf(cwd, unnamed)}; name it in the setting \`charts\``);
  else if (used.length === 0) terminal.warn(`no file in ${namesOf(cwd, paths)} names a chart`);
  if (options.write) {
    const by = helm ? `${maker}, helm ${helm.version}` : maker;
    const isWhole = paths.length === 1 && paths[0] === ".";
    const facts = factsFrom(outcomes, file.facts, { by, isWhole });
    const toLoad = isLoaded(raw) ? [] : howToLoad(configuration.file);
    const said = format === "json" ? terminal.warn : terminal.say;
    for (const line of keep(facts, file, { cwd, toLoad })) said(line);
  }
  return outcomes.some(isFailed) ? EXIT.lookups : EXIT.fine;
}

/** Writes the facts; returns the lines that say it. Where nothing is known, no new file is to be loaded. */
function keep(
  facts: ChartFacts,
  file: FactsFile,
  { cwd, toLoad }: { readonly cwd: string; readonly toLoad: readonly string[] },
): readonly string[] {
  const name = displayText(withSlashes(relative(cwd, file.path)));
  if (facts.charts.length === 0 && file.text === undefined)
    return [`${name}: not written, nothing is known of a chart`];
  const isWritten = writeFacts(file, facts);
  const count = counted(facts.charts.length, "chart");
  return [`${name}: ${count}${isWritten ? "" : ", nothing has changed"}`, ...toLoad];
}

/** Whether a path is no glob, and nothing is there. */
function isNowhere(cwd: string, path: string): boolean {
  return !hasWildcard(path) && linkStatOf(resolve(cwd, path)) === undefined;
}

/** As ESLint says it, which the other commands ask for their files. */
function notFound(path: string): string {
  return `No files matching '${displayText(path)}' were found.`;
}

/** Whether the configuration hands on facts of charts. */
function isLoaded(raw: unknown): boolean {
  const settings = (raw as { readonly "container-images"?: unknown } | undefined)?.["container-images"];
  return typeof settings === "object" && settings !== null && "chartFacts" in settings;
}

function settingsIn(raw: unknown): Settings {
  const result = readSettings(raw);
  if (!result.ok) throw new CommandError(result.message);
  return result.settings;
}

async function helmOf(terminal: Terminal): Promise<Helm | undefined> {
  const helm = await findHelm(process.env);
  if (typeof helm !== "string") return helm;
  terminal.warn(`container-images: ${helm}: charts are read and not rendered, and none is fetched`);
  return undefined;
}

/** Whether a chart could not be had from where it is. */
function isFailed({ failure }: ChartOutcome): boolean {
  return failure !== undefined && ("host" in failure || failure.message.startsWith("helm pull"));
}
