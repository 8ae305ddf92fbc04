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

/** The distinct references that are looked up with the same settings, by name. */
interface Group {
  readonly settings: Settings;
  readonly references: Map<string, Reference>;
  readonly answers: Map<string, Answer>;
}

/**
 * Finds out what references point to.
 *
 * @returns a function from a request to its answer, if there is one
 * @throws {CommandError} where the cache cannot be written, from which ESLint reads the answers; one line
 */
export async function findAnswers(
  requests: readonly LookupRequest[],
  options: AnswerOptions,
  terminal: Terminal,
): Promise<(request: LookupRequest) => Answer | undefined> {
  const groups = new Map<string, Group>();
  for (const { reference, settings } of interleave(requests)) {
    const key = groupOf(settings);
    const group = groups.get(key) ?? { settings, references: new Map(), answers: new Map() };
    group.references.set(nameOf(reference), withoutKnownDigest(reference));
    groups.set(key, group);
  }
  if (options.ask) await askAll([...groups.values()], options, terminal);
  else {
    const lookup = createLookup();
    for (const group of groups.values())
      keepAnswers(group, lookup([...group.references.values()], group.settings));
  }
  return ({ reference, settings }) => groups.get(groupOf(settings))?.answers.get(nameOf(reference));
}

/**
 * Drops repeated requests, and puts those for the same repository far apart. The first request of a
 * repository fetches the token; until the next one comes, other repositories are asked, so that nothing waits
 * for it.
 */
function interleave(requests: readonly LookupRequest[]): readonly LookupRequest[] {
  const rounds: LookupRequest[][] = [];
  const seen = new Map<string, Set<string>>();
  for (const each of requests) {
    const { domain, repository } = each.reference;
    const repositoryName = `${domain}/${repository}`;
    const names = seen.get(repositoryName) ?? new Set<string>();
    const name = `${groupOf(each.settings)} ${nameOf(each.reference)}`;
    if (names.has(name)) continue;
    const round = rounds[names.size] ?? [];
    round.push(each);
    rounds[names.size] = round;
    names.add(name);
    seen.set(repositoryName, names);
  }
  return rounds.flat();
}

function keepAnswers({ references, answers }: Group, found: readonly Answer[]): void {
  for (const [index, name] of [...references.keys()].entries()) {
    const answer = found[index];
    if (answer) answers.set(name, answer);
  }
}

async function askAll(
  groups: readonly Group[],
  { fresh, since }: AnswerOptions,
  terminal: Terminal,
): Promise<void> {
  const stop = new AbortController();
  let unwritable: string | undefined;
  const resolver = createResolver({
    patience: COMMAND_PATIENCE,
    warn: (line) => {
      unwritable ??= line.replace(/^container-images: /, "");
      stop.abort();
    },
  });
  const total = groups.reduce((sum, { references }) => sum + references.size, 0);
  const progress = await terminal.progress("looking up", total);
  const onAnswer = (): void => {
    progress.step();
  };
  try {
    await Promise.all(
      groups.map(async (group) => {
        const settings = fresh ? { ...group.settings, maxAge: 0 } : group.settings;
        const options = { since, signal: stop.signal, onAnswer };
        keepAnswers(group, await resolver.resolveAll([...group.references.values()], settings, options));
      }),
    );
  } finally {
    progress.end();
    resolver.close();
  }
  if (unwritable !== undefined) throw new CommandError(unwritable);
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
