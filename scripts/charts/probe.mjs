// One chart: its images, what each form of writing a digest does to what Helm renders, and what our own `pin` does.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { dump, load } from "js-yaml";
import { chartNamed } from "../../build/lib/charts/chart-of.js";
import { CHART_ROWS } from "../../build/lib/charts/table.js";
import { MAPPING_ROWS } from "../../build/lib/vocabulary/fields.js";
import { find } from "../../build/lib/images/find.js";
import { pin } from "../../build/lib/pinning/pin.js";
import { plan } from "../../build/lib/pinning/plan.js";
import { neighbourOf } from "../../build/lib/read-neighbour.js";
import { readSettings } from "../../build/lib/settings/read.js";
import { read } from "../../build/lib/yaml/read.js";
import { compare } from "./compare.mjs";
import { template } from "./helm.mjs";
import { testValues } from "./unpack.mjs";

/** What a person may write; each is tried for every image. */
export const FORMS = {
  "in the tag": (keys, digest, hex, image) =>
    keys.repository ? { [keys.tag]: `${image.tag}@${digest}` } : { inline: digest },
  digest: (keys, digest) => ({ [digestKey(keys)]: digest }),
  "digest, useDigest": (keys, digest) => ({ [digestKey(keys)]: digest, useDigest: true }),
  "sha, bare": (keys, digest, hex) => ({ sha: hex }),
  "sha, prefixed": (keys, digest) => ({ sha: digest }),
};
function digestKey(keys) {
  return keys.tag === "tag" || keys.tag === "version" ? "digest" : "imageDigest";
}
/** Images that a chart does not render by default are rendered one by one with their `enabled` switches on; not more than these. */
const MAX_ENABLED = 16;
const MAX_SINGLE = 40;
const MORE_NOISE = 4;

/** @typedef {{ path: (string | number)[], field: string, shape: string, keys: object, written: string, reference: object, tag: string, name: string }} Image */

/**
 * @param helm the program
 * @param chart what unpack.mjs knows of it
 * @param folder its copy, with dependencies
 * @returns the chart's row: what was measured, or why it could not be
 */
export async function probe(helm, chart, folder) {
  const text = existsSync(join(folder, "values.yaml"))
    ? readFileSync(join(folder, "values.yaml"), "utf8").replace(/^\uFEFF/, "")
    : "";
  let values;
  try {
    values = load(text) ?? {};
  } catch (error) {
    return { skipped: `values.yaml: ${error.reason ?? "not read"}` };
  }
  const session = await Session.open(helm, folder, values);
  if (!session) return { skipped: `helm template: ${(await template(helm, folder)).message}` };
  const filename = join(folder, "values.yaml");
  const images = imagesOf(text, filename, values, chart);
  if (images.length === 0) return { skipped: "no image in its values" };
  return {
    images: images.map(({ field, written, shape, state, beside }) => ({
      field,
      written,
      shape,
      state,
      ...(beside ? { beside } : {}),
    })),
    defaults: await ourWrite(
      session,
      text,
      filename,
      images.filter(({ state }) => state === "unpinned"),
      {},
    ),
    ...(await override(session, images, chart, folder)),
  };
}

/** The chart's own values, or those with one of its test files, whatever renders first. */
class Session {
  static async open(helm, folder, values) {
    for (const test of [undefined, ...testValues(folder)]) {
      const session = new Session(helm, folder, values, test ? [test] : []);
      if ((await session.render([])).ok) return session;
    }
    return undefined;
  }

  constructor(helm, folder, values, extra) {
    Object.assign(this, { helm, folder, values, extra, files: 0 });
  }

  /** Renders with values files, each given as text, behind the chart's own. */
  render(texts) {
    const files = texts.map((text) => {
      const file = join(this.folder, `.values-${String(this.files++)}.yaml`);
      writeFileSync(file, text);
      return file;
    });
    return template(this.helm, this.folder, [...this.extra, ...files]);
  }

