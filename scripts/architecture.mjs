// Makes the picture and the table of docs/architecture.md from the imports of the code.
import { fileGraph, roomGraph } from "./imports.mjs";

/**
 * The generated part of the page: a picture in Mermaid, and a table with every import between rooms.
 *
 * @returns {string} Markdown
 */
export function architecture() {
  const rooms = roomGraph(fileGraph());
  const names = [...rooms.keys()].sort();
  const table = names.map((room) => [code(room), list(rooms.get(room)), list(importersOf(rooms, room))]);
  return [
    "```mermaid",
    "flowchart TD",
    ...names.map((room) => `  ${idOf(room)}["${room}"]`),
    ...names.flatMap((room) =>
      directImports(rooms, room).map((other) => `  ${idOf(room)} --> ${idOf(other)}`),
    ),
    "```",
    "",
    "| Room | Imports | Imported by |",
    "| --- | --- | --- |",
    ...table.map((cells) => `| ${cells.join(" | ")} |`),
  ].join("\n");
}

/**
 * The rooms that the code imports from.
 *
 * @returns {string[]} their names: `lib/yaml`, `lib/exempt.ts`, `rules`
 */
export function roomNames() {
  return [...roomGraph(fileGraph()).keys()];
}

const code = (text) => `\`${text}\``;
const list = (names) => [...names].sort().map(code).join(", ") || "–";
const idOf = (room) => room.replace(/\W/g, "_");
const importersOf = (rooms, room) => [...rooms.keys()].filter((each) => rooms.get(each).has(room));

/** The imports of a room that no other import of it reaches. With all of them, the picture is unreadable. */
function directImports(rooms, room) {
  const imports = [...rooms.get(room)].sort();
  return imports.filter((other) => !imports.some((each) => each !== other && reaches(rooms, each, other)));
}

function reaches(rooms, from, to) {
  const reached = new Set([from]);
  for (const room of reached) for (const next of rooms.get(room)) reached.add(next);
  return reached.has(to);
}
