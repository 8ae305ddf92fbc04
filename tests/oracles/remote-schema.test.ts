// A chart whose schema refers to a host: Helm would ask it, and is not given the chance.
import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { chartContent } from "../../lib/proof/chart-content.js";
import { learnChart } from "../../lib/proof/learn-chart.js";
import { findHelm } from "../../lib/proof/run-helm.js";
import { openWorkFolder } from "../../lib/proof/work-folder.js";
import { settingsOf } from "../support/settings.js";
import { HELMS } from "./support/helm.js";
import { tool } from "./support/tools.js";

let server: Server | undefined;
afterEach(() => server?.close());

describe.each(HELMS)("%s", (_, { name, missing }) => {
  it.skipIf(missing)("proves the chart, asks nobody, and says what was not checked", async () => {
    let requests = 0;
    server = createServer((_request, response) => {
      requests++;
      response.end("{}");
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/image.json`;
    const files = {
      "Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
      "values.yaml": "image: { repository: quay.io/acme/web, tag: v1 }\n",
      "values.schema.json": JSON.stringify({ properties: { image: { $ref: url } } }),
      "templates/pod.yaml":
        "kind: Pod\nspec:\n  containers:\n" +
        "    - image: {{ .Values.image.repository }}:{{ .Values.image.tag }}\n",
    };
    const content = chartContent(
      new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)])),
    );
    const helm = await findHelm({ ...process.env, HELM: tool(name) });
    if (typeof content === "string") throw new Error(content);
    if (typeof helm === "string") throw new Error(helm);
    const work = openWorkFolder();
    try {
      const learnt = await learnChart(content, [], { helm, work, settings: settingsOf() });
      expect(learnt.images.map(({ path, evidence }) => [path, evidence])).toEqual([["image", "rendered"]]);
      expect(learnt.problems).toEqual([`its schema refers to ${url}, which is not fetched, so not checked`]);
      expect(requests).toBe(0);
    } finally {
      work.remove();
    }
  });
});
