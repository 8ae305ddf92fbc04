// Gets every chart that a tree uses and finds out what its images take, two charts at a time.
import type { FileTree } from "../charts/uses/survey.js";
import { getChart, type GotChart } from "../proof/get-chart.js";
import { learnChart, type LearntChart } from "../proof/learn-chart.js";
import type { Helm } from "../proof/run-helm.js";
import { openWorkFolder } from "../proof/work-folder.js";
import type { Settings } from "../settings/settings.js";
import type { UsedChart } from "./charts-uses.js";
import { valuesOf } from "./charts-values.js";
import type { Terminal } from "./terminal.js";

/** A chart that is used, and what became of it. */
export interface ChartOutcome {
  readonly used: UsedChart;
  /** The version that was looked at, where the chart was had. */
  readonly version?: string;
  readonly learnt?: LearntChart;
  /** The chart's images that have a fact, and all that is wrong with others. */
  readonly failure?: GotChart & { readonly ok: false };
  /** A line for each thing that could not be read or rendered. */
  readonly problems: readonly string[];
}

/** With what charts are learnt. */
export interface LearnOptions {
  readonly cwd: string;
  readonly tree: FileTree;
  readonly settings: Settings;
  readonly helm: Helm | undefined;
  readonly mayFetch: boolean;
}

const AT_ONCE = 2;

/**
 * Gets charts and finds out what their images take.
 *
 * @param charts those in use
 * @param options with what
 * @param terminal shows how far it is
 * @returns what became of each, in the same order
 */
export async function learnCharts(
  charts: readonly UsedChart[],
  options: LearnOptions,
  terminal: Terminal,
): Promise<readonly ChartOutcome[]> {
  const outcomes: ChartOutcome[] = [];
  const work = openWorkFolder();
  const progress = await terminal.progress("looking at charts", charts.length);
  const queue = charts.entries();
  const takeNext = async (): Promise<void> => {
    for (const [index, used] of queue) {
      outcomes[index] = await learn(used, options, work);
      progress.step();
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, takeNext));
  } finally {
    progress.end();
    work.remove();
  }
  return outcomes;
}

async function learn(
  used: UsedChart,
  { cwd, tree, settings, helm, mayFetch }: LearnOptions,
  work: ReturnType<typeof openWorkFolder>,
): Promise<ChartOutcome> {
  const got = await getChart(used, { root: cwd, settings, helm, mayFetch });
  if (!got.ok) return { used, failure: got, problems: [] };
  const { chart } = got;
  const { users, problems } = valuesOf(used.uses, tree);
  const learnt = await learnChart(chart, users, { helm, work, settings });
  const without = chart.missing.map(({ name }) => name);
  return {
    used,
    version: chart.version,
    learnt,
    problems: [
      ...problems,
      ...(without.length > 0 ? [`without its dependencies ${without.join(", ")}`] : []),
      ...learnt.problems,
    ],
  };
}
