// Whether kustomize reads a kustomization at all. It refuses what it does not know, and builds nothing then.
import {
  anything,
  given,
  listOf,
  mapOf,
  nameText,
  record,
  text,
  truth,
  whole,
  type Form,
  type Forms,
} from "./form-types.js";
import { textAt, valueAt } from "./plain.js";

const texts = listOf(text);
const names = listOf(nameText);
const mapOfTexts = mapOf(text);

const GVK = { group: text, version: text, kind: text } as const;
const SELECTOR = {
  ...GVK,
  name: text,
  namespace: text,
  labelSelector: text,
  annotationSelector: text,
} as const;
const selector = record(SELECTOR);

const images = listOf(record({ name: text, newName: text, newTag: text, digest: text, tagSuffix: text }));

const patch = record({
  path: text,
  patch: text,
  target: selector,
  options: record({ allowNameChange: truth, allowKindChange: truth }),
});

/** What no patch lacks, in YAML or JSON. */
const PATCH_MARK = /[:[{]/;

/** How a JSON patch begins, perhaps below comments. */
const OPERATIONS = /^(?:\s|#.*\n)*(?:-\s|\[)/;

const isPatch: Form = (item) => {
  const inPlace = textAt(item, "patch").trim();
  if (!patch(item) || (inPlace === "") === (textAt(item, "path") === "")) return false;
  if (inPlace !== "" && !PATCH_MARK.test(inPlace)) return false;
  return !OPERATIONS.test(inPlace) || given(selector)(valueAt(item, "target"));
};

const namedTarget = given(record({ ...SELECTOR, name: nameText }, ["name"]));
const isJsonPatch: Form = (item) => isPatch(item) && namedTarget(valueAt(item, "target"));

const optionsOfField = record({ delimiter: text, index: whole, encoding: text, create: truth });
const replacement = record({
  path: text,
  source: record({ ...GVK, name: text, namespace: text, fieldPath: text, options: optionsOfField }),
  sourceValue: text,
  targets: listOf(
    record(
      {
        select: given(selector),
        reject: listOf(given(selector)),
        fieldPaths: texts,
        options: optionsOfField,
      },
      ["select"],
    ),
  ),
});

const isThere = given(anything);

const isReplacement: Form = (item) => {
  const [source, targets] = [valueAt(item, "source"), valueAt(item, "targets")];
  const count = Array.isArray(targets) ? targets.length : 0;
  if (textAt(item, "path") !== "") return replacement(item) && !isThere(source) && count === 0;
  return replacement(item) && count > 0 && (isThere(source) || isThere(valueAt(item, "sourceValue")));
};

const generatorOptions = record({
  labels: mapOfTexts,
  annotations: mapOfTexts,
  disableNameSuffixHash: truth,
  immutable: truth,
});

/** `key=value`, with a key. */
const literal: Form = (item) => typeof item === "string" && item.indexOf("=") > 0;

const configMap = {
  name: nameText,
  namespace: text,
  behavior: text,
  literals: listOf(literal),
  files: names,
  envs: names,
  env: text,
  options: generatorOptions,
} as const;

const chart = {
  ...{ name: text, version: text, repo: text, releaseName: text, namespace: text, valuesFile: text },
  ...{ additionalValuesFiles: texts, valuesInline: mapOf(anything), valuesMerge: text, includeCRDs: truth },
  ...{ skipHooks: truth, apiVersions: texts, kubeVersion: text, nameTemplate: text, skipTests: truth },
  ...{ debug: truth, devel: truth },
} as const;

const oldChart = {
  ...{ chartName: text, chartVersion: text, chartRepoUrl: text, chartHome: text, chartRepoName: text },
  ...{ helmBin: text, helmHome: text, values: text, valuesLocal: mapOf(anything), valuesMerge: text },
  ...{ releaseName: text, releaseNamespace: text, extraArgs: texts },
} as const;

const isOpenApi: Form = (value) => mapOf(text)(value) && (!hasPath(value) || textAt(value, "path") !== "");
const hasPath = (value: unknown): boolean => valueAt(value, "path") !== undefined;

/** Every key that kustomize knows at the top, and what may stand there. */
const KEYS: Forms = {
  apiVersion: text,
  kind: text,
  metadata: record({ name: text, namespace: text, labels: mapOfTexts, annotations: mapOfTexts }),
  openapi: isOpenApi,
  namePrefix: text,
  nameSuffix: text,
  namespace: text,
  commonLabels: mapOfTexts,
  commonAnnotations: mapOfTexts,
  labels: listOf(
    record({
      pairs: mapOfTexts,
      includeSelectors: truth,
      includeTemplates: truth,
      includeVolumeClaimTemplates: truth,
      fields: listOf(record({ ...GVK, path: nameText, create: truth }, ["path"])),
    }),
  ),
  patchesStrategicMerge: (value) => texts(value) && !isAllEmpty(value),
  patches: listOf(isPatch),
  patchesJson6902: listOf(isJsonPatch),
  images,
  imageTags: images,
  replacements: listOf(isReplacement),
  replicas: listOf(record({ name: nameText, count: whole }, ["name"])),
  vars: listOf(
    record(
      {
        name: text,
        objref: record({ ...GVK, apiVersion: text, name: nameText, kind: nameText, namespace: text }, [
          "name",
          "kind",
        ]),
        fieldref: record({ fieldPath: text }),
      },
      ["objref"],
    ),
  ),
  sortOptions: record({ order: text, legacySortOptions: record({ orderFirst: texts, orderLast: texts }) }),
  resources: names,
  bases: names,
  components: names,
  crds: names,
  configurations: names,
  configMapGenerator: listOf(record(configMap, ["name"])),
  secretGenerator: listOf(record({ ...configMap, type: text }, ["name"])),
  generatorOptions,
  helmGlobals: record({ chartHome: text, configHome: text }),
  helmCharts: listOf(record(chart)),
  helmChartInflationGenerator: listOf(record(oldChart)),
  generators: texts,
  transformers: texts,
  validators: texts,
  buildMetadata: texts,
};

const isKustomization = record(KEYS);

function isAllEmpty(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0 && list.every((item) => item === null || item === "");
}

const GROUP = "kustomize.config.k8s.io/";

/** The version of each kind. One that is not given counts as the right one. */
const VERSIONS: ReadonlyMap<string, string> = new Map([
  ["", "v1beta1"],
  ["Kustomization", "v1beta1"],
  ["Component", "v1alpha1"],
]);

/** Keys that say nothing of what is built. */
const TYPE: ReadonlySet<string> = new Set(["apiVersion", "kind"]);

/**
 * Whether kustomize reads a document as a kustomization, as far as the document alone decides it.
 *
 * @param document with numbers and truths as such
 * @see kustomize, api/types, Kustomization and its Unmarshal, CheckEmpty, EnforceFields
 */
export function isReadable(document: Readonly<Record<string, unknown>>): boolean {
  const version = VERSIONS.get(textAt(document, "kind"));
  const apiVersion = textAt(document, "apiVersion");
  return (
    version !== undefined &&
    (apiVersion === "" || apiVersion === GROUP + version) &&
    Object.keys(document).some((key) => !TYPE.has(key) && isThere(document[key]) && document[key] !== "") &&
    isKustomization(document)
  );
}
