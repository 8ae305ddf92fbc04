// Registries, clients and Docker configurations for tests of logging in.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, vi } from "vitest";
import type { Answer } from "../../lib/reference/answer.js";
import { createClient, type Client } from "../../lib/registry/client.js";
import { startRegistry, type Script, type ScriptedRegistry } from "../support/registry.js";
import { referenceOf, settingsOf } from "../support/settings.js";

const open: (() => Promise<void> | void)[] = [];
/** The path of every manifest. */
export const MANIFESTS = "^/v2/.*/manifests/";

afterEach(async () => {
  vi.useRealTimers();
  for (const close of open.splice(0)) await close();
});

/** Starts a registry that ends with the test. */
export async function start(script: Script): Promise<ScriptedRegistry> {
  const registry = await startRegistry(script);
  open.push(() => registry.stop());
  return registry;
}

/** An environment with a Docker configuration. */
export function login(auths: Readonly<Record<string, object>> | string): NodeJS.ProcessEnv {
  const folder = mkdtempSync(join(tmpdir(), "container-images-login-"));
  open.push(() => {
    rmSync(folder, { recursive: true });
  });
  writeFileSync(join(folder, "config.json"), typeof auths === "string" ? auths : JSON.stringify({ auths }));
  return { DOCKER_CONFIG: folder };
}

/** An entry of `auths`. */
export function basic(user: string, password: string): { auth: string } {
  return { auth: Buffer.from(`${user}:${password}`).toString("base64") };
}

/** A client that is closed after the test. */
export function clientOf(
  settings: Readonly<Record<string, unknown>>,
  env: NodeJS.ProcessEnv = { DOCKER_CONFIG: "/nonexistent" },
): Client {
  const client = createClient(settingsOf(settings), env);
  open.push(() => {
    client.close();
  });
  return client;
}

/** Looks up a reference. */
export function ask(client: Client, text: string): Promise<Answer> {
  return client.resolve(referenceOf(text), new AbortController().signal);
}

/** The requests that a registry got: method, path, and the scheme of the Authorization header. */
export async function log(registry: ScriptedRegistry): Promise<readonly string[]> {
  return (await registry.requests()).map(({ method, url, authorization }) =>
    `${method} ${url.replace(/\?.*/, "")} ${authorization.split(" ")[0] ?? ""}`.trim(),
  );
}
