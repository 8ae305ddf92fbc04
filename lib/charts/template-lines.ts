// The lines of a chart's templates with each value under its full path: what `with`, variables and the arguments of `include` call by a
// shorter name is written out, as far as that can be read without running Helm.

/** A line of a template, in which values are called `.Values.a.b`. */
export interface Line {
  readonly file: string;
  readonly text: string;
}

/** What the dot's keys stand for: `""` the dot itself; `undefined` for the root context. Several values are parted by a space. */
type Dot = ReadonlyMap<string, string> | undefined;

interface Source {
  readonly file: string;
  readonly lines: readonly string[];
}

interface Define {
  readonly file: string;
  readonly lines: string[];
}

interface Block {
  readonly dot: Dot;
}

/** Stands behind a value where what is meant is only made of it. */
export const MADE_OF = "~";

/** Charts larger than this are judged by what was read. */
const MAX_LINE = 2000;
const MAX_LINES = 200_000;
const MAX_CALLS = 400;
/** A variable that stands for more values than these, or for one that lies deeper, stands for the first of them. */
const MAX_PATHS = 8;
const MAX_PATH = 200;
const ACTION = /\{\{((?:[^{}"`]|"(?:[^"\\]|\\.)*"|`[^`]*`|\{(?!\{)|\}(?!\}))*)\}\}/g;
const OPENS = /^(if|with|range|define|block)\b\s*/;
const ASSIGNS = /^(?:with\s+|if\s+)?(\$\w*)\s*:?=\s*(.+)$/;
const CALLS = /\b(?:include|template|tpl)\s+"([^"]+)"\s+(\((?:[^()]|\([^()]*\))*\)|[^\s|)]+)/g;
/** What asks about values, and gives none of them back. */
const ONLY_ASKS =
  /^(?:\(\s*)?(?:eq|ne|gt|ge|lt|le|not|and|or|empty|hasKey|has|contains|hasPrefix|hasSuffix|kindIs|semverCompare|regexMatch|include|lookup|len|required|fail)\b/;
/** What gives back one of the values that it is given. */
const PURE =
  /^(?:[\s()|]|"[^"]*"|\.Values[\w.]*|default\b|merge\b|mergeOverwrite\b|mustMerge\b|mustMergeOverwrite\b|deepCopy\b|dict\b|toString\b|quote\b|trim\b)*$/;
/** A value's name, its variable's or its key's. */
const VALUE = /(?:\.Values|\$\w*|(?<![\w$)"\]])\.)(?:\.?[A-Za-z_][\w.]*)?/g;

/**
 * Writes out the names of values in templates.
 *
 * @param files the templates, by their paths
 * @returns the lines that name a value; those of a `define` once for each context that it is called with
 */
export function templateLines(files: ReadonlyMap<string, string>): readonly Line[] {
  const defines = new Map<string, Define>();
  const sources = [...files].map(([file, text]): Source => ({
    file,
    lines: withoutDefines(file, text, defines),
  }));
  const found: Line[] = [];
  const called = new Set<string>();
  const queue: { readonly name: string; readonly dot: Dot }[] = [];
  const call = (name: string, dot: Dot): void => {
    const key = `${name} ${JSON.stringify(dot && [...dot])}`;
    if (dot === undefined || !defines.has(name) || called.has(key) || called.size >= MAX_CALLS) return;
    called.add(key);
    queue.push({ name, dot });
  };
  for (const source of sources) writeOut(source, undefined, found, call);
  for (const define of defines.values()) writeOut(define, undefined, found, call);
  for (let next = queue.shift(); next; next = queue.shift()) {
    const define = defines.get(next.name);
    if (define) writeOut(define, next.dot, found, call);
  }
  return found;
}

/** The lines of a file outside its defines; those inside are kept by name. */
function withoutDefines(file: string, text: string, defines: Map<string, Define>): readonly string[] {
  const outside: string[] = [];
  let inside: Define | undefined;
  let depth = 0;
  for (const line of text.split("\n")) {
    if (line.length > MAX_LINE || !line.includes("{{")) continue;
    for (const body of actionsOf(line)) {
      const [, word] = OPENS.exec(body) ?? [];
      if (word === "define" && !inside) {
        const [, name = ""] = /^define\s+"([^"]+)"/.exec(body) ?? [];
        inside = { file, lines: [] };
        depth = 1;
        if (name !== "") defines.set(name, inside);
      } else if (inside && word !== undefined) depth++;
      else if (inside && /^end\b/.test(body) && --depth === 0) inside = undefined;
    }
    (inside?.lines ?? outside).push(line);
  }
  return outside;
}

function actionsOf(line: string): readonly string[] {
  return [...line.matchAll(ACTION)].map(([, body = ""]) => inner(body));
}

/** An action without its braces' dashes and spaces. */
function inner(body: string): string {
  return body
    .replace(/^-(?=\s)/, "")
    .replace(/-$/, "")
    .trim();
}

function writeOut(
  { file, lines }: Source,
  root: Dot,
  found: Line[],
  call: (name: string, dot: Dot) => void,
): void {
  const blocks: Block[] = [];
  const variables = new Map<string, string>();
  let dot = root;
  for (const line of lines) {
    if (found.length >= MAX_LINES) return;
    const text = line.replace(ACTION, (_, action: string) => {
      const body = inner(action);
      const written = body.replace(VALUE, (name: string) => valueOf(name, dot, variables) ?? name);
      for (const [, name = "", argument = ""] of written.matchAll(CALLS)) call(name, dotOf(argument, dot));
      const [, variable, value = ""] = ASSIGNS.exec(written) ?? [];
      if (variable !== undefined && variable !== "$") assign(variables, variable, value);
      const [opening, word] = OPENS.exec(body) ?? [];
      if (opening !== undefined) {
        blocks.push({ dot });
        if (word === "with") dot = within(written.slice(opening.length).replace(/^\$\w+\s*:=\s*/, ""));
        if (word === "range") dot = new Map();
      } else if (/^end\b/.test(body)) dot = blocks.pop()?.dot ?? root;
      return `{{- ${written} -}}`;
    });
    if (text.includes(".Values")) found.push({ file, text });
  }
}

/** What a `with` makes of the dot. */
function within(value: string): Dot {
  const paths = pathsOf(value);
  return ONLY_ASKS.test(value) || paths === "" ? new Map() : new Map([["", paths]]);
}

function assign(variables: Map<string, string>, variable: string, value: string): void {
  const paths = ONLY_ASKS.test(value) ? "" : pathsOf(value);
  if (paths === "") variables.delete(variable);
  else variables.set(variable, paths);
}

/** The values that an expression names; with {@link MADE_OF} behind each where it gives something that is made of them. */
function pathsOf(value: string): string {
  const made = PURE.test(value) ? "" : MADE_OF;
  return [...new Set(value.match(/\.Values(?:\.[A-Za-z_][\w.]*)?/g) ?? [])]
    .filter((path) => path.length <= MAX_PATH)
    .slice(0, MAX_PATHS)
    .map((path) => path + made)
    .join(" ");
}

/** A name of an action, as values: `undefined` where it names none, or names them in full already. */
function valueOf(name: string, dot: Dot, variables: ReadonlyMap<string, string>): string | undefined {
  const [, variable, below = ""] = /^(\$\w*)?(.*)$/.exec(name) ?? [];
  if (variable === "$") return below.startsWith(".Values") ? below : undefined;
  if (variable !== undefined) {
    const paths = variables.get(variable);
    return paths === undefined ? undefined : joined(paths, below);
  }
  if (dot === undefined) return undefined;
  if (below === "." || below === "") return dot.get("");
  const [first = "", ...rest] = below.slice(1).split(".");
  const own = dot.get("");
  if (own !== undefined) return /^[A-Z]/.test(first) && first === "Values" ? undefined : joined(own, below);
  const bound = dot.get(first);
  return bound === undefined ? undefined : joined(bound, rest.length === 0 ? "" : `.${rest.join(".")}`);
}

function joined(paths: string, below: string): string {
  return paths
    .split(" ")
    .map((path) => path + below)
    .join(" ");
}

/** The dot that a call's argument makes: a value, a `dict` of values, or the caller's own. */
function dotOf(argument: string, dot: Dot): Dot {
  if (argument === "$") return undefined;
  if (argument === ".") return dot;
  const bound = new Map<string, string>();
  for (const [, key = "", value = ""] of argument.matchAll(
    /"(\w+)"\s+(\((?:[^()]|\([^()]*\))*\)|(?:\.Values[\w.]*\s*)+)/g,
  )) {
    const paths = pathsOf(value);
    if (paths !== "") bound.set(key, paths);
  }
  if (bound.size > 0) return bound;
  const paths = argument.includes("dict") ? "" : pathsOf(argument);
  return paths === "" ? new Map() : new Map([["", paths]]);
}
