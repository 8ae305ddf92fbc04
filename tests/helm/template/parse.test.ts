// What a template's tree is, and why a text is no template. tests/oracles/ compares more of them with Go.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FUNCTIONS } from "../../../lib/helm/template/functions.js";
import { parseTemplate, type ParseResult } from "../../../lib/helm/template/parse.js";

const parse = (text: string): ParseResult => parseTemplate(text, (name) => FUNCTIONS.has(name));

function rootOf(text: string): unknown {
  const result = parse(text);
  return result.ok ? result.root : result.problem;
}

/** The operand of an action that has only one. */
function operandOf(text: string): unknown {
  const result = parse(`{{${text}}}`);
  const [node] = result.ok ? result.root : [];
  return node?.kind === "action" ? node.pipe.commands[0]?.[0] : result;
}

/** A pipe of a field. */
const pipeOf = (field: string) => ({
  variables: [],
  assigns: false,
  commands: [[{ kind: "field", fields: [field] }]],
});
const textOf = (text: string, at: number) => ({ kind: "text", text, at });

describe("nodes", () => {
  it.each([
    ["nothing", "", []],
    ["a text", "a }} {", [textOf("a }} {", 0)]],
    ["an action", "a{{.b}}", [textOf("a", 0), { kind: "action", pipe: pipeOf("b"), at: 1 }]],
    ["no comment", "a{{/* b */}}c", [textOf("a", 0), textOf("c", 12)]],
    [
      "what trim markers leave",
      "a \n{{- .b -}}\n c",
      [textOf("a", 0), { kind: "action", pipe: pipeOf("b"), at: 3 }, textOf("c", 15)],
    ],
    [
      "if",
      "{{if .a}}b{{end}}",
      [{ kind: "if", pipe: pipeOf("a"), then: [textOf("b", 9)], otherwise: undefined, at: 0 }],
    ],
    [
      "else",
      "{{with .a}}{{else}}b{{end}}",
      [{ kind: "with", pipe: pipeOf("a"), then: [], otherwise: [textOf("b", 19)], at: 0 }],
    ],
    [
      "else if, as a branch in the other",
      "{{if .a}}{{else if .b}}c{{end}}",
      [
        {
          kind: "if",
          pipe: pipeOf("a"),
          then: [],
          otherwise: [
            { kind: "if", pipe: pipeOf("b"), then: [textOf("c", 23)], otherwise: undefined, at: 16 },
          ],
          at: 0,
        },
      ],
    ],
    [
      "range, break and continue",
      "{{range $i, $x := .a}}{{break}}{{continue}}{{end}}",
      [
        {
          kind: "range",
          pipe: { ...pipeOf("a"), variables: ["$i", "$x"] },
          then: [
            { kind: "break", at: 22 },
            { kind: "continue", at: 31 },
          ],
          otherwise: undefined,
          at: 0,
        },
      ],
    ],
    ["template", '{{template "a"}}', [{ kind: "template", name: "a", pipe: undefined, at: 0 }]],
    [
      "template with a dot",
      "{{template `a` .b}}",
      [{ kind: "template", name: "a", pipe: pipeOf("b"), at: 0 }],
    ],
    ["block", '{{block "a" .b}}c{{end}}', [{ kind: "template", name: "a", pipe: pipeOf("b"), at: 0 }]],
    [
      "a declaration",
      "{{$x := .a}}",
      [{ kind: "action", pipe: { ...pipeOf("a"), variables: ["$x"] }, at: 0 }],
    ],
    [
      "an assignment",
      "{{$x = .a}}",
      [{ kind: "action", pipe: { ...pipeOf("a"), variables: ["$x"], assigns: true }, at: 0 }],
    ],
    [
      "commands",
      "{{.a | default .b}}",
      [
        {
          kind: "action",
          pipe: {
            ...pipeOf("a"),
            commands: [
              [{ kind: "field", fields: ["a"] }],
              [
                { kind: "function", name: "default" },
                { kind: "field", fields: ["b"] },
              ],
            ],
          },
          at: 0,
        },
      ],
    ],
  ])("%s", (_name, text, expected) => {
    expect(rootOf(text)).toEqual(expected);
  });
});

