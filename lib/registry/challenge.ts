// What a 401 asks for: the WWW-Authenticate header, read as RFC 7235 has it.
import { LookupError } from "./failure.js";

/** One challenge, its scheme and parameter names in lower case. */
export interface ParsedChallenge {
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** The challenge that we answer. */
export type Challenge =
  | { readonly scheme: "basic" }
  | { readonly scheme: "bearer"; readonly realm: string; readonly service: string | undefined };

const MAX_HEADER = 8 * 1024;
const MAX_CHALLENGES = 8;

const SEPARATORS = /[ \t,]*/y;
const SPACE = /[ \t]*/y;
const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const TOKEN68 = /[A-Za-z0-9._~+/-]+=*(?=[ \t]*(?:,|$))/y;
const QUOTED = /"((?:[^"\\]|\\.)*)"/sy;
// Beyond the grammar: some registries leave a realm's URL unquoted.
const BARE_VALUE = /[^ \t,"]*/y;

/**
 * Splits a WWW-Authenticate header into its challenges: several in one line, or several lines that were
 * joined by commas.
 *
 * @param header the header's value; beyond 8 KiB or eight challenges nothing is read
 * @returns the challenges in their order, up to the first thing that breaks the grammar; never throws
 * @see RFC 7235, sections 2.1 and 4.1
 */
export function parseChallenges(header: string): readonly ParsedChallenge[] {
  const text = header.slice(0, MAX_HEADER);
  const found: { scheme: string; parameters: Map<string, string> }[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(text) ?? undefined;
    if (match) at = pattern.lastIndex;
    return match;
  };
  for (;;) {
    take(SEPARATORS);
    const word = take(TOKEN)?.[0].toLowerCase();
    if (word === undefined) return found;
    take(SPACE);
    if (text[at] !== "=") {
      if (found.length === MAX_CHALLENGES) return found;
      found.push({ scheme: word, parameters: new Map() });
      take(TOKEN68);
      continue;
    }
    at += 1;
    take(SPACE);
    const quoted = take(QUOTED);
    const value = quoted
      ? quoted[1]?.replace(/\\(.)/gs, "$1")
      : text[at] === '"'
        ? undefined
        : take(BARE_VALUE)?.[0];
    const current = found.at(-1);
    if (value === undefined || !current) return found;
    if (!current.parameters.has(word)) current.parameters.set(word, value);
  }
}

/**
 * Chooses what to answer: the first Bearer challenge whose realm is a URL, else Basic.
 *
 * @param header the header's value, where there was one
 * @param host who sent it, for the message
 * @throws LookupError `invalid-answer` when there is no challenge that we know how to answer
 * @see distribution's token.md; RFC 7617
 */
export function chooseChallenge(header: string | undefined, host: string): Challenge {
  if (header === undefined)
    throw new LookupError(
      "invalid-answer",
      `${host} asks for authentication and does not say how (401 without a challenge)`,
    );
  const challenges = parseChallenges(header);
  for (const { scheme, parameters } of challenges) {
    const realm = parameters.get("realm");
    if (scheme === "bearer" && realm !== undefined && isWebUrl(realm))
      return { scheme, realm, service: parameters.get("service") };
  }
  if (challenges.some(({ scheme }) => scheme === "basic")) return { scheme: "basic" };
  if (challenges.some(({ scheme }) => scheme === "bearer"))
    throw new LookupError("invalid-answer", `${host} names no token server that can be asked (bad realm)`);
  throw new LookupError(
    "invalid-answer",
    `${host} asks for an authentication that is neither Bearer nor Basic`,
  );
}

function isWebUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (
    (url.protocol === "https:" || url.protocol === "http:") && url.username === "" && url.password === ""
  );
}
