// Anchors and aliases of one tree: what an alias stands for, and whether one edit is right for all users.
import { EVENT_ID } from "js-yaml";
import { formatReference } from "../reference/reference.js";
import { aliasTargets } from "../yaml/alias-targets.js";
import { scalarRange } from "../yaml/scalar.js";
import type { Range, Tree } from "../yaml/reading.js";
import type { ImageField } from "./field.js";

const SHARED = {
  reason: "anchor-shared",
  message: "its anchor is used elsewhere too; write a digest at each image",
} as const;

/**
 * The anchors of one tree. A name means the nearest definition before the alias, within its document (YAML
 * 1.2.2, 7.1).
 */
export class Anchors {
  /** Alias → the event that its name was given to. */
  readonly #targets: ReadonlyMap<number, number>;
  /** Where an aliased scalar begins → how many aliases stand for it. */
  readonly #uses = new Map<number, number>();
  readonly #made = new Set<number>();
  /** Where an aliased scalar begins that is a key itself. */
  readonly #keys = new Set<number>();

  /** @param tree the tree; its events are looked at once */
  constructor(tree: Tree) {
    this.#targets = aliasTargets(tree);
    for (const target of this.#targets.values()) {
      const scalar = tree.events[target];
      if (scalar?.type === EVENT_ID.SCALAR) {
        const [start, end] = scalarRange(scalar);
        this.#uses.set(start, (this.#uses.get(start) ?? 0) + 1);
        if (isKey(tree.source, end)) this.#keys.add(start);
      }
    }
  }

  /** Whether the tree has an alias of something in it. */
  get hasAliases(): boolean {
    return this.#targets.size > 0;
  }

  /** The event that an alias stands for; any other event itself. */
  target(index: number): number {
    return this.#targets.get(index) ?? index;
  }

  /**
   * Whether the scalar at an event made a field already: an aliased whole image is one field, at its anchor.
   */
  isMade(index: number): boolean {
    return this.#made.has(index);
  }

  /** Remembers that the scalar at an event made a field. */
  made(index: number): void {
    this.#made.add(index);
  }

  /**
   * Puts in doubt each field whose edit would change an anchor that something else uses.
   *
   * @param fields all fields of the tree
   * @returns the same fields in the same order
   */
  settle(fields: readonly ImageField[]): readonly ImageField[] {
    if (this.#targets.size === 0) return fields;
    const users = new Map<number, ImageField[]>();
    for (const field of fields) {
      for (const part of Object.values(field.parts)) {
        const others = users.get(part.range[0]);
        if (others) others.push(field);
        else users.set(part.range[0], [field]);
      }
    }
    const verdicts = new Map<number, boolean>();
    const differs = ([start]: Range): boolean => {
      const known = verdicts.get(start) ?? this.#differs(start, users.get(start) ?? []);
      verdicts.set(start, known);
      return known;
    };
    const isShared = (field: ImageField): boolean =>
      Object.values(field.parts).some(({ range }) => this.#keys.has(range[0])) ||
      (field.slot.kind !== "inline" && changedRanges(field).some(differs));
    return fields.map((field) => (isShared(field) ? { ...field, doubt: SHARED } : field));
  }

  #differs(start: number, users: readonly ImageField[]): boolean {
    const [first] = users;
    const aliases = this.#uses.get(start) ?? 0;
    const through = users.filter((field) =>
      Object.values(field.parts).some((part) => part.range[0] === start && part.alias),
    ).length;
    return through < aliases || users.some((field) => nameOf(field) !== (first && nameOf(first)));
  }
}

/** Whether the scalar that ends at an offset is the key of an entry. */
function isKey(source: string, end: number): boolean {
  let at = end;
  while (source[at] === " " || source[at] === "\t") at++;
  return source[at] === ":";
}

function nameOf({ reference }: ImageField): string {
  return reference ? formatReference(reference) : "";
}

function changedRanges(field: ImageField): readonly Range[] {
  if (field.slot.kind === "key") return [field.slot.range];
  return field.slot.kind === "tag" && field.parts.tag ? [field.parts.tag.range] : [];
}
