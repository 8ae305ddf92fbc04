// What a file and each of its documents are, by name and by top-level keys, and so what counts as an image in them.
import { matchesFile } from "../exempt.js";
import type { Neighbour } from "../neighbour.js";
import type { Settings } from "../settings/settings.js";
import type { DocumentKind } from "../vocabulary/fields.js";
import type { OwnRows } from "../vocabulary/own-rows.js";
import type { ValuesFacts } from "../charts/values-facts.js";

/** What the path alone says. */
interface NameRow {
  readonly name: RegExp;
  readonly kind: DocumentKind;
}

/** Matched against the whole path with `/` between folders, so that a repository below the root is read the same. */
const NAMES: readonly NameRow[] = [
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

/** A file, or one in a folder of values (`values/`, OpenStack-Helm's `values_overrides/`). */
const VALUES_NAME = /(?:^|\/)(?:[^/]*values[^/]*|values(?:[_-]?overrides)?\/(?:[^/]+\/)*[^/]+)\.ya?ml$/i;
/** Folders of a chart in which values stand by convention (chart-testing's `ci`, and examples). */
const VALUES_FOLDER = /(?:^|\/)(?:ci|examples?)\/[^/]+$/;
/** Chart.yaml itself holds no values, whatever stands beside it. */
const CHART_FILE = /(?:^|\/)(?:Chart|requirements|artifacthub-repo|ct)\.ya?ml$/;

/** What is known of a file before any document of it is looked at. */
export interface FileFacts {
  /** Decided: by the settings or by the name. */
  readonly kind?: DocumentKind;
  /** What a document is that has no keys of a known kind. */
  readonly otherwise: DocumentKind;
  /** What the user's settings add to the vocabulary here. */
  readonly own?: OwnRows;
  /** What is known of the chart that the file's values are for. */
  readonly values?: ValuesFacts;
}

/**
 * What a file is, as far as its name, the settings and the files beside it tell.
 *
 * @param filename the file's path, with `/` or `\`
 * @param template whether it is a Go template
 * @param settings the user's; `files` decides before anything else
 * @param neighbour reads a file beside it; without it, a chart's folder is not recognised
 */
export function fileFacts(
  filename: string,
  template: boolean,
  settings: Settings,
  neighbour?: Neighbour,
): FileFacts {
  const path = filename.replaceAll("\\", "/");
  const set = settings.files.find((rule) => matchesFile(path, rule.files));
  if (set) return { kind: set.kind, otherwise: set.kind };
  const named = NAMES.find((row) => row.name.test(path));
  if (named) return { kind: named.kind, otherwise: named.kind };
  if (VALUES_NAME.test(path)) return { otherwise: "values" };
  if (template) return { otherwise: "manifest" };
  if (!CHART_FILE.test(path) && neighbour?.("Chart.yaml") !== undefined) return { otherwise: "values" };
  if (VALUES_FOLDER.test(path) && neighbour?.("../Chart.yaml") !== undefined) return { otherwise: "values" };
  return { otherwise: "other" };
}

/** What {@link documentKind} looks at: a document's top-level keys, and the keys of what stands behind one. */
export interface TopLevel {
  has(key: string): boolean;
  /** The text at a key; empty where there is none, or where a template fills it in. */
  text(key: string): string;
  /** Keys of the mapping at a key. */
  keysOf(key: string): ReadonlySet<string>;
  /** Keys of the mappings one level below a key: of each service, each job. */
  childKeys(key: string): ReadonlySet<string>;
  /** Whether some mapping at the top level has all these keys. */
  anyHas(...keys: readonly string[]): boolean;
}

/** Documents known by their own keys, wherever they stand. The first row that fits. */
const SIGNATURES: readonly { readonly kind: DocumentKind; readonly fits: (top: TopLevel) => boolean }[] = [
  {
    kind: "kustomization",
    fits: (top) =>
      /^(?:Kustomization|Component)$/.test(top.text("kind")) &&
      top.text("apiVersion").startsWith("kustomize.config.k8s.io/"),
  },
  { kind: "manifest", fits: (top) => top.has("apiVersion") && top.has("kind") },
  // helm-unittest: what a chart is expected to render is no image of this repository.
  {
    kind: "none",
    fits: (top) => top.has("tests") && (top.has("suite") || hasAny(top.childKeys("tests"), "asserts")),
  },
  { kind: "drone", fits: (top) => top.text("kind") === "pipeline" && top.has("steps") },
];

/** The same for files whose name says nothing, where nothing is a template. */
const WEAK_SIGNATURES: readonly { readonly kind: DocumentKind; readonly fits: (top: TopLevel) => boolean }[] =
  [
    // The description of an interface: its images are examples.
    {
      kind: "none",
      fits: (top) =>
        ["openapi", "swagger", "asyncapi"].some((key) => top.has(key)) &&
        ["info", "paths", "components"].some((key) => top.has(key)),
    },
    // Patches and fragments name their kind without a version.
    {
      kind: "manifest",
      fits: (top) =>
        /^[A-Z][A-Za-z0-9]+$/.test(top.text("kind")) &&
        (top.has("spec") || top.has("metadata") || top.has("items")),
    },
    {
      kind: "manifest",
      fits: (top) => /^[a-z][A-Za-z0-9]+$/.test(top.text("kind")) && top.has("spec") && top.has("metadata"),
    },
    {
      kind: "github",
      fits: (top) => top.has("jobs") && (top.has("on") || hasAny(top.childKeys("jobs"), "runs-on")),
    },
    { kind: "github", fits: (top) => top.has("runs") && top.has("name") && top.has("description") },
    {
      kind: "circleci",
      fits: (top) => top.has("jobs") && hasAny(top.childKeys("jobs"), "docker", "executor"),
    },
    { kind: "circleci", fits: (top) => top.has("executors") && hasAny(top.childKeys("executors"), "docker") },
    {
      kind: "bitbucket",
      fits: (top) =>
        top.has("pipelines") &&
        (top.has("image") ||
          top.has("definitions") ||
          hasAny(top.keysOf("pipelines"), "default", "branches", "custom", "pull-requests")),
    },
    { kind: "gitlab", fits: (top) => top.has("stages") && top.anyHas("stage", "script") },
    { kind: "gitlab", fits: (top) => top.anyHas("stage", "script", "image") },
    {
      kind: "drone",
      fits: (top) =>
        top.has("steps") &&
        !top.has("jobs") &&
        ["image", "commands"].every((key) => top.childKeys("steps").has(key)),
    },
    {
      kind: "cloudbuild",
      fits: (top) => top.has("steps") && !top.has("jobs") && isCloudBuild(top.childKeys("steps")),
    },
    {
      kind: "compose",
      fits: (top) =>
        top.has("services") && hasAny(top.childKeys("services"), "image", "build") && !top.has("stages"),
    },
  ];

function isCloudBuild(keys: ReadonlySet<string>): boolean {
  return (
    keys.has("name") &&
    hasAny(keys, "args", "entrypoint") &&
    !hasAny(keys, "image", "uses", "run", "command", "commands", "script")
  );
}

function hasAny(keys: ReadonlySet<string>, ...wanted: readonly string[]): boolean {
  return wanted.some((key) => keys.has(key));
}

/**
 * What a document is.
 *
 * @param facts what {@link fileFacts} said of its file
 * @param top what stands at its top level
 */
export function documentKind(facts: FileFacts, top: TopLevel): DocumentKind {
  if (facts.kind !== undefined) return facts.kind;
  const strong = SIGNATURES.find((row) => row.fits(top));
  if (strong) return strong.kind;
  if (facts.otherwise === "values") return "values";
  return WEAK_SIGNATURES.find((row) => row.fits(top))?.kind ?? facts.otherwise;
}
