// A user's project with a registry of its own; both are removed after each test.
import { afterEach } from "vitest";
import { userProject, type UserProject } from "./project.js";
import { digestOf, startRegistry, type Script, type ScriptedRegistry } from "./registry.js";

/** The digests that the registry has for `nginx:1` and `redis:7`. */
export const nginx = digestOf("library/nginx", "1");
export const redis = digestOf("library/redis", "7");

let registry: ScriptedRegistry | undefined;
let project: UserProject | undefined;
afterEach(async () => {
  await registry?.stop();
  project?.remove();
});

/** Starts a registry in place of Docker Hub, and makes a project that asks it. */
export async function setUp(
  files: Readonly<Record<string, string>>,
  settings: object = {},
  script: Script = {},
): Promise<{ registry: ScriptedRegistry; project: UserProject }> {
  registry = await startRegistry(script);
  project = userProject(files, { mirrors: { "docker.io": `http://${registry.host}` }, ...settings });
  return { registry, project };
}
