// What is known of a mapping besides its keys.
import type { Completion } from "../../charts/completion.js";
import type { ChartVerdict } from "../../charts/verdict.js";
import type { ValuesFacts } from "../../charts/values-facts.js";
import type { Settings } from "../../settings/settings.js";
import type { DigestRule } from "../../vocabulary/row-types.js";
import type { Segment } from "../../vocabulary/path.js";
import type { Reading } from "../../yaml/reading.js";
import type { ValuesRoot } from "../surroundings/values-root.js";
import type { NewKeyPlace } from "./new-key.js";
import type { ShaStyle } from "./sha-style.js";

/** What the rows are told of a mapping, besides its keys. */
export interface MappingPlace {
  /** The mapping's path, as `list` prints it. */
  readonly field: string;
  readonly reading: Reading;
  readonly settings: Settings;
  /** An output action stands among the mapping's own keys. */
  readonly opaque: boolean;
  /** Where the digest goes: the rule of the row, or of its `except`. */
  readonly digest: DigestRule;
  /** Another arm of the template holds a digest for the same mapping. */
  readonly digestElsewhere: boolean;
  /** Where a new key would go, behind the last of `after`; `undefined` where the line cannot take one. */
  readonly newKey: (after: readonly string[], key: string) => NewKeyPlace | undefined;
  /** How the other `sha` keys of the same file are written. */
  readonly shaStyle: () => ShaStyle;
  /** The values of a chart that the mapping stands in, and its path from their root. */
  readonly values: { readonly facts: ValuesFacts; readonly path: readonly Segment[] } | undefined;
  /** What the chart table says of the image. */
  readonly chart: ChartVerdict | undefined;
  /** What completes the mapping's tag, where it names no repository. */
  readonly completion: Completion | undefined;
  /** Asks the values for a text at a path from their root. */
  readonly ask: ValuesRoot | undefined;
}
