// `charts --check`: whether the facts cover every chart in use. It uses no network and no Helm.
import type { FileTree } from "../charts/uses/survey.js";
import { isExactVersion } from "../proof/chart-cache.js";
import { NO_REPOSITORY } from "../proof/get-chart.js";
import { readValues } from "../proof/values.js";
import { displayText } from "../reference/display.js";
import { uncovered } from "./charts-facts.js";
import { FACTS_FILE, type FactsFile } from "./charts-file.js";
import { commandLine } from "./command-line.js";
import type { ProjectOptions } from "./configuration.js";
import { isBuiltIn, type UsedChart } from "./charts-uses.js";
import { counted, NAME_REPOSITORY } from "./charts-report.js";
import { EXIT, type ExitCode } from "./failure.js";
import type { Terminal } from "./terminal.js";

/** How many places of one chart are named. */
const MOST_PLACES = 3;

interface CheckOptions extends Pick<ProjectOptions, "cwd" | "config" | "paths"> {
  readonly tree: FileTree;
  readonly loaded: boolean;
}

/**
 * Compares the charts in use with the facts.
 *
 * @param charts those in use
 * @param file the facts
 * @param options those of the command. `loaded`: whether the configuration hands the facts on
 * @param terminal where to print
 * @returns 1 where a chart has no fact, or none for the version in use; else 0
 */
export function checkFacts(
  charts: readonly UsedChart[],
  file: FactsFile,
  options: CheckOptions,
  terminal: Terminal,
): ExitCode {
  const { tree, loaded } = options;
  const missing: string[] = [];
  let unsourced = 0;
  const outdated: string[] = [];
  for (const used of charts) {
    if (isBuiltIn(used)) continue;
    const version = versionOf(used, tree);
    const why = uncovered(used, version, file.facts);
    const places = placesOf(used);
    if (why && used.source === undefined) unsourced += 1;
    if (why?.kind === "none") missing.push(`no fact: ${nameOf(used, version)}, ${places}`);
    else if (why)
      outdated.push(
        `other version: ${nameOf(used, version)}; facts for ${displayText(why.versions)}, ${places}`,
      );
  }
  for (const line of [...missing, ...outdated]) terminal.warn(line);
  if (file.text !== undefined && !loaded)
    terminal.warn(`the ESLint configuration does not hand ${FACTS_FILE} on: add it as \`chartFacts\``);
  const bad = missing.length + outdated.length;
  if (bad === 0) {
    terminal.say(`${counted(charts.length, "chart")} in use, all known`);
    return EXIT.fine;
  }
  const command = commandLine("eslint-plugin-container-images", ["charts", "--write"], options);
  const remedies = [
    ...(unsourced > 0 ? [`${NO_REPOSITORY}: ${NAME_REPOSITORY}`] : []),
    // It could not look at a chart of which nothing says where it comes from.
    ...(unsourced < bad ? [`run: ${command}`] : []),
  ];
  terminal.say(
    `${String(bad)} of ${counted(charts.length, "chart")} in use not known; ${remedies.join("; ")}`,
  );
  return EXIT.findings;
}

/** The version in use, where it is known without asking anyone. */
function versionOf({ version, from }: UsedChart, tree: FileTree): string | undefined {
  if (from?.kind !== "tree") return isExactVersion(version) ? version : undefined;
  const about = readValues(tree.read(from.path === "." ? "Chart.yaml" : `${from.path}/Chart.yaml`) ?? "");
  const own = typeof about === "string" ? undefined : about["version"];
  return typeof own === "string" ? own : undefined;
}

function nameOf({ chart, source }: UsedChart, version: string | undefined): string {
  const from = source === undefined ? "" : ` of ${source}`;
  return displayText(`${chart}${version === undefined ? "" : ` ${version}`}${from}`, 200);
}

function placesOf({ uses }: UsedChart): string {
  const places = uses.map(({ namedBy: { file, line } }) => `${displayText(file)}:${String(line)}`);
  const more = places.length - MOST_PLACES;
  const named = places.slice(0, MOST_PLACES).join(", ");
  return more > 0 ? `${named} and ${counted(more, "more place")}` : named;
}
