// One walk over a tree's events: at each mapping and scalar of the vocabulary, the first row that fits makes a field.
import { EVENT_ID } from "js-yaml";
import type { Settings } from "../settings/settings.js";
import { isBlock, isScalar, scalarQuote, scalarRange } from "../yaml/scalar.js";
import type { Range, Reading, Tree } from "../yaml/reading.js";
import { outputAmongKeys, touchesAction } from "./actions.js";
import { Anchors } from "./anchors.js";
import { chartOfResource } from "../charts/chart-of-resource.js";
import { documentKind, type FileFacts, type TopLevel } from "./document-kind.js";
import { embeddedIn, shifted } from "./embedded.js";
import type { ImageField, Part } from "./field.js";
import {
  IMAGE_KEY,
  MAPPING_KEYS,
  MAPPING_ROWS,
  REPOSITORY_KEY,
  SCALAR_ROWS,
  type DocumentKind,
  type MappingRow,
  type ScalarRow,
  type Where,
} from "../vocabulary/fields.js";
import { mappingField, type MappingKey } from "./mapping-field.js";
import { newKeyPlace } from "./new-key.js";
import { entriesOf, isAlias, isMapping, isSequence, itemsOf, partAt, type Entry } from "../yaml/node.js";
import { formatPath, matchesPath, type Segment } from "../vocabulary/path.js";
import {
  ASSERTION,
  EXPECTED,
  GENERATED_PATHS,
  GROUP_OF_KIND,
  NOT_IMAGE_MAPPINGS,
  NOT_RUN,
  VALUES_PLACES,
} from "../vocabulary/places.js";
import { decidesIn, scalarField, type ScalarPlace } from "./scalar-field.js";
import { Siblings } from "./siblings.js";
import { shaStyleIn, type ShaStyle } from "./sha-style.js";
import { inlineInChart } from "./slot.js";
import { topLevel } from "./top-level.js";
import { valuesOfChart, type ValuesFacts } from "../charts/values-facts.js";
import type { SchemaVerdict } from "../charts/values-schema.js";

/** What is known of the place at hand: the document, or the resource in it, that everything below belongs to. */
interface Surroundings {
  readonly kind: DocumentKind;
  /** `apiVersion`'s group and the resource's kind, where they are named. */
  readonly group: string;
  readonly resource: string;
  /** Where the resource begins in the path: the rows' paths count from there. */
  readonly base: number;
  /** `global.imageRegistry` of a chart's values: charts put it before every repository. */
  readonly globalRegistry?: string;
  /** The index of the document's root. */
  readonly root?: number;
  /** What is known of the values at hand, and where they begin in the path. */
  readonly values?: { readonly facts: ValuesFacts; readonly base: number };
}

/** The keys above those of which `anyKey` rows ask. */
const ABOVE_ANY_KEY: ReadonlySet<unknown> = new Set(
  SCALAR_ROWS.flatMap((row) =>
    row.anyKey === true ? (row.where.path ?? []).map((path) => path.at(-2)) : [],
  ),
);

/** All rows' keys in one pattern: asked of every key of every file. */
const SCALAR_KEYS = new RegExp(
  SCALAR_ROWS.filter((row) => row.anyKey !== true)
    .map((row) => row.key.source)
    .join("|"),
);
const NO_ROWS: readonly ScalarRow[] = [];

/** Rows that name their places hold there, whatever the mapping is called. */
const PLACED_ROWS = MAPPING_ROWS.filter((row) => row.where.path !== undefined);

/** How many mappings one merge key may name, and how many aliases may stand within one another: people write a few. */
const MOST_MERGED = 64;
const DEEPEST_ALIAS = 8;

/** A string in a string is a resource's annotation in a kustomization; each level is parsed anew. */
const DEEPEST_STRING = 2;

/** Documents in which a mapping may describe itself as a resource. */
const ENTERED: ReadonlySet<DocumentKind> = new Set(["manifest", "embedded", "kustomization", "other"]);

/** Longer keys are no words of anybody's vocabulary. */
const LONGEST_KEY = 100;

