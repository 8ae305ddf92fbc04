// A consumer's own values file: it overrides every image of a chart with its repository and its tag.
import { dump } from "js-yaml";

/**
 * The images that a consumer's file can override: Helm cannot override one item of a list, and a text
 * without a tag may be no image.
 *
 * @param images of the chart
 */
export function overridable(images) {
  return images.filter(
    ({ path, keys, state }) =>
      path.every((step) => typeof step === "string") && (keys.repository || state !== "incomplete"),
  );
}

/**
 * The text of the file.
 *
 * @param images that it overrides
 */
export function consumerFile(images) {
  const root = {};
  for (const { path, keys, own, reference, tag, written } of images) {
    const holder = path.slice(0, -1).reduce((value, step) => (value[step] ??= {}), root);
    if (keys.repository)
      Object.assign(path.length === 0 ? root : (holder[path.at(-1)] ??= {}), own, { [keys.tag]: tag });
    else holder[path.at(-1)] = `${written}${reference.tag === undefined ? `:${tag}` : ""}`;
  }
  return dump(root);
}
