// A chart that asks for values, and that renders an image only with switches that stand elsewhere.
import { describe, expect, it } from "vitest";
import { chartContent } from "../../lib/proof/chart-content.js";
import { learnChart } from "../../lib/proof/learn-chart.js";
import { findHelm } from "../../lib/proof/run-helm.js";
import { openWorkFolder } from "../../lib/proof/work-folder.js";
import { settingsOf } from "../support/settings.js";
import { HELMS } from "./support/helm.js";
import { tool } from "./support/tools.js";

const FILES = {
  "Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
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
    const content = chartContent(
      new Map(Object.entries(FILES).map(([path, text]) => [path, Buffer.from(text)])),
    );
    const helm = await findHelm({ ...process.env, HELM: tool(name) });
    if (typeof content === "string") throw new Error(content);
    if (typeof helm === "string") throw new Error(helm);
    const work = openWorkFolder();
    try {
      const learnt = await learnChart(content, [], { helm, work, settings: settingsOf() });
      const facts = learnt.images.map(({ path, digest, evidence }) => [path, digest.to, evidence]);
      expect(facts).toEqual([
        ["image", "tag", "rendered"],
        ["worker.image", "tag", "rendered"],
      ]);
      expect(learnt).toMatchObject({ unknown: ["never.image"], problems: [], disagreements: [] });
    } finally {
      work.remove();
    }
  });
});
