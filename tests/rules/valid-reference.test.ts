import { validReference } from "../../rules/valid-reference.js";
import { DIGEST, inEachMode, services } from "./modes.js";

const POD = (image: string): string =>
  `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: ${image}\n`;
const SKYHOOK = (keys: string): string =>
  `apiVersion: skyhook.nvidia.com/v1alpha1\nkind: Skyhook\nspec:\n  packages:\n    tuning:\n      ${keys}`;
const OTHER = `sha256:${"b".repeat(64)}`;
const HEX = DIGEST.slice("sha256:".length);

/** One digest at two places, and what is left when the one in its own key is kept. */
const TWICE: readonly {
  readonly name: string;
  readonly code: string;
  readonly left: string;
  readonly line: number;
  readonly filename?: string;
}[] = [
  {
    name: "behind a number",
    code: `image:\n  repository: a/b\n  tag: 1.10@${DIGEST}\n  digest: ${DIGEST}\n`,
    left: `image:\n  repository: a/b\n  tag: "1.10"\n  digest: ${DIGEST}\n`,
    line: 2,
  },
  {
    name: "once in bare digits",
    code: `image:\n  repository: a/b\n  tag: v1@${DIGEST}\n  sha: ${HEX}\n`,
    left: `image:\n  repository: a/b\n  tag: v1\n  sha: ${HEX}\n`,
    line: 2,
  },
  {
    name: "of a Skyhook package",
    filename: "s.yaml",
    code: SKYHOOK(`image: ghcr.io/a/b@${DIGEST}\n      version: 1.2.3\n      containerSHA: ${DIGEST}\n`),
    left: SKYHOOK(`image: ghcr.io/a/b\n      version: 1.2.3\n      containerSHA: ${DIGEST}\n`),
    line: 6,
  },
];

/** With the comment above the reported line. */
const exempted = (code: string, line: number): string =>
  code
    .split("\n")
    .flatMap((each, index) =>
      index + 1 === line
        ? [
            `${each.replace(/\S.*/, "")}# eslint-disable-next-line container-images/valid-reference -- <why>`,
            each,
          ]
        : [each],
    )
    .join("\n");

