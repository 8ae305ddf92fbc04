// Makes docs/images/terminal.svg: lint, fix and diff of an example in a terminal, as they are printed.
//
// npm run build && node scripts/terminal-picture.mjs
//
// With `--check`, it only compares. tests/docs/picture.test.ts does, so that the picture cannot grow old.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startRegistry } from "./loopback-registry.mjs";
import { terminalPicture } from "./terminal-svg.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const picture = join(root, "docs/images/terminal.svg");
const EXAMPLE = "examples/recipes/components/cert-manager/values.yaml";
const FILE = "cert-manager/values.yaml";

const work = mkdtempSync(join(tmpdir(), "container-images-terminal-"));
const registry = await startRegistry();
try {
  prepare();
  const svg = terminalPicture([
    { command: `npx eslint ${FILE}`, output: eslint() },
    { command: `npx eslint --fix ${FILE}`, output: eslint("--fix") },
    { command: "git diff --unified=1", output: git("diff", "--unified=1", "--color=always") },
  ]);
  if (!process.argv.includes("--check")) writeFileSync(picture, svg);
  else if (readFileSync(picture, "utf8") !== svg) {
    console.error("docs/images/terminal.svg is not what is printed; run `node scripts/terminal-picture.mjs`");
    process.exitCode = 1;
  }
} finally {
  await registry.stop();
  rmSync(work, { recursive: true, force: true });
}

function prepare() {
  mkdirSync(join(work, "cert-manager"));
  cpSync(join(root, EXAMPLE), join(work, FILE));
  writeFileSync(join(work, "package.json"), '{ "type": "module", "private": true }\n');
  mkdirSync(join(work, "node_modules"));
  symlinkSync(root, join(work, "node_modules/eslint-plugin-container-images"), "junction");
  const settings = {
    cacheDirectory: join(work, ".cache"),
    charts: [{ files: FILE, chart: "jetstack/cert-manager" }],
  };
  writeFileSync(
    join(work, "eslint.config.js"),
    `import containerImages from "eslint-plugin-container-images";
export default [
  ...containerImages.configs.recommended,
  { settings: { "container-images": ${JSON.stringify(settings)} } },
];
`,
  );
  // Stands in for quay.io, and the messages name quay.io.
  writeFileSync(
    join(work, "registries.conf"),
    '[[registry]]\nlocation = "quay.io"\n' +
      `[[registry.mirror]]\nlocation = "${registry.host}"\ninsecure = true\n`,
  );
  git("init", "--quiet");
  git("add", FILE);
}

/** ESLint in colours, away from the user's own settings. */
function eslint(...flags) {
  const env = {
    ...process.env,
    CONTAINERS_REGISTRIES_CONF: join(work, "registries.conf"),
    FORCE_COLOR: "1",
    NO_PROXY: "127.0.0.1",
    no_proxy: "127.0.0.1",
  };
  delete env.CONTAINER_IMAGES_RESOLVE;
  delete env.NO_COLOR;
  const program = join(root, "node_modules/eslint/bin/eslint.js");
  const options = { cwd: work, env, encoding: "utf8" };
  const { stdout, stderr } = spawnSync(process.execPath, [program, "--color", ...flags, FILE], options);
  return `${stdout}${stderr}`.replaceAll(`${work}/`, "");
}

function git(...args) {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
  return execFileSync("git", args, { cwd: work, env, encoding: "utf8" });
}
