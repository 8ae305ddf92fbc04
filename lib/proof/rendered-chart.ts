// A chart with its default values and those of its users becomes facts, by Helm.
import { join } from "node:path";
import { displayText } from "../reference/display.js";
import type { Settings } from "../settings/settings.js";
import { textOf, type ChartContent } from "./chart-content.js";
import { chartImages, type ChartImage } from "./chart-images.js";
import { showHidden } from "./hidden.js";
import type { Looked, Needs, RenderWith } from "./marked.js";
import { withLocalSchemas } from "./local-schemas.js";
import { neededValues } from "./needed-values.js";
import { prove, type Proof } from "./prove.js";
import { templatesOf } from "./read-chart.js";
import { render } from "./render.js";
import type { Helm } from "./run-helm.js";
import { Session } from "./session.js";
import { joinValues, readValues, writeValues, type Values } from "./values.js";
import { waysToShow } from "./ways.js";
import { writeFiles, type WorkFolder } from "./work-folder.js";

/** What Helm says of a chart, and with which values it could not be rendered. */
export interface Rendered extends Proof {
  /** A line for each set of values that Helm cannot render. */
  readonly problems: readonly string[];
}

/** Milliseconds for all renderings of one chart. */
const MOST_TIME = 240_000;
/** Of it, for images that are not rendered as the chart is used: to look for them, and in all. */
const MOST_TIME_TO_LOOK = 45_000;
const MOST_TIME_FOR_HIDDEN = 90_000;
const MAX_USERS = 12;
/** What the chart's own values are called in messages. */
const DEFAULTS = "its default values";

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

/** Values with which the chart is rendered. */
interface Opened {
  readonly values: Values;
  readonly session: Session;
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
  const { files, left: elsewhere } = withLocalSchemas(chart.files);
  writeFiles(folder, files);
  let deadline = Date.now() + MOST_TIME;
  const renderWith =
    (values: Values): RenderWith =>
    async (over) => {
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
  const imagesOf = (values: Values): readonly ChartImage[] => chartImages(values, chart.appVersion, settings);
  const looked = (values: Values, needs: Needs = () => undefined): Looked => {
    const joined = joinValues(chart.values, values);
    return { render: renderWith(values), values: joined, images: imagesOf(joined), needs };
  };
  const needs: Needs = (message, values) => neededValues(message, chart, values);
  const opened: Opened[] = [];
  const problems: string[] = [];
  const open = async (name: string, values: Values, isNeeding: boolean): Promise<boolean> => {
    const session = await Session.open(looked(values, isNeeding ? needs : undefined));
    if (typeof session === "string") problems.push(`${name}: ${session}`);
    else opened.push({ values, session });
    return typeof session !== "string";
  };
  if (
    !(await open(DEFAULTS, {}, false)) &&
    !(await openWithTests(chart, open)) &&
    (await open(DEFAULTS, {}, true))
  )
    problems.length = 0;
  for (const { name, values } of users.slice(0, MAX_USERS)) await open(name, values, true);
  const [first] = opened;
  if (!first) return problems[0] ?? "nothing of it is rendered";
  const sessions = opened.map(({ session }) => session);
  const proof = await prove(sessions);
  const until = Date.now() + MOST_TIME_TO_LOOK;
  deadline = Math.min(deadline, Date.now() + MOST_TIME_FOR_HIDDEN);
  const more = await openHidden(chart, sessions, looked(first.values, needs), () => Date.now() < until);
  return {
    ...joined(proof, await prove(more)),
    problems: [...problems, ...leftOutLine(proof.leftOut), ...unfetchedLine(elsewhere)],
  };
}

/** A line that says what its schemas refer to elsewhere, if they do. */
function unfetchedLine([first, ...others]: readonly string[]): readonly string[] {
  if (first === undefined) return [];
  const more = others.length === 0 ? "" : ` and ${String(others.length)} more`;
  return [`its schema refers to ${displayText(first, 100)}${more}, which is not fetched, so not checked`];
}

/** What was proven of a chart as it is used, and of images that it only renders with other values. */
function joined(used: Proof, hidden: Proof): Proof {
  const shown = new Set(hidden.images.map(({ path }) => path));
  return {
    images: [...used.images, ...hidden.images],
    leftOut: used.leftOut,
    hidden: used.hidden.filter((path) => !shown.has(path)),
    refuted: new Map([...hidden.refuted, ...used.refuted]),
  };
}

/** Sessions with the images that none shows yet. */
async function openHidden(
  chart: ChartContent,
  sessions: readonly Session[],
  looked: Looked,
  mayGoOn: () => boolean,
): Promise<readonly Session[]> {
  const isShown = (image: ChartImage): boolean =>
    sessions.some((session) =>
      session.images.some((each) => each.field === image.field && session.isShown(each)),
    );
  const images = looked.images.filter((image) => !isShown(image));
  if (images.length === 0) return [];
  const templates = templatesOf(chart);
  const found = await showHidden(
    { ...looked, images },
    (image) => waysToShow(image, chart, looked.values, (path) => templates.printing(path)),
    mayGoOn,
  );
  const opened: Session[] = [];
  for (const { values, images: shown } of found) {
    const render: RenderWith = (over) => looked.render(joinValues(values, over));
    const shownOnly = { ...looked, render, values: joinValues(looked.values, values), images: shown };
    const session = await Session.open(shownOnly, false);
    if (typeof session !== "string") opened.push(session);
  }
  return opened;
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
  open: (name: string, values: Values, isNeeding: boolean) => Promise<boolean>,
): Promise<boolean> {
  for (const path of [...files.keys()].filter((each) => /^ci\/[^/]+\.ya?ml$/.test(each)).slice(0, 5)) {
    const values = readValues(textOf(files, path) ?? "");
    if (typeof values !== "string" && (await open(path, values, false))) return true;
  }
  return false;
}
