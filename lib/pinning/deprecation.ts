// Which row of the deprecated registries covers an image.
import type { ImageField } from "../images/field.js";
import { DEPRECATED_REGISTRIES, type DeprecatedRegistry } from "../vocabulary/deprecated-registries.js";

/**
 * Finds the row that covers a field's image.
 *
 * @param field a field that `find` found
 * @returns the row; `undefined` where the registry is not deprecated, or where the field has no reference
 */
export function deprecation({ reference }: ImageField): DeprecatedRegistry | undefined {
  if (!reference) return undefined;
  const image = `${reference.domain}/${reference.repository}`;
  return DEPRECATED_REGISTRIES.find(({ from, exceptTag }) => {
    if (exceptTag !== undefined && reference.tag === exceptTag) return false;
    return from.startsWith("*.") ? reference.domain.endsWith(from.slice(1)) : image.startsWith(`${from}/`);
  });
}
