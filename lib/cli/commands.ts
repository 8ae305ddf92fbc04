// The commands of `container-images`: their options, their help, and what each of them runs.
import { Command, Option } from "commander";
import { displayText } from "../reference/display.js";
import { RESOLVE_VARIABLE } from "../digests/policy.js";
import plugin from "../index.js";
import { CommandError, type ExitCode } from "./failure.js";
import { BOM_FORMATS, CHARTS_FORMATS, LIST_FORMATS, VERIFY_FORMATS } from "./formats.js";
import type { BomFormat, ChartsFormat, ListFormat, VerifyFormat } from "./formats.js";
import type { ProjectOptions } from "./configuration.js";
import type { Terminal } from "./terminal.js";

/** What every command takes. */
interface CommonOptions {
  readonly config?: string;
  /** Of those commands that take a baseline into account. */
  readonly suppressionsLocation?: string;
  readonly quiet?: true;
}

interface PinFlags extends CommonOptions {
  readonly dryRun?: true;
  readonly update?: true;
}

interface ChartsFlags extends CommonOptions {
  readonly format: ChartsFormat;
  readonly write?: true;
  readonly check?: true;
}

interface BomFlags extends CommonOptions {
  readonly format: BomFormat;
  readonly output?: string;
  readonly requireDigests?: true;
  readonly strict?: true;
  readonly timestamp?: true;
}

/** What the commands need from the process that runs them. */
export interface CommandHost {
  /** Makes the terminal that a command writes to. */
  readonly terminal: (options: { readonly quiet?: boolean }) => Terminal;
  /** Called with a command's exit code when the command has ended. */
  readonly done: (code: ExitCode) => void;
}

const EXIT_CODES = `
Exit codes:
  0    success
  1    problems found
  2    wrong usage or configuration, or a file that could not be read or written
  3    some lookups failed; the rest was done
  130  interrupted`;

/**
 * Makes the whole command line. Each command loads its own code when it runs.
 *
 * @param host the terminal and the exit code of this process
 * @returns the parser for `process.argv`
 */
export function createProgram(host: CommandHost): Command {
  const program = new Command("container-images")
    .description("Find, pin and verify the container images in Helm values and Kubernetes manifests.")
    .version(plugin.meta.version)
    .addHelpText("after", EXIT_CODES);
  for (const create of [listCommand, pinCommand, verifyCommand, bomCommand, chartsCommand])
    program.addCommand(create(host));
  return program;
}

function listCommand({ terminal, done }: CommandHost): Command {
  return command(
    "list",
    "list every image in the project's YAML files",
    "Lists every container image in the project's YAML files. Makes no network request.",
  )
    .addOption(formatOption(LIST_FORMATS, "table"))
    .action(async (paths: string[], options: CommonOptions & { readonly format: ListFormat }) => {
      const { list } = await import("./list.js");
      done(await list(projectOf(paths, options), options.format, terminal(options)));
    });
}

function pinCommand({ terminal, done }: CommandHost): Command {
  return command(
    "pin",
    "look up digests and write them into the files",
    "Looks up the digest of every image that has none and writes it into the file. ESLint does the edit, " +
      "with your own configuration; fixes of other rules are not applied.",
  )
    .option("--dry-run", "show what would be written, and write nothing")
    .addOption(suppressionsOption())
    .option("--update", "also replace digests whose tag points to another digest now")
    .action(async (paths: string[], options: PinFlags) => {
      const { pin } = await import("./pin.js");
      const { dryRun = false, update = false } = options;
      done(await pin({ ...projectOf(paths, options), dryRun, update }, terminal(options)));
    });
}

function verifyCommand({ terminal, done }: CommandHost): Command {
  return command(
    "verify",
    "ask the registries whether every digest is still right",
    "Asks the registries whether every pinned digest still exists, whether its tag still points to it, " +
      "and whether it covers all platforms of the image.",
  )
    .addOption(formatOption(VERIFY_FORMATS, "text"))
    .action(async (paths: string[], options: CommonOptions & { readonly format: VerifyFormat }) => {
      const { verify } = await import("./verify.js");
      done(await verify(projectOf(paths, options), options.format, terminal(options)));
    });
}