  /**
   * The rendering that others are compared with, twice, for what is random in it; with the `enabled` switches of images that
   * the chart does not render by default, as far as it renders with them.
   */
  async base(texts, images) {
    let before = await this.render(texts);
    if (!before.ok) return undefined;
    let switches = {};
    const tried = new Set();
    for (const image of images) {
      if (tried.size >= MAX_ENABLED || shows(before.documents, image)) continue;
      const more = enabling(this.values, image.path);
      const merged = more && merge(merge({}, switches), more);
      if (!merged || tried.has(JSON.stringify(merged))) continue;
      tried.add(JSON.stringify(merged));
      const rendered = await this.render([...texts, dump(merged)]);
      if (!rendered.ok || !shows(rendered.documents, image)) continue;
      switches = merged;
      before = rendered;
    }
    const noise = await this.render([...texts, dump(switches)]);
    return noise.ok
      ? {
          before: before.documents,
          noise: noise.documents,
          switches: dump(switches),
          again: () => this.render([...texts, dump(switches)]),
        }
      : undefined;
  }
}

function imagesOf(text, filename, values, chart) {
  const images = allImages(text, filename, values, chart);
  images.push(...imagesOfTable(values, chart, images));
  const twins = (image) => images.filter(({ name, tag }) => name === image.name && tag === image.tag).length;
  return images.map((image) => ({ ...image, alone: twins(image) === 1 }));
}

