// Writes the bill of materials as Markdown: a table for each folder, and lists of the fields that name no
// image.
import { displayText } from "../reference/display.js";
import { formatReference } from "../reference/reference.js";
import { isNamed, type Entry, type Named } from "./entry.js";

/** The fields that are not in a table, and the title of each list. */
const OTHERS = {
  invalid: "Invalid: no image reference",
  incomplete: "Incomplete: a chart or operator fills in the rest",
  templated: "Templated: a template fills in a part",
  nameless: "Pinned, without a repository",
} as const;

/**
 * Writes the bill of materials as Markdown.
 *
 * @param entries every image field, by file and line
 * @returns a document: counts, a table for each folder, and lists of the fields that do not name exactly one
 *   image
 */
export function toMarkdown(entries: readonly Entry[]): string {
  const named = entries.filter(isNamed);
  const pinned = named.filter(({ state }) => state === "pinned").length;
  const others = Object.entries(OTHERS).map(([kind, title]) => ({
    title,
    entries: entries.filter((entry) => !isNamed(entry) && kindOf(entry) === kind),
  }));
  const counts = others
    .filter(({ entries: each }) => each.length > 0)
    .map(({ title, entries: each }) => `- ${title}: ${String(each.length)}`);
  const folders = new Map<string, Named[]>();
  for (const entry of named) {
    const folder = folders.get(folderOf(entry.file)) ?? [];
    folder.push(entry);
    folders.set(folderOf(entry.file), folder);
  }
  const sections = [...folders]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([folder, rows]) => `## ${code(folder)}\n\n${table(rows)}`);
  const lists = others
    .filter(({ entries: each }) => each.length > 0)
    .map(({ title, entries: each }) => `## ${title}\n\n${each.map(item).join("\n")}`);
  const images = new Set(named.map(({ reference }) => formatReference(reference))).size;
  const places = `${String(named.length)} places, ${String(pinned)} of them pinned by digest`;
  const head = [`# Container images\n\n- Images: ${String(images)}, at ${places}`, ...counts].join("\n");
  return `${[head, ...sections, ...lists].join("\n\n")}\n`;
}

function table(rows: readonly Named[]): string {
  const lines = rows.map(({ reference: { domain, repository, tag, digest }, state, exempt, file, line }) => {
    const pin = exempt === undefined ? state : `${state}, exempt: ${exempt}`;
    return [
      code(`${domain}/${repository}`),
      code(tag ?? ""),
      digest === undefined ? prose(pin) : code(digest),
      cellCode(`${baseOf(file)}:${String(line)}`),
    ];
  });
  return [["Image", "Tag", "Digest", "Where"], ["---", "---", "---", "---"], ...lines]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

function item({ file, line, written, exempt }: Entry): string {
  const why = exempt === undefined ? "" : ` (exempt: ${prose(exempt)})`;
  return `- ${code(`${file}:${String(line)}`)}: ${code(written)}${why}`;
}

function kindOf({ state }: Entry): keyof typeof OTHERS {
  return state === "invalid" || state === "incomplete" || state === "templated" ? state : "nameless";
}

function folderOf(file: string): string {
  const slash = file.lastIndexOf("/");
  return slash < 0 ? "." : file.slice(0, slash);
}

function baseOf(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1);
}

/** Untrusted text as code in a table. A `|` would end the cell. */
function cellCode(text: string): string {
  return code(text).replaceAll("|", "\\|");
}

/** Untrusted text as code, in which nothing is read as Markdown. */
function code(text: string): string {
  const shown = displayText(text, 300);
  const fence = "`".repeat(Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  return shown === "" ? "" : fence.length > 1 ? `${fence} ${shown} ${fence}` : `${fence}${shown}${fence}`;
}

/** Untrusted text as prose, with all Markdown escaped. */
function prose(text: string): string {
  return displayText(text, 300).replaceAll(/[\\`*_{}[\]<>|#!~]/g, "\\$&");
}
