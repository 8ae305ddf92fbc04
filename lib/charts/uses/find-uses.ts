// Finds every use of a chart in a tree of files.
import type { Settings } from "../../settings/settings.js";
import { APPLICATION, APPLICATION_SET } from "./application.js";
import { usesInCatalogues } from "./catalogue.js";
import { CHART_YAML } from "./chart-yaml.js";
import type { ChartUse } from "./chart-use.js";
import { FLEET } from "./fleet.js";
import { HELM_CHART } from "./helm-chart.js";
import { HELM_RELEASE } from "./helm-release.js";
import { HELMFILE } from "./helmfile.js";
import { KUSTOMIZE } from "./kustomize.js";
import type { MechanismRow } from "./mechanism.js";
import { usesInSettings } from "./settings-uses.js";
import { SKAFFOLD } from "./skaffold.js";
import { surveyOf, type FileTree } from "./survey.js";

/** All ways in which files name charts, beside the user's settings. */
const MECHANISMS: readonly MechanismRow[] = [
  CHART_YAML,
  HELM_RELEASE,
  APPLICATION,
  APPLICATION_SET,
  HELMFILE,
  KUSTOMIZE,
  FLEET,
  SKAFFOLD,
  HELM_CHART,
];

/** What was found, and what could not be told. */
export interface FoundUses {
  readonly uses: readonly ChartUse[];
  /** One line each: `file:line what`. */
  readonly problems: readonly string[];
}

/**
 * Finds every use of a chart in a tree of files. It reads no file that the tree does not list, and asks
 * nobody.
 *
 * @param tree the files of a repository, from its root
 * @param settings the user's catalogues and charts
 * @returns the uses, by mechanism and file; several may be for the same values. Never throws, unless the
 *   tree's `read` does
 */
export function findUses(tree: FileTree, settings: Pick<Settings, "chartCatalogues" | "charts">): FoundUses {
  const kinds = new Set(MECHANISMS.flatMap((row) => row.kinds ?? []));
  const survey = surveyOf(tree, kinds, (text) =>
    MECHANISMS.filter((row) => row.looksLike?.(text)).map(({ mechanism }) => mechanism),
  );
  const uses = [
    ...MECHANISMS.flatMap(({ find }) => find(survey)),
    ...usesInCatalogues(survey, settings.chartCatalogues),
    ...usesInSettings(settings.charts),
  ];
  return { uses, problems: survey.problems() };
}
