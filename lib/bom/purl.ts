// The package URL of an image, as the purl library prints it.
import { PackageURL } from "packageurl-js";
import type { Reference } from "../reference/reference.js";

/**
 * The package URL of an image.
 *
 * @param reference normalised
 * @returns `pkg:oci/<last part>[@<digest>]?repository_url=<domain/repository>[&tag=<tag>]`, percent-encoded
 * @see purl-spec, types/oci-definition: the name is the last part of the repository, the version is the
 *   digest
 */
export function purlOf({ domain, repository, tag, digest }: Reference): string {
  const name = repository.slice(repository.lastIndexOf("/") + 1);
  return new PackageURL(
    "oci",
    undefined,
    name,
    digest,
    { repository_url: `${domain}/${repository}`, ...(tag === undefined ? {} : { tag }) },
    undefined,
  ).toString();
}