export class Finder {
  readonly #fields: ImageField[] = [];
  readonly #path: Segment[];
  readonly #anchors: Anchors;
  /** Mappings that made fields, and the keys that these took: one that aliases stand for makes them once. */
  readonly #mapped = new Map<number, ReadonlySet<number>>();
  readonly #merged = new Map<number, readonly Entry[]>();
  readonly #scalarRows = new Map<string, readonly ScalarRow[]>();
  readonly #expanding = new Set<number>();
  /** How many events may still be met again through aliases. */
  #left: number;
  #at: Surroundings;
  #sha: ShaStyle | undefined;

  /**
   * @param reading the file
   * @param tree one of its trees, or one that stands in a string of it
   * @param facts what the file's name says
   * @param settings the user's
   * @param outer of a tree in a string: the string's path, and what is known there
   * @param embedded whether the tree stands in a string, and whether an edit there is one of the file
   * @param depth how many strings it stands in, one within the other
   */
  constructor(
    readonly reading: Reading,
    readonly tree: Tree,
    readonly facts: FileFacts,
    readonly settings: Settings,
    outer: readonly Segment[] = tree.path.map((segment) =>
      /^\d+$/.test(segment) ? Number(segment) : segment,
    ),
    readonly embedded: "not" | "writable" | "read-only" = "not",
    readonly depth = 0,
  ) {
    this.#path = [...outer];
    this.#anchors = new Anchors(tree);
    this.#left = 2 * tree.events.length;
    this.#at = { kind: facts.otherwise, group: "", resource: "", base: 0 };
  }

  run(): readonly ImageField[] {
    const { events, after } = this.tree;
    for (let index = 0; index < events.length; index = after[index] ?? events.length) {
      if (events[index]?.type !== EVENT_ID.DOCUMENT) continue;
      this.#at = this.#describe(index + 1);
      if (this.#at.kind !== "none") this.#visit(index + 1);
    }
    return this.#anchors.settle(this.#fields);
  }

  #describe(root: number): Surroundings {
    const top = topLevel(this.reading, this.tree, root);
    const kind = documentKind(this.facts, top);
    const globalRegistry = kind === "values" ? this.#globalRegistry(root) : undefined;
    // A tree that is an island in the file has keys above it, from which its rows' paths count.
    const base = this.embedded === "not" ? 0 : this.#path.length;
    const values =
      kind === "values" && this.facts.values ? { values: { facts: this.facts.values, base } } : {};
    return {
      kind,
      group: groupOf(top),
      resource: top.text("kind"),
      base,
      root,
      ...values,
      ...(globalRegistry === undefined ? {} : { globalRegistry }),
    };
  }

