// The functions that a template of a Helm chart can call.

/** What text/template itself has (Go, `text/template/funcs.go`). */
const BUILTINS = `
  and call eq ge gt html index js le len lt ne not or print printf println slice urlquery
`;

/** What Helm 3.22 or Helm 4.3 adds (`pkg/engine/funcs.go`); Helm 3 lacks `must…` and `duration…`. */
const HELMS = `
  include lookup required tpl
  fromJson fromJsonArray fromToml fromYaml fromYamlArray toJson toToml toYaml toYamlPretty
  mustToJson mustToToml mustToYaml
  durationDays durationHours durationMicroseconds durationMilliseconds durationMinutes durationNanoseconds
  durationRoundTo durationSeconds durationTruncateTo durationWeeks mustToDuration
`;

/** What sprig 3.3 has (`functions.go`, `TxtFuncMap`). Helm removes `env` and `expandenv`. */
const SPRIGS = {
  dates: `
    ago date dateInZone dateModify date_in_zone date_modify duration durationRound htmlDate
    htmlDateInZone mustDateModify mustToDate must_date_modify now toDate unixEpoch
  `,
  texts: `
    abbrev abbrevboth camelcase cat contains hasPrefix hasSuffix hello indent initials kebabcase
    nindent nospace plural quote randAlpha randAlphaNum randAscii randNumeric repeat replace shuffle
    snakecase squote substr swapcase title toString trim trimAll trimPrefix trimSuffix trimall trunc
    untitle upper lower wrap wrapWith join sortAlpha split splitList splitn toStrings
  `,
  patterns: `
    mustRegexFind mustRegexFindAll mustRegexMatch mustRegexReplaceAll mustRegexReplaceAllLiteral
    mustRegexSplit regexFind regexFindAll regexMatch regexQuoteMeta regexReplaceAll
    regexReplaceAllLiteral regexSplit
  `,
  numbers: `
    add add1 add1f addf atoi biggest ceil div divf float64 floor int int64 max maxf min minf mod mul
    mulf randInt round seq sub subf toDecimal until untilStep
  `,
  defaults: "all any coalesce compact default empty fail mustCompact ternary",
  types: "deepCopy deepEqual kindIs kindOf mustDeepCopy typeIs typeIsLike typeOf",
  lists: `
    append chunk concat first has initial last list mustAppend mustChunk mustFirst mustHas
    mustInitial mustLast mustPrepend mustPush mustRest mustReverse mustSlice mustUniq mustWithout
    prepend push rest reverse slice tuple uniq without
  `,
  dictionaries: `
    dict dig get hasKey keys merge mergeOverwrite mustMerge mustMergeOverwrite omit pick pluck set
    unset values
  `,
  json: "fromJson mustFromJson mustToJson mustToPrettyJson mustToRawJson toJson toPrettyJson toRawJson",
  encodings: "b32dec b32enc b64dec b64enc",
  paths: "base clean dir ext isAbs osBase osClean osDir osExt osIsAbs",
  secrets: `
    adler32sum bcrypt buildCustomCert decryptAES derivePassword encryptAES genCA genCAWithKey
    genPrivateKey genSelfSignedCert genSelfSignedCertWithKey genSignedCert genSignedCertWithKey
    htpasswd randBytes sha1sum sha256sum sha512sum
  `,
  others: "getHostByName semver semverCompare urlJoin urlParse uuidv4",
};

/** Their names, of Helm 3 and of Helm 4. `npm run oracles` compares them with the original. */
export const FUNCTIONS: ReadonlySet<string> = new Set(
  [BUILTINS, HELMS, ...Object.values(SPRIGS)].join(" ").trim().split(/\s+/),
);