function bomCommand({ terminal, done }: CommandHost): Command {
  return command(
    "bom",
    "write a bill of materials",
    "Writes a bill of materials: every image, its digest, and the places that use it. Makes no network " +
      "request.",
  )
    .addOption(formatOption(BOM_FORMATS, "cyclonedx"))
    .option("-o, --output <file>", "the file to write (default: standard output)")
    .option("--require-digests", "exit with 1 if an image has neither a digest nor an exemption")
    .option("--strict", "like --require-digests, and incomplete references count too")
    .addOption(suppressionsOption())
    .option("--timestamp", "include the time (SOURCE_DATE_EPOCH if it is set, else now)")
    .action(async (paths: string[], options: BomFlags) => {
      // To count the errors of a baseline, rules run, and they must ask no registry. It is set here because
      // an import in ./bom.js would split a file that every lint loads.
      process.env[RESOLVE_VARIABLE] = "cache";
      const { bom } = await import("./bom.js");
      const { format, output, requireDigests = false, strict = false } = options;
      if (output === "") throw new CommandError("--output is empty; name the file to write");
      const { name, version } = plugin.meta;
      const timestamp = options.timestamp ? timeOf(process.env) : undefined;
      const wanted = { format, output, requireDigests, strict, timestamp, maker: { name, version } };
      done(await bom({ ...projectOf(paths, options), ...wanted }, terminal(options)));
    });
}

function chartsCommand({ terminal, done }: CommandHost): Command {
  return command(
    "charts",
    "find out where your charts take digests",
    "Finds every Helm chart that the project uses and gets it, from the project or with your own Helm. " +
      "Then it renders each chart before and after a digest is written, and says what every image takes. " +
      "Only well-known hosts and those in the setting `registries` are contacted.",
  )
    .addOption(formatOption(CHARTS_FORMATS, "table"))
    .option("--write", "write the facts to container-images.charts.json beside the ESLint configuration")
    .addOption(new Option("--check", "exit with 1 if a chart in use has no facts").conflicts("write"))
    .action(async (paths: string[], options: ChartsFlags) => {
      const { charts } = await import("./charts.js");
      const { format, write = false, check = false } = options;
      const maker = `container-images ${plugin.meta.version}`;
      done(await charts({ ...projectOf(paths, options), format, write, check, maker }, terminal(options)));
    });
}

/** A command with the arguments, options and help that all commands share. */
function command(name: string, summary: string, description: string): Command {
  return new Command(name)
    .summary(summary)
    .description(description)
    .argument("[paths...]", "files, folders or globs, as for eslint (default: the working directory)")
    .option(
      "-c, --config <file>",
      "the ESLint configuration to use (default: the project's own, else `recommended`)",
    )
    .option("-q, --quiet", "print only the result and what went wrong")
    .addHelpText("after", EXIT_CODES);
}

function formatOption(formats: readonly string[], fallback: string): Option {
  return new Option("-f, --format <format>", "the output format").choices(formats).default(fallback);
}

function suppressionsOption(): Option {
  return new Option(
    "--suppressions-location <path>",
    "the baseline of `eslint --suppress-all`, or its folder (default: eslint-suppressions.json)",
  );
}

function projectOf(
  paths: readonly string[],
  { config, suppressionsLocation }: CommonOptions,
): ProjectOptions {
  if (config === "") throw new CommandError("--config is empty; name the configuration file");
  if (paths.includes("")) throw new CommandError("a path is empty; name a file or folder, or leave it out");
  return {
    cwd: process.cwd(),
    config,
    suppressions: suppressionsLocation,
    paths: paths.length === 0 ? ["."] : paths,
    fallback: plugin.configs.recommended,
  };
}

/**
 * The time to put into a document.
 *
 * @throws {CommandError} where the variable holds something else
 * @see https://reproducible-builds.org/specs/source-date-epoch/
 */
function timeOf(env: NodeJS.ProcessEnv): Date {
  const epoch = env["SOURCE_DATE_EPOCH"] ?? "";
  if (epoch === "") return new Date();
  if (/^\d{1,12}$/.test(epoch)) return new Date(Number(epoch) * 1000);
  throw new CommandError(`SOURCE_DATE_EPOCH is no number of seconds: ${displayText(epoch)}`);
}
