// Projects that use charts, and a Helm of the tests' own.
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { packTar } from "modern-tar";
import type { UserProject } from "../support/project.js";
import { newProject } from "./list-project.js";

/** The program that stands for Helm. */
const FAKE_HELM = fileURLToPath(new URL("../support/fake-helm.mjs", import.meta.url));

/** A chart that puts its tag behind the repository, and its sidecar's tag into a label too. */
export const CHART: Readonly<Record<string, string>> = {
  "Chart.yaml": "apiVersion: v2\nname: app\nversion: 1.0.0\nappVersion: 2.5.0\n",
  "values.yaml":
    "image:\n  repository: docker.io/acme/app\n  tag: v1\n" +
    "sidecar:\n  image:\n    repository: docker.io/acme/sidecar\n    tag: v2\n",
  "templates/deployment.yaml":
    "kind: Deployment\nmetadata:\n  labels:\n    version: {{ .Values.sidecar.image.tag }}\nspec:\n" +
    "  containers:\n    - image: {{ .Values.image.repository }}:{{ .Values.image.tag }}\n" +
    "    - image: {{ .Values.sidecar.image.repository }}:{{ .Values.sidecar.image.tag }}\n",
};

/** The files of a chart in a folder. */
export function chartIn(
  folder: string,
  files: Readonly<Record<string, string>> = CHART,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
}

/** Packs a chart as `helm package` does. */
export async function packChart(path: string, files: Readonly<Record<string, string>>): Promise<void> {
  const tar = await packTar(
    Object.entries(files).map(([name, body]) => ({
      header: { name, size: Buffer.byteLength(body), type: "file" as const },
      body,
    })),
  );
  writeFileSync(path, gzipSync(tar));
}

interface Ran {
  readonly project: UserProject;
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Makes a project and runs `charts` in it. */
export async function charts(
  files: Readonly<Record<string, string>>,
  args: readonly string[] = [],
  { settings = {}, env = {} }: { settings?: object; env?: Readonly<Record<string, string>> } = {},
): Promise<Ran> {
  const project = newProject(files, settings);
  return { project, ...(await rerun(project, args, env)) };
}

/** Runs `charts` again. */
export async function rerun(
  project: UserProject,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Omit<Ran, "project">> {
  return await project.command(["charts", ...args], { env: { HELM: FAKE_HELM, ...env } });
}

/** A folder for archives inside a project. */
export function archiveOf(project: UserProject, name: string): string {
  return join(project.root, name);
}
