// `npm run check-renovate`: runs Renovate itself on our recipes, pinned. Renovate must extract every pinned
// reference once, with its digest. When the tags move, Renovate's branch must hold the same bytes as
// `container-images pin --update` writes.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lineDiff } from "./line-diff.mjs";
import { startForge } from "./renovate/forge.mjs";
import { installRenovate, VERSION } from "./renovate/install.mjs";
import { OWN, Project } from "./renovate/project.mjs";
import { startWorld } from "./renovate/world.mjs";

const work = mkdtempSync(join(tmpdir(), "container-images-renovate-"));
const bare = join(work, "bare.git");
const problems = [];
const say = (text) => process.stdout.write(`${text}\n`);

/** An image that gets a newer tag, whose digest has a key of its own. */
const BUMPED = { image: "quay.io/org/proxy", branch: "renovate/quay.io-org-proxy-1.x", tag: "v1.2.4" };
/** The branch of the preset's `groupName`. */
const GROUP = "renovate/container-image-digests";

let world;
try {
  world = await startWorld(work);
  const renovate = installRenovate();
  const project = new Project(work, world.env);
  await project.command(["pin", "--quiet", "recipes"]);
  await checkExtraction(project, renovate);
  await checkUpdate(project, renovate);
} catch (error) {
  problems.push(error instanceof Error ? error.message : String(error));
} finally {
  world?.stop();
  rmSync(work, { recursive: true, force: true });
}
for (const problem of problems) process.stderr.write(`check-renovate: ${problem}\n`);
if (problems.length > 0) process.exitCode = 1;

async function checkExtraction(project, renovate) {
  const rows = JSON.parse(await project.command(["list", "--format", "json", "recipes"]));
  const wanted = rows
    .filter(({ state }) => state === "pinned")
    .map(({ file, reference }) => `${file} ${reference}`);
  const found = await extractedBy(project, renovate);
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

/** The references that Renovate extracts, each with its file. */
async function extractedBy(project, renovate) {
  const report = join(work, "report.json");
  await project.renovate(renovate, ["--platform=local"], {
    cwd: project.tree,
    env: {
      RENOVATE_REPORT_TYPE: "file",
      RENOVATE_REPORT_PATH: report,
      RENOVATE_BASE_DIR: join(work, "renovate-base"),
    },
  });
  const [repository] = Object.values(JSON.parse(readFileSync(report, "utf8")).repositories);
  const found = [];
  for (const { packageFile, deps } of Object.values(repository.packageFiles).flat()) {
    for (const { datasource, packageName, depName, currentValue, currentDigest, skipReason } of deps) {
      // Renovate also reports images that a rule disables. The preset leaves those without a digest alone.
      if (datasource !== "docker" || (skipReason && !(skipReason === "disabled" && currentDigest))) continue;
      const tag = currentValue ? `:${currentValue}` : "";
      const digest = currentDigest ? `@${currentDigest}` : "";
      found.push(`${packageFile} ${normalised(packageName ?? depName)}${tag}${digest}`);
    }
  }
  return found;
}

function normalised(name) {
  const [head] = name.split("/");
  if (/[.:]/.test(head) && name.includes("/")) return name;
  return name.includes("/") ? `docker.io/${name}` : `docker.io/library/${name}`;
}

async function checkUpdate(project, renovate) {
  const before = project.texts();
  commitAll(project.tree);
  world.moveTags();
  world.addTag(BUMPED.image, BUMPED.tag);
  await pushBranches(renovate, project);
  const bumped = show(BUMPED.branch, "more/values.yaml");
  const together = before
    .get("more/values.yaml")
    .replace("tag: v1.2.3", `tag: ${BUMPED.tag}`)
    .replace(/digest: "[^"]*"/, `digest: "${world.digestOf("org/proxy", BUMPED.tag)}"`);
  if (bumped !== together) problems.push(`a newer tag and its digest did not move together:\n${bumped}`);

  // The project's own images are left alone, as its release would pin them.
  project.exempt([{ image: OWN, reason: "our own" }]);
  await project.command(["pin", "--update", "--quiet", "recipes"]);
  let changed = 0;
  for (const [file, ours] of project.texts()) {
    const theirs = show(GROUP, file);
    if (ours !== before.get(file)) changed += 1;
    if (theirs !== ours) problems.push(differenceOf(file, theirs, ours));
  }
  if (changed === 0) problems.push("no digest moved, so nothing was compared");
  say(`The tags moved: Renovate and \`pin --update\` changed the same ${String(changed)} files.`);
}

/** Commits the tree, and clones it into the bare repository. */
function commitAll(tree) {
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
}

/** Lets Renovate push its branches into the bare repository. */
async function pushBranches(renovate, project) {
  const forge = await startForge(bare, "main");
  try {
    await project.renovate(renovate, ["--platform=gitea", "--git-url=ssh", "org/recipes"], {
      cwd: work,
      env: {
        RENOVATE_ENDPOINT: forge.endpoint,
        RENOVATE_TOKEN: "none",
        RENOVATE_BASE_DIR: join(work, "renovate-base-2"),
        LOG_LEVEL: process.env.RENOVATE_LOG_LEVEL ?? "warn",
      },
    });
  } finally {
    forge.stop();
  }
  const branches = inBare("branch", "--list", "renovate/*", "--format=%(refname:short)").trim().split("\n");
  for (const branch of [GROUP, BUMPED.branch]) {
    if (!branches.includes(branch))
      throw new Error(
        `Renovate pushed no branch ${branch}, but ${branches.join(", ")}; ` +
          `the forge did not know ${forge.unknown.join(", ")}`,
      );
  }
}

function inBare(...args) {
  return execFileSync("git", ["--git-dir", bare, ...args], { encoding: "utf8" });
}

/** The text of a recipe on a branch. */
function show(branch, file) {
  return inBare("show", `${branch}:recipes/${file}`);
}

function differenceOf(file, theirs, ours) {
  const lines = lineDiff(theirs, ours).map(
    ({ line, sign, text }) => `\n  ${String(line)} ${sign === "+" ? "ours  " : "theirs"} ${text.trim()}`,
  );
  return `${file}: Renovate and \`pin --update\` write different bytes:${lines.join("")}`;
}
