// Bundles `build/`, one file a module as tsc wrote it, into `dist/`, which is published: a lint starts with a
// handful of files instead of a hundred. Our own modules alone; what entries share stands in one chunk that
// each of them loads, never in two.
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

/** What is loaded from outside: by ESLint, as a command, as a thread. `package.json` names each. */
const ENTRIES = ["lib/index", "lib/cli/main", "lib/digests/worker", "lib/digests/background-worker"];

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");

const bundle = await rolldown({
  cwd: root,
  platform: "node",
  input: Object.fromEntries(ENTRIES.map((entry) => [entry, `build/${entry}.js`])),
  external: (id) => !/^(?:\.|build\/)/.test(id) && !id.startsWith(root),
  onLog(level, { message }) {
    throw new Error(`${level}: ${message}`);
  },
});
const { output } = await bundle.write({
  dir: dist,
  format: "esm",
  entryFileNames: "[name].js",
  chunkFileNames: "chunks/[name].js",
});
await bundle.close();

// What an older layout left, and chunks that are no more.
const written = new Set(output.map(({ fileName }) => fileName));
const files = readdirSync(dist, { recursive: true }).map((file) => file.split(sep).join("/"));
for (const file of files.filter((each) => each.endsWith(".js") && !written.has(each)))
  rmSync(join(dist, file));

// Which modules each file holds, for the tests.
const held = output.map(({ fileName, moduleIds }) => [
  fileName,
  moduleIds.map((id) => relative(root, id).split(sep).join("/")),
]);
writeFileSync(join(root, "build/bundle.json"), `${JSON.stringify(Object.fromEntries(held), undefined, 2)}\n`);
