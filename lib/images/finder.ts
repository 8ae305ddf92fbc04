// One walk over a tree's events: at each mapping and scalar of the vocabulary, the first row that fits makes a field.
import { EVENT_ID, SCALAR_STYLE } from "js-yaml";
import type { Settings } from "../settings.js";
import { scalarQuote, scalarRange } from "../yaml/scalar.js";
import type { Range, Reading, Tree } from "../yaml/reading.js";
import { outputAmongKeys, touchesAction } from "./actions.js";
import { Anchors } from "./anchors.js";
import { documentKind, type FileFacts } from "./document-kind.js";
import { embeddedIn } from "./embedded.js";
import type { ImageField, Part } from "./field.js";
import { IMAGE_KEY, MAPPING_KEYS, MAPPING_ROWS, SCALAR_ROWS, type DocumentKind, type MappingRow, type ScalarRow, type Where } from "./fields.js";
import { mappingField, type MappingKey } from "./mapping-field.js";
import { newKeyPlace } from "./new-key.js";
import { entriesOf, isAlias, isMapping, isSequence, itemsOf, partAt, type Entry } from "./node.js";
import { formatPath, matchesPath, type Segment } from "./path.js";
import { scalarField } from "./scalar-field.js";
import { topLevel } from "./top-level.js";

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
}

/** Where in a manifest the values of a chart stand (Flux HelmRelease; Argo CD Application). */
const EMBEDDED_VALUES: readonly { readonly resource: string; readonly path: readonly string[] }[] = [
  { resource: "HelmRelease", path: ["spec", "values"] },
  { resource: "Application", path: ["spec", "source", "helm", "valuesObject"] },
  { resource: "Application", path: ["spec", "sources", "#", "helm", "valuesObject"] },
  { resource: "Application", path: ["spec", "source", "helm", "values"] },
  { resource: "Application", path: ["spec", "sources", "#", "helm", "values"] },
  { resource: "ApplicationSet", path: ["**", "helm", "valuesObject"] },
  { resource: "ApplicationSet", path: ["**", "helm", "values"] },
];

/** Resources that name images they do not run: scanned, built or matched ones. */
const NOT_RUN: readonly { readonly group?: string; readonly kinds?: readonly string[] }[] = [
  { group: "image.toolkit.fluxcd.io" },
  { group: "skaffold" },
  { group: "kuik.enix.io" },
  { kinds: ["ImageStreamTag", "ImageStreamImport", "OCIRepository", "HelmRepository"] },
];

/** Below these a cluster or a tool writes, and nobody pins. */
const GENERATED_PATHS: readonly (readonly string[])[] = [
  ["status", "**"],
  ["metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration", "**"],
];

/** Mappings of these names hold a repository and a tag of something else. */
const NOT_IMAGE_MAPPINGS = /^(?:charts?|helm|git|gitRepository|source|release)$/;

/** All rows' keys in one pattern: asked of every key of every file. */
const SCALAR_KEYS = new RegExp(SCALAR_ROWS.filter((row) => row.key.source !== ".").map((row) => row.key.source).join("|"));

export class Finder {
  readonly #fields: ImageField[] = [];
  readonly #path: Segment[];
  readonly #anchors: Anchors;
  #at: Surroundings;

  /**
   * @param reading the file
   * @param tree one of its trees, or one that stands in a string of it
   * @param facts what the file's name says
   * @param settings the user's
   * @param outer of a tree in a string: the string's path, and what is known there
   */
  constructor(
    readonly reading: Reading,
    readonly tree: Tree,
    readonly facts: FileFacts,
    readonly settings: Settings,
    outer: readonly Segment[] = tree.path.map((segment) => (/^\d+$/.test(segment) ? Number(segment) : segment)),
    readonly embedded: "not" | "writable" | "read-only" = "not",
  ) {
    this.#path = [...outer];
    this.#anchors = new Anchors(tree);
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
    return { kind, group: groupOf(top.text("apiVersion")), resource: top.text("kind"), base, ...(globalRegistry === undefined ? {} : { globalRegistry }) };
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
    if (isMapping(event)) this.#visitMapping(index);
    else if (isSequence(event)) {
      for (const [position, item] of itemsOf(this.tree, index).entries()) {
        this.#path.push(position);
        if (this.tree.events[item]?.type === EVENT_ID.SCALAR) this.#visitItem(item);
        else this.#visit(item);
        this.#path.pop();
      }
    }
  }

