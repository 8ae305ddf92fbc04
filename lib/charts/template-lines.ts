// The lines of a chart's templates, with each value under its full name. `with`, variables and the arguments
// of `include` give shorter names to values; those are replaced, as far as that is possible without Helm.

/** A line of a template, in which values are called `.Values.a.b`. */
export interface TemplateLine {
  /** The template's path below the chart's `templates/`. */
  readonly file: string;
  readonly text: string;
}

/**
 * What the dot stands for: its value at `""`, and the values of its keys by their names. Several values are
 * separated by a space. `undefined` is the root context, in which the dot is the whole chart.
 */
type Dot = ReadonlyMap<string, string> | undefined;

/** A part of a template that Helm runs as one: the file itself, or one of its named templates. */
interface Source {
  readonly file: string;
  readonly lines: readonly string[];
}

/** Runs a named template in a context. */
type Call = (name: string, dot: Dot) => void;

/** Follows the name of a value where only something derived from the value is meant. */
export const DERIVED = "~";

/** Larger charts are judged by what was read within these limits: characters of a line, lines, and calls. */
const MAX_LINE = 2000;
const MAX_LINES = 200_000;
const MAX_CALLS = 400;

/** A variable stands for these many values at most, each with a name of these many characters at most. */
const MAX_PATHS = 8;
const MAX_PATH = 200;

