// Rules on a tag alone, of which a fact says which repository the chart's own values name.
import { allowedRegistries } from "../../rules/allowed-registries.js";
import { noIncompleteReference } from "../../rules/no-incomplete-reference.js";
import { requireDigest } from "../../rules/require-digest.js";
import { DIGEST, inEachMode, services } from "./modes.js";

const SOURCE = "https://charts.example";
const settings = {
  "container-images": {
    files: [{ files: ["apps/*.yaml"], kind: "values" }],
    chartFacts: {
      charts: [
        {
          chart: "op",
          source: SOURCE,
          versions: "1.2.3",
          images: [
            {
              path: "driver",
              reference: "{repository}/{image}:{version}",
              defaults: { repository: "registry.example/vendor", image: "driver" },
              digest: { to: "tag" },
              evidence: "rendered",
            },
            {
              path: "web.image",
              reference: "{repository}:{tag}[@{digest}]",
              defaults: { repository: "quay.io/acme/web" },
              digest: { to: "key", key: "digest", style: "prefixed" },
              evidence: "rendered",
            },
          ],
        },
      ],
      uses: [{ files: ["apps/op.yaml"], chart: "op", source: SOURCE, version: "1.2.3", whole: true }],
    },
  },
};
const inOp = { filename: "apps/op.yaml", settings };

inEachMode((tester) => {
  tester.run(
    "require-digest",
    requireDigest(services(["registry.example/vendor/driver:580", "quay.io/acme/web:v1"])),
    {
      valid: [
        { ...inOp, name: "a version of nothing that is known", code: "other:\n  version: 580.1\n" },
        { ...inOp, name: "another file", filename: "apps/web.yaml", code: "driver:\n  version: '580'\n" },
        { ...inOp, name: "a pinned version", code: `driver:\n  version: 580@${DIGEST}\n` },
      ],
      invalid: [
        {
          ...inOp,
          name: "a version alone, in a file without any key of an image",
          code: "driver:\n  enabled: true\n  version: '580'\n",
          output: `driver:\n  enabled: true\n  version: '580@${DIGEST}'\n`,
          errors: [{ message: "`registry.example/vendor/driver:580` is not pinned by digest", line: 3 }],
        },
        {
          ...inOp,
          name: "a tag alone, whose chart has a key for the digest",
          code: "web:\n  image:\n    tag: v1\n",
          output: `web:\n  image:\n    tag: v1\n    digest: ${DIGEST}\n`,
          errors: [{ message: "`quay.io/acme/web:v1` is not pinned by digest" }],
        },
      ],
    },
  );

  tester.run("no-incomplete-reference", noIncompleteReference(services([])), {
    valid: [{ ...inOp, name: "a tag that the chart completes", code: "web:\n  image:\n    tag: v1\n" }],
    invalid: [
      {
        ...inOp,
        name: "a tag that nothing completes",
        code: "side:\n  image:\n    tag: v1\n",
        errors: [{ messageId: "incomplete" }],
      },
    ],
  });

  tester.run("allowed-registries", allowedRegistries(services([])), {
    valid: [
      {
        ...inOp,
        name: "the chart's own",
        options: [{ registries: ["registry.example"] }],
        code: "driver: { version: '1' }\n",
      },
    ],
    invalid: [
      {
        ...inOp,
        name: "the chart's own, which is not allowed",
        options: [{ registries: ["ghcr.io"] }],
        code: "driver: { version: '1' }\n",
        errors: 1,
      },
    ],
  });
});
