// Reads which file imports which in `lib` and `rules`: the graph of files, the graph of rooms, their circles.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** The folders that hold the code of the plugin. */
const FOLDERS = ["lib", "rules"];

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/**
 * The module names that a TypeScript file imports: `import`, `import type`, `export … from`,
 * `import name = require("…")`, and `import("…")` as a call and as a type. A name that is no plain string, as
 * in `import(name)`, is left out.
 *
 * @param {string} text the text of the file
 * @returns {string[]} each name as it is written, in the order of the text
 */
export function moduleNames(text) {
  const names = [];
  const add = (node) => {
    if (node && ts.isStringLiteralLike(node)) names.push(node.text);
  };
  const visit = (node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node.moduleSpecifier);
    else if (ts.isExternalModuleReference(node)) add(node.expression);
    else if (ts.isImportTypeNode(node))
      add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0]);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("file.ts", text, ts.ScriptTarget.Latest));
  return names;
}

/**
 * The graph of files: for each TypeScript file below the folders, the files that it imports. No packages.
 *
 * @param {string} [root] the folder that holds the folders; by default this repository
 * @param {readonly string[]} [folders] the folders to read
 * @returns {Map<string, Set<string>>} paths below `root`, with `/`
 * @throws {Error} where an import names a file that is not there
 */
export function fileGraph(root = ROOT, folders = FOLDERS) {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts"))
      .map((path) => `${folder}/${path.split(sep).join("/")}`)
      .sort(),
  );
  return new Map(
    files.map((file) => {
      const names = moduleNames(readFileSync(join(root, file), "utf8")).filter((name) =>
        name.startsWith("."),
      );
      return [file, new Set(names.map((name) => fileOf(root, file, name)))];
    }),
  );
}

/** The file that a relative module name means: TypeScript writes `.js` where the file is `.ts`. */
function fileOf(root, importer, name) {
  const path = posix.join(dirname(importer), name);
  const found = [path.replace(/\.js$/, ".ts"), path.replace(/\.js$/, ".d.ts"), path].find((each) =>
    existsSync(join(root, each)),
  );
  if (found === undefined) throw new Error(`${importer} imports ${name}, which is not there`);
  return found;
}

/**
 * The room of a file: its folder in `lib`, `rules`, or the file itself where it lies directly in `lib`.
 *
 * @param {string} file a path as in {@link fileGraph}
 * @returns {string} `lib/yaml`, `rules`, `lib/exempt.ts`
 */
function roomOf(file) {
  const [folder, room] = file.split("/");
  return folder === "lib" ? `lib/${room}` : folder;
}

/**
 * The graph of rooms: for each room, the other rooms from which one of its files imports something.
 *
 * @param {ReadonlyMap<string, ReadonlySet<string>>} files the graph of files
 * @returns {Map<string, Set<string>>} see {@link roomOf} for the names
 */
export function roomGraph(files) {
  const rooms = new Map();
  for (const [file, imports] of files) {
    const room = roomOf(file);
    const others = rooms.get(room) ?? new Set();
    for (const imported of imports) if (roomOf(imported) !== room) others.add(roomOf(imported));
    rooms.set(room, others);
  }
  return rooms;
}

/**
 * The circles in a graph: for each node on a circle, the shortest circle through it, unless a circle that is
 * already in the list goes through it. The list is empty exactly where the graph has no circle.
 *
 * @param {ReadonlyMap<string, Iterable<string>>} graph for each node, the nodes that it leads to
 * @returns {string[][]} each circle from one node to the node that leads back to it
 */
export function circles(graph) {
  const found = [];
  const seen = new Set();
  for (const start of [...graph.keys()].sort()) {
    if (seen.has(start)) continue;
    const circle = shortestCircle(graph, start);
    if (circle === undefined) continue;
    found.push(circle);
    for (const node of circle) seen.add(node);
  }
  return found;
}

/** The shortest way from a node back to itself, breadth first. */
function shortestCircle(graph, start) {
  const before = new Map();
  const queue = [start];
  for (const node of queue) {
    for (const next of graph.get(node) ?? []) {
      if (next === start) {
        const way = [node];
        while (way[0] !== start) way.unshift(before.get(way[0]));
        return way;
      }
      if (before.has(next)) continue;
      before.set(next, node);
      queue.push(next);
    }
  }
  return undefined;
}