describe("operands", () => {
  it.each([
    [".", { kind: "dot" }],
    ["nil", { kind: "nil" }],
    ["true", { kind: "boolean", value: true }],
    ["false", { kind: "boolean", value: false }],
    ["0x_1F", { kind: "number", text: "0x_1F" }],
    ["'\\n'", { kind: "number", text: "'\\n'" }],
    ['"a\\x41\\101\\u00e9\\t\\""', { kind: "string", value: 'aAAé\t"' }],
    ["`a\\\r\n`", { kind: "string", value: "a\\\n" }],
    ["now", { kind: "function", name: "now" }],
    [".a.É", { kind: "field", fields: ["a", "É"] }],
    ["$", { kind: "variable", name: "$", fields: [] }],
    ["$.a.b", { kind: "variable", name: "$", fields: ["a", "b"] }],
    ["(.a)", { kind: "pipe", pipe: pipeOf("a") }],
    ["(.a).b", { kind: "chain", of: { kind: "pipe", pipe: pipeOf("a") }, fields: ["b"] }],
    ["now.a.b", { kind: "chain", of: { kind: "function", name: "now" }, fields: ["a", "b"] }],
  ])("%s", (text, expected) => {
    expect(operandOf(text)).toEqual(expected);
  });
});

describe("definitions", () => {
  it.each([
    ["define", '{{define "a"}}b{{end}}c', { a: [textOf("b", 14)] }],
    ["block", '{{block "a" .}}b{{end}}', { a: [textOf("b", 15)] }],
    ["a second one of white space", '{{define "a"}}b{{end}}{{define "a"}} {{end}}', { a: [textOf("b", 14)] }],
    ["a first one of white space", '{{define "a"}} {{end}}{{define "a"}}b{{end}}', { a: [textOf("b", 36)] }],
  ])("%s", (_name, text, expected) => {
    const result = parse(text);
    expect(result.ok && Object.fromEntries(result.definitions)).toEqual(expected);
  });
});

describe("numbers", () => {
  const valid = "0 089.5 017 0o17 0b1 1_000 1_0.5 1e3 .5 1. 0x1p4 0x0p99999 1i 1+2i 08i 18446744073709551615";
  const invalid = "089 0x 0b2 1_ 1__0 1._5 0x1._8p1 1e400 0x1p1024 0b1i 0x1i 1i+2i 18446744073709551616";

  it.each(valid.split(" "))("%s is one", (text) => {
    expect(operandOf(text)).toEqual({ kind: "number", text });
  });

  it.each(invalid.split(" "))("%s is none", (text) => {
    expect(parse(`{{${text}}}`).ok).toBe(false);
  });
});

describe("refusals", () => {
  it.each([
    ["{{nope .a}}", "there is no function `nope`", 2],
    ["a{{$x}}", "there is no variable `$x` here", 3],
    ["{{if .a}}{{$x := 1}}{{end}}{{$x}}", "there is no variable `$x` here", 29],
    ['{{$x := 1}}{{define "a"}}{{$x}}{{end}}', "there is no variable `$x` here", 27],
    ["{{.a", "the action is not closed", 4],
    ["{{/* a", "the comment is not closed", 2],
    ["{{/* a */ }}", "the comment ends before its action", 9],
    ['{{"a}}', "a quote is not closed", 2],
    ["{{`a}}", "a quote is not closed", 2],
    ["{{'a}}", "a quote is not closed", 2],
    ["{{(.a}}", "a parenthesis is not closed", 7],
    ["{{.a)}}", "a parenthesis closes that was not opened", 5],
    ["{{.a ! .b}}", "this character does not belong here", 5],
    ["{{.a-b}}", "this character does not belong here", 4],
    ['{{"\\q"}}', '`"\\q"` is no valid text', 2],
    ["{{089}}", "`089` is no number", 2],
    ["{{'ab'}}", "`'ab'` is no number", 2],
    ["{{1a}}", "this is no number", 3],
    ["{{1.a}}", "this is no number", 4],
    ["{{true.a}}", "this has no fields", 2],
    ["{{ }}", "a value is missing", 3],
    ["{{.a | | quote}}", "`|` cannot stand in a pipe", 7],
    ["{{.a, .b}}", "`,` cannot stand behind an operand", 4],
    ["{{.a | 1}}", "what stands behind `|` is no function", 2],
    ["{{$x, $y := .a}}", "too many variables are declared", 2],
    ["{{range $x, $y, $z := .a}}{{end}}", "too many variables are declared", 12],
    ["{{.a if}}", "`if` cannot stand behind an operand", 5],
    ["{{end}}", "`end` ends nothing", 0],
    ["{{else}}", "`else` ends nothing", 0],
    ["{{if .a}}b", "a block has no `end`", 9],
    ["{{if .a}}{{end .b}}", "`.b` cannot stand behind `end`", 15],
    ["{{if .a}}{{else}}b{{else}}{{end}}", "a second `else`", 18],
    ["{{if .a}}{{else .b}}{{end}}", "`.b` cannot stand behind `else`", 16],
    ["{{range .a}}{{else if .b}}{{end}}", "`if` cannot stand here", 19],
    ["{{break}}", "`break` is in no `range`", 0],
    ["{{range .a}}{{continue 1}}{{end}}", "`1` cannot stand behind `continue`", 23],
    ["{{define a}}{{end}}", "`a` cannot stand in `define`", 9],
    ['{{define "a" .}}{{end}}', "`.` cannot stand in `define`", 13],
    ['{{define "a"}}{{else}}{{end}}', "`else` has no `if`", 14],
    ['{{define "a"}}b{{end}}{{define "a"}}c{{end}}', "`a` is defined twice", 31],
    ['{{if .a}}{{define "a"}}{{end}}{{end}}', "`define` cannot stand here", 11],
    ["{{template .a}}", "`.a` cannot stand in `template`", 11],
    ['{{block "a"}}{{end}}', "a value is missing", 11],
  ])("%s", (text, message, offset) => {
    expect(rootOf(text)).toEqual({ message, offset });
  });
});

