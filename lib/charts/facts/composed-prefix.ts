// What a chart puts before the repository of an image, by the reference that its fact says it composes.

/** Something in brackets, keys in braces, or text as it stands. */
const PIECE = /\[((?:\{[^{}]*\}|[^{}[\]])*)\]|\{([^{}]*)\}|([^{}[\]]+)/g;

/** What a key holds: one beside the image, or a dotted path from the values' root. */
export type ValueOf = (key: string) => string | undefined;

/**
 * What a chart puts before an image's repository.
 *
 * @param reference that the chart composes (`ImageFact.reference`)
 * @param repository the key that holds the repository
 * @param valueOf what a key holds; `undefined` or an empty text where it holds nothing
 * @returns the text, which ends with a slash or is empty; `undefined` where the reference does not say it
 */
export function composedPrefix(reference: string, repository: string, valueOf: ValueOf): string | undefined {
  const [before, behind] = reference.split(`{${repository}}`, 2);
  if (before === undefined || behind === undefined) return undefined;
  const prefix = composedText(before, valueOf);
  return prefix === "" || prefix?.endsWith("/") === true ? prefix.replace(/\/+$/, "/") : undefined;
}

/**
 * The text of a composed reference, or of a part of one.
 *
 * @param part in the grammar of `ImageFact.reference`
 * @param valueOf what a key holds
 * @returns `undefined` where a key outside of brackets holds nothing
 */
export function composedText(part: string, valueOf: ValueOf): string | undefined {
  const texts = [...part.matchAll(PIECE)].map(([, choice, keys, fixed]) => {
    if (choice !== undefined) return chosen(choice, valueOf);
    if (keys === undefined) return fixed;
    return keys
      .split("|")
      .map(valueOf)
      .find((value) => value !== undefined && value !== "");
  });
  return texts.includes(undefined) ? undefined : texts.join("");
}

/** Of what stands between `|` in brackets, the first whose keys all hold something; else nothing. */
function chosen(choice: string, valueOf: ValueOf): string {
  const options = choice.match(/(?:\{[^{}]*\}|[^{}|])+/g) ?? [];
  return options.map((option) => composedText(option, valueOf)).find((text) => text !== undefined) ?? "";
}
