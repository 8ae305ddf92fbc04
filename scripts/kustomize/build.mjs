// Builds every kustomization of a repository that nothing else uses, and reads what comes out.
import { execFile } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { dump, load, loadAll } from "js-yaml";

const NAMES = /^(?:kustomization\.ya?ml|Kustomization)$/;
const REMOTE = /:\/\/|^git@|^github\.com\/|[?&]ref=/;
const LISTS = ["resources", "bases", "components"];
const PATCHES = ["patches", "patchesStrategicMerge", "patchesJson6902"];
const NEEDS_MORE = ["helmCharts", "helmChartInflationGenerator", "generators", "validators"];
const AT_ONCE = 2;

const FOLDER =
  process.env.CONTAINER_IMAGES_ORACLES ??
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "container-images-oracles");

/**
 * Builds what can be built without network.
 *
 * @param {string} source the repository's folder; a copy of it is built
 * @returns how many kustomizations there are, those that nothing uses, why some do not build; the texts and
 *   images that come out; the files that went into them, the files of those that do not build, and the files
 *   of those of which something was taken out
 */
export async function buildTree(source) {
  const copy = mkdtempSync(join(tmpdir(), "container-images-kustomize-"));
  try {
    cpSync(realpathSync(source), copy, { recursive: true, verbatimSymlinks: true });
    const nodes = new Map(kustomizations(copy).map((file) => [dirname(file), nodeOf(file)]));
    const used = new Set([...nodes.values()].flatMap(({ folders }) => folders));
    const tops = [...nodes.values()].filter(({ folder, isComponent }) => !isComponent && !used.has(folder));
    const built = await buildAll(tops);
    const filesOf = (some) =>
      new Set(some.flatMap((top) => [...filesBelow(top, nodes)].map((file) => relative(copy, file))));
    const below = (ok) => filesOf(tops.filter((top) => built.get(top).ok === ok));
    const texts = tops.filter((top) => built.get(top).ok).map((top) => built.get(top).text);
    const images = tops.flatMap((top) =>
      built.get(top).ok
        ? imagesIn(built.get(top).text).map((image) => [image, relative(copy, top.folder)])
        : [],
    );
    const failed = tops
      .filter((top) => !built.get(top).ok)
      .map((top) => [relative(copy, top.folder), built.get(top).text.replaceAll(copy, "").slice(0, 300)]);
    return {
      all: nodes.size,
      tops,
      failed,
      texts,
      images: new Map(images),
      reached: below(true),
      unbuilt: below(false),
      cut: filesOf(tops.filter((top) => hasCut(top, nodes))),
    };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function kustomizations(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return entry.name === "node_modules" || entry.name === ".git" ? [] : kustomizations(path);
    return entry.isFile() && NAMES.test(entry.name) ? [path] : [];
  });
}

/** Reads a kustomization, and takes out of its file what needs more than the repository. */
function nodeOf(file) {
  const folder = dirname(file);
  let says;
  try {
    says = load(readFileSync(file, "utf8"));
  } catch {
    says = undefined;
  }
  if (typeof says !== "object" || says === null)
    return { folder, file, folders: [], files: [], isComponent: false, isCut: false };
  const isLocal = (path) => typeof path === "string" && !REMOTE.test(path);
  const kept = Object.fromEntries(Object.entries(says).filter(([key]) => !NEEDS_MORE.includes(key)));
  for (const list of LISTS) if (Array.isArray(kept[list])) kept[list] = kept[list].filter(isLocal);
  const isCut = JSON.stringify(kept) !== JSON.stringify(says);
  if (isCut) writeFileSync(file, dump(kept));
  const paths = LISTS.flatMap((list) => (Array.isArray(kept[list]) ? kept[list] : [])).map((path) =>
    resolve(folder, path),
  );
  const patches = PATCHES.flatMap((list) => (Array.isArray(kept[list]) ? kept[list] : []))
    .map((patch) => (typeof patch === "string" ? patch : patch?.path))
    .filter((path) => typeof path === "string" && !path.includes("\n"))
    .map((path) => resolve(folder, path));
  const isFolder = (path) => !/\.(?:ya?ml|json)$/.test(path) && existsSync(path);
  return {
    folder,
    file,
    folders: paths.filter(isFolder),
    files: [...paths.filter((path) => !isFolder(path)), ...patches],
    isComponent: says.kind === "Component",
    isCut,
  };
}

/** Whether something was taken out of a kustomization, or of one that it uses. */
function hasCut(top, nodes, seen = new Set()) {
  if (seen.has(top.folder)) return false;
  seen.add(top.folder);
  const below = top.folders.flatMap((folder) => nodes.get(folder) ?? []);
  return top.isCut || below.some((node) => hasCut(node, nodes, seen));
}

function filesBelow(top, nodes, seen = new Set(), files = new Set()) {
  if (seen.has(top.folder)) return files;
  seen.add(top.folder);
  for (const file of [top.file, ...top.files]) files.add(file);
  for (const folder of top.folders) if (nodes.has(folder)) filesBelow(nodes.get(folder), nodes, seen, files);
  return files;
}

async function buildAll(tops) {
  const built = new Map();
  const open = [...tops];
  const work = async () => {
    for (let top = open.pop(); top; top = open.pop()) built.set(top, await build(top.folder));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return built;
}

function build(folder) {
  // No network and no git: what is remote must fail at once.
  const env = {
    PATH: "",
    HOME: tmpdir(),
    HTTPS_PROXY: "http://127.0.0.1:1",
    HTTP_PROXY: "http://127.0.0.1:1",
  };
  const args = ["build", "--load-restrictor", "LoadRestrictionsNone", folder];
  const options = { env, maxBuffer: 2 ** 28, timeout: 60_000 };
  return new Promise((done) => {
    execFile(join(FOLDER, "bin/kustomize"), args, options, (error, stdout, stderr) => {
      done(error ? { ok: false, text: stderr.trim() } : { ok: true, text: stdout });
    });
  });
}

/** The images of all containers in a text that kustomize put out. */
function imagesIn(text) {
  const found = new Set();
  const visit = (value) => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "object" && value !== null)
      for (const [key, child] of Object.entries(value)) {
        if (/^(?:c|initC|ephemeralC)ontainers$/.test(key) && Array.isArray(child))
          for (const item of child) if (typeof item?.image === "string") found.add(item.image);
        visit(child);
      }
  };
  // What kustomize puts out may repeat keys.
  loadAll(text).forEach(visit);
  return [...found];
}
