// The vocabulary: the rows of all families, in the order in which they are tried. The first row that fits
// decides. A new shape is a row in its family and a test. docs/shapes.md shows all rows with their sources.
import { ANY_YAML_KEYS } from "./families/any-yaml.js";
import { COMPOSE_SERVICES } from "./families/compose.js";
import { CUSTOM_RESOURCE_KEYS, OPERATOR_MAPPINGS, OPERATOR_PLACES } from "./families/custom-resources.js";
import { VALUES_KEYS, VALUES_MAPPINGS } from "./families/helm-values.js";
import { CONTAINER_PLACES, CONTAINERS_BY_THEIR_KEYS, SINGLE_CONTAINERS } from "./families/kubernetes.js";
import { KUSTOMIZE_MAPPINGS, KUSTOMIZE_OVERRIDES, PATCHES } from "./families/kustomize.js";
import { PIPELINE_IMAGES } from "./families/pipelines.js";
import { TOOL_IMAGE_MAPS, TOOL_MAPPINGS, TOOL_PLACES } from "./families/tools.js";
import { SHA_KEY } from "./keys.js";
import type { MappingRow, ScalarRow } from "./row-types.js";

/** References in one scalar. A row that wants evidence, and finds none, lets the next one try. */
export const SCALAR_ROWS: readonly ScalarRow[] = [
  // First the places that a specification names. `containers` come before all others, since a Pod may stand
  // in any kind of document.
  ...CONTAINER_PLACES,
  // Compose, pipelines and tools never compete: no two of them look at the same kind of document.
  ...COMPOSE_SERVICES,
  ...PIPELINE_IMAGES,
  ...TOOL_PLACES,
  ...OPERATOR_PLACES,
  // The only rows for the key `images`.
  ...KUSTOMIZE_OVERRIDES,
  // Then what the neighbouring keys show, which is less than a specification says.
  ...CONTAINERS_BY_THEIR_KEYS,
  ...PATCHES,
  ...SINGLE_CONTAINERS,
  // Last the keys alone: they ask for the most evidence, and what asks for less has to come first.
  ...CUSTOM_RESOURCE_KEYS,
  ...VALUES_KEYS,
  ...TOOL_IMAGE_MAPS,
  ...ANY_YAML_KEYS,
];

/**
 * References in several keys of one mapping. A key that one row has read is hidden from the rows after it.
 */
export const MAPPING_ROWS: readonly MappingRow[] = [
  // First the places that a tool or an operator names. The last row of OPERATOR_MAPPINGS takes any resource,
  // so it has to come after the operators of which more is known.
  ...TOOL_MAPPINGS,
  ...OPERATOR_MAPPINGS,
  ...KUSTOMIZE_MAPPINGS,
  // Then the keys of Helm charts, which count anywhere.
  ...VALUES_MAPPINGS,
];

/** Every key that a mapping row reads, and the keys that change what it means. */
export const MAPPING_KEYS: ReadonlySet<string> = new Set([
  ...MAPPING_ROWS.flatMap((row) => [
    ...(row.keys.registry ?? []),
    ...row.keys.repository,
    ...(row.keys.tag ?? []),
    ...(row.keys.digest ?? []),
  ]),
  SHA_KEY,
  "useDigest",
]);
