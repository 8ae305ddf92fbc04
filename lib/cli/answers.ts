// Looks up a whole project's references: each distinct one once, and all at the same time.
import { COMMAND_PATIENCE } from "../digests/clock.js";
import { createLookup } from "../digests/lookup.js";
import { decide, hereAndNow, RESOLVE_VARIABLE, writeRun } from "../digests/policy.js";
import { createResolver } from "../digests/resolve.js";
import { settingsToSend } from "../digests/resolve-settings.js";
import type { Answer } from "../reference/answer.js";
import { formatReference, type Reference } from "../reference/reference.js";
import { steadyTime } from "../reference/steady-time.js";
import type { Settings } from "../settings/settings.js";
import { CommandError } from "./failure.js";
import type { Terminal } from "./terminal.js";

/**
 * Whether a command may ask registries. It may, whatever the setting `resolve` says, unless the environment
 * variable forbids it.
 */
export function mayAsk(terminal: Terminal): boolean {
  const { mode, decidedBy, warning } = decide("registry", hereAndNow());
  if (warning !== undefined) terminal.warn(`container-images: ${warning}`);
  const forbidden = decidedBy === "variable" && mode === "cache";
  if (forbidden)
    terminal.warn(
      `container-images: ${RESOLVE_VARIABLE}=cache: no registry is asked, ` +
        "and what is missing counts as failed",
    );
  return !forbidden;
}

/**
 * Marks the beginning of a run for every copy of the plugin in this process, also the user's own: only the
 * command asks registries, and answers that are newer than this moment count whatever `maxAge` says.
 *
 * @returns the moment, in milliseconds since the epoch
 */
export function beginRun(): number {
  const since = steadyTime();
  writeRun(process.env, { mode: "cache", pid: process.pid, since });
  process.env[RESOLVE_VARIABLE] = "cache";
  return since;
}

/** A reference to look up, and the settings of its file. */
export interface LookupRequest {
  readonly reference: Reference;
  readonly settings: Settings;
}

export interface AnswerOptions {
  /** Whether registries are asked; otherwise only the cache is read. */
  readonly ask: boolean;
  /** Whether to ignore answers of earlier runs: a tag may point to another digest now. */
  readonly fresh: boolean;
  /** What {@link beginRun} returned. */
  readonly since: number;
}

/** A lookup, and what settles it. */
interface Pending {
  readonly reference: Reference;
  readonly answer: Promise<Answer>;
  readonly settle: (answer: Answer) => void;
}

/** The distinct references that are looked up with the same settings, by name. */
interface Group {
  readonly settings: Settings;
  readonly lookups: Map<string, Pending>;
}

/** The answers of a run, while they come in. */
export interface Answers {
  /**
   * Waits for the answer to a request.
   *
   * @returns `undefined` for a request that was not in the list
   * @throws {CommandError} where the cache cannot be written, from which ESLint reads the answers; one line
   */
  of(request: LookupRequest): Promise<Answer | undefined>;
  /** Must be called at the end, also after an error: nothing is looked up from then on. */
  end(): void;
}

/**
 * Begins to find out what references point to: each distinct one once, in their order.
 *
 * @param requests all that will be waited for
 * @param options whether registries are asked, and which earlier answers count
 * @param terminal shows the progress
 * @returns the answers, which come in while the caller goes on; their `end` must be called
 */
export async function findAnswers(
  requests: readonly LookupRequest[],
  options: AnswerOptions,
  terminal: Terminal,
): Promise<Answers> {
  const { ask, fresh, since } = options;
  const groups = groupsOf(requests);
  const all = [...groups.values()];
  const pendingOf = ({ reference, settings }: LookupRequest): Pending | undefined =>
    groups.get(groupOf(settings))?.lookups.get(nameOf(reference));
  if (!ask) {
    const lookup = createLookup();
    for (const group of all) readNow(group, lookup);
    return { of: async (request) => await pendingOf(request)?.answer, end: () => undefined };
  }
  const stop = new AbortController();
  let unwritable: string | undefined;
  const resolver = createResolver({
    patience: COMMAND_PATIENCE,
    warn: (line) => {
      unwritable ??= line.replace(/^container-images: /, "");
      stop.abort();
    },
  });
  const progress = await terminal.progress(
    "looking up",
    all.reduce((sum, { lookups }) => sum + lookups.size, 0),
  );
  for (const { settings, lookups } of all) {
    const references = [...lookups.values()].map(({ reference }) => reference);
    const onAnswer = (answer: Answer, reference: Reference): void => {
      progress.step();
      lookups.get(nameOf(reference))?.settle(answer);
    };
    const asked = fresh ? { ...settings, maxAge: 0 } : settings;
    void resolver.resolveAll(references, asked, { since, signal: stop.signal, onAnswer });
  }
  return {
    async of(request) {
      const answer = await pendingOf(request)?.answer;
      if (unwritable !== undefined) throw new CommandError(unwritable);
      return answer;
    },
    end() {
      stop.abort();
      progress.end();
      resolver.close();
    },
  };
}

function groupsOf(requests: readonly LookupRequest[]): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const { reference, settings } of requests) {
    const key = groupOf(settings);
    const group = groups.get(key) ?? { settings, lookups: new Map<string, Pending>() };
    groups.set(key, group);
    const name = nameOf(reference);
    if (!group.lookups.has(name)) group.lookups.set(name, pending(withoutKnownDigest(reference)));
  }
  return groups;
}

function pending(reference: Reference): Pending {
  let settle: Pending["settle"] = () => undefined;
  const answer = new Promise<Answer>((resolve) => {
    settle = resolve;
  });
  return { reference, answer, settle };
}

function readNow({ settings, lookups }: Group, lookup: ReturnType<typeof createLookup>): void {
  const all = [...lookups.values()];
  const answers = lookup(
    all.map(({ reference }) => reference),
    settings,
  );
  for (const [index, { settle }] of all.entries()) {
    const answer = answers[index];
    if (answer) settle(answer);
  }
}

const groupNames = new WeakMap<Settings, string>();

/** The settings that a lookup depends on, as a key: files with the same key share answers. */
function groupOf(settings: Settings): string {
  const name = groupNames.get(settings) ?? JSON.stringify(settingsToSend(settings));
  groupNames.set(settings, name);
  return name;
}

function nameOf(reference: Reference): string {
  return formatReference(withoutKnownDigest(reference));
}

/** The reference by its tag alone: the digest beside a tag does not say where the tag points now. */
function withoutKnownDigest({ domain, repository, tag, digest, written }: Reference): Reference {
  return {
    domain,
    repository,
    written,
    ...(tag === undefined ? (digest === undefined ? {} : { digest }) : { tag }),
  };
}
