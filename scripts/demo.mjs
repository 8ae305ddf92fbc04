// `npm run demo`: pins a copy of examples/recipes against a small registry on loopback. Needs no network.
import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { lineDiff } from "./line-diff.mjs";
import { startRegistry } from "./loopback-registry.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const recipes = join(root, "examples/recipes");
const REGISTRIES = [
  "docker.io",
  "gcr.io",
  "ghcr.io",
  "nvcr.io",
  "public.ecr.aws",
  "quay.io",
  "registry.k8s.io",
];

const colour = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code, text) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
const say = (text = "") => process.stdout.write(`${text}\n`);
const title = (text) => say(`\n${paint("1", text)}`);

const work = mkdtempSync(join(tmpdir(), "container-images-demo-"));
const registry = await startRegistry({ auth: "token" });
try {
  process.exitCode = (await demo()) ? 0 : 1;
} finally {
  await registry.stop();
  rmSync(work, { recursive: true, force: true });
}

async function demo() {
  prepare();
  say(
    `A copy of examples/recipes, and a registry on ${registry.host} that stands in for ` +
      `${REGISTRIES.join(", ")}.`,
  );
  say("Its eslint.config.js:\n");
  say(
    config()
      .trimEnd()
      .replace(/^(?=.)/gm, "  "),
  );

  title("$ eslint recipes");
  const before = eslint([]);
  const silent = (await registry.requests()) === 0;
  say(
    `It exits ${String(before.status)} and made ` +
      `${silent ? "no request: without --fix, ESLint only reports" : "requests, which it must not"}.`,
  );

  title("$ eslint --fix recipes");
  const fixed = eslint(["--fix"]);
  const requests = await registry.requests();
  say(`It exits ${String(fixed.status)} and asked the registry with ${String(requests)} requests.`);

  title("What it changed");
  const pinned = showChanges();

  title("$ eslint recipes");
  const after = eslint([]);
  say(
    `It exits ${String(after.status)}. What is left are warnings: where a chart decides the rest of ` +
      "a reference, no tool can pin it.",
  );

  const good = before.status === 1 && silent && fixed.status === 0 && pinned > 0 && after.status === 0;
  title(
    good
      ? `${String(pinned)} images pinned, nothing else touched.`
      : "The demo did not go as it should; see above.",
  );
  return good;
}

function prepare() {
  cpSync(recipes, join(work, "recipes"), { recursive: true });
  writeFileSync(join(work, "package.json"), '{ "type": "module", "private": true }\n');
  writeFileSync(join(work, "eslint.config.js"), config());
  // As `npm install` does.
  mkdirSync(join(work, "node_modules"));
  symlinkSync(root, join(work, "node_modules/eslint-plugin-container-images"), "junction");
}

function config() {
  return `import containerImages from "eslint-plugin-container-images";
import chartFacts from "./recipes/container-images.charts.json" with { type: "json" };

export default [
  ...containerImages.configs.recommended,
  {
    settings: {
      "container-images": {
        mirrors: {
${REGISTRIES.map((domain) => `          "${domain}": "${registry.url}",`).join("\n")}
        },
        cacheDirectory: "cache",
        charts: [
          { files: "cert-manager/values.yaml", chart: "jetstack/cert-manager" },
          { files: "storage/values.yaml", chart: "kubernetes-sigs/aws-ebs-csi-driver" },
        ],
        chartFacts,
        exempt: [
          {
            files: "network-operator/manifests/*.yaml",
            reason: "NicClusterPolicy has no field for a digest",
          },
        ],
      },
    },
  },
];
`;
}

/** Runs ESLint as a user would, away from the user's own credentials, proxies and settings. */
function eslint(flags) {
  const env = {
    ...process.env,
    NO_PROXY: "127.0.0.1",
    no_proxy: "127.0.0.1",
    DOCKER_CONFIG: join(work, "no-credentials"),
  };
  delete env.CONTAINER_IMAGES_RESOLVE;
  const options = { cwd: work, env, encoding: "utf8" };
  const result = spawnSync(
    process.execPath,
    [join(root, "node_modules/eslint/bin/eslint.js"), colour ? "--color" : "--no-color", ...flags, "recipes"],
    options,
  );
  say(`${result.stdout}${result.stderr}`.replaceAll(`${work}/`, "").trimEnd());
  return result;
}

/** Prints every changed line. Returns how many digests were added. */
function showChanges() {
  let pinned = 0;
  for (const file of readdirSync(recipes, { recursive: true, encoding: "utf8" }).sort()) {
    if (!file.endsWith(".yaml")) continue;
    const changes = lineDiff(
      readFileSync(join(recipes, file), "utf8"),
      readFileSync(join(work, "recipes", file), "utf8"),
    );
    if (changes.length > 0) say(`\n${paint("1", file)}`);
    for (const { line, sign, text } of changes) {
      say(`${String(line).padStart(4)} ${paint(sign === "+" ? "32" : "31", `${sign} ${text}`)}`);
      if (sign === "+" && text.includes("sha256:")) pinned += 1;
    }
  }
  return pinned;
}
