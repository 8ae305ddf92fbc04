// Colours, the progress bar, and what `--quiet` leaves out.
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { createTerminal, type TerminalOptions } from "../../lib/cli/terminal.js";

/** A stream that is a terminal or not, and that keeps what was written. */
function stream(isTTY: boolean): { readonly stream: NodeJS.WriteStream; readonly text: () => string } {
  let text = "";
  const made = Object.assign(new PassThrough(), {
    isTTY,
    columns: 100,
    cursorTo: () => true,
    clearLine: () => true,
    moveCursor: () => true,
  });
  made.on("data", (chunk: Buffer) => (text += chunk.toString()));
  return { stream: made as unknown as NodeJS.WriteStream, text: () => text };
}

function terminal(isTTY: boolean, rest: Partial<TerminalOptions> = {}) {
  const [out, err] = [stream(isTTY), stream(isTTY)];
  return {
    terminal: createTerminal({ stdout: out.stream, stderr: err.stream, env: {}, quiet: false, ...rest }),
    out: out.text,
    err: err.text,
  };
}

describe("colours", () => {
  it.each([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: "1" }, false],
    [true, { NO_COLOR: "" }, true],
    [true, { TERM: "dumb" }, false],
  ])("on a terminal: %s, with %j: %s", (isTTY, env, coloured) => {
    const { paint } = terminal(isTTY, { env }).terminal;
    expect(paint("red", "x")).toBe(coloured ? "\u001b[31mx\u001b[39m" : "x");
  });
});

describe("the width", () => {
  it.each([
    [true, 100, 100],
    // As `script`, `ssh -tt` and some CI have it.
    [true, 0, undefined],
    [false, 100, undefined],
  ])("of a terminal (%s) of %i columns is %s", (isTTY, columns, known) => {
    const stdout = Object.assign(stream(isTTY).stream, { columns });
    expect(terminal(isTTY, { stdout }).terminal.columns).toBe(known);
  });
});

describe("progress", () => {
  it("is a bar on a terminal, which is removed at the end", async () => {
    const {
      terminal: { progress },
      out,
      err,
    } = terminal(true);
    const bar = await progress("looking up", 2);
    bar.step();
    bar.step();
    bar.end();
    expect(err()).toMatch(/looking up \[=*-*\] 0\/2/);
    expect(out()).toBe("");
  });

  it.each([
    [false, {}],
    [true, { CI: "true" }],
    [true, { TERM: "dumb" }],
  ])("is one plain line elsewhere: terminal %s, %j", async (isTTY, env) => {
    const {
      terminal: { progress },
      err,
    } = terminal(isTTY, { env });
    const bar = await progress("looking up", 2);
    bar.step();
    bar.end();
    expect(err()).toBe("looking up (2)\n");
  });

  it("is nothing under --quiet, or where there is nothing to do", async () => {
    const quiet = terminal(true, { quiet: true });
    (await quiet.terminal.progress("looking up", 2)).end();
    expect(quiet.err()).toBe("");
    const none = terminal(true);
    (await none.terminal.progress("looking up", 0)).end();
    expect(none.err()).toBe("");
  });
});

describe("--quiet", () => {
  it("keeps results and warnings", () => {
    const { terminal: quiet, out, err } = terminal(false, { quiet: true });
    quiet.say("a line");
    quiet.result("the result\n");
    quiet.warn("a warning");
    expect({ out: out(), err: err() }).toEqual({ out: "the result\n", err: "a warning\n" });
  });
});
