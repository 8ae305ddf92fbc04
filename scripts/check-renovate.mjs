// `npm run check-renovate`: runs Renovate itself on our recipes, pinned. Every pinned reference must be
// extracted once, with its digest; and when the tags move, Renovate's branch must hold the same bytes as
// `container-images pin --update` writes.
import { execFileSync, spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { lineDiff } from "./line-diff.mjs";
import { startForge } from "./renovate/forge.mjs";
import { startWorld } from "./renovate/world.mjs";

const VERSION = "39.264.1"; // The last that runs on Node 20.
const root = fileURLToPath(new URL("..", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "container-images-renovate-"));
const tree = join(work, "tree");
const problems = [];
const say = (text) => process.stdout.write(`${text}\n`);

/** Forms that examples/recipes does not have, and an image of the project's own. */
const MORE = {
  "recipes/more/values.yaml": `own:
  image: ghcr.io/own/app:1.0.0
proxy:
  image:
    repository: quay.io/org/proxy
    pullPolicy: IfNotPresent
    # the digest has a key of its own
    tag: v1.2.3 # bumped by hand
    digest: ""
flow:
  image: { registry: quay.io, repository: org/flow, tag: "2.0", digest: "" }
short:
  image: { repository: ghcr.io/org/short, tag: v3, digest: }
`,
  "recipes/more/manifests/job.yaml": `apiVersion: batch/v1
kind: Job
spec:
  template:
    spec:
      containers:
        - name: a
          image: "quay.io/org/job:v2.0.0"
        - image: quay.io/org/job:v2.0.0 # a second time
`,
};
/** An image that gets a newer tag, whose digest has a key of its own. */
const BUMPED = { image: "quay.io/org/proxy", branch: "renovate/quay.io-org-proxy-1.x", tag: "v1.2.4" };
const OWN = "ghcr.io/own/**";
/** The branch of the preset's `groupName`. */
const GROUP = "renovate/container-image-digests";

let world;
try {
  world = await startWorld(work);
  const renovate = installRenovate();
  prepare();
  await command(["pin", "--quiet", "recipes"]);
  await checkExtraction(renovate);
  await checkUpdate(renovate);
} catch (error) {
  problems.push(error instanceof Error ? error.message : String(error));
} finally {
  world?.stop();
  rmSync(work, { recursive: true, force: true });
}
for (const problem of problems) process.stderr.write(`check-renovate: ${problem}\n`);
if (problems.length > 0) process.exitCode = 1;

/** Outside this repository: Renovate has 785 packages, and none of them is needed to use or build ours. */
function installRenovate() {
  const folder = join(
    process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"),
    "container-images-renovate",
    VERSION,
  );
  const bin = join(folder, "node_modules/renovate/dist/renovate.js");
  if (!existsSync(bin)) {
    say(`Installing Renovate ${VERSION} into ${folder}`);
    mkdirSync(folder, { recursive: true });
    execFileSync(
      "npm",
      [
        "install",
        "--prefix",
        folder,
        "--no-save",
        "--no-fund",
        "--no-audit",
        "--ignore-scripts",
        `renovate@${VERSION}`,
      ],
      { stdio: "inherit" },
    );
  }
  return bin;
}

function prepare() {
  cpSync(join(root, "examples/recipes"), join(tree, "recipes"), { recursive: true });
  for (const [path, text] of Object.entries(MORE)) {
    mkdirSync(join(tree, path, ".."), { recursive: true });
    writeFileSync(join(tree, path), text);
  }
  // Beside the tree and not in it: Renovate reads what is in it.
  writeFileSync(join(work, "package.json"), '{ "type": "module", "private": true }\n');
  mkdirSync(join(work, "node_modules"));
  symlinkSync(root, join(work, "node_modules/eslint-plugin-container-images"), "junction");
  symlinkSync(join(root, "node_modules/eslint"), join(work, "node_modules/eslint"), "junction");
  writeConfig([]);
  const preset = JSON.parse(readFileSync(join(root, "renovate-preset.json"), "utf8"));
  delete preset.$schema;
  delete preset.description;
  preset.packageRules.push({
    description: "our own images are pinned by our release",
    matchPackageNames: [OWN],
    enabled: false,
  });
  writeFileSync(
    join(work, "renovate.json"),
    JSON.stringify({
      ...preset,
      onboarding: false,
      requireConfig: "optional",
      prHourlyLimit: 0,
      prConcurrentLimit: 0,
    }),
  );
}

/**
 * The exemptions of the project: its own images are pinned once here, as its release would, and then left
 * alone.
 */
function writeConfig(more) {
  const exempt = [
    { files: "network-operator/manifests/*.yaml", reason: "NicClusterPolicy has no field for a digest" },
    ...more,
  ];
  const settings = { cacheDirectory: join(work, "cache"), exempt };
  const text = `import containerImages from "eslint-plugin-container-images";\nexport default [...containerImages.configs.recommended, { settings: { "container-images": ${JSON.stringify(settings)} } }];\n`;
  writeFileSync(join(work, "eslint.config.js"), text);
}

/** Not `spawnSync`: the registry answers from this process. */
function run(script, args, options) {
  const env = {
    ...process.env,
    ...world.env,
    LOG_LEVEL: "warn",
    DOCKER_CONFIG: join(work, "no-credentials"),
    ...options.env,
  };
  delete env.CONTAINER_IMAGES_RESOLVE;
  const child = spawn(process.execPath, [script, ...args], {
    cwd: options.cwd,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let out = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
    output += chunk;
  });
  child.stderr.on("data", (chunk) => (output += chunk));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0
        ? resolve(out)
        : reject(new Error(`${script} ${args.join(" ")} ended with ${String(code)}:\n${output}`)),
    );
  });
}

