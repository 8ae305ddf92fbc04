// The command `charts` with the real Helm 3 and 4, and a chart repository on loopback.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { rerun } from "../cli/charts-project.js";
import { newProject } from "../cli/list-project.js";
import { schemaErrors } from "../cli/schema.js";
import { HELMS } from "./support/helm.js";
import { tool } from "./support/tools.js";

/** Each image of this chart takes its digest in another way, or breaks in another way. */
const FILES: Readonly<Record<string, string>> = {
  "Chart.yaml": "apiVersion: v2\nname: zoo\nversion: 1.2.0\nappVersion: 2.5.0\n",
  "values.yaml": `tagged: { image: { registry: docker.io, repository: acme/tagged, tag: v1 } }
keyed: { image: { repository: acme/keyed, tag: v1, digest: "" } }
instead: { image: { repository: acme/instead, tag: v1, digest: "" } }
bare: { image: { repository: acme/bare, tag: v1, sha: "" } }
ignoring: { image: { repository: acme/ignoring, tag: v1, digest: "" } }
labelled: { image: { repository: acme/labelled, tag: v1 } }
compared: { image: { repository: acme/compared, tag: 1.2.3 } }
secret: { image: { repository: acme/secret, tag: v1 } }
hashed: { image: { repository: acme/hashed, tag: v1 } }
hidden: { enabled: false, image: { repository: acme/hidden, tag: v1 } }
whole: { image: "acme/whole:v1" }
split: { image: "acme/split:v1" }
handed: { repository: docker.io/acme, image: handed, version: v1 }
`,
  "templates/all.yaml": `
{{- define "hashed" }}{{ .Values.hashed.image.repository }}:{{ .Values.hashed.image.tag }}{{ end }}
kind: Deployment
metadata:
  name: x
  labels:
    version: {{ .Values.labelled.image.tag }}
    part: {{ (splitList ":" .Values.split.image) | last | quote }}
  annotations:
    checksum/config: {{ include "hashed" . | sha256sum }}
spec:
  containers:
    {{- with .Values.tagged.image }}
    - image: {{ coalesce ($.Values.global).imageRegistry .registry }}/{{ .repository }}:{{ .tag }}
    {{- end }}
    {{- with .Values.keyed.image }}
    - image: {{ .repository }}:{{ .tag }}{{ with .digest }}@{{ . }}{{ end }}
    {{- end }}
    {{- with .Values.instead.image }}
    - image: {{ .repository }}{{ if .digest }}@{{ .digest }}{{ else }}:{{ .tag }}{{ end }}
    {{- end }}
    {{- with .Values.bare.image }}
    - image: {{ .repository }}:{{ .tag }}{{ with .sha }}@sha256:{{ . }}{{ end }}
    {{- end }}
    {{- with .Values.ignoring.image }}
    - image: {{ .repository }}:{{ .tag }}
    {{- end }}
    - image: {{ .Values.labelled.image.repository }}:{{ .Values.labelled.image.tag }}
    - image: {{ .Values.compared.image.repository }}:{{ .Values.compared.image.tag }}
      port: {{ if semverCompare ">=1.0.0" .Values.compared.image.tag }}80{{ else }}90{{ end }}
    - image: {{ include "hashed" . }}
    - image: {{ .Values.whole.image }}
    - image: {{ .Values.split.image }}
    {{- if .Values.hidden.enabled }}
    - image: {{ .Values.hidden.image.repository }}:{{ .Values.hidden.image.tag }}
    {{- end }}
---
apiVersion: nvidia.com/v1
kind: ClusterPolicy
spec:
  toolkit:
    repository: {{ .Values.handed.repository }}
    image: {{ .Values.handed.image }}
    version: {{ .Values.handed.version | quote }}
---
kind: Secret
data:
  config: {{ printf "image: %s:%s" .Values.secret.image.repository .Values.secret.image.tag | b64enc }}
`,
};

const EXPECTED = {
  "bare.image": ["{repository}:{tag}[@sha256:{sha}]", { to: "key", key: "sha", style: "bare" }],
  "compared.image": ["{repository}:{tag}", { to: "none", reason: "chart-breaks" }],
  handed: ["[{repository}/]{image}:{version}", { to: "tag" }],
  "hashed.image": ["{repository}:{tag}", { to: "tag" }],
  "hidden.image": ["{repository}:{tag}", { to: "tag" }],
  "ignoring.image": ["{repository}:{tag}", { to: "tag" }],
  "instead.image": ["{repository}[@{digest}|:{tag}]", { to: "key", key: "digest", style: "prefixed" }],
  "keyed.image": ["{repository}:{tag}[@{digest}]", { to: "key", key: "digest", style: "prefixed" }],
  "labelled.image": ["{repository}:{tag}", { to: "none", reason: "chart-breaks" }],
  "secret.image": ["{repository}:{tag}", { to: "tag" }],
  "split.image": ["{image}", { to: "none", reason: "chart-breaks" }],
  "tagged.image": ["[{global.imageRegistry|registry}/]{repository}:{tag}", { to: "tag" }],
  "whole.image": ["{image}", { to: "reference" }],
};

/** Serves the chart as a repository, packed by this Helm. */
async function serve(
  helm: string,
  folder: string,
): Promise<{ readonly url: string; readonly server: Server }> {
  const served = join(folder, "served");
  for (const [name, text] of Object.entries(FILES)) {
    const path = join(folder, "zoo", name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  mkdirSync(served);
  execFileSync(helm, ["package", join(folder, "zoo"), "--destination", served]);
  execFileSync(helm, ["repo", "index", served]);
  const server = createServer(({ url: path = "" }, response) => {
    response.end(readFileSync(join(served, path.slice(path.lastIndexOf("/") + 1))));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${String(port)}/charts`, server };
}

describe("charts, with a chart repository on loopback", () => {
  it.skipIf(HELMS.every(([, { missing }]) => missing)).each(HELMS)("%s", async (_, { name, missing }) => {
    const helm = tool(name);
    if (missing || helm === undefined) return;
    const { url, server } = await serve(helm, newProject({}).root);
    try {
      const helmfile = `releases: [{ name: z, chart: zoo/zoo, version: 1.2.0 }]
repositories: [{ name: zoo, url: "${url}" }]
`;
      const user = newProject({ "helmfile.yaml": helmfile }, { registries: [new URL(url).host] });
      const { code, out, err } = await rerun(user, ["--write", "--format", "json"], { HELM: helm });
      expect(code, err).toBe(0);
      expect(schemaErrors("charts-report", JSON.parse(out))).toEqual([]);
      const facts = JSON.parse(user.read("container-images.charts.json")) as object;
      expect(schemaErrors("charts", facts)).toEqual([]);
      const images = Object.entries(EXPECTED).map(([path, [reference, digest]]) => ({
        path,
        reference,
        digest,
        evidence: "rendered",
      }));
      expect(facts).toMatchObject({ charts: [{ chart: "zoo", source: url, versions: "1.2.0", images }] });
      expect((await rerun(user, ["--check"], { HELM: "none" })).code).toBe(0);
    } finally {
      server.close();
    }
  });
});
