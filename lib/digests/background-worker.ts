// The code of the background thread: asks registries without credentials, and keeps the answers in the cache.
import { parentPort } from "node:worker_threads";
import type { Answer } from "../reference/answer.js";
import type { Reference } from "../reference/reference.js";
import { createClient, type Client } from "../registry/client.js";
import { NO_CREDENTIALS } from "../registry/credentials.js";
import { createNameCheck } from "../registry/name-server.js";
import { trust } from "../registry/trust.js";
import { networkSettings } from "../settings/network.js";
import type { Questions, Told } from "./background-thread.js";
import { openCache } from "./cache.js";
import { keyOf } from "./key.js";
import type { ResolveSettings } from "./resolve-settings.js";

/**
 * A client is replaced after so many questions: it keeps a token for each repository, and an editor runs for
 * days.
 */
const CLIENT_LIFE = 256;

interface Use {
  readonly client: Client;
  readonly key: string;
  asked: number;
  active: number;
}

const never = new AbortController().signal;
const namesAreLookedUp = createNameCheck(process.env);
let use: Use | undefined;

/**
 * The client for these settings. Only one is kept, because a server nearly always has one project's settings.
 */
function clientFor(settings: ResolveSettings): Use {
  const network = networkSettings(settings);
  const key = JSON.stringify(network);
  if (use?.key === key && use.asked < CLIENT_LIFE) return use;
  const old = use;
  use = {
    client: createClient(network, process.env, NO_CREDENTIALS),
    key,
    asked: 0,
    active: 0,
  };
  if (old?.active === 0) old.client.close();
  return use;
}

async function ask(reference: Reference, settings: ResolveSettings): Promise<Answer> {
  const trusted = trust(reference.domain, settings);
  if (!trusted.ok) return trusted;
  const cache = openCache(settings.cacheDirectory);
  const key = keyOf(reference, trusted.registry);
  // Another process may have asked in the meantime.
  const cached = cache.read(key, settings);
  if (cached) return cached;
  const { host } = trusted.registry;
  if (!(await namesAreLookedUp(host)))
    return { ok: false, reason: "timeout", message: `${host} could not be looked up in time` };
  const used = clientFor(settings);
  used.asked += 1;
  used.active += 1;
  const answer = await used.client.resolve(reference, never);
  used.active -= 1;
  if (used !== use && used.active === 0) used.client.close();
  if (answer.ok) cache.write(key, answer);
  else if (answer.reason === "denied")
    return {
      ...answer,
      message: `${host} gives no access to it without a login; \`eslint --fix\` asks with yours`,
    };
  return answer;
}

parentPort?.on("message", ({ asked, settings }: Questions) => {
  for (const { number, reference } of asked) {
    void ask(reference, settings).then((answer) => {
      parentPort?.postMessage({ number, answer } satisfies Told);
    });
  }
});
