// Where a command writes: results, lines for the user, and on a terminal also colours and a progress bar.
import { styleText } from "node:util";

type Colour = "bold" | "dim" | "green" | "red" | "yellow";

/** Counts finished steps of a known total. */
export interface Progress {
  /** One more step is finished. */
  step(): void;
  /** Removes the bar. Must be called at the end, also after a failure. */
  end(): void;
}

export interface Terminal {
  /** Prints the result of the command on standard output, also under `--quiet`. */
  readonly result: (text: string) => void;
  /** Prints a line on standard output; nothing under `--quiet`. */
  readonly say: (line?: string) => void;
  /** Prints a line about a problem on standard error. */
  readonly warn: (line: string) => void;
  /** Colours a text, where standard output is a terminal that shows colours. */
  readonly paint: (colour: Colour, text: string) => string;
  /** How many columns standard output has; `undefined` where it is no terminal, or of no size. */
  readonly columns: number | undefined;
  /** Shows progress: a bar on a terminal, one plain line elsewhere, nothing under `--quiet`. */
  readonly progress: (what: string, total: number) => Promise<Progress>;
  /** Removes the progress bar, if there is one, before the process ends. */
  readonly clear: () => void;
}

/** The streams and surroundings that a terminal is made of. */
export interface TerminalOptions {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: NodeJS.ProcessEnv;
  readonly quiet: boolean;
}

/**
 * Makes the terminal of a command.
 *
 * @param options colours follow `NO_COLOR` (no-color.org); a bar needs a terminal that is not CI's
 */
export function createTerminal({ stdout, stderr, env, quiet }: TerminalOptions): Terminal {
  const coloured = showsColours(stdout, env);
  const animated = stderr.isTTY && !isSet(env["CI"]) && env["TERM"] !== "dumb";
  let clear = (): void => undefined;

  return {
    result(text) {
      stdout.write(text);
    },
    say(line = "") {
      if (!quiet) stdout.write(`${line}\n`);
    },
    warn(line) {
      stderr.write(`${line}\n`);
    },
    paint: (colour, text) => (coloured ? styleText(colour, text, { validateStream: false }) : text),
    // Where nobody has said how large a terminal is, it has 0 columns.
    columns: stdout.isTTY && stdout.columns > 0 ? stdout.columns : undefined,
    async progress(what, total) {
      if (quiet || total === 0) return SILENT;
      if (!animated) {
        stderr.write(`${what} (${String(total)})\n`);
        return SILENT;
      }
      // Loaded here and not above: no other run needs it.
      const { default: bars } = await import("cli-progress");
      const format = `${what} [{bar}] {value}/{total}`;
      const bar = new bars.SingleBar(
        { format, stream: stderr, clearOnComplete: true, hideCursor: true, etaBuffer: 1 },
        bars.Presets.legacy,
      );
      bar.start(total, 0);
      clear = () => {
        bar.stop();
        clear = () => undefined;
      };
      return {
        step() {
          bar.increment();
        },
        end() {
          clear();
        },
      };
    },
    clear() {
      clear();
    },
  };
}

const SILENT: Progress = { step: () => undefined, end: () => undefined };

function showsColours(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): boolean {
  if (isSet(env["NO_COLOR"])) return false;
  return stream.isTTY && env["TERM"] !== "dumb";
}

/** An empty variable counts as unset (no-color.org). */
function isSet(variable: string | undefined): boolean {
  return variable !== undefined && variable !== "" && variable !== "false";
}
