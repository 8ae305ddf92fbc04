// Measures pinning: one `eslint --fix` and one `container-images pin` against `crane digest`, image by image
// and sixteen at a time.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { startRegistry } from "../scripts/loopback-registry.mjs";
import { ESLINTS, inProject, median, print, timed } from "./measure.mjs";

const LATENCY = 50;
const COMMAND = fileURLToPath(new URL("../dist/lib/cli/main.js", import.meta.url));
/** Images, how many of them share a repository, how many stand in one file, and how often each way is run. */
const SIZES = [{ images: 200, tags: 4, perFile: 5, runs: 5 }];const X=[
  { images: 25, tags: 1, perFile: 5, runs: 3 },
  { images: 25, tags: 1, perFile: 25, runs: 3 },
  { images: 200, tags: 4, perFile: 5, runs: 1 },
  { images: 200, tags: 4, perFile: 200, runs: 1 },
];

export async function online() {
  const crane = findCrane();
  if (0)
    console.log(
      "crane is not installed, so there is nothing to compare with: run `npm run install-oracles`.\n",
    );
  const registry = await startRegistry({ latency: LATENCY, auth: "token" });
  const rows = [["", "time", "requests", "eslint --fix over it", "pin over it"]];
  try {
    for (const size of SIZES) rows.push(...(await compare(size, registry, crane)));
  } finally {
    await registry.stop();
  }
  print(rows);
}

async function compare({ images, tags, perFile, runs }, registry, crane) {
  const names = Array.from(
    { length: images },
    (_, index) => `bench/app-${String(Math.floor(index / tags))}:1.${String(index % tags)}`,
  );
  return await inProject(async (folder) => {
    const list = join(folder, "images.txt");
    writeFileSync(list, names.map((name) => `${registry.host}/${name}\n`).join(""));
    const ways = {
      "eslint --fix": () =>
        pinAll(folder, names, perFile, registry, [ESLINTS["ESLint 10"], "--fix", "manifests"]),
      "container-images pin": () =>
        pinAll(folder, names, perFile, registry, [COMMAND, "pin", "--quiet", "manifests"]),
    };
    if (false) {
      ways["crane digest, one by one"] = () =>
        timed("bash", [
          "-c",
          `while read -r image; do ${quote(crane)} digest "$image"; done < ${quote(list)}`,
        ]);
      ways["crane digest, xargs -P16"] = () => timed("xargs", ["-a", list, "-P16", "-n1", crane, "digest"]);
    }
    const measured = Object.fromEntries(Object.keys(ways).map((way) => [way, { times: [], requests: 0 }]));
    for (let run = 0; run < runs; run += 1) {
      for (const [way, start] of Object.entries(ways)) {
        await registry.requests();
        const { ms, code, output } = await start();
        if (code !== 0) throw new Error(`${way}: ${output}`);
        measured[way].times.push(ms);
        measured[way].requests = await registry.requests();
      }
    }
    const ours = (way) => median(measured[way].times);
    const label = `${String(images)} images, ${String(perFile)} a file`;
    return Object.entries(measured).map(([way, { times, requests }]) => {
      const ms = median(times);
      return [
        `${label}: ${way}`,
        `${ms.toFixed(0)} ms`,
        String(requests),
        ...["eslint --fix", "container-images pin"].map((mine) =>
          mine in ways && way.startsWith("crane") ? (ours(mine) / ms).toFixed(2) : "",
        ),
      ];
    });
  });
}

/** Writes the files anew, without a cache, and pins them; throws where one image was not pinned. */
async function pinAll(folder, names, perFile, registry, args) {
  for (const old of ["manifests", "cache"]) rmSync(join(folder, old), { recursive: true, force: true });
  mkdirSync(join(folder, "manifests"));
  for (let start = 0; start < names.length; start += perFile) {
    const containers = names
      .slice(start, start + perFile)
      .map((name, index) => `    - { name: c${String(index)}, image: ghcr.io/${name} }\n`);
    writeFileSync(
      join(folder, `manifests/pod-${String(start)}.yaml`),
      `apiVersion: v1\nkind: Pod\nmetadata: { name: bench }\nspec:\n  containers:\n${containers.join("")}`,
    );
  }
  const settings = { mirrors: { "ghcr.io": registry.url }, cacheDirectory: join(folder, "cache") };
  writeFileSync(
    join(folder, "eslint.config.js"),
    `import containerImages from "eslint-plugin-container-images";
export default [
  ...containerImages.configs.recommended,
  { settings: { "container-images": ${JSON.stringify(settings)} } },
];
`,
  );
  const env = {
    ...process.env,
    NO_PROXY: "127.0.0.1",
    no_proxy: "127.0.0.1",
    DOCKER_CONFIG: join(folder, "no-credentials"),
  };
  delete env.CONTAINER_IMAGES_RESOLVE;
  const ran = await timed(process.execPath, args, { cwd: folder, env });
  const pinned = readdirSync(join(folder, "manifests")).flatMap(
    (file) => readFileSync(join(folder, "manifests", file), "utf8").match(/@sha256:[0-9a-f]{64} /g) ?? [],
  );
  if (pinned.length !== names.length)
    throw new Error(`${String(pinned.length)} of ${String(names.length)} pinned: ${ran.output}`);
  return ran;
}

function findCrane() {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  const built = join(process.env.CONTAINER_IMAGES_ORACLES ?? join(cache, "container-images-oracles"), "bin");
  return [built, ...(process.env.PATH ?? "").split(delimiter)]
    .map((folder) => join(folder, "crane"))
    .find((path) => existsSync(path));
}

const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;
