// The table of settings: the check, the defaults and the documentation (docs/settings.md) come from it.
import { chartCatalogue } from "./chart-catalogue.js";
import { chartFacts } from "./chart-facts-check.js";
import { flag, listOf, oneOf, path, wholeNumber, type Check } from "./checks.js";
import { fieldRule } from "./field-rule.js";
import { chartRule, exemption, fileRule } from "./file-rules.js";
import { insecureRegistry, mirrors, registry, tokenHosts } from "./registries.js";
import type { Settings } from "./settings.js";

/** A row of the table: one setting. */
export interface SettingRow {
  readonly name: keyof Settings;
  /** For the docs: the type in words. */
  readonly type: string;
  /** For the docs: the default in words. */
  readonly fallback: string;
  readonly description: string;
  readonly check: Check;
}

/** What holds where the user sets nothing. */
export const DEFAULTS: Settings = {
  resolve: "auto",
  registries: [],
  mirrors: {},
  tokenHosts: {},
  insecureRegistries: [],
  registriesConf: true,
  exempt: [],
  files: [],
  charts: [],
  chartFacts: { uses: [], charts: [], sources: [] },
  chartCatalogues: [],
  fields: [],
  unknownCharts: "suggest",
  maxAge: 86_400,
  timeout: 15_000,
};