/** An action, with its strings: a brace in a string ends nothing. */
const ACTION = /\{\{((?:[^{}"`]|"(?:[^"\\]|\\.)*"|`[^`]*`|\{(?!\{)|\}(?!\}))*)\}\}/g;
const OPENS_BLOCK = /^(if|with|range|define|block)\b\s*/;
const CLOSES_BLOCK = /^end\b/;
const DEFINES = /^define\s+"([^"]+)"/;
const ASSIGNS = /^(?:with\s+|if\s+)?(\$\w*)\s*:?=\s*(.+)$/;
const CALLS = /\b(?:include|template|tpl)\s+"([^"]+)"\s+(\((?:[^()]|\([^()]*\))*\)|[^\s|)]+)/g;

/** Functions that look at values and return something else. */
const INSPECTIONS = [
  "eq|ne|gt|ge|lt|le|not|and|or|empty|hasKey|has|contains|hasPrefix|hasSuffix|kindIs|semverCompare",
  "regexMatch|include|lookup|len|required|fail",
].join("|");
const ONLY_INSPECTS = new RegExp(`^(?:\\(\\s*)?(?:${INSPECTIONS})\\b`);

/** Functions that return one of the values that they are given, or all of them in one mapping. */
const PASSING = "default|merge|mergeOverwrite|mustMerge|mustMergeOverwrite|deepCopy|dict|toString|quote|trim";
const ONLY_PASSES_ON = new RegExp(`^(?:[\\s()|]|"[^"]*"|\\.Values[\\w.]*|(?:${PASSING})\\b)*$`);

/** A name in an action: of a value in full, of a variable, or of a key of the dot. */
const NAME = /(?:\.Values|\$\w*|(?<![\w$)"\]])\.)(?:\.?[A-Za-z_][\w.]*)?/g;

/** The parts of {@link NAME}: the variable, and what stands below it. */
const VARIABLE_AND_REST = /^(\$\w*)?(.*)$/;

/** The full name of a value. */
const VALUE = /\.Values(?:\.[A-Za-z_][\w.]*)?/g;

/** A key of a `dict`, and what it stands for: an expression in parentheses, or values. */
const DICT_ENTRY = /"(\w+)"\s+(\((?:[^()]|\([^()]*\))*\)|(?:\.Values[\w.]*\s*)+)/g;

/**
 * Replaces the names in templates by the full names of the values that they stand for.
 *
 * @param files the templates, by their paths
 * @returns the lines that name a value; a line of a named template appears once for each context that it is
 *   called with
 */
export function templateLines(files: ReadonlyMap<string, string>): readonly TemplateLine[] {
  const defines = new Map<string, Source>();
  const sources = [...files].map(([file, text]): Source => ({
    file,
    lines: withoutDefines(file, text, defines),
  }));
  const found: TemplateLine[] = [];
  const called = new Set<string>();
  const queue: { readonly name: string; readonly dot: Dot }[] = [];
  const call: Call = (name, dot) => {
    const key = `${name} ${JSON.stringify(dot && [...dot])}`;
    if (dot === undefined || !defines.has(name) || called.has(key) || called.size >= MAX_CALLS) return;
    called.add(key);
    queue.push({ name, dot });
  };
  for (const source of [...sources, ...defines.values()]) replaceNames(source, undefined, found, call);
  for (let next = queue.shift(); next; next = queue.shift()) {
    const define = defines.get(next.name);
    if (define) replaceNames(define, next.dot, found, call);
  }
  return found;
}

/** The lines of a file outside its named templates; the others go to `defines`, by the template's name. */
function withoutDefines(file: string, text: string, defines: Map<string, Source>): readonly string[] {
  const outside: string[] = [];
  let inside: string[] | undefined;
  let depth = 0;
  for (const line of text.split("\n")) {
    if (line.length > MAX_LINE || !line.includes("{{")) continue;
    for (const body of actionsOf(line)) {
      const [, word] = OPENS_BLOCK.exec(body) ?? [];
      if (word === "define" && !inside) {
        const [, name = ""] = DEFINES.exec(body) ?? [];
        inside = [];
        depth = 1;
        if (name !== "") defines.set(name, { file, lines: inside });
      } else if (inside && word !== undefined) depth++;
      else if (inside && CLOSES_BLOCK.test(body) && --depth === 0) inside = undefined;
    }
    (inside ?? outside).push(line);
  }
  return outside;
}

/** The actions of a line, without their braces. */
function actionsOf(line: string): readonly string[] {
  return [...line.matchAll(ACTION)].map(([, body = ""]) => trimmed(body));
}

/** What stands in an action, without the dashes and spaces at its braces. */
function trimmed(body: string): string {
  return body
    .replace(/^-(?=\s)/, "")
    .replace(/-$/, "")
    .trim();
}

/** Reads one source in a context: adds its lines to `found`, and calls the templates that it names. */
function replaceNames({ file, lines }: Source, root: Dot, found: TemplateLine[], call: Call): void {
  /** The dots of the blocks around the current one. */
  const outer: Dot[] = [];
  const variables = new Map<string, string>();
  let dot = root;
  for (const line of lines) {
    if (found.length >= MAX_LINES) return;
    const text = line.replace(ACTION, (_, action: string) => {
      const body = trimmed(action);
      const written = body.replace(NAME, (name: string) => valuesNamed(name, dot, variables) ?? name);
      for (const [, name = "", argument = ""] of written.matchAll(CALLS))
        call(name, dotOfArgument(argument, dot));
      const [, variable, value = ""] = ASSIGNS.exec(written) ?? [];
      if (variable !== undefined && variable !== "$") assign(variables, variable, value);
      const [opening, word] = OPENS_BLOCK.exec(body) ?? [];
      if (opening !== undefined) {
        outer.push(dot);
        if (word === "with") dot = dotInside(written.slice(opening.length).replace(/^\$\w+\s*:=\s*/, ""));
        if (word === "range") dot = new Map();
      } else if (CLOSES_BLOCK.test(body)) dot = outer.pop() ?? root;
      return `{{- ${written} -}}`;
    });
    if (text.includes(".Values")) found.push({ file, text });
  }
}

/** The dot inside a `with`. */
function dotInside(value: string): Dot {
  const paths = valuesIn(value);
  return ONLY_INSPECTS.test(value) || paths === "" ? new Map() : new Map([["", paths]]);
}

/** A variable that stands for no value is forgotten, and so is what it stood for before. */
function assign(variables: Map<string, string>, variable: string, value: string): void {
  const paths = ONLY_INSPECTS.test(value) ? "" : valuesIn(value);
  if (paths === "") variables.delete(variable);
  else variables.set(variable, paths);
}

/** The values that an expression names, with {@link DERIVED} behind each where it transforms them. */
function valuesIn(value: string): string {
  const suffix = ONLY_PASSES_ON.test(value) ? "" : DERIVED;
  return [...new Set(value.match(VALUE) ?? [])]
    .filter((path) => path.length <= MAX_PATH)
    .slice(0, MAX_PATHS)
    .map((path) => path + suffix)
    .join(" ");
}

/** The values that a name stands for; `undefined` where it stands for none, or is a full name already. */
function valuesNamed(name: string, dot: Dot, variables: ReadonlyMap<string, string>): string | undefined {
  const [, variable, below = ""] = VARIABLE_AND_REST.exec(name) ?? [];
  if (variable === "$") return below.startsWith(".Values") ? below : undefined;
  if (variable !== undefined) {
    const paths = variables.get(variable);
    return paths === undefined ? undefined : eachBelow(paths, below);
  }
  if (dot === undefined) return undefined;
  if (below === "." || below === "") return dot.get("");
  const [first = "", ...rest] = below.slice(1).split(".");
  const own = dot.get("");
  if (own !== undefined) return first === "Values" ? undefined : eachBelow(own, below);
  const bound = dot.get(first);
  return bound === undefined ? undefined : eachBelow(bound, rest.length === 0 ? "" : `.${rest.join(".")}`);
}

/** The values at the same path below each of several. */
function eachBelow(paths: string, below: string): string {
  return paths
    .split(" ")
    .map((path) => path + below)
    .join(" ");
}

/** The dot inside a called template: a value, a `dict` of values, or the caller's own dot. */
function dotOfArgument(argument: string, dot: Dot): Dot {
  if (argument === "$") return undefined;
  if (argument === ".") return dot;
  const bound = new Map<string, string>();
  for (const [, key = "", value = ""] of argument.matchAll(DICT_ENTRY)) {
    const paths = valuesIn(value);
    if (paths !== "") bound.set(key, paths);
  }
  if (bound.size > 0) return bound;
  const paths = argument.includes("dict") ? "" : valuesIn(argument);
  return paths === "" ? new Map() : new Map([["", paths]]);
}
