// Which kind of document a file holds, by its path alone.
// Patterns are matched against the whole path with `/` between folders, so that a repository in a subfolder
// is read the same.
import type { DocumentKind } from "./row-types.js";

/** A path that decides the kind of every document in the file. */
export interface DocumentName {
  readonly name: RegExp;
  readonly kind: DocumentKind;
}

/** The first row that fits decides. */
export const DOCUMENT_NAMES: readonly DocumentName[] = [
  { name: /(?:^|\/)kustomization\.ya?ml$/i, kind: "kustomization" },
  { name: /(?:^|\/)(?:docker-|podman-)?compose[^/]*\.ya?ml$/i, kind: "compose" },
  { name: /(?:^|\/)[^/]*[._-](?:docker-)?compose\.ya?ml$/i, kind: "compose" },
  {
    name: /(?:^|\/)\.(?:github|gitea|forgejo)\/(?:workflows|actions)\/(?:[^/]+\/)*[^/]+\.ya?ml$/,
    kind: "github",
  },
  { name: /(?:^|\/)action\.ya?ml$/, kind: "github" },
  { name: /(?:^|\/)[^/]*\.?gitlab-ci[^/]*\.ya?ml$/, kind: "gitlab" },
  { name: /(?:^|\/)\.gitlab(?:-ci)?\/(?:[^/]+\/)*[^/]+\.ya?ml$/, kind: "gitlab" },
  { name: /(?:^|\/)\.circleci\/(?:[^/]+\/)*[^/]+\.ya?ml$/, kind: "circleci" },
  { name: /(?:^|\/)circleci[^/]*\.ya?ml$/, kind: "circleci" },
  { name: /(?:^|\/)\.(?:drone|woodpecker|crow|vela)[^/]*\.ya?ml$/, kind: "drone" },
  { name: /(?:^|\/)\.(?:woodpecker|crow)\/(?:[^/]+\/)*[^/]+\.ya?ml$/, kind: "drone" },
  { name: /(?:^|\/)drone[^/]*\.ya?ml$/, kind: "drone" },
  { name: /(?:^|\/)[^/]*cloud-?build[^/]*\.ya?ml$/i, kind: "cloudbuild" },
  { name: /(?:^|\/)bitbucket-pipelines\.ya?ml$/, kind: "bitbucket" },
  { name: /(?:^|\/)[^/]*azure[^/]*pipelines?[^/]*\.ya?ml$/i, kind: "azure" },
  { name: /(?:^|\/)\.azure(?:devops|-?pipelines?)\/(?:[^/]+\/)*[^/]+\.ya?ml$/i, kind: "azure" },
  { name: /(?:^|\/)(?:\.buildkite\/(?:[^/]+\/)*[^/]+|buildkite)\.ya?ml$/, kind: "buildkite" },
  { name: /(?:^|\/)\.gitpod\.ya?ml$/, kind: "gitpod" },
  { name: /(?:^|\/)__snapshot__\//, kind: "none" },
];

/** A values file, or any file in a folder of values (`values/`, OpenStack-Helm's `values_overrides/`). */
export const VALUES_NAME =
  /(?:^|\/)(?:[^/]*values[^/]*|values(?:[_-]?overrides)?\/(?:[^/]+\/)*[^/]+)\.ya?ml$/i;

/** Folders of a chart in which values files stand by convention (chart-testing's `ci`, and examples). */
export const VALUES_FOLDER = /(?:^|\/)(?:ci|examples?)\/[^/]+$/;

/** Files beside a chart's values that hold no values themselves. */
export const CHART_FILE = /(?:^|\/)(?:Chart|requirements|artifacthub-repo|ct)\.ya?ml$/;