inEachMode((tester) => {
  tester.run("valid-reference", validReference(services([])), {
    valid: [
      { name: "a reference", code: POD("nginx:1.27"), filename: "p.yaml" },
      { name: "a pinned one", code: POD(`nginx@${DIGEST}`), filename: "p.yaml" },
      { name: "a placeholder", code: POD("<IMAGE>"), filename: "p.yaml" },
      { name: "an expression", code: POD('"${IMAGE}"'), filename: "p.yaml" },
      {
        name: "a text where no image must stand",
        code: "image: A picture of a cat\nlogoImage: Foo:bar:baz\n",
        filename: "values.yaml",
      },
      {
        name: "a text with a tag and a space where no image must stand",
        code: "image: quay.io/a/b:v1 or later\n",
        filename: "values.yaml",
      },
      { name: "a mail address", code: "image: someone@example.com\n", filename: "values.yaml" },
      {
        name: "a digest in the image of a Skyhook package, which no-unsafe-digest moves",
        code: SKYHOOK(`image: ghcr.io/a/b@${DIGEST}\n      version: 1.2.3\n`),
        filename: "s.yaml",
      },
      {
        name: "bare digits in containerSHA, which no-unsafe-digest repairs",
        code: SKYHOOK(`image: ghcr.io/a/b\n      version: 1.2.3\n      containerSHA: ${HEX}\n`),
        filename: "s.yaml",
      },
      {
        name: "a digest before a tag in its own key, which no-unsafe-digest moves",
        code: `image:\n  repository: quay.io/a/b@${DIGEST}\n  tag: v1\n`,
        filename: "values.yaml",
      },
      {
        name: "an exempt image's file",
        code: POD("A B"),
        filename: "p.yaml",
        settings: { "container-images": { exempt: [{ files: "*.yaml", reason: "r" }] } },
      },
    ],
    invalid: [
      ...[" nginx:1.27", "nginx:1.27 "].map((image) => ({
        name: `white space: "${image}"`,
        code: POD(`"${image}"`),
        filename: "p.yaml",
        errors: [
          {
            message: "`nginx:1.27` is no image reference: white space around it, which Kubernetes refuses",
            line: 5,
          },
        ],
      })),
      {
        name: "63 digits",
        code: POD(`nginx@sha256:${"a".repeat(63)}`),
        filename: "p.yaml",
        errors: [
          {
            message:
              `\`nginx@sha256:${"a".repeat(63)}\` is no image reference: 63 hexadecimal digits, a ` +
              "sha256 has 64",
            line: 5,
            column: 14,
          },
        ],
      },
      {
        name: "white space",
        code: POD("nginx latest"),
        filename: "p.yaml",
        errors: [{ message: "`nginx latest` is no image reference: white space; a reference has none" }],
      },
      {
        name: "upper case",
        code: POD("quay.io/Foo/bar:1"),
        filename: "p.yaml",
        errors: [
          {
            message:
              "`quay.io/Foo/bar:1` is no image reference: upper case in the repository; it is lower case",
          },
        ],
      },
      {
        name: "two digests that differ",
        code: `image:\n  repository: a/b\n  tag: v1@${OTHER}\n  digest: ${DIGEST}\n`,
        filename: "values.yaml",
        errors: [{ message: /: two digests; a reference has one$/, line: 2, column: 15 }],
      },
      ...TWICE.map(({ name, code, left, line, filename = "values.yaml" }) => ({
        name,
        code,
        filename,
        errors: [
          {
            message: /: two digests; a reference has one$/,
            line,
            suggestions: [
              { desc: "Keep the digest in its own key", output: left },
              { desc: "Exempt it here by a comment, with a reason", output: exempted(code, line) },
            ],
          },
        ],
      })),
      {
        name: "a short digest in its own key",
        code: "image:\n  repository: a/b\n  tag: v1\n  digest: sha256:abc\n",
        filename: "values.yaml",
        errors: [
          { message: "`a/b:v1@sha256:abc` is no image reference: 3 hexadecimal digits, a sha256 has 64" },
        ],
      },
      {
        name: "a broken digest in values",
        code: "image: nginx:1@sha256:xyz\n",
        filename: "values.yaml",
        errors: [
          { message: "`nginx:1@sha256:xyz` is no image reference: a digest holds hexadecimal digits only" },
        ],
      },
      {
        name: "a name, a tag and a short digest in values",
        code: "image: nginx:1@sha256:short\n",
        filename: "values.yaml",
        errors: [{ message: /a digest holds hexadecimal digits only$/ }],
      },
      {
        name: "two digests in one string in values",
        code: `sidecarImage: nginx:1@${DIGEST}@${DIGEST}\n`,
        filename: "values.yaml",
        errors: [{ message: /two digests; a reference has one$/ }],
      },
      {
        name: "63 digits in a file of no known kind",
        code: `image: quay.io/a/b@sha256:${"a".repeat(63)}\n`,
        filename: "x.yaml",
        errors: [{ message: /63 hexadecimal digits, a sha256 has 64$/ }],
      },
      {
        name: "63 digits behind a tag",
        code: `image:\n  repository: a/b\n  tag: v1@sha256:${"a".repeat(63)}\n`,
        filename: "values.yaml",
        errors: [{ message: /63 hexadecimal digits, a sha256 has 64$/ }],
      },
      {
        name: "upper case behind a registry in values",
        code: "image: quay.io/Foo/bar:1\n",
        filename: "values.yaml",
        errors: [{ message: /upper case in the repository; it is lower case$/ }],
      },
      {
        name: "upper case in a service of Compose",
        code: "services:\n  a:\n    image: quay.io/Foo/bar:1\n",
        filename: "compose.yaml",
        errors: [{ message: /upper case in the repository; it is lower case$/ }],
      },
      {
        name: "upper case in a workflow",
        code: "on: push\njobs:\n  a:\n    container: quay.io/Foo/bar:1\n",
        filename: ".github/workflows/a.yaml",
        errors: [{ message: /upper case in the repository; it is lower case$/ }],
      },
      {
        name: "control characters, which the message leaves out",
        code: POD('"a\\u001b[31m b\\u202e"'),
        filename: "p.yaml",
        errors: [{ message: "`a [31m b` is no image reference: white space; a reference has none" }],
      },
    ],
  });
});