  #globalRegistry(root: number): string | undefined {
    if (!isMapping(this.tree.events[root])) return undefined;
    const entry = entriesOf(this.tree, root).find(({ key }) => key === "global");
    if (!entry || !isMapping(this.tree.events[entry.valueIndex])) return undefined;
    const registry = entriesOf(this.tree, entry.valueIndex).find(({ key }) => key === "imageRegistry");
    const part = registry && this.#part(registry.valueIndex);
    return part && !touchesAction(this.reading, part.range) ? part.value : undefined;
  }

  #visit(index: number): void {
    const event = this.tree.events[index];
    if (isAlias(event))
      this.#expand(index, (target) => {
        this.#visit(target);
      });
    else if (isMapping(event)) this.#visitMapping(index);
    else if (isSequence(event)) {
      for (const [position, item] of itemsOf(this.tree, index).entries()) {
        this.#path.push(position);
        if (this.tree.events[item]?.type === EVENT_ID.SCALAR) this.#visitItem(item);
        else this.#visitChild(item);
        this.#path.pop();
      }
    }
  }

  /**
   * A mapping or list that an alias stands for is met once more, at the alias's path: a definition at a key of no meaning
   * (`aliases`, `x-…`) gets its meaning from where it is used. All that is met again is bounded by the tree's own size, or
   * aliases within aliases would make a small file a large one.
   */
  #expand(alias: number, visit: (target: number) => void): void {
    const target = this.#anchors.target(alias);
    const size = (this.tree.after[target] ?? target) - target;
    const event = this.tree.events[target];
    if (target === alias || (!isMapping(event) && !isSequence(event))) return;
    if (size > this.#left || this.#expanding.size >= DEEPEST_ALIAS || this.#expanding.has(target)) return;
    this.#left -= size;
    this.#expanding.add(target);
    visit(target);
    this.#expanding.delete(target);
  }

  /** A list of references (GitLab's `services`), or of texts that hold YAML (kustomize's patches). */
  #visitItem(index: number): void {
    const key = this.#path.at(-2);
    if (typeof key === "string") this.#scalar(key, index, new Siblings(this.tree, []));
    this.#visitText(index);
  }

  #visitMapping(index: number): void {
    const entries = entriesOf(this.tree, index);
    const outer = this.#at;
    if (this.#path.length > outer.base) this.#enterResource(index, entries);
    if (this.#isNotRun()) {
      this.#at = outer;
      return;
    }
    const taken = this.#mayBeImage(entries) ? this.#mapping(index, entries) : undefined;
    this.#visitEntries(entries, new Siblings(this.tree, entries), taken);
    this.#at = outer;
  }

  #isNotRun(): boolean {
    const { group, resource } = this.#at;
    if (group === "" && resource === "") return false;
    return NOT_RUN.some(
      (row) => (row.group === undefined || row.group === group) && (row.kinds?.includes(resource) ?? true),
    );
  }

  /**
   * Most mappings of most files are told here: away from an image key one part alone makes no field, unless it is an `image`,
   * its key says it all, or others are merged in. `{ name: A, value: b }` stands thousands of times in some files.
   */
  #mayBeImage(entries: readonly Entry[]): boolean {
    let parts = 0;
    let more = this.#isAtImageKey();
    for (const { key } of entries) {
      if (this.facts.own?.keys.has(key) === true) return true;
      if (MAPPING_KEYS.has(key)) parts++;
      more ||= key === "image" || key === "<<" || REPOSITORY_KEY.test(key);
    }
    return parts > (more ? 0 : 1);
  }

  #isAtImageKey(): boolean {
    const name = this.#path.at(-1);
    const named =
      typeof name === "string" &&
      name.length <= LONGEST_KEY &&
      IMAGE_KEY.test(name) &&
      !name.startsWith("default");
    return named || this.#path.at(-2) === "images" || this.#path.at(-2) === "image_resource";
  }

  /** The values of a mapping's keys, its own or merged ones; `siblings` are all that stand beside them. */
  #visitEntries(entries: readonly Entry[], siblings: Siblings, taken?: ReadonlySet<number>): void {
    for (const entry of entries) {
      const event = this.tree.events[entry.valueIndex];
      if (!event || entry.key.startsWith(ASSERTION)) continue;
      if (entry.key === "<<") {
        this.#visitMerged(entry.valueIndex, siblings);
        continue;
      }
      this.#path.push(entry.key);
      if (event.type === EVENT_ID.SCALAR || isAlias(event)) {
        if (taken?.has(entry.keyIndex) !== true) this.#scalar(entry.key, entry.valueIndex, siblings);
        this.#visitText(entry.valueIndex);
      }
      if (event.type !== EVENT_ID.SCALAR) this.#visitChild(entry.valueIndex);
      this.#path.pop();
    }
  }

  /** What a merge key brings in stands where the key does; what the mapping says itself wins (YAML merge type). */
  #visitMerged(index: number, siblings: Siblings): void {
    for (const source of this.#sources(index)) {
      this.#expand(source, (target) => {
        if (!isMapping(this.tree.events[target])) return;
        const merged = entriesOf(this.tree, target).filter(
          (entry) => entry.key === "<<" || !siblings.has(entry.key),
        );
        this.#visitEntries(merged, new Siblings(this.tree, merged, siblings));
      });
    }
  }

  /** The mappings that a merge key names. */
  #sources(index: number): readonly number[] {
    return isSequence(this.tree.events[index]) ? itemsOf(this.tree, index).slice(0, MOST_MERGED) : [index];
  }

  /** An item of a `List`, or a resource that another one, or any other file, embeds. */
  #enterResource(index: number, entries: readonly Entry[]): void {
    if (!ENTERED.has(this.#at.kind) || !entries.some(({ key }) => key === "kind")) return;
    const also = this.#at.kind === "manifest" ? ["apiVersion", "spec"] : ["apiVersion"];
    if (!entries.some(({ key }) => also.includes(key))) return;
    const top = topLevel(this.reading, this.tree, index);
    if (top.text("kind") === "") return;
    this.#at = {
      kind: "manifest",
      group: groupOf(top),
      resource: top.text("kind"),
      base: this.#path.length,
      root: index,
    };
  }

  #visitChild(index: number): void {
    const outer = this.#at;
    if (EXPECTED.some((where) => this.#holds(where))) return;
    if (this.#isValues())
      this.#at = { ...outer, kind: "values", values: { facts: this.#valuesHere(), base: this.#path.length } };
    this.#visit(index);
    this.#at = outer;
  }

  #isValues(): boolean {
    return this.#at.kind !== "values" && VALUES_PLACES.some((where) => this.#holds(where));
  }

  #valuesHere(): ValuesFacts {
    const { root, base, resource } = this.#at;
    return valuesOfChart(
      root === undefined ? undefined : chartOfResource(this.tree, root, resource, this.#path.slice(base)),
    );
  }

  /** YAML or JSON in a string. */
  #visitText(index: number): void {
    const event = this.tree.events[index];
    if (this.depth >= DEEPEST_STRING || this.embedded === "read-only" || !isScalar(event)) return;
    if (!isBlock(event) && !this.#beginsFlow(event.valueStart)) return;
    const name = String(this.#path.at(-1) ?? "");
    const isValues = this.#isValues();
    const otherwise: DocumentKind =
      isValues || /values[^/]*\.ya?ml$/.test(name)
        ? "values"
        : this.#at.kind === "manifest" || this.#at.kind === "values"
          ? "embedded"
          : "other";
    const facts: FileFacts = {
      otherwise,
      ...(this.facts.own ? { own: this.facts.own } : {}),
      ...(isValues ? { values: this.#valuesHere() } : {}),
    };
    for (const { reading, trees, start, writable } of embeddedIn(this.reading, this.tree, index)) {
      for (const tree of trees) {
        const finder = new Finder(
          reading,
          tree,
          facts,
          this.settings,
          this.#path,
          writable ? "writable" : "read-only",
          this.depth + 1,
        );
        for (const field of finder.run())
          this.#fields.push(this.#generated(shifted(field, start), this.#path));
      }
    }
  }

  #beginsFlow(offset: number): boolean {
    const first = this.tree.source[offset];
    return first === "{" || first === "[";
  }

  #scalar(key: string, index: number, siblings: Siblings): void {
    if (key.length > LONGEST_KEY) return;
    const own = this.facts.own?.keys.has(key) === true ? this.facts.own.scalars : NO_ROWS;
    const anyKey = own.length > 0 || ABOVE_ANY_KEY.has(this.#path.at(-2));
    const rows = anyKey ? [...own, ...SCALAR_ROWS].filter((row) => row.key.test(key)) : this.#rowsOf(key);
    const target = this.#anchors.target(index);
    let known: { readonly part: Part; readonly place: ScalarPlace } | undefined;
    for (const row of rows) {
      if (!this.#holds(row.where) || !this.#stands(row, siblings)) continue;
      // Read only now: at most keys that look like a row's, no row holds.
      known ??= this.#scalarAt(target, siblings);
      if (!known || (row.unless !== undefined && siblings.has(row.unless))) return;
      const { part, place } = known;
      const field = scalarField(part, row, place);
      if (field) {
        this.#anchors.made(target);
        const { values } = this.#at;
        this.#fields.push(
          this.#placed(values ? inlineInChart(field, values.facts, this.#path.slice(values.base)) : field),
        );
      }
      // A row that wants no evidence has decided; a later one may want other evidence.
      if (field || row.must || row.evidence === "none") return;
    }
  }

  /** Keys recur, and the rows are many. */
  #rowsOf(key: string): readonly ScalarRow[] {
    let known = this.#scalarRows.get(key);
    if (known === undefined)
      this.#scalarRows.set(
        key,
        (known = SCALAR_KEYS.test(key) ? SCALAR_ROWS.filter((row) => row.key.test(key)) : NO_ROWS),
      );
    return known;
  }

  #scalarAt(
    target: number,
    siblings: Siblings,
  ): { readonly part: Part; readonly place: ScalarPlace } | undefined {
    const part = this.#anchors.isMade(target) ? undefined : this.#part(target);
    return (
      part && {
        part,
        place: {
          field: formatPath(this.#path),
          touched: touchesAction(this.reading, part.range),
          pullPolicy: this.#pullPolicy(siblings),
          decides: decidesIn(this.#at.kind),
          settings: this.settings,
        },
      }
    );
  }

  #stands({ beside }: ScalarRow, siblings: Siblings): boolean {
    if (!beside) return true;
    if (!("text" in beside))
      return (
        (beside.and === undefined || siblings.has(beside.and)) &&
        beside.anyOf.some((key) => siblings.has(key))
      );
    const text = siblings.text(beside.key);
    return text !== undefined && beside.text.test(text);
  }

  #pullPolicy(siblings: Siblings): string | undefined {
    return siblings.text("imagePullPolicy") ?? siblings.text("pullPolicy") ?? siblings.text("pull_policy");
  }

  /** @returns the indices of the keys that some row took */
  #mapping(index: number, entries: readonly Entry[]): ReadonlySet<number> {
    const before = this.#mapped.get(index);
    if (before) return before;
    const taken = new Set<number>();
    const name = this.#path.at(-1);
    const atImageKey = this.#isAtImageKey();
    const own = this.facts.own?.mappings ?? [];
    const table =
      !atImageKey && typeof name === "string" && NOT_IMAGE_MAPPINGS.test(name) ? PLACED_ROWS : MAPPING_ROWS;
    const rows = own.length === 0 ? table : [...own, ...table];
    if (rows.length === 0) return taken;
    const groups = this.#byArm(entries);
    const opaque = outputAmongKeys(this.reading, this.tree, index);
    const arms = armsOfKeys(groups);
    for (const [arm, group] of groups) {
      const read = new Set<string>();
      let keys: ReadonlyMap<string, MappingKey> | undefined;
      for (const row of rows) {
        if (!this.#holds(row.where)) continue;
        keys ??= this.#keys(group, read);
        const digestElsewhere = row.keys.digest?.some((key) => isElsewhere(arms.get(key), arm)) === true;
        const match = mappingField(keys, row, {
          field: formatPath(this.#path),
          atImageKey,
          digest: this.#digestRule(row),
          touches: (part) => touchesAction(this.reading, part.range),
          opaque,
          digestElsewhere,
          newKey: (after, key) =>
            newKeyPlace(
              this.reading,
              this.tree,
              index,
              group.filter((entry) => after.includes(entry.key)),
              key,
            ),
          settings: this.settings,
          ...this.#chartFacts(),
          ...(this.#at.globalRegistry === undefined ? {} : { globalRegistry: this.#at.globalRegistry }),
        });
        if (!match) continue;
        for (const key of match.keys) read.add(key);
        keys = undefined;
        for (const entry of group) if (match.keys.includes(entry.key)) taken.add(entry.keyIndex);
        this.#fields.push(this.#placed(match.field));
      }
    }
    if (taken.size > 0) this.#mapped.set(index, taken);
    return taken;
  }

  #isMappingKey(key: string): boolean {
    return MAPPING_KEYS.has(key) || this.facts.own?.keys.has(key) === true;
  }

  /** What the chart and its schema say of the mapping at hand. */
  #chartFacts() {
    const { values } = this.#at;
    const path = this.#path.slice(values?.base ?? 0);
    const shaStyle = (): ShaStyle => (this.#sha ??= shaStyleIn(this.tree));
    if (!values) return { shaStyle };
    const schema = (key: string, text: string): SchemaVerdict => values.facts.schema(path, key, text);
    const elsewhere = (tagKey: string, nameKey: string): string | undefined =>
      values.facts.elsewhere(path, tagKey, nameKey);
    return {
      shaStyle,
      chart: values.facts.verdict(path),
      schema,
      elsewhere,
      bareDigests: () => values.facts.bareDigests(),
      shared: path.length === 1 && path[0] === "global",
    };
  }

  #digestRule(row: MappingRow): MappingRow["digest"] {
    return row.except?.path.some((pattern) => this.#matches(pattern)) === true
      ? row.except.digest
      : row.digest;
  }

  /** The keys of one arm that no row has read, and those that it merges in by `<<`. */
  #keys(group: readonly Entry[], read: ReadonlySet<string>): ReadonlyMap<string, MappingKey> {
    const keys = new Map<string, MappingKey>();
    for (const merge of group.filter((entry) => entry.key === "<<")) {
      // An earlier mapping of a list wins, so it comes last (YAML merge type).
      for (const source of [...this.#sources(merge.valueIndex)].reverse()) {
        for (const merged of this.#partsAt(this.#anchors.target(source))) {
          const key = this.#keyOf(merged);
          if (key.part && !read.has(merged.key))
            keys.set(merged.key, { ...key, part: { ...key.part, alias: true } });
        }
      }
    }
    for (const entry of group)
      if (!read.has(entry.key) && entry.key !== "<<") keys.set(entry.key, this.#keyOf(entry));
    return keys;
  }

  /** The keys of a merged mapping that a row could read; kept, for many mappings may merge one. */
  #partsAt(mapping: number): readonly Entry[] {
    const known = this.#merged.get(mapping);
    if (known) return known;
    const entries = isMapping(this.tree.events[mapping])
      ? entriesOf(this.tree, mapping).filter((entry) => this.#isMappingKey(entry.key))
      : [];
    const parts = [...new Map(entries.map((entry) => [entry.key, entry])).values()];
    this.#merged.set(mapping, parts);
    return parts;
  }

  /** Keys of one arm stand together; in a file that is no template, all do. */
  #byArm(entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> {
    if (!this.reading.template) return new Map([["", entries]]);
    const groups = new Map<string, Entry[]>();
    for (const entry of entries) {
      const event = this.tree.events[entry.keyIndex];
      const arms = event?.type === EVENT_ID.SCALAR ? this.reading.armsAt(event.valueStart) : [];
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
    if (event?.type === EVENT_ID.SCALAR && event.valueStart >= 0) {
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
    return part && touchesAction(this.reading, part.range)
      ? { ...part, value: this.reading.text.slice(...part.valueRange).trim() }
      : part;
  }

  /** A field with what its place adds: a cluster wrote it, or an edit there would not be an edit of the file. */
  #placed(field: ImageField): ImageField {
    const placed = this.#generated(field, this.#path);
    if (this.embedded !== "read-only" || placed.slot.kind === "none") return placed;
    return {
      ...placed,
      slot: {
        kind: "none",
        reason: "embedded",
        message: "it stands in a string whose text is not the file's; pin it by hand",
      },
    };
  }

  #generated(field: ImageField, path: readonly Segment[]): ImageField {
    if (this.#at.kind !== "manifest") return field;
    const below = path.slice(this.#at.base);
    return GENERATED_PATHS.some((pattern) => matchesPath(below, pattern))
      ? { ...field, generated: true }
      : field;
  }

  #matches(pattern: readonly string[]): boolean {
    return matchesPath(this.#at.base === 0 ? this.#path : this.#path.slice(this.#at.base), pattern);
  }

  #holds(where: Where): boolean {
    const { kind, group, resource } = this.#at;
    if (where.documents && !where.documents.includes(kind)) return false;
    if (where.group !== undefined && where.group !== group) return false;
    if (where.kinds && !where.kinds.includes(resource)) return false;
    if (where.path && !where.path.some((pattern) => this.#matches(pattern))) return false;
    return where.not?.some((pattern) => this.#matches(pattern)) !== true;
  }
}

function groupOf(top: TopLevel): string {
  const apiVersion = top.text("apiVersion");
  if (!top.has("apiVersion")) return GROUP_OF_KIND.get(top.text("kind")) ?? "";
  return apiVersion.includes("/") ? (apiVersion.split("/", 1)[0] ?? "") : "";
}

/** Where a value would begin that is not written. */
function behindColon(tree: Tree, entry: Entry): number {
  const key = tree.events[entry.keyIndex];
  if (key?.type !== EVENT_ID.SCALAR) return 0;
  const [, end] = scalarRange(key);
  return tree.source.indexOf(":", end) + 1;
}

/** In which arms of a mapping each key stands. */
function armsOfKeys(groups: ReadonlyMap<string, readonly Entry[]>): ReadonlyMap<string, ReadonlySet<string>> {
  const arms = new Map<string, Set<string>>();
  if (groups.size < 2) return arms;
  for (const [arm, group] of groups) {
    for (const { key } of group) {
      const found = arms.get(key);
      if (found) found.add(arm);
      else arms.set(key, new Set([arm]));
    }
  }
  return arms;
}

function isElsewhere(arms: ReadonlySet<string> | undefined, arm: string): boolean {
  return arms !== undefined && arms.size > (arms.has(arm) ? 1 : 0);
}
