// A CycloneDX 1.6 document: one component for each image, with the places it stands at.
import { ComponentType, HashAlgorithm } from "@cyclonedx/cyclonedx-library/Enums";
import { Bom, Component, HashDictionary, Tools } from "@cyclonedx/cyclonedx-library/Models";
import { JSON as Json, JsonSerializer } from "@cyclonedx/cyclonedx-library/Serialize";
import { Spec1dot6 } from "@cyclonedx/cyclonedx-library/Spec";
import { formatReference, type Reference } from "../reference/reference.js";
import { isNamed, type Entry, type Named } from "./entry.js";
import { purlOf } from "./purl.js";

/** The program that made the document. */
export interface Maker {
  readonly name: string;
  readonly version: string;
}

/** One place where an image stands (CycloneDX 1.6, `evidence.occurrences`). */
interface Occurrence {
  readonly location: string;
  readonly line: number;
  readonly symbol: string;
}

/**
 * The part of the serialised document to which the occurrences are added: the library's model has no field
 * for them.
 */
interface Serialised {
  components?: { "bom-ref"?: string; evidence?: object }[];
}

const ALGORITHMS: Readonly<Record<string, HashAlgorithm>> = {
  sha256: HashAlgorithm["SHA-256"],
  sha384: HashAlgorithm["SHA-384"],
  sha512: HashAlgorithm["SHA-512"],
};

/**
 * Writes the bill of materials. The same entries give the same bytes: no serial number, and no time unless
 * one is given.
 *
 * @param entries every image field; only those that {@link isNamed} become components
 * @param maker this program
 * @param timestamp the time to write into the document, if any
 * @returns JSON that ends in a line feed
 * @see CycloneDX 1.6, https://cyclonedx.org/docs/1.6/json/
 */
export function toCycloneDx(entries: readonly Entry[], maker: Maker, timestamp?: Date): string {
  const images = new Map<string, Named[]>();
  for (const entry of entries.filter(isNamed)) {
    const key = formatReference(entry.reference);
    const places = images.get(key) ?? [];
    places.push(entry);
    images.set(key, places);
  }
  const bom = new Bom();
  bom.metadata.tools = new Tools();
  bom.metadata.tools.components.add(
    new Component(ComponentType.Application, maker.name, { version: maker.version }),
  );
  if (timestamp) bom.metadata.timestamp = timestamp;
  const occurrences = new Map<string, readonly Occurrence[]>();
  for (const [key, places] of [...images].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [{ reference } = {}] = places;
    if (!reference) continue;
    bom.components.add(componentOf(key, reference));
    occurrences.set(
      key,
      places.map(({ file, line, field }) => ({ location: file, line, symbol: field })),
    );
  }
  const serialised = JSON.parse(
    new JsonSerializer(new Json.Normalize.Factory(Spec1dot6)).serialize(bom, { sortLists: true }),
  ) as Serialised;
  for (const component of serialised.components ?? []) {
    const places = occurrences.get(component["bom-ref"] ?? "");
    if (places) component.evidence = { occurrences: places };
  }
  return `${JSON.stringify(serialised, undefined, 2)}\n`;
}

function componentOf(key: string, reference: Reference): Component {
  const { domain, repository, digest } = reference;
  const [algorithm = "", hex = ""] = digest?.split(":", 2) ?? [];
  const hash = ALGORITHMS[algorithm];
  return new Component(ComponentType.Container, `${domain}/${repository}`, {
    bomRef: key,
    purl: purlOf(reference),
    ...(digest === undefined ? {} : { version: digest }),
    ...(hash === undefined ? {} : { hashes: new HashDictionary([[hash, hex]]) }),
  });
}
