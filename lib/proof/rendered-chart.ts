// A chart with its default values and those of its users becomes facts, by Helm.
import { join } from "node:path";
import { displayText } from "../reference/display.js";
import type { Settings } from "../settings/settings.js";
import { textOf, type ChartContent } from "./chart-content.js";
import { chartImages } from "./chart-images.js";
import { prove, type Proof } from "./prove.js";
import { render } from "./render.js";
import type { Helm } from "./run-helm.js";
import { Session } from "./session.js";
import { joinValues, readValues, writeValues, type Values } from "./values.js";
import { writeFiles, type WorkFolder } from "./work-folder.js";

/** What Helm says of a chart, and with which values it could not be rendered. */
export interface Rendered extends Proof {
  /** A line for each set of values that Helm cannot render. */
  readonly problems: readonly string[];
}

/** Milliseconds for all renderings of one chart. */
const MOST_TIME = 240_000;
const MAX_USERS = 12;

/** What renders a chart. */
export interface Renderer {
  readonly helm: Helm;
  readonly work: WorkFolder;
  readonly settings: Settings;
}

/** Values of one user. */
export interface UserValues {
  /** Where they stand, for messages. */
  readonly name: string;
  readonly values: Values;
}

/**
 * Proves with Helm where the digests of a chart's images may stand.
 *
 * @param chart its content; what it depends on is in it
 * @param users the values with which it is used
 * @returns what was proven, or why the chart cannot be rendered at all, in one line
 * @throws Node's error, where the chart cannot be written to the work folder
 */
export async function renderedChart(
  chart: ChartContent,
  users: readonly UserValues[],
  { helm, work, settings }: Renderer,
): Promise<Rendered | string> {
  const folder = join(work.folder(), chart.name);
  writeFiles(folder, chart.files);
  const deadline = Date.now() + MOST_TIME;
  const renderWith =
    (values: Values) =>
    async (over: Values): ReturnType<typeof render> => {
      const left = deadline - Date.now();
      if (left <= 0)
        return {
          ok: false,
          gaveUp: true,
          message: `its renderings took longer than ${String(MOST_TIME / 1000)} s`,
        };
      const file = work.file(writeValues(joinValues(values, over)), ".yaml");
      return render(helm, folder, [file], Math.min(left, 60_000));
    };
  const sessions: Session[] = [];
  const problems: string[] = [];
  const open = async (name: string, values: Values): Promise<boolean> => {
    const joined = joinValues(chart.values, values);
    const images = chartImages(joined, chart.appVersion, settings);
    const session = await Session.open(renderWith(values), joined, images);
    if (typeof session === "string") problems.push(`${name}: ${session}`);
    else sessions.push(session);
    return typeof session !== "string";
  };
  if (!(await open("its default values", {}))) await openWithTests(chart, open);
  for (const { name, values } of users.slice(0, MAX_USERS)) await open(name, values);
  if (sessions.length === 0) return problems[0] ?? "nothing of it is rendered";
  const proof = await prove(sessions);
  return { ...proof, problems: [...problems, ...leftOutLine(proof.leftOut)] };
}

/** How many images are named. */
const MOST_NAMED = 10;

/** Which images a limit left out, in one line. */
function leftOutLine(paths: readonly string[]): readonly string[] {
  if (paths.length === 0) return [];
  const named = paths.slice(0, MOST_NAMED).map((path) => displayText(path, 100));
  const more = paths.length > MOST_NAMED ? ` and ${String(paths.length - MOST_NAMED)} more` : "";
  const what = `${String(paths.length)} of its images are not proven, because Helm met a limit`;
  return [`${what} (${String(MOST_TIME / 1000)} s for one chart): ${named.join(", ")}${more}`];
}

/** Charts that need values have some for their own tests. */
async function openWithTests(
  { files }: ChartContent,
  open: (name: string, values: Values) => Promise<boolean>,
): Promise<void> {
  for (const path of [...files.keys()].filter((each) => /^ci\/[^/]+\.ya?ml$/.test(each)).slice(0, 5)) {
    const values = readValues(textOf(files, path) ?? "");
    if (typeof values !== "string" && (await open(path, values))) return;
  }
}
