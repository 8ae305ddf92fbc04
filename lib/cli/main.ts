#!/usr/bin/env node
// container-images: the command. Reads the command line, runs one command, ends with its exit code.
import { parseArgs } from "node:util";
import { CommandError, EXIT } from "./failure.js";
import { list } from "./list.js";

const HELP = `Usage: container-images list [--format json] [--config FILE] [paths...]

Lists every container image that stands in the YAML files of a project, offline.

  --format json   how to print the list (the only format yet)
  --config FILE   the ESLint configuration to use; without it, the project's own, else "recommended"
  --help          this text

Paths are files, folders or globs, as for eslint; without one, the working directory.
Exit codes: 0 fine; 2 usage, configuration, or a file that could not be read.
`;

async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args);
  if (values.help) {
    process.stdout.write(HELP);
    return EXIT.fine;
  }
  const [command, ...paths] = positionals;
  if (command === undefined) throw new CommandError("no command; there is: list (see --help)");
  if (command !== "list") throw new CommandError(`no command \`${command}\`; there is: list (see --help)`);
  if (values.format !== "json") throw new CommandError(`no format \`${values.format}\`; there is: json`);
  const { default: plugin } = await import("../index.js");
  const streams = { out: (text: string) => process.stdout.write(text), err: (text: string) => process.stderr.write(text) };
  return list({ cwd: process.cwd(), config: values.config, paths: paths.length === 0 ? ["."] : paths, fallback: plugin.configs.recommended }, streams);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { format: { type: "string", default: "json" }, config: { type: "string", short: "c" }, help: { type: "boolean", short: "h", default: false } },
    });
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  }
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const known = error instanceof CommandError;
  process.stderr.write(`container-images: ${known ? error.message : `unexpected: ${error instanceof Error ? error.message : String(error)}`}\n`);
  process.exitCode = known ? error.exitCode : EXIT.usage;
}
