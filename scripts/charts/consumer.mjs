// Tries a consumer's own values file: each image with its tag, then with a digest in every usual form.
import { dirname, join } from "node:path";
import { dump } from "js-yaml";
import { ourWrite } from "./our-write.mjs";
import { verdicts } from "./verdicts.mjs";

/** The forms in which a person may write a digest. Each is tried for every image. */
const FORMS = {
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

/**
 * Measures a consumer's own file, which overrides every image: with each form of a digest, and with what our
 * own `pin` writes, without and with the chart's name in the settings.
 */
export async function override(session, images, chart, folder) {
  // Helm cannot override one item of a list, and an incomplete string may not be an image.
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
