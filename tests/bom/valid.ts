// Validates a document as CycloneDX 1.6, with the official library and its schema.
import { Version } from "@cyclonedx/cyclonedx-library/Spec";
import { JsonStrictValidator } from "@cyclonedx/cyclonedx-library/Validation";

/** @returns what breaks the schema; nothing where the document is valid */
export async function cycloneDxErrors(document: string): Promise<readonly unknown[]> {
  const problems: unknown = await new JsonStrictValidator(Version.v1dot6).validate(document);
  return problems === null ? [] : [problems];
}
