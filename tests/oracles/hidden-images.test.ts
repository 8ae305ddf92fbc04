// A chart that asks for values, and that renders an image only with switches that stand elsewhere.
import { describe, expect, it } from "vitest";
import { HELMS } from "./support/helm.js";
import { learnt } from "./support/learnt.js";

const FILES = {
  "values.yaml": `agent: { worker: { enabled: false } }
image: { repository: quay.io/acme/web, tag: v1 }
worker: { image: { repository: quay.io/acme/worker, tag: v1 } }
never: { image: { repository: quay.io/acme/never, tag: v1 } }
`,
  "templates/all.yaml": `kind: Deployment
metadata:
  name: {{ required "a name is needed" .Values.name | lower | sha256sum | trunc 8 | printf "x%s" }}
spec:
  containers:
    {{- if not .Values.agent.worker.enabled }}
    - image: {{ .Values.image.repository }}:{{ .Values.image.tag }}
    {{- else }}
    {{- if not .Values.agent.token }}{{ fail "a worker has a token" }}{{ end }}
    - image: {{ .Values.worker.image.repository }}:{{ .Values.worker.image.tag }}
    {{- end }}
`,
};

describe.each(HELMS)("%s", (_, { name, missing }) => {
  it.skipIf(missing)("proves what is rendered with other values only", async () => {
    const chart = await learnt(FILES, name);
    const facts = chart.images.map(({ path, digest, evidence }) => [path, digest.to, evidence]);
    expect(facts).toEqual([
      ["image", "tag", "rendered"],
      ["worker.image", "tag", "rendered"],
    ]);
    expect(chart).toMatchObject({ unknown: ["never.image"], problems: [], disagreements: [] });
  });
});
