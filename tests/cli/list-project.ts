// Projects for the tests of `list`, which are removed after each test.
import { afterEach } from "vitest";
import { userProject, type UserProject } from "../support/project.js";

const open: UserProject[] = [];
afterEach(() => {
  for (const project of open.splice(0)) project.remove();
});

/** Makes a user's project. */
export function newProject(files: Readonly<Record<string, string>>, settings: object = {}): UserProject {
  const project = userProject(files, settings);
  open.push(project);
  return project;
}

/** Makes a project and lists its images as JSON. */
export async function list(
  files: Readonly<Record<string, string>>,
  settings: object = {},
  args: readonly string[] = [],
): Promise<{
  project: UserProject;
  code: number | null;
  err: string;
  rows: readonly Record<string, unknown>[];
}> {
  const project = newProject(files, settings);
  const { code, out, err } = await project.command(["list", "--format", "json", ...args]);
  return { project, code, err, rows: out === "" ? [] : (JSON.parse(out) as Record<string, unknown>[]) };
}
