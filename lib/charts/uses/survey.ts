// What a search for charts asks a tree of files: which resources of a kind, which documents of a file.
import { displayText } from "../../reference/display.js";
import { documentsOf, entriesAt, itemsAt, lineOf, textAt, type YamlNode } from "./document.js";
import { baseOf, folderOf, resolvePath } from "./paths.js";

/** A tree of files. */
export interface FileTree {
  /** Every file's path from the tree's root, with `/`; archives of charts too. */
  readonly files: readonly string[];
  /** The text of one of the files; `undefined` where it cannot be read. */
  readonly read: (file: string) => string | undefined;
}

/** What is asked of a tree while charts are looked for. */
export interface Survey {
  readonly files: readonly string[];
  /** Whether there is such a file. */
  readonly has: (file: string) => boolean;
  /** The files that stand in a folder itself. */
  readonly filesIn: (folder: string) => readonly string[];
  /** The folders that hold a Chart.yaml. */
  readonly charts: () => readonly string[];
  /** The text of a file; `undefined` where it cannot be read or is too long. */
  readonly text: (file: string) => string | undefined;
  /** The roots of a file's documents. */
  readonly documents: (file: string) => readonly YamlNode[];
  /** The files whose text looks like a file of a mechanism. */
  readonly lookingLike: (mechanism: string) => readonly string[];
  /** The resources of a kind in all files, those in a `List` too. */
  readonly resources: (kind: string) => readonly YamlNode[];
  /** Notes what could not be told, at a node. */
  readonly problem: (node: YamlNode, what: string) => void;
  /** What could not be told up to now, one line each: `file:line what`. */
  readonly problems: () => readonly string[];
}

/** Longer files are not read: the longest manifests of operators have two million characters. */
const LONGEST_FILE = 2_500_000;
/** How many characters' documents are kept; files beyond that are read again when asked for. */
const MOST_KEPT = 40_000_000;
/** More problems help nobody. */
const MOST_PROBLEMS = 200;

const YAML_FILE = /\.(?:ya?ml|json)(?:\.gotmpl|\.tmpl)?$/i;
const KIND = /(?:^[ \t-]*|[{,][ \t]*)["']?kind["']?[ \t]*:[ \t]*["']?([A-Za-z]+)/gm;

/**
 * Prepares to ask a tree of files.
 *
 * @param tree the files; paths that are absolute or leave the tree are left out
 * @param kinds the kinds of resources that may be asked for
 * @param looks tells by a text what mechanism's file it is
 */
export function surveyOf(
  tree: FileTree,
  kinds: ReadonlySet<string>,
  looks: (text: string) => readonly string[],
): Survey {
  const files = tree.files.filter((file) => file !== "" && resolvePath("", file) === file);
  const known = new Set(files);
  const problems = new Problems();
  const text = textReader(tree, problems);
  const documents = documentReader(text, problems);
  const folders = once(() => groupedBy(files, (file) => [folderOf(file)]));
  const holders = once(() =>
    groupedBy(
      files.filter((file) => YAML_FILE.test(file)),
      (file) => {
        const content = text(file) ?? "";
        // A name with a space is no kind.
        return [...kindsIn(content, kinds), ...looks(content).map((mechanism) => `file ${mechanism}`)];
      },
    ),
  );
  const found = new Map<string, readonly YamlNode[]>();
  return {
    files,
    has: (file) => known.has(file),
    filesIn: (folder) => folders().get(folder) ?? [],
    charts: once(() => files.filter((file) => baseOf(file) === "Chart.yaml").map(folderOf)),
    text,
    documents,
    lookingLike: (mechanism) => holders().get(`file ${mechanism}`) ?? [],
    resources: (kind) => {
      const resources =
        found.get(kind) ??
        (holders().get(kind) ?? [])
          .flatMap((file) => documents(file).flatMap(resourcesIn))
          .filter((resource) => textAt(resource, "kind") === kind);
      found.set(kind, resources);
      return resources;
    },
    problem: (node, what) => {
      problems.add(node.source.file, lineOf(node), what);
    },
    problems: () => {
      problems.addExhausted();
      return problems.lines;
    },
  };
}

/** The name and the namespace of a resource, as far as they are written. */
export function nameOf(resource: YamlNode): string | undefined {
  return textAt(resource, "metadata", "name");
}

/** The namespace of a resource; `undefined` where it is not written. */
export function namespaceOf(resource: YamlNode): string | undefined {
  return textAt(resource, "metadata", "namespace");
}

class Problems {
  readonly lines: string[] = [];
  private readonly seen = new Set<string>();
  private readonly roots: YamlNode[] = [];

  /** Watches a document: whether it was walked to its end. */
  watch(root: YamlNode | undefined): void {
    if (root) this.roots.push(root);
  }

  addExhausted(): void {
    for (const { source } of this.roots)
      if (source.steps.left <= 0)
        this.add(source.file, 1, "is read in part only: its aliases lead to more than can be looked at");
  }

  add(file: string, line: number, what: string): void {
    const text = `${displayText(file)}:${String(line)} ${displayText(what, 300)}`;
    if (this.seen.has(text) || this.lines.length > MOST_PROBLEMS) return;
    this.seen.add(text);
    this.lines.push(this.lines.length < MOST_PROBLEMS ? text : "… and more that is not told");
  }
}

function textReader(tree: FileTree, problems: Problems): (file: string) => string | undefined {
  return (file) => {
    const text = tree.read(file);
    if (text === undefined || text.length <= LONGEST_FILE) return text;
    problems.add(file, 1, `is not read: it is longer than ${String(LONGEST_FILE)} characters`);
    return undefined;
  };
}

function documentReader(
  read: (file: string) => string | undefined,
  problems: Problems,
): (file: string) => readonly YamlNode[] {
  const kept = new Map<string, readonly YamlNode[]>();
  let length = 0;
  return (file) => {
    const before = kept.get(file);
    if (before) return before;
    const text = read(file) ?? "";
    const { nodes, unread } = documentsOf(file, text);
    for (const { line, what } of unread) problems.add(file, line, what);
    if (length + text.length <= MOST_KEPT) {
      kept.set(file, nodes);
      problems.watch(nodes[0]);
      length += text.length;
    }
    return nodes;
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

function groupedBy(
  files: readonly string[],
  groups: (file: string) => Iterable<string>,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const file of files)
    for (const group of groups(file)) {
      const members = found.get(group);
      if (members) members.push(file);
      else found.set(group, [file]);
    }
  return found;
}

function kindsIn(text: string, kinds: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, kind = ""] of text.matchAll(KIND)) if (kinds.has(kind)) found.add(kind);
  return found;
}

/** A document is a resource, or a list of them. */
function resourcesIn(document: YamlNode): readonly YamlNode[] {
  return textAt(document, "kind") === "List" && entriesAt(document).some(([key]) => key === "items")
    ? itemsAt(document, "items")
    : [document];
}
