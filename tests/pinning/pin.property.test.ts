// A pinned image is read back as the same reference, whatever its text and layout.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPlaceholder } from "../../lib/images/text-kind.js";
import { pin } from "../../lib/pinning/pin.js";
import { plan } from "../../lib/pinning/plan.js";
import { pod } from "../images/cases.js";
import { digestOf, fieldsOf } from "../images/fields-of.js";
import { settingsOf } from "../support/settings.js";
import { lines } from "../support/lines.js";

const D = digestOf("a");

const component = fc.stringMatching(/^[a-z0-9]+([._-][a-z0-9]+){0,2}$/);
const tag = fc
  .stringMatching(/^[a-zA-Z_][\w.-]{0,12}$/)
  // No text that YAML reads as another type, and no placeholder.
  .filter((text) => !/^(?:y|n|yes|no|on|off|true|false|null|nan|_|\.)/i.test(text) && !isPlaceholder(text));
const domain = fc.constantFrom("ghcr.io", "quay.io:443", "registry.k8s.io");
const reference = fc.record({ domain, path: fc.array(component, { minLength: 1, maxLength: 3 }), tag });
const quote = fc.constantFrom("", '"', "'");
const comment = fc.constantFrom("", " # a comment", " # image: x:1");
const eol = fc.constantFrom("\n", "\r\n");

/** Shapes as a user might lay them out: text for a reference, and the file's name. */
const shapes: readonly ((
  parts: { domain: string; path: string; tag: string },
  q: string,
  c: string,
) => readonly [string, string])[] = [
  (r, q, c) => [`image: ${q}${r.domain}/${r.path}:${r.tag}${q}${c}\nother: 1\n`, "values.yaml"],
  (r, q, c) => [
    lines(
      "a:",
      `  image:${c}`,
      `    repository: ${q}${r.domain}/${r.path}${q}${c}`,
      "    # between",
      `    tag: ${q}${r.tag}${q}${c}`,
      "    pullPolicy: Always",
    ),
    "values.yaml",
  ],
  (r, q, c) => [
    `image:\n  tag: ${q}${r.tag}${q}${c}\n  registry: ${r.domain}\n  repository: ${q}${r.path}${q}\n`,
    "values.yaml",
  ],
  (r, q, c) => [
    `image:\n  registry: ${r.domain}${c}\n  repository: ${r.path}\n  digest: ""\n  tag: ${q}${r.tag}${q}\n`,
    "values.yaml",
  ],
  (r, q, c) => [
    lines(
      "apiVersion: skyhook.nvidia.com/v1alpha1",
      "kind: Skyhook",
      "spec:",
      "  packages:",
      "    a:",
      `      image: ${q}${r.domain}/${r.path}${q}${c}`,
      `      version: ${q}${r.tag}${q}${c}`,
      "      env: []",
    ),
    "s.yaml",
  ],
  (r, q, c) => [
    `{{- if .x }}\n${pod(`${q}${r.domain}/${r.path}:${r.tag}${q}${c}`)}{{- end }}\n`,
    "templates/p.yaml",
  ],
  (r, q) => [`image: { repository: ${q}${r.domain}/${r.path}${q}, tag: ${q}${r.tag}${q} }\n`, "values.yaml"],
];

describe("any image that pin writes", () => {
  it("is read back as the same reference, pinned, and changes no byte outside its edit", () => {
    fc.assert(
      fc.property(reference, quote, comment, eol, fc.constantFrom(...shapes), (r, q, c, lineBreak, shape) => {
        const [lines, filename] = shape({ domain: r.domain, path: r.path.join("/"), tag: r.tag }, q, c);
        const text = lines.replaceAll("\n", lineBreak);
        const [field, ...others] = fieldsOf(text, filename);
        expect(others).toEqual([]);
        expect(field?.state).toBe("unpinned");
        if (!field) return;
        const [edit] = pin(text, field, plan(field, settingsOf()), D);
        if (!edit) throw new Error("no edit");
        const pinned = text.slice(0, edit.range[0]) + edit.text + text.slice(edit.range[1]);
        const [again] = fieldsOf(pinned, filename);
        expect(again?.state).toBe("pinned");
        expect(again?.reference).toMatchObject({
          domain: field.reference?.domain,
          repository: field.reference?.repository,
          tag: field.reference?.tag,
          digest: D,
        });
        expect(again?.field).toBe(field.field);
        expect(again?.at[0]).toBe(field.at[0]);
        // Taking the digest out again leaves the file as it was, but for the key that was added and quotes
        // that were not there.
        const without = pinned
          .replace(`@${D}`, "")
          .replace(new RegExp(`${lineBreak} *containerSHA: ${D}`), "")
          .replace(`"${D}"`, '""');
        expect(without).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});
