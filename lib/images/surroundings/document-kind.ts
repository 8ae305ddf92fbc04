// What each document of a file is: by the file's name, else by the document's own top-level keys.
import type { DocumentKind } from "../../vocabulary/row-types.js";
import type { FileFacts } from "../file-facts.js";
import type { TopLevel } from "./top-level.js";

/** A kind of document, and the keys that show it. */
interface Signature {
  readonly kind: DocumentKind;
  readonly fits: (top: TopLevel) => boolean;
}

/** Documents known by their own keys, whatever the file is called. The first row that fits decides. */
const SIGNATURES: readonly Signature[] = [
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

/** The same for files of which the name says nothing and that are not values. */
const WEAK_SIGNATURES: readonly Signature[] = [
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
 * @param facts what `fileFacts` said of its file
 * @param top what stands at its top level
 * @returns its kind; `none` where nothing in it is an image of this repository
 */
export function documentKind(facts: FileFacts, top: TopLevel): DocumentKind {
  if (facts.kind !== undefined) return facts.kind;
  const strong = SIGNATURES.find((row) => row.fits(top));
  if (strong) return strong.kind;
  if (facts.otherwise === "values") return "values";
  return WEAK_SIGNATURES.find((row) => row.fits(top))?.kind ?? facts.otherwise;
}
