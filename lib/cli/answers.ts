// What tags point to, for a whole project: every distinct reference once, all at the same time.
import { createLookup } from "../digests/lookup.js";
import { decide, hereAndNow, RESOLVE_VARIABLE, writeRun } from "../digests/policy.js";
import { createResolver, type Resolver } from "../digests/resolve.js";
import type { Answer } from "../reference/answer.js";
import { formatReference, type Reference } from "../reference/reference.js";
import type { Settings } from "../settings.js";
import { CommandError } from "./failure.js";
import type { Terminal } from "./terminal.js";

/** Milliseconds of silence after which a command gives up: longer than a lint, as somebody watches it. */
const PATIENCE = 120_000;

/** Whether a command may ask registries: whatever the settings say, unless the variable forbids it. */
export function mayAsk(terminal: Terminal): boolean {
  const { mode, decidedBy, warning } = decide("registry", hereAndNow());
  if (warning !== undefined) terminal.warn(`container-images: ${warning}`);
  const forbidden = decidedBy === "variable" && mode === "cache";
  if (forbidden)
    terminal.warn(
      `container-images: ${RESOLVE_VARIABLE}=cache: no registry is asked, and what is missing counts as failed`,
    );
  return !forbidden;
}

/**
 * Tells every copy of the plugin in this process, the user's too, that registries are asked by the command
 * alone, and that answers since now count whatever `maxAge`.
 *
 * @returns the moment, in milliseconds since the epoch
 */
export function beginRun(): number {
  const since = Date.now();
  writeRun(process.env, { mode: "cache", pid: process.pid, since });
  process.env[RESOLVE_VARIABLE] = "cache";
  return since;
}

/** A reference, and the settings of the file that it stands in. */
export interface Wanted {
  readonly reference: Reference;
  readonly settings: Settings;
}

export interface AnswerOptions {
  /** Without it, only the cache is read. */
  readonly ask: boolean;
  /** No answer of an earlier run counts: a tag may have moved since. */
  readonly fresh: boolean;
  /** What {@link beginRun} returned. */
  readonly since: number;
}

/**
 * Finds out what references point to.
 *
 * @returns what is known of a reference that was wanted
 * @throws {CommandError} where the cache cannot be written: ESLint reads the answers there; one line
 */
export async function findAnswers(
  wanted: readonly Wanted[],
  options: AnswerOptions,
  terminal: Terminal,
): Promise<(wanted: Wanted) => Answer | undefined> {
  const groups = new Map<
    string,
    { readonly settings: Settings; readonly references: Map<string, Reference> }
  >();
  for (const each of spread(wanted)) {
    const { settings, references } = groups.get(groupOf(each.settings)) ?? {
      settings: each.settings,
      references: new Map<string, Reference>(),
    };
    references.set(nameOf(each.reference), tagOf(each.reference));
    groups.set(groupOf(each.settings), { settings, references });
  }
  const answers = new Map<string, Answer>();
  const keep = (
    group: string,
    references: ReadonlyMap<string, Reference>,
    found: readonly Answer[],
  ): void => {
    for (const [index, name] of [...references.keys()].entries()) {
      const answer = found[index];
      if (answer) answers.set(`${group} ${name}`, answer);
    }
  };
  if (options.ask) {
    const total = [...groups.values()].reduce((sum, { references }) => sum + references.size, 0);
    await askAll(groups, total, options, keep, terminal);
  } else {
    const lookup = createLookup();
    for (const [group, { settings, references }] of groups)
      keep(group, references, lookup([...references.values()], settings));
  }
  return ({ reference, settings }) => answers.get(`${groupOf(settings)} ${nameOf(reference)}`);
}

/**
 * Puts the references of one repository far apart: the first one gets the token while others of other
 * repositories are asked for, and the rest do not wait for it.
 */
function spread(wanted: readonly Wanted[]): readonly Wanted[] {
  const rounds: Wanted[][] = [];
  const seen = new Map<string, Set<string>>();
  for (const each of wanted) {
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

type Groups = ReadonlyMap<
  string,
  { readonly settings: Settings; readonly references: ReadonlyMap<string, Reference> }
>;

async function askAll(
  groups: Groups,
  total: number,
  { fresh, since }: AnswerOptions,
  keep: (group: string, references: ReadonlyMap<string, Reference>, found: readonly Answer[]) => void,
  terminal: Terminal,
): Promise<void> {
  const stop = new AbortController();
  let unwritable: string | undefined;
  const warn = (line: string): void => {
    unwritable ??= line.replace(/^container-images: /, "");
    stop.abort();
  };
  const resolver: Resolver = createResolver({ patience: PATIENCE, warn });
  const progress = await terminal.progress("looking up", total);
  const onAnswer = (): void => {
    progress.step();
  };
  try {
    await Promise.all(
      [...groups].map(async ([group, { settings, references }]) => {
        const asked = fresh ? { ...settings, maxAge: 0 } : settings;
        keep(
          group,
          references,
          await resolver.resolveAll([...references.values()], asked, {
            since,
            signal: stop.signal,
            onAnswer,
          }),
        );
      }),
    );
  } finally {
    progress.end();
    resolver.close();
  }
  if (unwritable !== undefined) throw new CommandError(unwritable);
}

const known = new WeakMap<Settings, string>();

/** What a lookup depends on; files with the same settings share answers. */
function groupOf(settings: Settings): string {
  const { registries, mirrors, timeout, maxAge, cacheDirectory } = settings;
  const group = known.get(settings) ?? JSON.stringify([registries, mirrors, timeout, maxAge, cacheDirectory]);
  known.set(settings, group);
  return group;
}

function nameOf(reference: Reference): string {
  return formatReference(tagOf(reference));
}

/** A digest that stands says nothing of where the tag points today. */
function tagOf({ domain, repository, tag, digest, written }: Reference): Reference {
  return {
    domain,
    repository,
    written,
    ...(tag === undefined ? (digest === undefined ? {} : { digest }) : { tag }),
  };
}
