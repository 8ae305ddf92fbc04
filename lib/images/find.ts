// Finds every image field of a reading: one walk over its events, no tree of its own.
import { EVENT_DOCUMENT, EVENT_SCALAR } from "js-yaml";
import type { Settings } from "../settings.js";
import { scalarQuote, scalarRange } from "../yaml/scalar.js";
import type { Note, Range, Reading, Tree } from "../yaml/reading.js";
import { touchesAction, outputAmongKeys } from "./actions.js";
import { Anchors } from "./anchors.js";
import { documentKind, fileFacts, type FileFacts, type Neighbour } from "./document-kind.js";
import type { ImageField, Part } from "./field.js";
import { IMAGE_KEY, MAPPING_KEYS, MAPPING_ROWS, SCALAR_ROWS, type DocumentKind, type MappingRow, type Where } from "./fields.js";
import { isGenerated } from "./generated.js";
import { mappingField, type MappingKey } from "./mapping-field.js";
import { newKeyPlace } from "./new-key.js";
import { entriesOf, isAlias, isMapping, isSequence, itemsOf, partAt, type Entry } from "./node.js";
import { formatPath, matchesPath, type Segment } from "./path.js";
import { scalarField } from "./scalar-field.js";
import { scannedFields } from "./scanned-fields.js";

export interface FindOptions {
  /** The file's path: its name says what it is. */
  readonly filename: string;
  readonly settings: Settings;
  readonly neighbour?: Neighbour | undefined;
}

export interface FindResult {
  /** In the order of their place in the file. */
  readonly fields: readonly ImageField[];
  /** What could not be read whole; the rule `parsable` reports them. */
  readonly notes: readonly Note[];
}

/**
 * Finds the image fields of a file.
 *
 * @param reading what `read` made of its text
 * @param options where it stands, and the user's settings
 * @returns its fields and what could not be read; never throws on input
 */
export function find(reading: Reading, options: FindOptions): FindResult {
  const facts = fileFacts(options.filename, reading.template, options.settings, options.neighbour);
  if (facts.kind === "none") return { fields: [], notes: reading.notes };
  const fields: ImageField[] = [];
  for (const tree of reading.trees) fields.push(...new Finder(reading, tree, facts, options.settings).run());
  fields.push(...scannedFields(reading, facts, options.settings));
  fields.sort((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1]);
  const generated = fields.length > 0 && isGenerated(reading.text);
  return { fields: generated ? fields.map((field) => ({ ...field, generated: true })) : fields, notes: reading.notes };
}

interface Document {
  readonly kind: DocumentKind;
  /** `apiVersion`'s group and the resource's kind, where the document names them. */
  readonly group: string;
  readonly resource: string;
}

/** Where in a manifest the values of a chart stand (Flux HelmRelease; Argo CD Application). */
const EMBEDDED_VALUES: readonly { readonly resource: string; readonly path: readonly string[] }[] = [
  { resource: "HelmRelease", path: ["spec", "values"] },
  { resource: "Application", path: ["spec", "source", "helm", "valuesObject"] },
  { resource: "Application", path: ["spec", "sources", "#", "helm", "valuesObject"] },
];

class Finder {
  readonly #fields: ImageField[] = [];
  readonly #path: Segment[];
  readonly #anchors: Anchors;
  #document: Document = { kind: "other", group: "", resource: "" };

  constructor(
    readonly reading: Reading,
    readonly tree: Tree,
    readonly facts: FileFacts,
    readonly settings: Settings,
  ) {
    this.#path = tree.path.map((segment) => (/^\d+$/.test(segment) ? Number(segment) : segment));
    this.#anchors = new Anchors(tree);
  }

  run(): readonly ImageField[] {
    const { events, after } = this.tree;
    for (let index = 0; index < events.length; index = after[index] ?? events.length) {
      if (events[index]?.type !== EVENT_DOCUMENT) continue;
      this.#document = this.#describe(index + 1);
      this.#visit(index + 1);
    }
    return this.#anchors.settle(this.#fields);
  }