export const SETTING_ROWS: readonly SettingRow[] = [
  {
    name: "resolve",
    type: '`"auto"` \\| `"cache"` \\| `"registry"` \\| `"background"`',
    fallback: '`"auto"`',
    description:
      "When a registry may be asked. `auto`: when ESLint runs with `--fix`; in the background in an " +
      "editor's server; never otherwise. `cache`: never, only cached answers are used. `registry`: " +
      "whenever a digest is missing, and the lint waits. `background`: after the lint, without " +
      "credentials; the next lint has the answer.",
    check: oneOf("auto", "cache", "registry", "background"),
  },
  {
    name: "registries",
    type: "`string[]`",
    fallback: "`[]`",
    description:
      "Registries that may be asked, beside the built-in public list: exact `host` (port 443) or " +
      "`host:port`, lower case. `*` stands for one whole label before the last two: `*.azurecr.io`, " +
      "`*.dkr.ecr.*.amazonaws.com`.",
    check: listOf(registry),
  },
  {
    name: "mirrors",
    type: "`{ [domain]: url }`",
    fallback: "`{}`",
    description:
      'Where to ask instead of a domain: `{ "docker.io": "https://mirror.example" }`. The mirror ' +
      "alone is asked, with its own credentials; what is written keeps the user's spelling. A path " +
      "in the URL goes before the repository.",
    check: mirrors,
  },
  {
    name: "tokenHosts",
    type: "`{ [registry]: host \\| host[] }`",
    fallback: "`{}`",
    description:
      "Token servers on other hosts that may get a registry's credentials: " +
      '`{ "registry.corp.example": "gitlab.corp.example" }`. Without it, they go only to [the ' +
      "registry's own](registries.md#who-gets-your-credentials).",
    check: tokenHosts,
  },
  {
    name: "insecureRegistries",
    type: "`string[]`",
    fallback: "`[]`",
    description:
      "Registries that may be asked, and are asked with plain http: exact `host` (port 80) or " +
      "`host:port`. A password then goes over the network for all to read.",
    check: listOf(insecureRegistry),
  },
  {
    name: "caFile",
    type: "path",
    fallback: "–",
    description:
      "A PEM file with certificate authorities to trust beside Node's, such as a company's own. A relative " +
      "path starts at the folder in which ESLint or the command was started.",
    check: path("a file"),
  },
  {
    name: "registriesConf",
    type: "`boolean`",
    fallback: "`true`",
    description:
      "Whether the mirrors in `registries.conf` (Podman, Skopeo, Buildah) are asked first, if there is " +
      "such a file ([registries.md](registries.md#mirrors)).",
    check: flag,
  },
  {
    name: "exempt",
    type: "`[{ image?, files?, field?, reason }]`",
    fallback: "`[]`",
    description:
      "Images to leave alone, each with a reason. All that are given must match. `image`: a glob " +
      "over `domain/repository`, or over `domain/repository:tag` where a `:` follows its last `/`; " +
      "`files`: globs over the end of the path; `field`: a glob over the field's path, `[*]` for any " +
      "index. Each takes a string or an array.",
    check: listOf(exemption),
  },
  {
    name: "files",
    type: "`[{ files, kind }]`",
    fallback: "`[]`",
    description:
      "Says what a file is where its name does not: `kind` is `values`, `manifest`, `compose` or " +
      "`none` (no images in it).",
    check: listOf(fileRule),
  },
  {
    name: "charts",
    type: "`[{ files, chart, repository?, version? }]`",
    fallback: "`[]`",
    description:
      "Says which chart values files are for, where neither a `Chart.yaml` beside them nor a " +
      "`HelmRelease` or `Application` around the values says so: `chart` is its `name` or " +
      "`publisher/name`. A known chart decides where the digest goes ([charts.md](charts.md)). " +
      "`repository` is the URL that it comes from, `https://…` or `oci://…`: the command `charts` fetches " +
      "it from there, in that `version`.",
    check: listOf(chartRule),
  },
  {
    name: "chartFacts",
    type: "the content of a file of facts",
    fallback: "no facts",
    description:
      "What `container-images charts --write` found out about the charts that this repository uses: " +
      '`import chartFacts from "./container-images.charts.json" with { type: "json" }` ' +
      "([charts.md](charts.md#teach-it-your-charts)). It decides before the built-in table.",
    check: chartFacts,
  },
  {
    name: "chartCatalogues",
    type: "`[{ file, list, chart, repository?, version?, values }]`",
    fallback: "`[]`",
    description:
      "Files of your own that list charts, for the command `charts`. `file`: a glob from the project's " +
      "root; `list`: the path of the list or mapping in it, such as `spec.components`; `chart`, " +
      "`repository`, `version`: the paths of these in an item, `$key` for the item's own key in a " +
      "mapping; a chart may be `repository/name`. `values`: a glob from the file's folder, with `{name}` " +
      "for what the item has at `name`. `file` and `values` take a string or an array.",
    check: listOf(chartCatalogue),
  },
  {
    name: "fields",
    type:
      "`[{ kind?, files?, path?, keys: { registry?, repository, tag?, digest? }, digestFormat?, write? " +
      "}]`",
    fallback: "`[]`",
    description:
      "Shapes of your own, tried before all others ([fields.md](fields.md)). `keys` names the keys " +
      "of one mapping; `repository` alone holds a whole reference. `kind`: the resource's; `files`: " +
      "globs over the end of the path; `path`: where the mapping stands (`spec.apps.*`, `[*]` any " +
      "index, `**` any depth). `write`: `inline`, `tag`, `digest` or `none`; without it, the digest " +
      "goes into the digest key, else behind the tag, else behind the reference. `digestFormat`: " +
      "`sha256:` or `hex`.",
    check: listOf(fieldRule),
  },
  {
    name: "unknownCharts",
    type: '`"fix"` \\| `"suggest"`',
    fallback: '`"suggest"`',
    description:
      "What to do with an image of Helm values where nothing proves where its chart takes a digest: " +
      "`suggest` says what is missing and offers the edit in the editor, `fix` pins it with `--fix` as " +
      "most charts take it.",
    check: oneOf("fix", "suggest"),
  },
  {
    name: "maxAge",
    type: "seconds",
    fallback: "`86400` (one day)",
    description:
      "How long a cached answer counts. An older answer is not used; the digest is looked up again " +
      "where a lookup is allowed.",
    check: wholeNumber(0, 366 * 86_400, "a whole number of seconds from 0 to 31622400"),
  },
  {
    name: "cacheDirectory",
    type: "path",
    fallback: "the user's cache folder",
    description:
      "Where answers are kept. Keep it outside the repository: a pull request must not be able to " +
      "write there.",
    check: path("a folder"),
  },
  {
    name: "timeout",
    type: "milliseconds",
    fallback: "`15000`",
    description: "How long the lookup of one reference may take.",
    check: wholeNumber(1, 600_000, "a whole number of milliseconds from 1 to 600000"),
  },
];
