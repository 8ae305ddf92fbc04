// What random templates are made of, as data, and numbers.

/** Numbers, and what looks like some. */
export const NUMBERS: readonly string[] = String.raw`
  0 1 -1 +1 0x_1 0x1f 0X_F 0o17 0O7 0b101 017 089 08.5 1_000 1__0 _1 1_ 0_7 0x 0b2 0o8 1e3 1E-3 1.5 .5 1. +.5
  -.5 1_0.5 1._5 1_.5 1e1_0 1e_1 1e 1e400 -1e400 1.8e308 0x1p4 0x1.8p1 0x.8p1 0x1._8p1 0x_1.8p1 0x1p1_0 0x1.8
  0x1p1024 0x1p1023 0x1.fffffffffffff7p1023 0x1.fffffffffffff8p1023 0x0p99999 0x1p-9999 0xp1 0x.p1 0x1.p1
  1i 08i 0b1i 0x1i 0x1p1i 1+2i 1-2i 1+2 1i+2i 0b1+2i 08+1i 1e+5+2i 0x1p+2i 1+i +i 1+.5i 1_0+1i 1e999i
  18446744073709551615 18446744073709551616 -9223372036854775808 -9223372036854775809 +9223372036854775807
  +9223372036854775808 1a 1+ 1é - + -a 1.2.3 1.a 0x1g
  'a' 'é' '😀' '' 'ab' '\n' '\'' '\"' '"' '\x41' '\xff' '\101' '\400' '\u00e9' '\ud800' 'a
`
  .trim()
  .split(/\s+/);

/** Pieces that templates are made of. */
export const VALID: readonly string[] = [
  ...["text", " ", "\n", "{{1_0}}", "{{true}}", "{{ -1.5e3 }}", '{{"a\\n"}}', "{{`b`}}", "{{'c'}}"],
  ...["{{.a}}", "{{- .a.b -}}", "{{$.a | quote}}", "{{$x := 1}}", "{{ len (.a) }}", "{{(now).a.b}}"],
  ...["{{/* a */}}", "{{default nil .a}}", "{{and (eq .a 1) (not .b) | ternary 1 2}}"],
  "{{if .a}}b{{end}}",
  "{{if .a}}b{{else if .b}}c{{else}}d{{end}}",
  "{{with $y := .a}}{{$y}}{{end}}",
  "{{range $i, $e := .a}}{{$i}}{{break}}{{end}}",
  "{{range .a}}{{continue}}{{else}}b{{end}}",
  '{{template "t" .}}',
  '{{define "t"}}a{{end}}',
  '{{block "u" .}}b{{end}}',
];

/** Pieces that break them. */
export const BROKEN: readonly string[] = [
  ..."{{ }} {{- -}} . .a $ $x := = | ( ) , \" ' ` \\ /* */ 0x _1 1 .5 i e+ - + : { }".split(" "),
  ..."end else if {{end}} {{else}} {{break}} nope é 名".split(" "),
  ...[
    "{{if .a}}",
    "{{range .a}}",
    "{{with .a}}",
    "{{else if .b}}",
    "\u00a0",
    "\t",
    "{{- ",
    " -}}",
    " = ",
    ";",
  ],
];
