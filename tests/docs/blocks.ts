// Takes the pages of the docs apart: every block of code with its language, its section and the file in it.
import { readdirSync, readFileSync } from "node:fs";
import { sep } from "node:path";
import { fileURLToPath } from "node:url";

const root = new URL("../../", import.meta.url);

export interface Block {
  readonly page: string;
  /** The heading above it. */
  readonly section: string;
  /** Where it opens, from 1. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
  /** The file that it shows: in backticks on the line above it, or in a comment as its first line. */
  readonly file: string | undefined;
}

/** A comment in a first line that is the path of a file. */
const COMMENT = /^(?:#|\/\/) ([\w./-]+\.[a-z]+)\n/;

/** Every page that is written for people. */
export function pages(): readonly string[] {
  const files = (folder: string): readonly string[] =>
    readdirSync(fileURLToPath(new URL(folder, root)), { recursive: folder !== ".", encoding: "utf8" })
      .filter((file) => file.endsWith(".md"))
      .map((file) => (folder === "." ? file : `${folder}/${file.split(sep).join("/")}`));
  return [...files("."), ...files("docs"), ...files("examples")].sort();
}

/** The blocks of code of a page, in their order; those within a list without its indentation. */
export function blocksIn(page: string): readonly Block[] {
  const blocks: Block[] = [];
  let section = "";
  let above = "";
  let open: { readonly indent: string; readonly language: string; readonly line: number } | undefined;
  let inside: string[] = [];
  for (const [index, line] of readFileSync(new URL(page, root), "utf8").split("\n").entries()) {
    const [, indent = "", language = ""] = /^( *)```(\w*)/.exec(line) ?? [];
    if (open) {
      if (line.trim() !== "```") inside.push(line.slice(open.indent.length));
      else {
        const text = `${inside.join("\n")}\n`;
        const file = /^ *`([\w./-]+)`:$/.exec(above)?.[1] ?? COMMENT.exec(text)?.[1];
        blocks.push({ page, section, line: open.line, language: open.language, text, file });
        open = undefined;
        above = "";
      }
    } else if (/^ *```/.test(line)) {
      open = { indent, language, line: index + 1 };
      inside = [];
    } else {
      section = /^#+ (.+)$/.exec(line)?.[1] ?? section;
      if (line.trim() !== "") above = line;
    }
  }
  return blocks;
}

/** Whether a block holds commands to paste. */
export function isCommands({ language }: Block): boolean {
  return language === "sh" || language === "console" || language === "bash" || language === "shell";
}

interface Shown {
  readonly command: string;
  /** What the page shows below the command; `undefined` where it shows no output. */
  readonly output: string | undefined;
}

/** The commands of a block: those of `console` with what they print, the others as one script. */
export function shownIn({ language, text }: Block): readonly Shown[] {
  if (language !== "console") return [{ command: text, output: undefined }];
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [, command = "", output = ""] = /^((?:.*\\\n)*.*\n)([\s\S]*)$/.exec(part) ?? [];
      return { command, output };
    });
}

/** A pattern for the output that a page shows: `…` stands for what it leaves out, alone for whole lines. */
export function patternOf(shown: string): RegExp {
  const parts = shown
    .trim()
    .split("\n")
    .map((line) =>
      line.trim() === "…"
        ? "(?:.*\\n)*?"
        : `${line
            .trimEnd()
            .split("…")
            .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
            .join(".*?")} *\\n`,
    );
  return new RegExp(`^${parts.join("")}$`);
}
