// What ends a command: one line for a person, and the exit code.

/** Exit codes of `container-images`. */
export const EXIT = { fine: 0, findings: 1, usage: 2 } as const;

/** A usage, configuration or reading problem that a person can mend; never shown with a stack. */
export class CommandError extends Error {
  override readonly name = "CommandError";

  constructor(
    message: string,
    readonly exitCode: number = EXIT.usage,
  ) {
    super(message);
  }
}
