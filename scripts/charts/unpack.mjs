// Finds the charts of a checkout, and copies each into a folder with the charts that it depends on.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative, resolve, sep } from "node:path";
import { dump, load } from "js-yaml";

/**
 * @typedef {{ repository: Repository, folder: string, path: string, name: string, version: string,
 *   appVersion: string, type: string, dependencies: readonly object[] }} Chart
 */
/** @typedef {{ name: string, owner: string, commit: string, folder: string, charts: Chart[] }} Repository */

const NO_CHART = new Set([".git", "node_modules", "charts-archive", "testdata", "tests", "test"]);

/** Reads `owner/name@COMMIT=FOLDER` and lists the repository's charts, without those inside other charts. */
export function repositoryOf(argument) {
  const [, owner, project, commit, folder] =
    /^([^/=@]+)\/([^=@]+)@([0-9a-f]{7,40})=(.+)$/.exec(argument) ?? [];
  if (!owner || !folder) throw new Error(`not owner/name@COMMIT=FOLDER: ${argument}`);
  const repository = { name: `${owner}/${project}`, owner, commit, folder, charts: [] };
  repository.charts = [...chartFolders(folder)].flatMap((path) => describe(repository, path));
  return repository;
}

function* chartFolders(folder) {
  if (existsSync(join(folder, "Chart.yaml"))) {
    yield folder;
    return;
  }
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((one, other) =>
    one.name < other.name ? -1 : 1,
  )) {
    if (entry.isDirectory() && !NO_CHART.has(entry.name)) yield* chartFolders(join(folder, entry.name));
  }
}

function describe(repository, folder) {
  const chart = yamlIn(join(folder, "Chart.yaml"));
  if (typeof chart?.name !== "string") return [];
  const dependencies = chart.dependencies ?? yamlIn(join(folder, "requirements.yaml"))?.dependencies ?? [];
  return [
    {
      repository,
      folder,
      path: relative(repository.folder, folder).split(sep).join("/"),
      name: chart.name,
      version: String(chart.version ?? ""),
      appVersion: String(chart.appVersion ?? ""),
      type: chart.type ?? "application",
      deprecated: chart.deprecated === true,
      dependencies,
    },
  ];
}

/** `undefined` where there is no such file, or where it is no YAML. */
function yamlIn(path) {
  try {
    return load(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * Copies a chart and what it depends on.
 *
 * @param chart the chart
 * @param repositories where dependencies are looked for: the chart's own repository, else one whose owner the
 *   URL names
 * @param target the folder to copy to
 * @returns the names of dependencies that are in none of them; the copy is without them
 */
export function unpack(chart, repositories, target, depth = 0) {
  cpSync(chart.folder, target, { recursive: true, dereference: true });
  rmSync(join(target, "Chart.lock"), { force: true });
  rmSync(join(target, "requirements.lock"), { force: true });
  const left = [];
  for (const dependency of chart.dependencies) {
    const folder = join(target, "charts", dependency.name);
    const there =
      existsSync(join(target, "charts")) &&
      readdirSync(join(target, "charts")).some(
        (name) =>
          name === dependency.name || (name.startsWith(`${dependency.name}-`) && name.endsWith(".tgz")),
      );
    if (there) continue;
    const found = depth < 4 ? dependencyOf(chart, dependency, repositories) : undefined;
    if (found) {
      mkdirSync(folder, { recursive: true });
      left.push(...unpack(found, repositories, folder, depth + 1));
    } else left.push(dependency.name);
  }
  if (left.length > 0) withoutDependencies(target, new Set(left));
  return [...new Set(left)];
}

function dependencyOf(chart, { name, repository = "" }, repositories) {
  if (repository.startsWith("file://")) {
    const folder = resolve(chart.folder, repository.slice("file://".length));
    return existsSync(join(folder, "Chart.yaml")) ? describe(chart.repository, folder)[0] : undefined;
  }
  const own = chart.repository.charts.find((each) => each.name === name && each.folder !== chart.folder);
  return (
    own ??
    repositories.find(({ owner }) => repository.includes(owner))?.charts.find((each) => each.name === name)
  );
}

function withoutDependencies(target, names) {
  for (const file of ["Chart.yaml", "requirements.yaml"]) {
    const path = join(target, file);
    const content = yamlIn(path);
    if (!Array.isArray(content?.dependencies)) continue;
    content.dependencies = content.dependencies.filter((each) => !names.has(each.name));
    writeFileSync(path, dump(content));
  }
}

/** Values files that the chart's own tests render it with. */
export function testValues(folder) {
  const ci = join(folder, "ci");
  return existsSync(ci)
    ? readdirSync(ci)
        .filter((name) => /\.ya?ml$/.test(name))
        .sort()
        .map((name) => join(ci, basename(name)))
    : [];
}
