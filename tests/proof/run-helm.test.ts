// How Helm is run: what ends it, and what is said of it.
import { describe, expect, it } from "vitest";
import { runHelm } from "../../lib/proof/run-helm.js";

describe("a program that is run", () => {
  it("is ended where it never ends by itself, and so is what it started", async () => {
    const script =
      "require('node:child_process').spawn('sleep',['60'],{stdio:'inherit'});setInterval(()=>0,9e4)";
    expect(await runHelm(process.execPath, ["-e", script], { timeout: 300 })).toEqual({
      ok: false,
      gaveUp: true,
      message: "it took longer than 0.3 s",
    });
  });

  it("is ended where it prints without end", async () => {
    const script = "const more=()=>process.stdout.write('a'.repeat(1e6),more);more()";
    expect(await runHelm(process.execPath, ["-e", script])).toEqual({
      ok: false,
      gaveUp: true,
      message: "it printed more than 24 MB",
    });
  });

  it("says its reason in one line, without paths and the log around it", async () => {
    const error =
      "level=WARN msg=x\n" +
      "Error: execution error at (app/templates/a.yaml:3:4): a: b>: no such key \u001b[31m /home/me/x/y.tpl";
    const script = `console.error(${JSON.stringify(error)});process.exit(1)`;
    expect(await runHelm(process.execPath, ["-e", script])).toEqual({
      ok: false,
      message: "no such key  [31m y.tpl",
    });
  });
});
