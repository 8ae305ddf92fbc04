// Registries and clients for the tests of the client.
import { afterEach, vi } from "vitest";
import type { Answer } from "../../lib/reference/answer.js";
import { createClient, type Client } from "../../lib/registry/client.js";
import { digestOf, startRegistry, type Script, type ScriptedRegistry } from "../support/registry.js";
import { referenceOf, settingsOf } from "../support/settings.js";

export const INDEX = "application/vnd.oci.image.index.v1+json";
export const MANIFESTS = "^/v2/.*/manifests/";
/** What is stopped after the test. */
export const open: { stop: () => Promise<void> }[] = [];

afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(open.splice(0).map((each) => each.stop()));
});

/** Starts a registry that ends with the test. */
export async function start(script: Script = {}): Promise<ScriptedRegistry> {
  const registry = await startRegistry(script);
  open.push(registry);
  return registry;
}

/** A client that is closed after the test. */
export function clientOf(settings: Readonly<Record<string, unknown>>): Client {
  // No environment: no proxy, and no credentials of whoever runs this.
  const client = createClient(settingsOf(settings), { DOCKER_CONFIG: "/nonexistent" });
  open.push({
    stop: () => {
      client.close();
      return Promise.resolve();
    },
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
