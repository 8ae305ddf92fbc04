// One chart that is rendered again and again, each time with other values.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { dump } from "js-yaml";
import { compare } from "../../build/lib/proof/compare.js";
import { neededValues } from "../../build/lib/proof/needed-values.js";
import { joinValues } from "../../build/lib/proof/values.js";
import { template } from "./helm.mjs";
import { testValues } from "./unpack.mjs";

/** For how many images that a chart does not render by default its `enabled` switches are turned on. */
const MAX_ENABLED = 16;

/** How many values are made up where a chart asks for them. */
const MAX_NEEDED = 12;

/**
 * Renders a chart with its own values; where it does not render so, with one of its test files, or with
 * values that it asks for.
 */
export class Session {
  static async open(helm, folder, values, content) {
    for (const test of [undefined, ...testValues(folder)]) {
      const session = new Session(helm, folder, values, test ? [test] : []);
      if ((await session.render([])).ok) return session;
    }
    const session = new Session(helm, folder, values, []);
    let needed = {};
    for (let count = 0; count <= MAX_NEEDED; count++) {
      const rendered = await session.render([dump(needed)]);
      if (rendered.ok) return session.#with(needed);
      const more = neededValues(rendered.message, content, joinValues(values, needed));
      if (!more) return undefined;
      needed = joinValues(needed, more);
    }
    return undefined;
  }

  #with(needed) {
    const file = join(this.folder, ".values-needed.yaml");
    writeFileSync(file, dump(needed));
    return new Session(this.helm, this.folder, joinValues(this.values, needed), [file]);
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
   * The rendering that others are compared with. It is made twice, to see what is random in it, and with the
   * `enabled` switches of images that the chart does not render by default, where it renders with them.
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

/**
 * Whether the chart renders nothing of an image, also with its `enabled` switches on: another tag and another
 * repository change nothing.
 */
export async function isHidden(session, texts, image) {
  const { path, keys } = image;
  if (path.some((step) => typeof step !== "string")) return false;
  const other = keys.repository
    ? { [keys.repository]: "registry.example/other", [keys.tag]: "9.9.9" }
    : "registry.example/other:9.9.9";
  const values = dump(path.reduceRight((below, step) => ({ [step]: below }), other));
  const switches = dump(enabling(session.values, path) ?? {});
  for (const more of switches === "{}\n" ? [[]] : [[], [switches]]) {
    const [before, noise, after] = [
      await session.render([...texts, ...more]),
      await session.render([...texts, ...more]),
      await session.render([...texts, ...more, values]),
    ];
    if (!before.ok) continue;
    if (!after.ok || compare(before.documents, noise.documents ?? [], after.documents, []).length > 0)
      return false;
  }
  return true;
}

/** Whether a rendering names an image by its repository's last component and its tag. */
export function shows(documents, { name, tag }) {
  const escaped = `${name}:${tag}`.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const whole = new RegExp(`[/ "'=]${escaped}(?![\\w.-])`);
  return documents.some((text) => whole.test(text));
}

/** Adds what one mapping holds to another, key by key. */
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
