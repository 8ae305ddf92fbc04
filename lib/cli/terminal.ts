// Where a command writes: results, lines for a person, colours and a progress bar where there is a terminal for them.
import { styleText } from "node:util";

type Colour = "bold" | "dim" | "green" | "red" | "yellow";

/** Counts what is done of a known total. */
interface Progress {
  /** One more is done. */
  step(): void;
  /** To be called in the end, also after a failure: takes the bar away. */
  end(): void;
}

export interface Terminal {
  /** What the command is for: goes to standard output whatever `--quiet` says. */
  result(text: string): void;
  /** A line for a person; nothing under `--quiet`. */
  say(line?: string): void;
  /** A line about what went wrong, on standard error. */
  warn(line: string): void;
  /** Text in a colour, where standard output is a terminal that shows them. */
  readonly paint: (colour: Colour, text: string) => string;
  /** A bar on a terminal, one plain line elsewhere, nothing under `--quiet`. */
  readonly progress: (what: string, total: number) => Promise<Progress>;
  /** Takes a bar that is shown away, for whoever ends the process. */
  clear(): void;
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

/** An empty variable is one that is not there (no-color.org). */
function isSet(variable: string | undefined): boolean {
  return variable !== undefined && variable !== "" && variable !== "false";
}
