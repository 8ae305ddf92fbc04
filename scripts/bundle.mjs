// Bundles the modules in `build/`, which tsc wrote, into the few files of `dist/`, which are published: a
// lint loads six files instead of a hundred. Packages are not bundled. Code that several entries use is in
// one chunk, never in two.
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

/** What ESLint loads, the command, and the threads. `package.json` names each of them. */
const ENTRIES = [
  "lib/index",
  "lib/cli/main",
  "lib/cli/read-ahead",
  "lib/digests/worker",
  "lib/digests/background-worker",
];

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
  // Small modules that every lint needs would be a file each, for each entry uses others of them.
  codeSplitting: {
    groups: [
      { name: "digests", test: /\/(?:settings\/network|digests\/(?:resolve-settings|leftovers|key))\.js$/ },
    ],
  },
});
await bundle.close();

// Removes files of earlier builds.
const written = new Set(output.map(({ fileName }) => fileName));
const files = readdirSync(dist, { recursive: true }).map((file) => file.split(sep).join("/"));
for (const file of files.filter((each) => each.endsWith(".js") && !written.has(each)))
  rmSync(join(dist, file));

// For configurations in CommonJS, which get the plugin itself and not a module with a `default`.
writeFileSync(
  join(dist, "lib/index.cjs"),
  '"use strict";\nmodule.exports = require("./index.js").default;\n',
);
writeFileSync(
  join(dist, "lib/index.d.cts"),
  'type Module = typeof import("./index.js", { with: { "resolution-mode": "import" } });\n' +
    'declare const plugin: Module["default"];\n' +
    "export = plugin;\n",
);

// Which modules each file holds, for the tests.
const held = output.map(({ fileName, moduleIds }) => [
  fileName,
  moduleIds.map((id) => relative(root, id).split(sep).join("/")),
]);
writeFileSync(join(root, "build/bundle.json"), `${JSON.stringify(Object.fromEntries(held), undefined, 2)}\n`);
