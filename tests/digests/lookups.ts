// Lookups for tests, with fake registries, resolvers and threads.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import type { LookupThread } from "../../lib/digests/background-thread.js";
import { createLookup, type LookupOptions } from "../../lib/digests/lookup.js";
import type { Surroundings } from "../../lib/digests/policy.js";
import type { SyncResolver } from "../../lib/digests/resolve-sync.js";
import type { Reference } from "../../lib/reference/reference.js";
import type { Answer } from "../../lib/reference/answer.js";
import { parseDigest } from "../../lib/reference/digest.js";
import { digestOf, startRegistry, type Script, type ScriptedRegistry } from "../support/registry.js";
import { referenceOf, settingsOf } from "../support/settings.js";

const open: (() => Promise<void> | void)[] = [];
/** A folder for each test. */
export let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "container-images-lookup-"));
});
afterEach(async () => {
  for (const close of open.splice(0)) await close();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts a registry that ends with the test. */
export async function start(script: Script = {}): Promise<ScriptedRegistry> {
  const registry = await startRegistry(script);
  open.push(() => registry.stop());
  return registry;
}

/** A process with a command line. */
export function here(args: string, env: Record<string, string> = {}): Surroundings {
  return { env, argv: ["node", "lint.js", ...args.split(" ")], isMainThread: true, pid: 42 };
}

export const FIX = here("--fix");
export const of = (...texts: readonly string[]): readonly Reference[] => texts.map(referenceOf);

/** A resolver that finds everything, and remembers what it was asked for. */
export function fake(
  answer: (text: string) => Partial<Answer> = () => ({}),
): SyncResolver & { readonly batches: string[][] } {
  const batches: string[][] = [];
  return {
    batches,
    gaveUp: false,
    resolveAll(references) {
      batches.push(references.map(({ written }) => written));
      return references.map(({ repository, tag, written }) => {
        const digest = parseDigest(digestOf(repository, tag ?? "latest"));
        if (!digest.ok) throw new Error(digest.message);
        return {
          ok: true,
          digest: digest.digest,
          mediaType: "",
          resolvedAt: Date.now(),
          from: "registry",
          ...answer(written),
        } as Answer;
      });
    },
  };
}

/** A background thread that answers at once, and remembers what it was asked for. */
export function asking(): LookupThread & { readonly asked: string[] } {
  const asked: string[] = [];
  const resolver = fake();
  return {
    asked,
    ask(wanted, settings, told) {
      for (const each of wanted) {
        asked.push(each.key.reference);
        const [answer] = resolver.resolveAll([each.reference], settings, undefined);
        if (answer) told(each, answer);
      }
    },
  };
}

/** A lookup in the test's folder, and the lines that it prints. */
export function lookupOf(options: LookupOptions): {
  lookup: (texts: readonly string[], settings?: Readonly<Record<string, unknown>>) => readonly Answer[];
  lines: string[];
} {
  const lines: string[] = [];
  const lookup = createLookup({ warn: (line) => lines.push(line), ...options });
  return {
    lines,
    lookup: (texts, settings = {}) =>
      lookup(of(...texts), settingsOf({ cacheDirectory: folder, ...settings })),
  };
}

/** Where each answer comes from, or why there is none. */
export function reasons(answers: readonly Answer[]): readonly string[] {
  return answers.map((answer) => (answer.ok ? answer.from : answer.reason));
}
