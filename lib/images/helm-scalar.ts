// How Helm reads a plain scalar: through sigs.k8s.io/yaml to JSON and Go's float64, and prints it with `%v`.

const INTEGER = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|[0-9]+)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const TRUE = /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const INFINITE = /^([-+]?)\.(?:inf|Inf|INF)$/;
const NOT_A_NUMBER = /^\.(?:nan|NaN|NAN)$/;

/**
 * What a template prints for a plain scalar.
 *
 * @param plain the scalar's text, unquoted in the file
 * @returns `undefined` where Helm reads a string, and prints the text as it stands; else what it prints for
 *   the number or boolean that it reads (`1.10` → `1.1`, `20240101` → `2.0240101e+07`, `on` → `true`); a file
 *   with an infinity or a NaN it refuses
 * @see go-yaml v2 resolve.go, which sigs.k8s.io/yaml carries; Go's strconv.FormatFloat(x, 'g', -1, 64); held
 *   to Helm itself by tests/oracles
 */
export function helmPrints(plain: string): string | undefined {
  if (TRUE.test(plain)) return "true";
  if (FALSE.test(plain)) return "false";
  if (NOT_A_NUMBER.test(plain)) return "NaN";
  const infinite = INFINITE.exec(plain);
  if (infinite) return infinite[1] === "-" ? "-Inf" : "+Inf";
  // Underscores are ignored only in a text that begins as a number does.
  if (!/^[-+0-9]/.test(plain)) return FLOAT.test(plain) ? formatGo(Number(plain)) : undefined;
  const digits = plain.replaceAll("_", "");
  if (INTEGER.test(digits)) return formatGo(integerValue(digits));
  return FLOAT.test(digits) ? formatGo(Number(digits.replace(/^\+/, ""))) : undefined;
}

function integerValue(plain: string): number {
  const text = plain.toLowerCase();
  const negative = text.startsWith("-");
  const digits = text.replace(/^[-+]/, "");
  // A leading zero alone is octal to Go's ParseInt with base 0; where a digit says otherwise, ParseInt fails
  // and a float is read.
  const octal = /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits;
  const value = Number(octal);
  // No integer is a negative zero.
  return negative && value !== 0 ? -value : value;
}

/**
 * strconv's shortest `%g`: JavaScript writes an exponent from the 22nd digit on, Go from the seventh. What is
 * no float64 stays text.
 */
function formatGo(value: number): string | undefined {
  if (!Number.isFinite(value)) return undefined;
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const [mantissa = "", exponent = "0"] = value.toExponential().split("e");
  const power = Number(exponent);
  if (power < -4 || power >= 6)
    return `${mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
  return String(value);
}
