// Registries and clients that end with the test.
import { afterEach, vi } from "vitest";
import type { Answer } from "../../lib/reference/answer.js";
import { createClient, type Client } from "../../lib/registry/client.js";
import { digestOf, startRegistry, type Script, type ScriptedRegistry } from "../support/registry.js";
import { referenceOf, settingsOf } from "../support/settings.js";

export const INDEX = "application/vnd.oci.image.index.v1+json";
/** The path of every manifest. */
export const MANIFESTS = "^/v2/.*/manifests/";
/** What ends after the test. */
export const open: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  vi.useRealTimers();
  for (const close of open.splice(0)) await close();
});

/** Starts a registry that ends with the test. */
export async function start(script: Script = {}): Promise<ScriptedRegistry> {
  const registry = await startRegistry(script);
  open.push(() => registry.stop());
  return registry;
}

/** Without a proxy, and without the credentials of whoever runs the tests. */
const NO_LOGIN: NodeJS.ProcessEnv = { DOCKER_CONFIG: "/nonexistent" };

/** Makes a client that is closed after the test. */
export function clientOf(settings: Readonly<Record<string, unknown>>, env = NO_LOGIN): Client {
  const client = createClient(settingsOf(settings), env);
  open.push(() => {
    client.close();
  });
  return client;
}

/** Looks up a reference at a registry, with a new client. */
export async function ask(
  registry: ScriptedRegistry,
  text: string,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<Answer> {
  const client = clientOf({ registries: [registry.host], ...settings });
  return client.resolve(referenceOf(`${registry.host}/${text}`), new AbortController().signal);
}

/** The methods of the requests that a registry got. */
export async function methods(registry: ScriptedRegistry): Promise<string> {
  return (await registry.requests()).map(({ method }) => method).join(" ");
}

/** The digest of `acme/app:1`. */
export const FOUND = digestOf("acme/app", "1");