  /** A list of references (GitLab's `services`), or of texts that hold YAML (kustomize's patches). */
  #visitItem(index: number): void {
    const key = this.#path.at(-2);
    if (typeof key === "string") this.#scalar(key, index, []);
    this.#visitText(index);
  }

  #visitMapping(index: number): void {
    const entries = entriesOf(this.tree, index);
    const outer = this.#at;
    if (this.#path.length > outer.base) this.#enterResource(index, entries);
    if (NOT_RUN.some((row) => (row.group === undefined || row.group === this.#at.group) && (row.kinds?.includes(this.#at.resource) ?? true))) {
      this.#at = outer;
      return;
    }
    const taken = entries.some((entry) => MAPPING_KEYS.has(entry.key)) ? this.#mapping(index, entries) : undefined;
    for (const entry of entries) {
      const event = this.tree.events[entry.valueIndex];
      if (!event) continue;
      this.#path.push(entry.key);
      if (event.type === EVENT_ID.SCALAR || isAlias(event)) {
        if (taken?.has(entry.keyIndex) !== true) this.#scalar(entry.key, entry.valueIndex, entries);
        this.#visitText(entry.valueIndex);
      } else this.#visitChild(entry.valueIndex);
      this.#path.pop();
    }
    this.#at = outer;
  }

  /** An item of a `List`, or a resource that another one embeds. */
  #enterResource(index: number, entries: readonly Entry[]): void {
    if (this.#at.kind !== "manifest" || !entries.some(({ key }) => key === "apiVersion") || !entries.some(({ key }) => key === "kind")) return;
    const top = topLevel(this.reading, this.tree, index);
    this.#at = { kind: "manifest", group: groupOf(top.text("apiVersion")), resource: top.text("kind"), base: this.#path.length };
  }

  #visitChild(index: number): void {
    const outer = this.#at;
    if (this.#isValues()) this.#at = { ...outer, kind: "values" };
    this.#visit(index);
    this.#at = outer;
  }

  #isValues(): boolean {
    const { resource, kind } = this.#at;
    return kind === "manifest" && EMBEDDED_VALUES.some((row) => row.resource === resource && this.#matches(row.path));
  }

  /** YAML or JSON in a string. */
  #visitText(index: number): void {
    const event = this.tree.events[index];
    if (this.embedded !== "not" || event?.type !== EVENT_ID.SCALAR) return;
    if (event.style !== SCALAR_STYLE.LITERAL_BLOCK && !/^[{[]/.test(this.tree.source.slice(event.valueStart, event.valueStart + 1))) return;
    const name = String(this.#path.at(-1) ?? "");
    const otherwise: DocumentKind = this.#isValues() || /values[^/]*\.ya?ml$/.test(name) ? "values" : "other";
    for (const { tree, writable } of embeddedIn(this.reading, this.tree, index)) {
      const finder = new Finder(this.reading, tree, { otherwise }, this.settings, this.#path, writable ? "writable" : "read-only");
      this.#fields.push(...finder.run().map((field) => this.#generated(field, this.#path)));
    }
  }

  #scalar(key: string, index: number, siblings: readonly Entry[]): void {
    const inImages = this.#at.kind === "values" && (this.#path.at(-2) === "images" || key === "images");
    if (!inImages && !SCALAR_KEYS.test(key)) return;
    const row = SCALAR_ROWS.find((candidate) => candidate.key.test(key) && this.#holds(candidate.where) && this.#stands(candidate, siblings));
    if (!row || (row.unless !== undefined && siblings.some((entry) => entry.key === row.unless))) return;
    const target = this.#anchors.target(index);
    const part = this.#part(target);
    if (!part || !this.#anchors.firstVisit(target)) return;
    const touched = touchesAction(this.reading, part.range);
    const field = scalarField(part, row, { field: formatPath(this.#path), touched, pullPolicy: this.#pullPolicy(siblings), settings: this.settings });
    if (field) this.#fields.push(this.#placed(field));
  }

  #stands(row: ScalarRow, siblings: readonly Entry[]): boolean {
    const { beside } = row;
    if (!beside) return true;
    const entry = siblings.find(({ key }) => key === beside.key);
    const part = entry && partAt(this.tree, entry.valueIndex);
    return part !== undefined && beside.text.test(part.value);
  }

  #pullPolicy(siblings: readonly Entry[]): string | undefined {
    const entry = siblings.find(({ key }) => key === "imagePullPolicy" || key === "pullPolicy" || key === "pull_policy");
    return entry && partAt(this.tree, entry.valueIndex)?.value;
  }

  /** @returns the indices of the keys that some row took */
  #mapping(index: number, entries: readonly Entry[]): ReadonlySet<number> {
    const taken = new Set<number>();
    const name = this.#path.at(-1);
    const named = typeof name === "string" && IMAGE_KEY.test(name) && !name.startsWith("default");
    const atImageKey = named || this.#path.at(-2) === "images";
    if (!atImageKey && typeof name === "string" && NOT_IMAGE_MAPPINGS.test(name)) return taken;
    const groups = this.#byArm(entries);
    for (const [arm, group] of groups) {
      const read = new Set<string>();
      for (const row of MAPPING_ROWS) {
        if (!this.#holds(row.where)) continue;
        const keys = this.#keys(group, read);
        const digestElsewhere = [...groups].some(([other, its]) => other !== arm && its.some((entry) => row.keys.digest?.includes(entry.key) === true));
        const match = mappingField(keys, row, {
          field: formatPath(this.#path),
          atImageKey,
          digest: this.#digestRule(row),
          touches: (part) => touchesAction(this.reading, part.range),
          opaque: outputAmongKeys(this.reading, this.tree, index),
          digestElsewhere,
          newKey: (after, key) => newKeyPlace(this.reading, this.tree, index, group.filter((entry) => after.includes(entry.key)), key),
          settings: this.settings,
          ...(this.#at.globalRegistry === undefined ? {} : { globalRegistry: this.#at.globalRegistry }),
        });
        if (!match) continue;
        for (const key of match.keys) read.add(key);
        for (const entry of group) if (match.keys.includes(entry.key)) taken.add(entry.keyIndex);
        this.#fields.push(this.#placed(match.field));
      }
    }
    return taken;
  }

  #digestRule(row: MappingRow): MappingRow["digest"] {
    return row.except?.path.some((pattern) => this.#matches(pattern)) === true ? row.except.digest : row.digest;
  }

  /** The keys of one arm that no row has read, and those that it merges in by `<<`. */
  #keys(group: readonly Entry[], read: ReadonlySet<string>): ReadonlyMap<string, MappingKey> {
    const keys = new Map<string, MappingKey>();
    for (const merged of group.filter((entry) => entry.key === "<<").flatMap((entry) => this.#merged(entry.valueIndex))) {
      const key = this.#keyOf(merged);
      if (key.part && !read.has(merged.key)) keys.set(merged.key, { ...key, part: { ...key.part, alias: true } });
    }
    for (const entry of group) if (!read.has(entry.key) && entry.key !== "<<") keys.set(entry.key, this.#keyOf(entry));
    return keys;
  }

  /** The entries that a merge key brings in; an earlier mapping of a list wins, so it comes last (YAML merge type). */
  #merged(index: number): readonly Entry[] {
    const sources = isSequence(this.tree.events[index]) ? itemsOf(this.tree, index).reverse() : [index];
    return sources.map((source) => this.#anchors.target(source)).flatMap((target) => (isMapping(this.tree.events[target]) ? entriesOf(this.tree, target) : []));
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
    return part && touchesAction(this.reading, part.range) ? { ...part, value: this.reading.text.slice(...part.valueRange).trim() } : part;
  }

  /** A field with what its place adds: a cluster wrote it, or an edit there would not be an edit of the file. */
  #placed(field: ImageField): ImageField {
    const placed = this.#generated(field, this.#path);
    if (this.embedded !== "read-only" || placed.slot.kind === "none") return placed;
    return { ...placed, slot: { kind: "none", reason: "embedded", message: "it stands in a string whose text is not the file's; pin it by hand" } };
  }

  #generated(field: ImageField, path: readonly Segment[]): ImageField {
    if (this.#at.kind !== "manifest") return field;
    const below = path.slice(this.#at.base);
    return GENERATED_PATHS.some((pattern) => matchesPath(below, pattern)) ? { ...field, generated: true } : field;
  }

  #matches(pattern: readonly string[]): boolean {
    return matchesPath(this.#at.base === 0 ? this.#path : this.#path.slice(this.#at.base), pattern);
  }

  #holds(where: Where): boolean {
    const { kind, group, resource } = this.#at;
    if (where.documents && !where.documents.includes(kind)) return false;
    if (where.group !== undefined && where.group !== group) return false;
    if (where.kinds && !where.kinds.includes(resource)) return false;
    return !where.path || where.path.some((pattern) => this.#matches(pattern));
  }
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? (apiVersion.split("/", 1)[0] ?? "") : "";
}

/** Where a value would begin that is not written. */
function behindColon(tree: Tree, entry: Entry): number {
  const key = tree.events[entry.keyIndex];
  if (key?.type !== EVENT_ID.SCALAR) return 0;
  const [, end] = scalarRange(key);
  return tree.source.indexOf(":", end) + 1;
}