  #describe(root: number): Document {
    const entries = isMapping(this.tree.events[root]) ? entriesOf(this.tree, root) : [];
    const keys = new Map(entries.map((entry) => [entry.key, entry]));
    const text = (key: string): string => {
      const entry = keys.get(key);
      const part = entry && partAt(this.tree, entry.valueIndex);
      return part && !touchesAction(this.reading, part.range) ? part.value : "";
    };
    return { kind: documentKind(this.facts, keys), group: text("apiVersion").split("/", 1)[0] ?? "", resource: text("kind") };
  }

  #visit(index: number): void {
    const event = this.tree.events[index];
    if (isMapping(event)) this.#visitMapping(index);
    else if (isSequence(event)) {
      for (const [position, item] of itemsOf(this.tree, index).entries()) {
        this.#path.push(position);
        this.#visitItem(item);
        this.#visit(item);
        this.#path.pop();
      }
    }
  }

  /** A list of references: GitLab's `services`. */
  #visitItem(index: number): void {
    const key = this.#path.at(-2);
    if (typeof key === "string" && this.tree.events[index]?.type === EVENT_SCALAR) this.#scalar(key, index, undefined);
  }

  #visitMapping(index: number): void {
    const entries = entriesOf(this.tree, index);
    const taken = entries.some((entry) => MAPPING_KEYS.has(entry.key)) ? this.#mapping(index, entries) : undefined;
    let policy: string | undefined;
    for (const entry of entries) {
      const event = this.tree.events[entry.valueIndex];
      if (!event) continue;
      this.#path.push(entry.key);
      if (event.type === EVENT_SCALAR || isAlias(event)) {
        if (taken?.has(entry.keyIndex) !== true && isScalarKey(entry.key)) {
          policy ??= pullPolicyOf(this.tree, entries);
          this.#scalar(entry.key, entry.valueIndex, entries, policy);
        }
      } else this.#visitChild(entry.valueIndex);
      this.#path.pop();
    }
  }

  #visitChild(index: number): void {
    const { resource } = this.#document;
    const values = EMBEDDED_VALUES.some((row) => row.resource === resource && matchesPath(this.#path, row.path));
    if (!values) {
      this.#visit(index);
      return;
    }
    const document = this.#document;
    this.#document = { ...document, kind: "values" };
    this.#visit(index);
    this.#document = document;
  }

  #scalar(key: string, index: number, siblings: readonly Entry[] | undefined, pullPolicy?: string): void {
    const row = SCALAR_ROWS.find((candidate) => candidate.key.test(key) && this.#holds(candidate.where));
    if (!row || (row.unless !== undefined && siblings?.some((entry) => entry.key === row.unless) === true)) return;
    const target = this.#anchors.target(index);
    const part = this.#part(target);
    if (!part || !this.#anchors.firstVisit(target)) return;
    const touched = touchesAction(this.reading, part.range);
    const field = scalarField(part, row, { field: formatPath(this.#path), touched, pullPolicy, settings: this.settings });
    if (field) this.#fields.push(field);
  }

  /** @returns the indices of the keys that some row took */
  #mapping(index: number, entries: readonly Entry[]): ReadonlySet<number> {
    const taken = new Set<number>();
    const key = this.#path.at(-1);
    const parent = this.#path.at(-2);
    const named = typeof key === "string" && IMAGE_KEY.test(key) && !key.startsWith("default");
    const atImageKey = named || parent === "images";
    const groups = this.#byArm(entries);
    for (const [arm, group] of groups) {
      for (const row of MAPPING_ROWS) {
        if (!this.#holds(row.where)) continue;
        const keys = new Map<string, MappingKey>();
        for (const entry of group) if (!taken.has(entry.keyIndex)) keys.set(entry.key, this.#keyOf(entry));
        const digestElsewhere = [...groups].some(([other, its]) => other !== arm && its.some((entry) => row.keys.digest?.includes(entry.key) === true));
        const match = mappingField(keys, row, {
          field: formatPath(this.#path),
          atImageKey,
          digest: row.except && this.#holds(row.except) ? row.except.digest : row.digest,
          touches: (part) => touchesAction(this.reading, part.range),
          opaque: outputAmongKeys(this.reading, this.tree, index),
          digestElsewhere,
          newKey: (after, name) => newKeyPlace(this.reading, this.tree, index, group.filter((entry) => after.includes(entry.key)), name),
          settings: this.settings,
        });
        if (!match) continue;
        for (const entry of group) if (match.keys.includes(entry.key)) taken.add(entry.keyIndex);
        this.#fields.push(match.field);
      }
    }
    return taken;
  }

  /** Keys of one arm stand together; in a file that is no template, all do. */
  #byArm(entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> {
    if (!this.reading.template) return new Map([["", entries]]);
    const groups = new Map<string, Entry[]>();
    for (const entry of entries) {
      const event = this.tree.events[entry.keyIndex];
      const arms = event?.type === EVENT_SCALAR ? this.reading.armsAt(event.valueStart) : [];
      const name = arms.map((arm) => `${String(arm.chain)}:${String(arm.index)}`).join(" ");
      const group = groups.get(name);
      if (group) group.push(entry);
      else groups.set(name, [entry]);
    }
    return groups;
  }

  #keyOf(entry: Entry): MappingKey {
    const target = this.#anchors.target(entry.valueIndex);
    const aliased = target !== entry.valueIndex;
    const event = this.tree.events[target];
    const part = this.#part(target);
    if (event?.type === EVENT_SCALAR && event.valueStart >= 0) {
      const kept: Part | undefined = part && aliased ? { ...part, alias: true } : part;
      return { range: scalarRange(event), quote: scalarQuote(event), ...(kept ? { part: kept } : {}) };
    }
    const offset = behindColon(this.tree, entry);
    const range: Range = [offset, offset];
    return { range, quote: "" };
  }

  /** A part as the user wrote it: where an action stands in it, the tree's text is a mask. */
  #part(index: number): Part | undefined {
    const part = partAt(this.tree, index);
    return part && touchesAction(this.reading, part.range) ? { ...part, value: this.reading.text.slice(...part.valueRange).trim() } : part;
  }

  #holds(where: Where): boolean {
    const { kind, group, resource } = this.#document;
    if (where.documents && !where.documents.includes(kind)) return false;
    if (where.group !== undefined && where.group !== group) return false;
    if (where.kinds && !where.kinds.includes(resource)) return false;
    return !where.path || where.path.some((pattern) => matchesPath(this.#path, pattern));
  }
}

/** All rows' keys in one pattern: asked of every key of every file. */
const SCALAR_KEYS = new RegExp(SCALAR_ROWS.map((row) => row.key.source).join("|"));

function isScalarKey(key: string): boolean {
  return SCALAR_KEYS.test(key);
}

function pullPolicyOf(tree: Tree, entries: readonly Entry[]): string | undefined {
  const entry = entries.find(({ key }) => key === "imagePullPolicy" || key === "pullPolicy");
  return entry && partAt(tree, entry.valueIndex)?.value;
}

/** Where a value would begin that is not written. */
function behindColon(tree: Tree, entry: Entry): number {
  const key = tree.events[entry.keyIndex];
  if (key?.type !== EVENT_SCALAR) return 0;
  const [, end] = scalarRange(key);
  return tree.source.indexOf(":", end) + 1;
}

