// How Helm reads a plain scalar: through sigs.k8s.io/yaml to JSON and Go's float64, and prints it with `%v`.

const INTEGER = /^[-+]?(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]+|[0-9][0-9_]*)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const TRUE = /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const INFINITE = /^([-+]?)\.(?:inf|Inf|INF)$/;
const NOT_A_NUMBER = /^\.(?:nan|NaN|NAN)$/;

/**
 * What a template prints for a plain scalar.
 *
 * @param plain the scalar's text, unquoted in the file
 * @returns `undefined` where Helm reads a string, and prints the text as it stands; else what it prints for the number or
 *   boolean that it reads (`1.10` → `1.1`, `20240101` → `2.0240101e+07`, `on` → `true`)
 * @see go-yaml v2 resolve.go, which sigs.k8s.io/yaml carries; Go's strconv.FormatFloat(x, 'g', -1, 64); held to Helm itself
 *   by tests/oracles
 */
export function helmPrints(plain: string): string | undefined {
  if (TRUE.test(plain)) return "true";
  if (FALSE.test(plain)) return "false";
  if (NOT_A_NUMBER.test(plain)) return "NaN";
  const infinite = INFINITE.exec(plain);
  if (infinite) return infinite[1] === "-" ? "-Inf" : "+Inf";
  if (INTEGER.test(plain)) return formatGo(integerValue(plain));
  const digits = plain.replaceAll("_", "");
  if (FLOAT.test(digits) && /^[-+.0-9]/.test(plain)) return formatGo(Number(digits.replace(/^\+/, "")));
  return undefined;
}

function integerValue(plain: string): number {
  const text = plain.replaceAll("_", "").toLowerCase();
  const negative = text.startsWith("-");
  const digits = text.replace(/^[-+]/, "");
  // A leading zero alone is octal to Go's ParseInt with base 0; where a digit says otherwise, ParseInt fails and a float is read.
  const octal = /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits;
  const value = Number(octal);
  return negative ? -value : value;
}

/** strconv's shortest `%g`: JavaScript writes an exponent from the 22nd digit on, Go from the seventh. */
function formatGo(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  if (value === 0) return "0";
  const [mantissa = "", exponent = "0"] = value.toExponential().split("e");
  const power = Number(exponent);
  if (power < -4 || power >= 6) return `${mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
  return String(value);
}
