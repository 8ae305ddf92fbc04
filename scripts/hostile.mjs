// Tries hostile files of 10 MB: how long `eslint`, `list` and `pin` take for each, and how much memory.
// `node scripts/hostile.mjs [--size BYTES] [--only PART-OF-NAME] [--commands eslint,list,pin] [--wide]
// [--cpu]`. It needs a build. `--wide` ends each file with a character that makes V8 keep two bytes for each
// of the others: no search in such a text is free. `--cpu` counts CPU time, for a machine that does other
// things too.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { hostileFiles } from "./hostile/files.mjs";

const { values } = parseArgs({
  options: {
    size: { type: "string", default: "10000000" },
    only: { type: "string", default: "" },
    commands: { type: "string", default: "eslint,list,pin" },
    seconds: { type: "string", default: "2" },
    megabytes: { type: "string", default: "300" },
    limit: { type: "string", default: "60" },
    wide: { type: "boolean", default: false },
    cpu: { type: "boolean", default: false },
  },
});
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "hostile-"));
const cli = join(root, "dist/lib/cli/main.js");
const PROGRAMS = {
  eslint: [join(root, "node_modules/eslint/bin/eslint.js"), "file.yaml"],
  list: [cli, "list", "--format", "json", "file.yaml"],
  pin: [cli, "pin", "file.yaml"],
};

/** Runs a command; resolves with its time, its memory and how it ended. */
function measure(args) {
  const peak = join(folder, "peak");
  rmSync(peak, { force: true });
  const env = {
    ...process.env,
    PEAK_FILE: peak,
    XDG_CACHE_HOME: join(folder, "cache"),
    CONTAINER_IMAGES_RESOLVE: "cache",
  };
  const begin = performance.now();
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      ["--import", new URL("hostile/peak.mjs", import.meta.url).href, ...args],
      { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] },
    );
    let out = 0;
    let said = "";
    child.stdout.on("data", (chunk) => (out += chunk.length));
    child.stderr.on("data", (chunk) => (said = (said + chunk).slice(0, 200)));
    const timer = setTimeout(() => child.kill("SIGKILL"), Number(values.limit) * 1000);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      let [memory, cpu] = [NaN, NaN];
      try {
        [memory, cpu] = readFileSync(peak, "utf8").split(" ").map(Number);
      } catch {
        // It was killed.
      }
      const seconds = (values.cpu ? cpu : performance.now() - begin) / 1000;
      resolve({ seconds, memory: memory / 1024, code: code ?? signal, out, said });
    });
  });
}

/** Fills the cache with the one image that the files hold, so that `pin` has something to write. */
async function fillCache() {
  const built = (path) => import(new URL(`../build/lib/${path}`, import.meta.url).href);
  const [{ openCache }, { keyOf }, { parseReference }, { trust }, { readSettings }] = await Promise.all(
    [
      "digests/cache.js",
      "digests/key.js",
      "reference/reference.js",
      "registry/trust.js",
      "settings/read.js",
    ].map(built),
  );
  const { settings } = readSettings(undefined);
  const now = Date.now();
  for (const name of ["nginx:1.27", "nginx:1", "nginx:2", "nginx"]) {
    const { reference } = parseReference(name);
    const { registry } = trust(reference.domain, settings);
    openCache(join(folder, "cache/eslint-plugin-container-images")).write(keyOf(reference, registry), {
      digest: `sha256:${"ab".repeat(32)}`,
      mediaType: "application/vnd.oci.image.index.v1+json",
      resolvedAt: now,
    });
  }
}

mkdirSync(join(folder, "node_modules"));
symlinkSync(root, join(folder, "node_modules/eslint-plugin-container-images"));
symlinkSync(join(root, "node_modules/eslint"), join(folder, "node_modules/eslint"));
writeFileSync(join(folder, "package.json"), '{"type":"module"}');
writeFileSync(
  join(folder, "eslint.config.js"),
  'import plugin from "eslint-plugin-container-images";\nexport default [...plugin.configs.recommended];\n',
);
await fillCache();
let count = 0;
let slow = 0;
try {
  for (const [name, text] of hostileFiles(Number(values.size))) {
    if (!name.includes(values.only)) continue;
    for (const command of values.commands.split(",")) {
      writeFileSync(join(folder, "file.yaml"), values.wide ? `${text()}# \u6f22\n` : text());
      const { seconds, memory, code, out, said } = await measure(PROGRAMS[command]);
      const bad =
        !(seconds <= Number(values.seconds) && memory <= Number(values.megabytes)) ||
        ![0, 1, 2, 3].includes(code);
      count += 1;
      if (bad) slow += 1;
      const took = `${seconds.toFixed(1)} s, ${memory.toFixed(0)} MB`;
      const figures = `${took}, exit ${String(code)}, ${String(out)} bytes`;
      process.stdout.write(
        `${bad ? "SLOW" : "ok  "} ${name} ${command}: ${figures} ${said.split("\n")[0]}\n`,
      );
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(`${String(count - slow)} passed, ${String(slow)} failed\n`);
process.exitCode = slow > 0 ? 1 : 0;
