// How a command ends: the exit codes, and the error whose message is one line for the user.

/** Exit codes of `container-images`. */
export const EXIT = {
  fine: 0,
  /** Something needs attention: an image without a digest, a digest that no longer exists. */
  findings: 1,
  /** Wrong usage or configuration, or a file that could not be read or written. */
  usage: 2,
  /** Some lookups failed; the rest was done. */
  lookups: 3,
  /** Ctrl-C: 128 and the signal's number. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The most serious code first: a run with several problems ends with one code. */
const BY_SEVERITY: readonly ExitCode[] = [
  EXIT.interrupted,
  EXIT.usage,
  EXIT.findings,
  EXIT.lookups,
  EXIT.fine,
];

/**
 * Chooses the exit code of a run with several problems.
 *
 * @returns the most serious one: interrupted, then usage, findings, lookups
 */
export function mostSevere(...codes: readonly ExitCode[]): ExitCode {
  return BY_SEVERITY.find((code) => codes.includes(code)) ?? EXIT.fine;
}

/** A problem that the user can solve: usage, configuration, a file. It is shown without a stack trace. */
export class CommandError extends Error {
  override readonly name = "CommandError";

  constructor(
    message: string,
    readonly exitCode: ExitCode = EXIT.usage,
  ) {
    super(message);
  }
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The code of a system's error, as `EACCES`; `undefined` for whatever else was thrown. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/**
 * The code of a system's error, to follow what could not be done.
 *
 * @param error whatever was thrown
 * @returns ` (EACCES)`, or nothing where it has none
 */
export function codeIn(error: unknown): string {
  const code = codeOf(error);
  return code === undefined ? "" : ` (${code})`;
}