describe("hostile input", () => {
  const many = 100_000;
  const names = Array.from({ length: many }, (_, index) => `$a${String(index)}`);

  it.each([
    ["blocks in one another", "{{if .a}}".repeat(2 * many), "nested too deeply"],
    ["parentheses", `{{${"(".repeat(many)}.a${")".repeat(many)}}}`, "too many parentheses"],
    ["open parentheses", `{{${"(".repeat(many)}`, "the action is not closed"],
    ["else if", `{{if .a}}${"{{else if .a}}".repeat(many)}{{end}}`, "nested too deeply"],
    ["else with", `{{with .a}}${"{{else with .a}}".repeat(many)}{{end}}`, "nested too deeply"],
    ["quotes that are not closed", '{{"\n'.repeat(many), "a quote is not closed"],
    ["escaped quotes", `{{${'"\\'.repeat(many)}`, "a quote is not closed"],
    ["comments that are not closed", "{{/*".repeat(many), "the comment is not closed"],
    ["a long number", `{{${"1".repeat(50 * many)}_}}`, "is no number"],
    ["a long character", `{{'${"a".repeat(50 * many)}'}}`, "is no number"],
  ])("%s are one problem", (_name, text, message) => {
    const result = parse(text);
    expect(result.ok ? "a tree" : result.problem.message.slice(-80)).toContain(message);
  });

  it.each([
    ["a text", "a".repeat(50 * many)],
    ["white space before a trim marker", `${" ".repeat(50 * many)}a{{- .b}}`],
    ["white space in an action", `{{${" ".repeat(50 * many)}.a}}`],
    ["a string", `{{"${"\\n".repeat(20 * many)}"}}`],
    ["fields", `{{${".a".repeat(5 * many)}}}`],
    [
      "variables",
      [...names.map((name) => `{{${name} := 1}}`), ...names.map((name) => `{{${name}}}`)].join(""),
    ],
    [
      "definitions",
      `{{define "a"}}${" {{/**/}}".repeat(many)}b{{end}}${'{{define "a"}}{{end}}'.repeat(many)}`,
    ],
  ])("%s is a tree", (_name, text) => {
    expect(parse(text).ok).toBe(true);
  });

  it("gives a result for any text", () => {
    const pieces =
      "{{ }} {{- -}} /* */ ( ) | := , . $ $x .a if else end range with define block template".split(" ");
    const piece = fc.constantFrom(...pieces, ...'" \' ` \\ 0x 1 _ e i quote " " \n'.split(" "), " ", '"a"');
    const texts = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(piece).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const result = parse(text);
        if (result.ok) return;
        expect(result.problem.offset).toBeGreaterThanOrEqual(0);
        expect(result.problem.offset).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 2_000 },
    );
  });
});
