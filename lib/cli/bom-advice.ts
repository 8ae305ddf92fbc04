// What to do about the images that make `bom` fail: only what fits those that are left.
import { baselineOption } from "./baseline-file.js";
import { commandLine } from "./command-line.js";
import type { ProjectOptions } from "./configuration.js";
import type { SurveyedField } from "./survey.js";

/** An image that makes the command fail. */
export interface Missing {
  readonly found: SurveyedField;
  /** Whether require-digest is on in its file, so that `pin` writes there. */
  readonly pins: boolean;
}

/** Advice for each kind of image, in the order in which it is given. */
const ADVICE: readonly {
  readonly is: (missing: Missing) => boolean;
  readonly text: (options: ProjectOptions) => string;
}[] = [
  {
    is: ({ found: { row, skipReason }, pins }) => row.pinnable && pins && skipReason === undefined,
    text: (options) => {
      const args = ["pin", ...baselineOption(options)];
      return `to pin: run ${commandLine("eslint-plugin-container-images", args, options)}`;
    },
  },
  {
    is: ({ found: { row, skipReason }, pins }) => row.pinnable && !pins && skipReason === undefined,
    text: () => "where require-digest is off: switch it on, or exempt them",
  },
  { is: ({ found }) => found.field.state === "invalid", text: () => "invalid: correct what stands there" },
  {
    is: ({ found }) => found.field.state === "incomplete",
    text: () => "incomplete: write what the chart fills in, or exempt it",
  },
  {
    is: () => true,
    text: (options) =>
      `not pinnable: ${commandLine("eslint-plugin-container-images", ["list"], options)} says why`,
  },
];

/**
 * Makes the last line of a gate that fails.
 *
 * @param missing the images without a digest and an exemption, at least one
 * @param options those of the command
 * @returns one line: how many there are, and what to do about each kind
 */
export function adviceFor(missing: readonly Missing[], options: ProjectOptions): string {
  const counts = new Map<(typeof ADVICE)[number], number>();
  for (const each of missing) {
    const kind = ADVICE.find(({ is }) => is(each));
    if (kind) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const images = `${String(missing.length)} ${missing.length === 1 ? "image has" : "images have"}`;
  const parts = ADVICE.flatMap((kind) => {
    const count = counts.get(kind);
    return count === undefined ? [] : [`${String(count)} ${kind.text(options)}`];
  });
  return `${images} no digest and no exemption; ${parts.join("; ")}`;
}