/** Images that the table knows by a path of its own, and that the chart's values only hold in comments. */
function imagesOfTable(values, chart, found) {
  const { publisher } = chartNamed(`${chart.repository.owner}/${chart.name}`);
  const paths = CHART_ROWS.filter((row) => row.chart === chart.name && row.publisher === publisher).flatMap(
    ({ images }) => images.flatMap(({ path, composition }) => (composition.includes("{hub}") ? [] : path)),
  );
  return paths
    .filter(
      (path) =>
        path.every((step) => !/[*#]/.test(step)) &&
        !found.some(({ field }) => field === path.join(".")) &&
        ["object", "undefined"].includes(typeof at(values, path)),
    )
    .map((path, index) => {
      const own = { repository: `registry.example/${chart.name}/${path.at(-2) ?? chart.name}`.toLowerCase() };
      const field = path.join(".");
      const tag = chart.appVersion || "1.2.3";
      const reference = {
        domain: "registry.example",
        repository: own.repository.slice("registry.example/".length),
      };
      return {
        id: found.length + index + 1000,
        path,
        field,
        shape: "registry/repository/tag",
        state: "table",
        keys: { repository: "repository", tag: "tag" },
        own,
        written: own.repository,
        reference,
        tag,
        name: own.repository.split("/").at(-1),
        hex: createHash("sha256").update(field).digest("hex"),
      };
    });
}

function allImages(text, filename, values, chart) {
  const { fields } = find(read(text), {
    filename,
    settings: settingsOf({}),
    neighbour: neighbourOf(filename),
  });
  return fields.flatMap((field, id) => {
    if (!["unpinned", "incomplete", "pinned"].includes(field.state) || !field.reference) return [];
    const path = segmentsOf(field.field);
    const keys = keysOf(field, at(values, path));
    if (!keys) return [];
    const tag = field.reference.tag ?? (chart.appVersion || "1.2.3");
    const hex = createHash("sha256").update(field.field).digest("hex");
    const own = Object.fromEntries(
      ["registry", "repository"].flatMap((part) =>
        keys[part] ? [[keys[part], field.parts[part].value]] : [],
      ),
    );
    const mapping = at(values, path);
    const beside = typeof mapping === "object" ? Object.keys(mapping) : undefined;
    return [
      {
        id,
        path,
        field: field.field,
        shape: field.shape,
        state: field.state,
        beside,
        keys,
        own,
        written: field.written.replace(/@.*$/, ""),
        reference: field.reference,
        tag,
        name: field.reference.repository.split("/").at(-1),
        hex,
      },
    ];
  });
}

export function segmentsOf(path) {
  return [...path.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|([A-Za-z0-9_-]+)/g)].map(
    ([, index, quoted, key]) =>
      index !== undefined ? Number(index) : quoted !== undefined ? JSON.parse(quoted) : key,
  );
}

function at(values, path) {
  return path.reduce(
    (value, step) => (typeof value === "object" && value !== null ? value[step] : undefined),
    values,
  );
}

/** By which keys a mapping holds its parts; `{}` for one string. */
function keysOf(field, value) {
  if (typeof value === "string") return {};
  if (typeof value !== "object" || value === null) return undefined;
  for (const row of MAPPING_ROWS.filter(({ shape }) => shape === field.shape)) {
    const keys = {};
    for (const [part, { value: text }] of Object.entries(field.parts)) {
      const key = row.keys[part]?.find((name) => String(value[name] ?? "") === text);
      if (key) keys[part] = key;
    }
    const empty = row.keys.tag?.find((name) => name in value) ?? row.keys.tag?.[0];
    if (keys.repository) return { tag: empty, ...keys };
  }
  return undefined;
}

function settingsOf(raw) {
  const result = readSettings({ "container-images": raw });
  if (!result.ok) throw new Error(result.message);
  return result.settings;
}

/** Pins all that `--fix` would in a values file, with a digest for each field, and renders before and after. */
async function ourWrite(session, text, filename, images, raw, beside = true) {
  const base = await session.base([text], images);
  if (!base) return undefined;
  const settings = settingsOf(raw);
  const plans = plansOf(text, filename, settings, beside);
  const known = new Map(images.map((image) => [image.field, image]));
  const pinned = [...known.values()].filter(({ field }) => plans.get(field)?.kind === "fix");
  const outcome = await verdicts(session, base, pinned, (subset) => [
    pinText(text, filename, settings, subset, beside),
  ]);
  return Object.fromEntries(
    images.map(({ field }) => {
      const { kind, reason, slot } = plans.get(field) ?? { kind: "absent" };
      return [
        field,
        { kind, ...(reason ? { reason } : {}), ...(slot ? { slot } : {}), ...(outcome.get(field) ?? {}) },
      ];
    }),
  );
}

function plansOf(text, filename, settings, beside) {
  return new Map(
    fieldsOf(text, filename, settings, beside).map((field) => [
      field.field,
      { ...plan(field, settings), slot: field.slot.kind },
    ]),
  );
}

function fieldsOf(text, filename, settings, beside) {
  return find(read(text), { filename, settings, neighbour: beside ? neighbourOf(filename) : undefined })
    .fields;
}

function pinText(text, filename, settings, images, beside) {
  let pinned = text;
  for (const { field: path, hex } of images) {
    const field = fieldsOf(pinned, filename, settings, beside).find(
      (each) => each.field === path && each.state === "unpinned",
    );
    const [edit] = field ? pin(pinned, field, plan(field, settings), `sha256:${hex}`) : [];
    if (edit) pinned = pinned.slice(0, edit.range[0]) + edit.text + pinned.slice(edit.range[1]);
  }
  return pinned;
}

/** A consumer's own file: every image by its parts, with a tag; then each form, and our own write without and with the chart's name. */
async function override(session, images, chart, folder) {
  // Nobody overrides one item of a list, nor completes a text that may be no image.
  const mine = images.filter(
    ({ path, keys, state }) =>
      path.every((step) => typeof step === "string") && (keys.repository || state !== "incomplete"),
  );
  const written = consumer(mine, () => ({}));
  const base = await session.base([written], mine);
  if (!base || mine.length === 0) return { forms: {}, override: {}, named: {} };
  const forms = {};
  for (const [form, of] of Object.entries(FORMS)) {
    const subject = form === "in the tag" ? mine : mine.filter(({ keys }) => keys.repository);
    const outcome = await verdicts(session, base, subject, (subset) => {
      const chosen = new Set(subset.map(({ field }) => field));
      return [
        consumer(mine, (image) =>
          chosen.has(image.field) ? of(image.keys, `sha256:${image.hex}`, image.hex, image) : {},
        ),
      ];
    });
    for (const [field, verdict] of outcome) (forms[field] ??= {})[form] = verdict;
  }
  const filename = join(dirname(folder), "my-values.yaml");
  const named = `${chart.repository.owner}/${chart.name}`;
  return {
    forms,
    override: await ourWrite(session, written, filename, mine, {}, false),
    named: await ourWrite(
      session,
      written,
      filename,
      mine,
      { charts: [{ files: "my-values.yaml", chart: named }] },
      false,
    ),
  };
}

function consumer(images, extra) {
  const root = {};
  for (const image of images) {
    const { path, keys, own, reference, tag, written } = image;
    const { inline, ...more } = extra(image);
    const holder = path.slice(0, -1).reduce((value, step) => (value[step] ??= {}), root);
    if (keys.repository)
      Object.assign(path.length === 0 ? root : (holder[path.at(-1)] ??= {}), own, { [keys.tag]: tag }, more);
    else
      holder[path.at(-1)] =
        `${written}${reference.tag === undefined ? `:${tag}` : ""}${inline ? `@${inline}` : ""}`;
  }
  return dump(root);
}

/**
 * What became of each image: `right` and by which form, `breaks` and how, `ignored` where the chart renders the image but
 * no digest, or `hidden` where it does not render the image at all.
 */
async function verdicts(session, base, images, write) {
  const verdict = new Map();
  if (images.length > 0) await attribute(session, base, images, write, verdict);
  return verdict;
}

async function attribute(session, base, images, write, verdict) {
  const { before, noise, switches } = base;
  const after = await session.render([...write(images), switches]);
  const found = after.ok
    ? compare(before, noise, after.documents, images)
    : [{ ids: [], ok: false, how: `Helm fails: ${after.message}` }];
  const differences =
    images.length === 1 && after.ok && found.some(({ ids, ok }) => !ok && ids.length === 0)
      ? await withoutChance(base, found)
      : found;
  const unclear = differences.some(({ ids, ok }) => !ok && ids.length !== 1);
  if (unclear && images.length > 1) {
    for (const image of images.slice(0, MAX_SINGLE)) await attribute(session, base, [image], write, verdict);
    return;
  }
  for (const image of images) {
    const own = differences.filter(
      ({ ids }) => ids.includes(image.id) || (images.length === 1 && ids.length === 0),
    );
    const broken = own.filter(({ ok }) => !ok);
    if (broken.length > 0)
      verdict.set(image.field, {
        verdict: "breaks",
        how: [...new Set(broken.map(({ how }) => how))].sort().slice(0, 3),
      });
    else if (own.length > 0)
      verdict.set(image.field, {
        verdict: "right",
        form: own.some(({ form }) => form === "no-tag") ? "no-tag" : "tag",
      });
    else verdict.set(image.field, { verdict: image.alone && shows(before, image) ? "ignored" : "hidden" });
  }
}

/** Some charts render the same values in another order each time, which two renderings do not always show. */
async function withoutChance({ before, noise, again }, differences) {
  const chance = new Set();
  for (let count = 0; count < MORE_NOISE; count++) {
    const rendered = await again();
    if (rendered.ok) for (const { how } of compare(before, noise, rendered.documents, [])) chance.add(how);
  }
  return differences.filter(({ ids, how }) => ids.length > 0 || !chance.has(how));
}

/** Whether a rendering names an image by its repository's last component and its tag. */
function shows(documents, { name, tag }) {
  return documents.some((text) =>
    [`/${name}:${tag}`, ` ${name}:${tag}`, `"${name}:${tag}`, `=${name}:${tag}`].some((part) =>
      text.includes(part),
    ),
  );
}

function merge(target, source) {
  for (const [key, value] of Object.entries(source)) {
    if (typeof value === "object") merge((target[key] ??= {}), value);
    else target[key] = value;
  }
  return target;
}

/** The image's own `enabled: false` switches, turned on; `undefined` where there is none. */
function enabling(values, path) {
  const root = {};
  let found = false;
  let [holder, value] = [root, values];
  for (const step of [...path, undefined]) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) break;
    for (const key of ["enabled", "create", "install", "enable"]) {
      if (value[key] !== false) continue;
      holder[key] = true;
      found = true;
    }
    if (typeof step !== "string") break;
    value = value[step];
    holder = holder[step] ??= {};
  }
  return found ? root : undefined;
}
