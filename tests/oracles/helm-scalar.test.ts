// How Helm reads plain scalars, against what we say it prints.
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { helmPrints } from "../../lib/images/helm-scalar.js";
import { HELMS, render } from "./support/helm.js";

/**
 * Tags, dates and numbers as people write them, and all that a resolver may take for a number, a boolean or
 * nothing of it.
 */
const SCALARS = [
  "0 1 7 10 16 21 100 123456 999999 1000000 1234567 12345678 2147483648 4294967296 16777217 20240101 " +
    "2024010112",
  "1.0 1.5 1.10 1.25 1.250 2.0 2.10 3.10 3.20 10.0 17.0 20.10 22.04 24.04 100.10 0.1 0.10 " +
    "0.30000000000000004 1.23456789012345678",
  "1.2.3 1.30.0 v1 1a 1-2 6e3a4b1 latest 1.27-alpine",
  "1e3 1E3 1e+3 1e-7 1e05 12e3 12e03 1.5e3 1.0e+2 1.5E+10 1.0E-5 1e5 1e6 1e10 1e20 1e21 1e22 12345e6 " +
    "7654321e0 0e0 1e400 -1e400 1.8e308 5e-324 1e-400 1e 1e+ e3 +e3 .e3 1.2e",
  "0x10 0X10 0xFF 0xff_ff 0x 0xg 0x1_ 0x_1 0x1p4 -0x10 +0x10 010 007 00 000 08 09 0123 0755 0800 " +
    "08.5 00.5 01.5 -010 +010 -08 0o10 0O10 0o8 0o 0o_7 0_o7 -0o10 0b1 0B1 0b12 0b2 0b 0b11111111 -0b1 " +
    "00x1",
  "1_000 1_000.5 1_2_3 1_0.1_0 1e1_0 1_ 1__0 0_1 _1 -_5 +_5 ._5 -_1",
  "-1 +1 -0 +0 -0.0 0.0 .0 0. 5. 1. .5 -.5 +.5 .5e1 1.e3 -1.10 +1.10 1.10e0",
  "on On ON oN off Off y Y n N yes Yes YES no No true True TRUE tRUE false False",
  "1:30 1:30:45 190:20:30 2024-01-01 2024-1-1 2024-01-01T00:00:00Z",
  "123456789012345678 1234567890123456789 12345678901234567890 9007199254740993 9223372036854775807 " +
    "9223372036854775808 18446744073709551615 18446744073709551616 -9223372036854775808 " +
    "-9223372036854775809",
  "999999.5 123456.789 1000000.5 1234567.89 0.0001 0.00001 0.000123 0.000001 + . .. -. = inf Inf " +
    "infinity nan NaN",
].flatMap((line) => line.split(" "));

/** What JSON has no number for: Helm refuses the whole file. */
const REFUSED = [".inf", "-.inf", "+.Inf", ".nan", ".NaN"];

describe.each(HELMS)("%s", (_, { name, missing }) => {
  describe.skipIf(missing)("plain scalars", () => {
    let chart: string;

    beforeAll(() => {
      chart = mkdtempSync(join(tmpdir(), "container-images-scalars-"));
      mkdirSync(join(chart, "templates"));
      writeFileSync(join(chart, "Chart.yaml"), "apiVersion: v2\nname: scalars\nversion: 1.0.0\n");
      writeFileSync(
        join(chart, "templates", "all.yaml"),
        '{{- range $key, $tag := .Values.tags }}\n{{ $key }}: {{ printf "[%v]" $tag | quote }}\n{{- end }}\n',
      );
    });

    afterAll(() => {
      rmSync(chart, { recursive: true, force: true });
    });

    it("prints them as we say", async () => {
      const rendered = await render(
        name,
        chart,
        `tags:\n${SCALARS.map((scalar, index) => `  k${String(index)}: ${scalar}\n`).join("")}`,
      );
      if (!rendered.ok) throw new Error(rendered.message);
      const printed = new Map(
        [...rendered.text.matchAll(/^k(\d+): "\[(.*)\]"$/gm)].map(([, index, text]) => [Number(index), text]),
      );
      const theirs = SCALARS.map((scalar, index) => [scalar, printed.get(index)]);
      expect(theirs).toEqual(SCALARS.map((scalar) => [scalar, helmPrints(scalar) ?? scalar]));
    });

    it.each(REFUSED)("refuses %s, which we do not read as text", async (scalar) => {
      expect((await render(name, chart, `tags:\n  k: ${scalar}\n`)).ok).toBe(false);
      expect(helmPrints(scalar)).toBeDefined();
    });
  });
});
