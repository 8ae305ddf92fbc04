// The configuration of a page's project: that of README.md, with what the page shows so far.

const IMPORT = 'import containerImages from "eslint-plugin-container-images";\n';

/** What every page starts from. */
export const BASIC = `${IMPORT}
export default [...containerImages.configs.recommended];
`;

/**
 * Puts together what a reader would: a whole configuration replaces what was there, and a piece of one is
 * added to it.
 *
 * @param snippets the blocks of JavaScript that a page has shown, in their order
 * @returns files by path
 */
export function withSnippets(snippets: readonly string[]): Readonly<Record<string, string>> {
  const whole = snippets.findLastIndex((text) => text.includes("export default"));
  const start = snippets[whole] ?? BASIC;
  const pieces = snippets.slice(whole + 1).map((text) => `  ${objectOf(text)},\n`);
  return {
    "base.config.mjs": start.includes("import containerImages") ? start : `${IMPORT}${start}`,
    "eslint.config.mjs":
      'import base from "./base.config.mjs";\n\n' + `export default [\n  ...base,\n${pieces.join("")}];\n`,
  };
}

/** A piece of a configuration as an object of it: one that is whole, its `settings`, or single settings. */
function objectOf(text: string): string {
  if (text.startsWith("{")) return text.trimEnd().replace(/,$/, "");
  if (/^(?:settings|rules): \{/.test(text)) return `{ ${text} }`;
  return `{ settings: { "container-images": { ${text} } } }`;
}
