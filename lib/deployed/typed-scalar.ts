// Which plain texts YAML 1.1 reads as a number or a truth, as go-yaml does that kustomize uses.

/** What may be one: most texts are none of these. */
const LIKELY = /^(?:[-+]?\.?\d|[-+]?\.[a-z]{3}$|(?:y|n|yes|no|on|off|true|false)$)/i;

const TRUE = /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const WHOLE = /^[-+]?(?:0b[01]{1,64}|0o?[0-7]+|0x[\da-f]{1,16})$/i;
const DECIMAL = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:e[-+]?\d+)?$/i;
const NO_NUMBER = /^(?:\.nan|\.NaN|\.NAN|[-+]?\.(?:inf|Inf|INF))$/;

/**
 * Reads a plain text that is not empty.
 *
 * @param text as it is written, without quotes
 * @returns a number, a truth, or the text
 * @see https://github.com/yaml/go-yaml/blob/v2/resolve.go
 */
export function typed(text: string): string | number | boolean {
  if (!LIKELY.test(text)) return text;
  if (TRUE.test(text)) return true;
  if (FALSE.test(text)) return false;
  if (NO_NUMBER.test(text)) return NaN;
  const digits = text.startsWith(".") ? text : text.replaceAll("_", "");
  if (WHOLE.test(digits)) return Number(/[box]/i.test(digits) ? digits.replace(/^[-+]/, "") : digits);
  if (!DECIMAL.test(digits)) return text;
  const number = Number(digits);
  // Out of range, it stays a text: `12e345` is the beginning of a commit's name.
  return Number.isFinite(number) ? number : text;
}
