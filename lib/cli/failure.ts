// What ends a command: one line for a person, and the exit code.

/** Exit codes of `container-images`. */
export const EXIT = {
  fine: 0,
  /** What was looked for was found: an image without a digest, a digest that is gone. */
  findings: 1,
  /** Usage, configuration, or a file that could not be read or written. */
  usage: 2,
  /** Some lookups failed; the rest was done. */
  lookups: 3,
  /** Ctrl-C: 128 and the signal's number. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The gravest first: a run that met several problems ends with one code. */
const GRAVITY: readonly ExitCode[] = [EXIT.interrupted, EXIT.usage, EXIT.findings, EXIT.lookups, EXIT.fine];

/**
 * The exit code of a run that met several.
 *
 * @returns the gravest: usage before findings before lookups
 */
export function gravest(...codes: readonly ExitCode[]): ExitCode {
  return GRAVITY.find((code) => codes.includes(code)) ?? EXIT.fine;
}

/** A usage, configuration or reading problem that a person can mend; never shown with a stack. */
export class CommandError extends Error {
  override readonly name = "CommandError";

  constructor(
    message: string,
    readonly exitCode: ExitCode = EXIT.usage,
  ) {
    super(message);
  }
}
