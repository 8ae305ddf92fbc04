// Every command that a page shows is run, in a project of its own, and prints what the page says it prints.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startRegistry, type ScriptedRegistry } from "../support/registry.js";
import { blocksIn, isCommands, pages, patternOf, shownIn, type Block } from "./blocks.js";
import { BASIC, withSnippets } from "./configuration.js";
import { NOT_RUN, PROJECTS, type PageProject } from "./page-projects.js";
import { docsProject, prepareModules, type DocsProject, type Modules } from "./project.js";

let modules: Modules;
let registry: ScriptedRegistry;
beforeAll(async () => {
  modules = prepareModules();
  registry = await startRegistry();
});
afterAll(async () => {
  await registry.stop();
  modules.remove();
});

/** On a terminal, this is a bar that goes away. */
const PROGRESS = /^looking (?:up|at charts) \(\d+\)\n/gm;

/** Why a block is not run, where the list says so. */
function reasonFor({ page, text }: Block): string | undefined {
  return NOT_RUN.find((row) => row.page === page && text.startsWith(row.begins))?.reason;
}

/** Runs one block of commands, and compares what they print and which of them fail. */
async function runBlock(project: DocsProject, block: Block, findings: readonly string[]): Promise<void> {
  for (const { command, output } of shownIn(block)) {
    const ran = await project.run(command);
    const where = `${block.page}:${String(block.line)}: ${command}${ran.output}`;
    if (output === undefined) {
      expect(ran.failed, where).toEqual(
        findings.filter((line) => command.includes(line.slice("1: ".length))),
      );
    } else {
      // What it prints says what it found.
      expect(
        ran.failed.filter((line) => !line.startsWith("1: npx ")),
        where,
      ).toEqual([]);
      expect(`${ran.output.replace(PROGRESS, "").trim()}\n`, where).toMatch(patternOf(output));
    }
  }
}

/** The block as it is in a test: what it names outside the project is inside the test's own folder. */
function inside(block: Block, { instead = {} }: PageProject): Block {
  return {
    ...block,
    text: Object.entries(instead).reduce((text, [from, to]) => text.replaceAll(from, to), block.text),
  };
}

/** Walks through blocks as a reader does: writes the files that they show, and runs the commands. */
async function follow(onPage: readonly Block[], page: PageProject): Promise<void> {
  const blocks = onPage.map((block) => inside(block, page));
  const shown = blocks.flatMap((block) => {
    const { file, text } = block;
    return file === undefined || isCommands(block) ? [] : [{ file, text }];
  });
  const first = Object.fromEntries([...shown].reverse().map(({ file, text }) => [file, text]));
  const files = {
    "package.json": '{ "private": true }\n',
    "eslint.config.mjs": BASIC,
    ...first,
    ...page.files,
  };
  const project = docsProject(modules, registry.host, files);
  try {
    const snippets: string[] = [];
    for (const block of blocks) {
      const { file } = block;
      if (isCommands(block)) {
        if (reasonFor(block) === undefined) await runBlock(project, block, page.findings ?? []);
      } else if (file !== undefined) {
        if (block.text !== first[file]) project.write(file, block.text);
      } else if (block.language === "js") {
        snippets.push(block.text);
        for (const [path, text] of Object.entries(withSnippets(snippets))) project.write(path, text);
      }
    }
  } finally {
    project.remove();
  }
}

const all = pages().map((page) => ({ page, blocks: blocksIn(page) }));

/** The blocks that share a project: those of a page, or of each of its sections. */
function parts(): readonly {
  readonly name: string;
  readonly blocks: readonly Block[];
  readonly project: PageProject;
}[] {
  const each = all.flatMap(({ page, blocks }) => {
    const project = PROJECTS[page] ?? {};
    if (!project.sections) return [{ name: page, blocks, project }];
    return [...new Set(blocks.map(({ section }) => section))].map((section) => ({
      name: `${page}, ${section}`,
      blocks: blocks.filter((block) => block.section === section),
      project,
    }));
  });
  return each.filter(({ blocks }) =>
    blocks.some((block) => isCommands(block) && reasonFor(block) === undefined),
  );
}

describe("the commands of a page do what it says", () => {
  it.concurrent.each(parts())("$name", async ({ blocks, project }) => {
    await follow(blocks, project);
  });
});

describe("the lists of the tests", () => {
  const commands = all.flatMap(({ blocks }) => blocks.filter(isCommands));

  it("name only blocks that are there, each once", () => {
    const found = NOT_RUN.map((row) =>
      commands.filter(({ page, text }) => page === row.page && text.startsWith(row.begins)),
    );
    expect(found.map((blocks) => blocks.length)).toEqual(NOT_RUN.map(() => 1));
  });

  it("miss no command because of the block's language", () => {
    const others = all.flatMap(({ blocks }) => blocks.filter((block) => !isCommands(block)));
    expect(others.filter(({ text }) => /^(?:\$ |npx |npm |make )/m.test(text))).toEqual([]);
  });

  it("name only pages that have commands", () => {
    expect(Object.keys(PROJECTS).filter((name) => !commands.some(({ page }) => page === name))).toEqual([]);
  });

  it("leave out less than they run", () => {
    expect(NOT_RUN.length).toBeLessThan(commands.length / 2);
  });
});
