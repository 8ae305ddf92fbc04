// Builds the kustomizations of public repositories, and compares their images with our reports and our BOM.
//
// npm run --silent check:kustomize -- FOLDER [--verbose]
//
// FOLDER holds a checkout of each repository. What kustomize cannot build without network, remote bases and
// Helm charts, is taken out of a copy before: it counts as if it were not there. Exit code 1 where a report
// is of an image that no build puts out, in a file that a build reads, or where an image that a build puts
// out stands in no bill of materials.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { buildTree } from "./kustomize/build.mjs";
import { bomOf, normalised, reportsOf } from "./kustomize/ours.mjs";

const [folder, verbose] = process.argv.slice(2);
if (!folder) {
  process.stderr.write("usage: node scripts/kustomize.mjs FOLDER [--verbose]\n");
  process.exit(2);
}

/** @type {Map<string, number>} */
const totals = new Map();
/** @type {string[]} */
const problems = [];
/** @type {string[]} */
const explained = [];
for (const repository of readdirSync(folder).sort()) {
  const tree = await buildTree(join(folder, repository));
  if (tree.tops.length === 0) continue;
  const row = {
    repositories: 1,
    kustomizations: tree.all,
    "kustomizations that nothing else uses": tree.tops.length,
    "of these, kustomize does not build": tree.failed.length,
    ...compareReports(repository, tree),
    ...compareImages(repository, tree),
  };
  for (const [cause, count] of Object.entries(row)) totals.set(cause, (totals.get(cause) ?? 0) + count);
  if (verbose) {
    process.stdout.write(`${repository}: ${JSON.stringify(row)}\n`);
    for (const [where, why] of tree.failed) process.stdout.write(`  ${where}: ${why}\n`);
  }
}
for (const [cause, count] of totals) process.stdout.write(`${String(count).padStart(6)}  ${cause}\n`);
for (const each of explained) process.stdout.write(`something was taken out: ${each}\n`);
for (const problem of problems) process.stdout.write(`${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;

/** Each report, by why it is right or wrong. */
function compareReports(repository, { texts, reached, unbuilt, cut }) {
  const causes = {
    none: "reports in files that no build reads",
    built: "reports of images that a build puts out",
    unbuilt: "reports that only a kustomization decides that kustomize does not build",
    cut: "reports of images that no build puts out, where a remote base or a chart was taken out",
    wrong: "reports of images that no build puts out",
  };
  const counts = Object.fromEntries(Object.values(causes).map((cause) => [cause, 0]));
  for (const { file, line, written, parts } of reportsOf(join(folder, repository))) {
    const isBuilt = texts.some((text) => parts.every((part) => text.includes(part)));
    const mayBeBuilt = unbuilt.has(file) ? "unbuilt" : cut.has(file) ? "cut" : undefined;
    const cause = isBuilt ? "built" : (mayBeBuilt ?? (reached.has(file) ? "wrong" : "none"));
    counts[causes[cause]]++;
    if (cause === "wrong" || cause === "cut")
      (cause === "cut" ? explained : problems).push(
        `${repository}/${file}:${String(line)}: no build puts out ${written}`,
      );
  }
  return counts;
}

/** Each image that a build puts out, by whether it stands in our bill of materials. */
function compareImages(repository, { images }) {
  const [listed, missing] = ["built images in the BOM", "built images that the BOM lacks"];
  const counts = { [listed]: 0, [missing]: 0 };
  const bom = bomOf(join(folder, repository));
  for (const [image, top] of images) {
    const reference = normalised(image);
    // A build also puts out what is no image: `$(IMAGE)`, or an empty text.
    if (reference === undefined) continue;
    counts[bom.has(reference) ? listed : missing]++;
    if (!bom.has(reference)) problems.push(`${repository}/${top}: ${image} stands in no BOM`);
  }
  return counts;
}
