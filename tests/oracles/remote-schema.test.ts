// A chart whose schema refers to a host: Helm would ask it, and is not given the chance.
import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { HELMS } from "./support/helm.js";
import { learnt } from "./support/learnt.js";

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
      "values.yaml": "image: { repository: quay.io/acme/web, tag: v1 }\n",
      "values.schema.json": JSON.stringify({ properties: { image: { $ref: url } } }),
      "templates/pod.yaml":
        "kind: Pod\nspec:\n  containers:\n" +
        "    - image: {{ .Values.image.repository }}:{{ .Values.image.tag }}\n",
    };
    const { images, problems } = await learnt(files, name);
    expect(images.map(({ path, evidence }) => [path, evidence])).toEqual([["image", "rendered"]]);
    expect(problems).toEqual([`its schema refers to ${url}, which is not fetched, so not checked`]);
    expect(requests).toBe(0);
  });
});
