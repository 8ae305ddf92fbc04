// docs/measurements/charts.md, from what was measured and from the chart table.
import { chartNamed, verdictAt } from "../../build/lib/charts/chart-of.js";
import { CHART_ROWS, TAG_USES } from "../../build/lib/charts/table.js";
import { SUFFIX_KEYS } from "../../build/lib/vocabulary/fields.js";
import { HELD_OUT } from "./held-out.mjs";
import { segmentsOf } from "./probe.mjs";
import { signs } from "./signs.mjs";

const code = (text) => `\`${text}\``;
const cell = (text) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
const table = (head, rows) =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.map(cell).join(" | ")} |`).join("\n");
const share = (part, all) =>
  all === 0 ? "–" : `${((100 * part) / all).toFixed(1)}% (${String(part)} of ${String(all)})`;
const count = (verdicts, ...wanted) => verdicts.filter((each) => wanted.includes(each?.verdict)).length;

const ownerOf = ({ repository }) => repository.split("/")[0];
const isKnown = (chart) => rowsOf(chart).length > 0;

function rowsOf({ repository, name }) {
  const { publisher } = chartNamed(`${repository.split("/")[0]}/${name}`);
  const own = CHART_ROWS.filter((row) => row.publisher === publisher && row.chart === name);
  return own.length > 0 ? own : CHART_ROWS.filter((row) => row.publisher === publisher && row.chart === "*");
}

/** Writes that `eslint --fix` makes with default settings, and that broke a chart. */
export function brokenWrites({ charts }) {
  return charts.flatMap((chart) =>
    ["defaults", "override", "named"].flatMap((file) =>
      Object.entries(chart[file] ?? {}).flatMap(([field, { kind, verdict, how = [] }]) =>
        kind === "fix" && verdict === "breaks"
          ? [{ chart: `${ownerOf(chart)}/${chart.name}`, file, field, how }]
          : [],
      ),
    ),
  );
}

export function page(measured) {
  const charts = measured.charts.filter(({ images }) => images);
  const skipped = measured.charts.filter(({ images }) => !images);
  const broken = brokenWrites(measured);
  return `${[
    "# Charts: where a digest goes, proven by Helm",
    "",
    "Which form of a digest a chart takes is not a matter of taste: the wrong one is a label that Kubernetes refuses, a template that fails, or a digest that nothing reads. This page says what Helm made of real charts before and after a digest was written, and what follows from it. It is the output of `scripts/prove-charts.mjs`, whose head says how to run it.",
    "",
    "## How it is measured",
    "",
    "Each chart is rendered with `helm template` (no cluster), once as it is and once with digests, and the two are compared value by value. **Right** means: every rendered image that changed is the same reference with the digest added, or `repository@digest` where the chart drops the tag, and nothing else in the output changed: no label, no version, no environment variable, no failure. A checksum annotation of Helm's own output may change, and so may the parts of an image (`repository`, `image`, `version`) that a resource hands to an operator. **Ignored**: the image is rendered and the digest is not. **Hidden**: the chart does not render the image, also not with the `enabled` switches above it on.",
    "",
    "Three files are pinned by our own `pin`, with default settings: the chart's own `values.yaml` beside its `Chart.yaml`; a consumer's file that overrides every image with repository and tag and of which nothing says which chart it is for; and the same file with `settings.charts`. Each form is also tried on the consumer's file by itself, whatever we decide.",
    "",
    "## Totals",
    "",
    totals(charts, skipped, broken),
    "",
    'What a chart does is in the table as soon as it was seen to break, and so are its images among those that lower a fix. So the rows for charts that are known to us say how well the table fits, and not what to expect of other charts: that is what the rows that begin with "were no chart …" say.',
    "",
    "## Charts that nothing had been made with",
    "",
    heldOut(),
    "",
    "## Signs that do not help",
    "",
    ...tried(charts.filter((chart) => !isArchive(chart))),
    "",
    "## Writes of `eslint --fix` that break a chart",
    "",
    broken.length === 0
      ? "None."
      : table(
          ["chart", "file", "field", "how"],
          broken.map(({ chart, file, field, how }) => [chart, file, code(field), how.join("; ")]),
        ),
    "",
    "## What lowers a fix to a suggestion",
    "",
    lowering(),
    "",
    "## The chart table",
    "",
    "A known chart decides where the digest goes, also where the user's file lacks the key. Which chart a file is for, says `settings.charts`, a `Chart.yaml` beside it (for subcharts by their name or alias), or the `HelmRelease` or `Application` that holds the values. In a composition, what stands in `[…]` is written only where its keys hold something, and of `a|b` the first that does.",
    "",
    chartTable(charts),
    "",
    "## Charts measured",
    "",
    "Form: what a consumer may write, and what became of it; images with the same outcome are together.",
    "",
    ...repositories(charts),
    "",
    "## Not measured",
    "",
    ...reasons(skipped),
    "",
  ].join("\n")}`;
}

function totals(charts, skipped, broken) {
  const publishers = new Set(charts.map(ownerOf));
  const images = charts.flatMap(({ images: its }) => its);
  const unknown = charts.filter((chart) => !isKnown(chart));
  const recent = charts.filter((chart) => !isArchive(chart));
  const tags = (list) =>
    list.flatMap(({ forms = {} }) => Object.values(forms).map((each) => each["in the tag"]));
  const fixes = (list, file) =>
    list.flatMap((chart) => Object.values(chart[file] ?? {}).filter(({ kind }) => kind === "fix"));
  const rate = (verdicts) => share(count(verdicts, "right"), count(verdicts, "right", "breaks"));
  const whole = charts.filter((chart) =>
    tags([chart]).some((each) => ["right", "breaks"].includes(each?.verdict)),
  );
  return table(
    ["what", "measured"],
    [
      [
        "charts, publishers, images",
        `${String(charts.length)}, ${String(publishers.size)}, ${String(images.length)}; ${String(skipped.length)} more could not be measured (below)`,
      ],
      ["were no chart known: images for which appending to the tag is right", rate(tags(charts))],
      [
        "… charts in which it is right for every image",
        share(whole.filter((chart) => count(tags([chart]), "breaks") === 0).length, whole.length),
      ],
      [
        "… the same without the archives helm/charts and openstack",
        `${rate(tags(recent))}; charts ${share(whole.filter((chart) => !isArchive(chart) && count(tags([chart]), "breaks") === 0).length, whole.filter((chart) => !isArchive(chart)).length)}`,
      ],
      [
        "were no chart and no image known: fixes that signs in a consumer's mapping leave, and that are right",
        rate(unlowered(charts)),
      ],
      ["charts that the table does not know: images for which appending is right", rate(tags(unknown))],
      [
        "fixes in the chart's own values that are right",
        `${rate(fixes(charts, "defaults"))}; ignored ${String(count(fixes(charts, "defaults"), "ignored"))}, hidden ${String(count(fixes(charts, "defaults"), "hidden"))}`,
      ],
      [
        "fixes in a consumer's file of an unnamed chart that are right",
        `${rate(fixes(charts, "override"))}; ignored ${String(count(fixes(charts, "override"), "ignored"))}, hidden ${String(count(fixes(charts, "override"), "hidden"))}`,
      ],
      [
        "fixes in a consumer's file of a named chart that are right",
        `${rate(fixes(charts, "named"))}; ignored ${String(count(fixes(charts, "named"), "ignored"))}, hidden ${String(count(fixes(charts, "named"), "hidden"))}`,
      ],
      [
        "suggestions instead of fixes: own values, unnamed, named",
        ["defaults", "override", "named"]
          .map((file) =>
            String(
              charts.flatMap((chart) =>
                Object.values(chart[file] ?? {}).filter(({ kind }) => kind === "suggest"),
              ).length,
            ),
          )
          .join(", "),
      ],
      [
        "… of which appending would have been right (unnamed)",
        String(
          charts.flatMap((chart) =>
            Object.entries(chart.override ?? {}).filter(
              ([field, { kind }]) =>
                kind === "suggest" && chart.forms?.[field]?.["in the tag"]?.verdict === "right",
            ),
          ).length,
        ),
      ],
      ["writes that break a chart", String(broken.length)],
    ],
  );
}

function heldOut() {
  const sum = (key) =>
    HELD_OUT.flatMap((set) => (set[key] ? [set[key]] : [])).reduce(
      ([part, all], [one, more]) => [part + one, all + more],
      [0, 0],
    );
  const cells = (set) => [share(...set.unnamed), share(...set.whole), set.own ? share(...set.own) : "–"];
  return [
    "Charts were measured before a row, an image or a rule of ours had been made with them. `own values`: with the `Chart.yaml` and the templates beside the file, which are read. `unnamed`: a consumer's file with `repository` and `tag`, of which nothing says which chart it is for.",
    "",
    table(
      [
        "charts",
        "number",
        "unnamed: fixes that are right",
        "… charts of which all are right",
        "own values: fixes that are right",
        "charts that an unnamed file broke",
      ],
      [
        ...HELD_OUT.map((set) => [set.which, String(set.charts), ...cells(set), set.breaks]),
        [
          "all",
          String(HELD_OUT.reduce((total, { charts }) => total + charts, 0)),
          ...cells({ unnamed: sum("unnamed"), whole: sum("whole"), own: sum("own") }),
          "",
        ],
      ],
    ),
    "",
    'In a chart\'s own values nothing broke: its templates show what it does with a tag. In an unnamed file nothing shows it, and about one chart in thirteen of which nothing is known breaks: most copy the tag into a label. Failures come in heaps: two charts make 38 of the 59. What a team can do: say which chart a file is for (`settings.charts`, or the `HelmRelease` or `Application` around the values), or set `unknownCharts: "suggest"`, where no chart may break that nobody has looked at.',
    "",
    "Not in the charts below is what wiremind publishes (one chart of C): its `nginx` writes the tag of `docker.io/library/nginx` into a label, and that image is too common, and right in too many charts, to be lowered for all.",
  ].join("\n");
}

function tried(charts) {
  return [
    "What a consumer's mapping could show was tried on the charts below without the archives, each image judged by what charts of other publishers had shown. None leaves 97% of what it fixes right, and the strict ones leave little: whether a chart copies a tag into a label is the same for main images and sidecars, and an image that one chart takes breaks in the next (`quay.io/keycloak/keycloak`). So no such sign lowers a fix; charts that were seen to break do, by their images.",
    "",
    table(
      ["what would lower a fix", "right, of what is still fixed", "still fixed"],
      signs(charts).map(({ sign, right, left, all }) => [sign, share(right, left), share(left, all)]),
    ),
  ];
}

/** Many charts of one kind, which would outweigh the others. */
function isArchive({ repository }) {
  return repository === "helm/charts" || repository === "openstack/openstack-helm";
}

/** What would become of a consumer's images if only signs in their mappings lowered a fix. */
function unlowered(charts) {
  return charts.flatMap((chart) =>
    Object.entries(chart.override ?? {})
      .filter(([, { kind, reason }]) => kind === "fix" || (kind === "suggest" && reason === "chart-unknown"))
      .map(([field]) => chart.forms?.[field]?.["in the tag"]),
  );
}

function lowering() {
  return [
    `- A key beside the tag that makes the chart add to it: ${SUFFIX_KEYS.map(code).join(", ")}.`,
    "- The mapping is `global`: several images take its tag.",
    "- With a `Chart.yaml` beside the file, a template of that chart in which the tag stands without its repository: a label, a version, an argument. What `with`, variables and the arguments of `include` call by another name is followed.",
    "- With a `Chart.yaml` beside the file, a template that makes one text of the image's mapping or of one above it (`toYaml .Values.agent | sha256sum`), or a version or label of the mapping; and one that takes a reference in one string apart.",
    "- With a `values.schema.json` beside the file, a schema that refuses what would be written: then there is no suggestion either.",
    "- A bare chart name that several publishers have.",
    "- In values of a chart of which nothing is known, an image of a chart for which appending is wrong:",
    "",
    table(
      ["image", "of the chart"],
      CHART_ROWS.flatMap(({ chart, publisher, lowers = [] }) =>
        lowers.map((glob) => [code(glob), `${publisher}/${chart}`]),
      ),
    ),
  ].join("\n");
}

function chartTable(charts) {
  const rows = CHART_ROWS.flatMap((row) => {
    const its = charts.filter((chart) => rowsOf(chart).includes(row));
    return row.images.map((images) => {
      const measured = its.filter((chart) => isRendered(chart, images));
      return [
        `${row.publisher}/${row.chart}`,
        images.path
          .map((path) => code(path.map((step) => (step === "**" ? "…" : step)).join(".")))
          .join(", "),
        code(images.composition),
        decision(images.digest),
        (images.tagIs ?? []).map((use) => TAG_USES[use]).join("; ") || "–",
        measured.length === 0 ? "read" : `rendered (${String(measured.length)})`,
        row.source,
      ];
    });
  });
  return table(
    ["chart", "images", "composition", "our decision", "beside the image", "proof", "source"],
    rows,
  );
}

/** Whether Helm rendered an image of these with a digest, and so showed what the chart does with it. */
function isRendered(chart, images) {
  const named = chartNamed(`${ownerOf(chart)}/${chart.name}`);
  const fields = Object.keys(chart.forms ?? {}).filter(
    (field) => verdictAt(named, segmentsOf(field))?.images === images,
  );
  return fields.some((field) =>
    [chart.named?.[field], ...Object.values(chart.forms[field])].some((each) =>
      ["right", "breaks"].includes(each?.verdict),
    ),
  );
}

function decision(digest) {
  if (digest.to === "tag") return "behind the tag";
  if (digest.to === "suggest") return `suggested: ${digest.message}`;
  if (digest.to === "none") return `no fix: ${digest.message.split(";")[0]}`;
  const beside = Object.entries(digest.with ?? {}).map(([key, value]) => `, with \`${key}: ${value}\``);
  return `${code(digest.key)}, ${digest.style === "bare" ? "bare digits" : "with `sha256:`"}${beside.join("")}`;
}

