#!/usr/bin/env node
// The program `container-images`: runs one command of the command line and ends with its exit code.
import { CommanderError } from "commander";
import { displayText } from "../reference/display.js";
import { createProgram } from "./commands.js";
import { CommandError, EXIT, messageOf, type ExitCode } from "./failure.js";
import { createTerminal, type Terminal } from "./terminal.js";

/** The running command's terminal: its progress bar is removed before the process ends. */
let current: Terminal | undefined;

function openTerminal({ quiet = false }: { readonly quiet?: boolean }): Terminal {
  current = createTerminal({ stdout: process.stdout, stderr: process.stderr, env: process.env, quiet });
  return current;
}

/**
 * Runs what a command line asks for.
 *
 * @param args the arguments, without the program and the script
 * @returns the exit code
 * @throws {CommandError} for a problem that the user can solve
 */
async function run(args: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.fine;
  const program = createProgram({
    terminal: openTerminal,
    done: (ended) => {
      code = ended;
    },
  });
  for (const each of [program, ...program.commands])
    each
      .exitOverride()
      .configureOutput({ writeErr: () => undefined, writeOut: (text) => process.stdout.write(text) });
  if (args.length === 0)
    throw new CommandError("no command given; use list, pin, verify, bom or charts (see --help)");
  try {
    await program.parseAsync([...args], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0)
      throw new CommandError(`${displayText(error.message.replace(/^error: /, ""), 300)} (see --help)`);
  }
  return code;
}

process.once("SIGINT", () => {
  current?.clear();
  process.stderr.write(
    "container-images: interrupted; every file is either unchanged or completely written\n",
  );
  process.exit(EXIT.interrupted);
});

// A reader may close our output early, as in `container-images list | head`: that is not a failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(process.exitCode ?? EXIT.fine);
  current?.clear();
  process.stderr.write(
    `container-images: standard output cannot be written (${displayText(error.code ?? "")})\n`,
  );
  process.exit(EXIT.usage);
});

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  current?.clear();
  const known = error instanceof CommandError;
  const message = known ? error.message : `unexpected error: ${displayText(messageOf(error), 300)}`;
  process.stderr.write(`container-images: ${message}\n`);
  process.exitCode = known ? error.exitCode : EXIT.usage;
}
