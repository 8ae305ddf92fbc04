// Looks up a project's references while they are found: each distinct one once, and all at the same time.
import { COMMAND_PATIENCE } from "../digests/clock.js";
import { createLookup } from "../digests/lookup.js";
import { decide, hereAndNow, RESOLVE_VARIABLE, writeRun } from "../digests/policy.js";
import { createResolver, type Resolver } from "../digests/resolve.js";
import { settingsToSend } from "../digests/resolve-settings.js";
import type { Answer } from "../reference/answer.js";
import { displayText } from "../reference/display.js";
import { formatReference, type Reference } from "../reference/reference.js";
import { steadyTime } from "../reference/steady-time.js";
import type { Settings } from "../settings/settings.js";
import { CommandError } from "./failure.js";
import type { Progress, Terminal } from "./terminal.js";

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
   * Begins to find out what references point to, in their order. What was wanted before, with the same
   * settings, is not looked up again.
   */
  want(requests: readonly LookupRequest[]): void;
  /** Shows the progress of all that was wanted. To be called once, when no more will be wanted. */
  show(): Promise<void>;
  /**
   * Waits for the answer to a request.
   *
   * @returns `undefined` for a request that was never wanted
   * @throws {CommandError} where the cache cannot be written, from which ESLint reads the answers; one line
   */
  of(request: LookupRequest): Promise<Answer | undefined>;
  /** Must be called at the end, also after an error: nothing is looked up from then on. */
  end(): void;
}

/**
 * Makes what finds the answers of a run: each distinct reference is looked up once.
 *
 * @param options whether registries are asked, and which earlier answers count
 * @param terminal shows the progress
 * @returns the answers, which come in while the caller goes on; their `end` must be called
 */
export function findAnswers(options: AnswerOptions, terminal: Terminal): Answers {
  return options.ask ? new AnswersFromRegistries(options, terminal) : new AnswersFromCache();
}

/** All lookups of a run. */
class Lookups {
  readonly #groups = new Map<string, Group>();
  /** How many there are. */
  size = 0;

  /** Keeps what is not there yet, and returns it by its settings. */
  add(requests: readonly LookupRequest[]): readonly { settings: Settings; added: readonly Pending[] }[] {
    const added = new Map<Group, Pending[]>();
    for (const { reference, settings } of requests) {
      const key = groupOf(settings);
      const group = this.#groups.get(key) ?? { settings, lookups: new Map<string, Pending>() };
      this.#groups.set(key, group);
      const name = nameOf(reference);
      if (group.lookups.has(name)) continue;
      const one = pending(withoutKnownDigest(reference));
      group.lookups.set(name, one);
      this.size += 1;
      const ofGroup = added.get(group);
      if (ofGroup) ofGroup.push(one);
      else added.set(group, [one]);
    }
    return [...added].map(([{ settings }, all]) => ({ settings, added: all }));
  }

  get({ reference, settings }: LookupRequest): Pending | undefined {
    return this.#groups.get(groupOf(settings))?.lookups.get(nameOf(reference));
  }
}

class AnswersFromCache implements Answers {
  readonly #lookups = new Lookups();
  readonly #lookup = createLookup();

  want(requests: readonly LookupRequest[]): void {
    for (const { settings, added } of this.#lookups.add(requests)) {
      const answers = this.#lookup(referencesOf(added), settings);
      for (const [index, { settle }] of added.entries()) {
        const answer = answers[index];
        if (answer) settle(answer);
      }
    }
  }

  async show(): Promise<void> {
    // All answers are there.
  }

  async of(request: LookupRequest): Promise<Answer | undefined> {
    return await this.#lookups.get(request)?.answer;
  }

  end(): void {
    // Nothing was begun.
  }
}

class AnswersFromRegistries implements Answers {
  readonly #options: AnswerOptions;
  readonly #terminal: Terminal;
  readonly #lookups = new Lookups();
  readonly #stop = new AbortController();
  readonly #resolver: Resolver;
  /** Why answers cannot be kept. */
  #unwritable: string | undefined;
  #answered = 0;
  #progress: Progress | undefined;

  constructor(options: AnswerOptions, terminal: Terminal) {
    this.#options = options;
    this.#terminal = terminal;
    this.#resolver = createResolver({
      patience: COMMAND_PATIENCE,
      onUnkept: (folder) => {
        this.#unwritable ??=
          `${displayText(folder)} cannot be written, and ESLint takes the digests from there; ` +
          "name another folder with the setting `cacheDirectory` (on Linux also with XDG_CACHE_HOME)";
        this.#stop.abort();
      },
    });
  }

  want(requests: readonly LookupRequest[]): void {
    const { fresh, since } = this.#options;
    for (const { settings, added } of this.#lookups.add(requests)) {
      const byReference = new Map(added.map((each) => [each.reference, each]));
      const onAnswer = (answer: Answer, reference: Reference): void => {
        this.#answered += 1;
        this.#progress?.step();
        byReference.get(reference)?.settle(answer);
      };
      const asked = fresh ? { ...settings, maxAge: 0 } : settings;
      const { signal } = this.#stop;
      void this.#resolver.resolveAll(referencesOf(added), asked, { since, signal, onAnswer });
    }
  }

  async show(): Promise<void> {
    const progress = await this.#terminal.progress("looking up", this.#lookups.size);
    for (let done = 0; done < this.#answered; done += 1) progress.step();
    this.#progress = progress;
  }

  async of(request: LookupRequest): Promise<Answer | undefined> {
    const answer = await this.#lookups.get(request)?.answer;
    if (this.#unwritable !== undefined) throw new CommandError(this.#unwritable);
    return answer;
  }

  end(): void {
    this.#stop.abort();
    this.#progress?.end();
    this.#resolver.close();
  }
}

function referencesOf(lookups: readonly Pending[]): readonly Reference[] {
  return lookups.map(({ reference }) => reference);
}

function pending(reference: Reference): Pending {
  let settle: Pending["settle"] = () => undefined;
  const answer = new Promise<Answer>((resolve) => {
    settle = resolve;
  });
  return { reference, answer, settle };
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