function repositories(charts) {
  const byRepository = Map.groupBy
    ? Map.groupBy(charts, ({ repository }) => repository)
    : charts.reduce(
        (map, chart) => map.set(chart.repository, [...(map.get(chart.repository) ?? []), chart]),
        new Map(),
      );
  return [...byRepository].flatMap(([repository, its]) => [
    `### ${repository} at ${code(its[0].commit)}`,
    "",
    table(
      ["chart", "version", "works", "breaks, and how", "our write: own values; unnamed; named"],
      its.map(chartRow),
    ),
    "",
  ]);
}

function chartRow(chart) {
  const outcomes = (wanted) =>
    Object.entries(groupForms(chart, wanted))
      .map(([outcome, fields]) => `${outcome}: ${list(fields)}`)
      .join("; ") || "–";
  return [
    `${chart.name}${chart.without ? ` (without ${chart.without.join(", ")})` : ""}`,
    chart.version,
    outcomes("right"),
    outcomes("breaks"),
    ["defaults", "override", "named"].map((file) => decided(chart[file])).join("; "),
  ];
}

function groupForms(chart, wanted) {
  const groups = {};
  for (const [field, forms] of Object.entries(chart.forms ?? {})) {
    for (const [form, { verdict, form: written, how = [] }] of Object.entries(forms)) {
      // That a schema refuses keys which nobody would write says nothing.
      if (
        verdict !== wanted ||
        (wanted === "breaks" &&
          form !== "in the tag" &&
          /values don't meet|Additional property|additional properties/i.test(how.join(" ")))
      )
        continue;
      if (form === "digest, useDigest" && forms.digest?.verdict === verdict) continue;
      const outcome =
        wanted === "right"
          ? `${form}${written === "no-tag" ? " (tag dropped)" : ""}`
          : `${form} (${how.join(", ")})`;
      (groups[outcome] ??= []).push(field);
    }
  }
  return groups;
}

function list(fields) {
  const shown = fields.slice(0, 4).map((field) => code(field === "" ? "(root)" : field));
  return `${shown.join(", ")}${fields.length > 4 ? ` and ${String(fields.length - 4)} more` : ""}`;
}

function decided(file) {
  const kinds = {};
  for (const { kind, verdict } of Object.values(file ?? {})) {
    const name = kind === "fix" ? `fix ${verdict ?? ""}`.trim() : kind === "suggest" ? "suggest" : "no fix";
    kinds[name] = (kinds[name] ?? 0) + 1;
  }
  return (
    Object.entries(kinds)
      .map(([kind, number]) => `${String(number)} ${kind}`)
      .join(", ") || "–"
  );
}

function reasons(skipped) {
  const groups = new Map();
  for (const chart of skipped) {
    const reason = (chart.skipped ?? "").replace(/\s+/g, " ");
    groups.set(reason, [...(groups.get(reason) ?? []), `${ownerOf(chart)}/${chart.name}`]);
  }
  return [...groups].map(([reason, names]) => `- ${reason}: ${names.join(", ")}`);
}
