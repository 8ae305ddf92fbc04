// Says what in a document breaks CycloneDX 1.6, by the official library's own validator and the official
// schema.
import { Version } from "@cyclonedx/cyclonedx-library/Spec";
import { JsonStrictValidator } from "@cyclonedx/cyclonedx-library/Validation";

/** @returns what breaks the schema; nothing where the document is valid */
export async function cycloneDxErrors(document: string): Promise<readonly unknown[]> {
  const problems: unknown = await new JsonStrictValidator(Version.v1dot6).validate(document);
  return problems === null ? [] : [problems];
}
