// Docker configurations, and what registries saw, for tests of logging in.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Answer } from "../../lib/reference/answer.js";
import type { Client } from "../../lib/registry/client.js";
import type { ScriptedRegistry } from "../support/registry.js";
import { referenceOf } from "../support/settings.js";
import { open } from "./clients.js";

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

/** Looks up a reference with a client. */
export function lookUp(client: Client, text: string): Promise<Answer> {
  return client.resolve(referenceOf(text), new AbortController().signal);
}

/** The requests that a registry got: method, path, and the scheme of the Authorization header. */
export async function log(registry: ScriptedRegistry): Promise<readonly string[]> {
  return (await registry.requests()).map(({ method, url, authorization }) =>
    `${method} ${url.replace(/\?.*/, "")} ${authorization.split(" ")[0] ?? ""}`.trim(),
  );
}
