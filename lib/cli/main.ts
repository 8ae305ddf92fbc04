#!/usr/bin/env node
// container-images: the command. Reads the command line, runs one command, ends with its exit code.
import { Command, CommanderError, Option } from "commander";
import plugin from "../index.js";
import { displayText } from "../reference/display.js";
import { CommandError, EXIT, type ExitCode } from "./failure.js";
import type { ListFormat } from "./list.js";
import { LIST_FORMATS } from "./list.js";
import type { ProjectOptions } from "./project.js";
import { createTerminal, type Terminal } from "./terminal.js";
import type { VerifyFormat } from "./verify.js";

/** What every command takes. */
interface Common {
  readonly config?: string;
  readonly quiet?: true;
}

const EXIT_CODES = `
Exit codes:
  0    fine
  1    findings
  2    usage, configuration, or a file that could not be read or written
  3    some lookups failed; the rest was done
  130  interrupted`;

/** Whoever ends the process takes the progress bar away first. */
let current: Terminal | undefined;

function terminalOf({ quiet = false }: { readonly quiet?: boolean }): Terminal {
  current = createTerminal({ stdout: process.stdout, stderr: process.stderr, env: process.env, quiet });
  return current;
}

function projectOf(paths: readonly string[], { config }: Common): ProjectOptions {
  return {
    cwd: process.cwd(),
    config,
    paths: paths.length === 0 ? ["."] : paths,
    fallback: plugin.configs.recommended,
  };
}

/** A command of `container-images`, with what all have in common. */
function command(name: string, summary: string, description: string): Command {
  return new Command(name)
    .summary(summary)
    .description(description)
    .argument("[paths...]", "files, folders or globs, as for eslint (default: the working directory)")
    .option(
      "-c, --config <file>",
      "the ESLint configuration to use (default: the project's own, else `recommended`)",
    )
    .option("-q, --quiet", "say only what went wrong, and what was asked for")
    .addHelpText("after", EXIT_CODES);
}

function program(done: (code: ExitCode) => void): Command {
  const list = command(
    "list",
    "every image in the YAML files of a project",
    "Lists every container image that stands in the YAML files of a project. Asks no registry.",
  )
    .addOption(new Option("-f, --format <format>", "how to print it").choices(LIST_FORMATS).default("table"))
    .action(async (paths: string[], options: Common & { readonly format: ListFormat }) => {
      const { list: run } = await import("./list.js");
      done(await run(projectOf(paths, options), options.format, terminalOf(options)));
    });

  const pin = command(
    "pin",
    "look digests up, and pin in place",
    "Looks up every reference that has no digest, all at once, and pins it where it stands: through ESLint, with your own configuration, and with no other rule's fixes.",
  )
    .option("--dry-run", "say what would be written, and write nothing")
    .option("--update", "also move digests whose tag points elsewhere by now")
    .action(async (paths: string[], options: Common & { readonly dryRun?: true; readonly update?: true }) => {
      const { pin: run } = await import("./pin.js");
      done(
        await run(
          { ...projectOf(paths, options), dryRun: options.dryRun ?? false, update: options.update ?? false },
          terminalOf(options),
        ),
      );
    });

  const verify = command(
    "verify",
    "ask registries whether every digest is still right",
    "Asks the registries whether every pinned digest still exists, is the one that its tag points to, and is the whole index.",
  )
    .addOption(
      new Option("-f, --format <format>", "how to print it").choices(["text", "json"]).default("text"),
    )
    .action(async (paths: string[], options: Common & { readonly format: VerifyFormat }) => {
      const { verify: run } = await import("./verify.js");
      done(await run(projectOf(paths, options), options.format, terminalOf(options)));
    });

  const bom = command(
    "bom",
    "the bill of materials",
    "Writes the bill of materials: every image, its digest, and where it stands. Asks no registry.",
  )
    .addOption(
      new Option("-f, --format <format>", "how to write it")
        .choices(["cyclonedx", "markdown"])
        .default("cyclonedx"),
    )
    .option("-o, --output <file>", "where to write it (default: standard output)")
    .option("--require-digests", "exit 1 where an image has neither a digest nor an exemption")
    .option("--strict", "as --require-digests, and where a reference is incomplete")
    .option("--timestamp", "put the time in (SOURCE_DATE_EPOCH, else now)")
    .action(
      async (
        paths: string[],
        options: Common & {
          readonly format: "cyclonedx" | "markdown";
          readonly output?: string;
          readonly requireDigests?: true;
          readonly strict?: true;
          readonly timestamp?: true;
        },
      ) => {
        const { bom: run } = await import("./bom.js");
        const { format, output, requireDigests = false, strict = false } = options;
        const timestamp = options.timestamp ? now() : undefined;
        const { name, version } = plugin.meta;
        done(
          await run(
            {
              ...projectOf(paths, options),
              format,
              output,
              requireDigests,
              strict,
              timestamp,
              maker: { name, version },
            },
            terminalOf(options),
          ),
        );
      },
    );

  const all = new Command("container-images")
    .description("Container images in Helm values and Kubernetes manifests: find, pin, verify, list.")
    .version(plugin.meta.version)
    .addHelpText("after", EXIT_CODES);
  for (const each of [list, pin, verify, bom]) all.addCommand(each);
  return all;
}

/** The moment for a document that is to be made the same again. */
function now(): Date {
  const epoch = process.env["SOURCE_DATE_EPOCH"] ?? "";
  return /^\d{1,12}$/.test(epoch) ? new Date(Number(epoch) * 1000) : new Date();
}

async function run(args: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.fine;
  const all = program((ended) => {
    code = ended;
  });
  for (const each of [all, ...all.commands])
    each
      .exitOverride()
      .configureOutput({ writeErr: () => undefined, writeOut: (text) => process.stdout.write(text) });
  if (args.length === 0)
    throw new CommandError("no command; there are list, pin, verify and bom (see --help)");
  try {
    await all.parseAsync([...args], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0)
      throw new CommandError(`${displayText(error.message.replace(/^error: /, ""), 300)} (see --help)`);
  }
  return code;
}

process.once("SIGINT", () => {
  current?.clear();
  process.stderr.write("container-images: interrupted; files are as they were, or written whole\n");
  process.exit(EXIT.interrupted);
});

// Whoever reads our output may stop reading: `container-images list | head` is no failure of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? (process.exitCode ?? EXIT.fine) : EXIT.usage);
});

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  current?.clear();
  const known = error instanceof CommandError;
  process.stderr.write(
    `container-images: ${known ? error.message : `unexpected: ${displayText(error instanceof Error ? error.message : String(error), 300)}`}\n`,
  );
  process.exitCode = known ? error.exitCode : EXIT.usage;
}