function command(args) {
  return run(
    join(root, "dist/lib/cli/main.js"),
    [...args.slice(0, 1), "--config", join(work, "eslint.config.js"), ...args.slice(1)],
    { cwd: tree },
  );
}

async function checkExtraction(renovate) {
  const rows = JSON.parse(await command(["list", "--format", "json", "recipes"]));
  const wanted = rows
    .filter(({ state }) => state === "pinned")
    .map(({ file, reference }) => `${file} ${reference}`);
  const report = join(work, "report.json");
  await run(renovate, ["--platform=local"], {
    cwd: tree,
    env: {
      RENOVATE_CONFIG_FILE: join(work, "renovate.json"),
      RENOVATE_REPORT_TYPE: "file",
      RENOVATE_REPORT_PATH: report,
      RENOVATE_BASE_DIR: join(work, "renovate-base"),
      RENOVATE_X_DOCKER_HUB_TAGS_DISABLE: "true",
    },
  });
  const [repository] = Object.values(JSON.parse(readFileSync(report, "utf8")).repositories);
  const found = [];
  for (const files of Object.values(repository.packageFiles)) {
    for (const { packageFile, deps } of files) {
      for (const { datasource, packageName, depName, currentValue, currentDigest, skipReason } of deps) {
        // What a rule switches off was extracted all the same; without a digest that is how the preset leaves
        // it to others.
        if (datasource !== "docker" || (skipReason && !(skipReason === "disabled" && currentDigest)))
          continue;
        found.push(
          `${packageFile} ${normalised(packageName ?? depName)}${currentValue ? `:${currentValue}` : ""}${currentDigest ? `@${currentDigest}` : ""}`,
        );
      }
    }
  }
  for (const each of new Set(wanted)) {
    const [here, there] = [wanted, found].map((list) => list.filter((other) => other === each).length);
    if (here !== there)
      problems.push(`${each} stands ${String(here)} times, and Renovate extracts it ${String(there)} times`);
  }
  for (const each of found) if (!wanted.includes(each)) problems.push(`Renovate also takes ${each}`);
  say(
    `Renovate ${VERSION} extracts ${String(found.length)} references; ${String(wanted.length)} are pinned.`,
  );
}

function normalised(name) {
  const [head] = name.split("/");
  if (/[.:]/.test(head) && name.includes("/")) return name;
  return name.includes("/") ? `docker.io/${name}` : `docker.io/library/${name}`;
}

async function checkUpdate(renovate) {
  const before = textsOf(join(tree, "recipes"), (file) => readFileSync(file, "utf8"));
  const bare = join(work, "bare.git");
  const git = (...args) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.invalid", ...args], {
      cwd: tree,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  git("init", "-q", "-b", "main");
  git("add", ".");
  git("commit", "-q", "-m", "pinned");
  git("clone", "-q", "--bare", ".", bare);
  world.moveTags();
  world.addTag(BUMPED.image, BUMPED.tag);

  const forge = await startForge(bare, "main");
  try {
    await run(renovate, ["--platform=gitea", "--git-url=ssh", "org/recipes"], {
      cwd: work,
      env: {
        RENOVATE_CONFIG_FILE: join(work, "renovate.json"),
        RENOVATE_ENDPOINT: forge.endpoint,
        RENOVATE_TOKEN: "none",
        RENOVATE_BASE_DIR: join(work, "renovate-base-2"),
        RENOVATE_X_DOCKER_HUB_TAGS_DISABLE: "true",
        LOG_LEVEL: process.env.RENOVATE_LOG_LEVEL ?? "warn",
      },
    });
  } finally {
    forge.stop();
  }
  const branches = execFileSync(
    "git",
    ["--git-dir", bare, "branch", "--list", "renovate/*", "--format=%(refname:short)"],
    { encoding: "utf8" },
  )
    .trim()
    .split("\n");
  const show = (branch, file) =>
    execFileSync("git", ["--git-dir", bare, "show", `${branch}:recipes/${file}`], { encoding: "utf8" });
  for (const branch of [GROUP, BUMPED.branch]) {
    if (!branches.includes(branch))
      throw new Error(
        `Renovate pushed no branch ${branch}, but ${branches.join(", ")}; the forge did not know ${forge.unknown.join(", ")}`,
      );
  }
  const bumped = show(BUMPED.branch, "more/values.yaml");
  const together = before
    .get("more/values.yaml")
    .replace("tag: v1.2.3", `tag: ${BUMPED.tag}`)
    .replace(/digest: "[^"]*"/, `digest: "${world.digestOf("org/proxy", BUMPED.tag)}"`);
  if (bumped !== together) problems.push(`a newer tag and its digest did not move together:\n${bumped}`);

  writeConfig([{ image: OWN, reason: "our own" }]);
  await command(["pin", "--update", "--quiet", "recipes"]);
  let changed = 0;
  for (const [file, ours] of textsOf(join(tree, "recipes"), (path) => readFileSync(path, "utf8"))) {
    const theirs = show(GROUP, file);
    if (ours !== before.get(file)) changed += 1;
    if (theirs !== ours)
      problems.push(
        `${file}: Renovate and \`pin --update\` write different bytes:${lineDiff(theirs, ours)
          .map(
            ({ line, sign, text }) =>
              `\n  ${String(line)} ${sign === "+" ? "ours  " : "theirs"} ${text.trim()}`,
          )
          .join("")}`,
      );
  }
  if (changed === 0) problems.push("no digest moved, so nothing was compared");
  say(`The tags moved: Renovate and \`pin --update\` changed the same ${String(changed)} files.`);
}

function textsOf(folder, read) {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.ya?ml$/.test(file),
  );
  return new Map(files.sort().map((file) => [file, read(join(folder, file))]));
}
