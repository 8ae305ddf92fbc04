// Reads the WWW-Authenticate header of a 401 answer (RFC 7235).
import { LookupError } from "./failure.js";

/** One challenge, its scheme and parameter names in lower case. */
export interface ParsedChallenge {
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** A challenge that can be answered. */
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
// Not in the grammar, but some registries do not quote the realm's URL.
const BARE_VALUE = /[^ \t,"]*/y;

/**
 * Splits a WWW-Authenticate header into its challenges. Several headers are joined by commas.
 *
 * @param header the header's value; at most 8 KiB and eight challenges are read
 * @returns the challenges in their order, up to the first syntax error; never throws
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
 * Chooses the challenge to answer: the first Bearer challenge whose realm is a URL, else Basic.
 *
 * @param header the header's value, if there is one
 * @param host the host that sent it, for the message
 * @throws LookupError `invalid-answer` when there is no challenge that can be answered
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
