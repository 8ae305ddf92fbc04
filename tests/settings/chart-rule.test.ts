// The setting `charts`: what an entry may hold, and one line for everything else.
import { describe, expect, it } from "vitest";
import { readSettings, SETTINGS_KEY } from "../../lib/settings/read.js";

const read = (charts: unknown): ReturnType<typeof readSettings> =>
  readSettings({ [SETTINGS_KEY]: { charts } });
const MUST_BE_URL = "must be the URL of a chart repository, `https://…` or `oci://…`";
const MUST_BE_NAME = "must be a chart's `name` or `publisher/name`";

describe("the setting `charts`", () => {
  it.each([
    { files: ["a.yaml"], chart: "nginx" },
    { files: ["a.yaml"], chart: "bitnami/nginx", version: ">= 1.0.0" },
    { files: ["a.yaml"], chart: "web", repository: "oci://ghcr.io/acme", version: "1.0.0" },
  ])("keeps %j", (entry) => {
    const result = read([{ ...entry, files: "a.yaml" }]);
    expect(result.ok && result.settings.charts).toEqual([entry]);
  });

  it.each<readonly [charts: unknown, behindTheName: string]>([
    [{ "a.yaml": "nginx" }, " must be an array"],
    [["nginx"], "[0] must be an object `{ files, chart, repository?, version? }`"],
    [[{ chart: "nginx" }], "[0].files must be a glob or an array of globs"],
    [[{ files: "a.yaml", chart: "oci://ghcr.io/a/nginx" }], `[0].chart ${MUST_BE_NAME}`],
    [[{ files: "a.yaml", chart: "a/b/c" }], `[0].chart ${MUST_BE_NAME}`],
    [[{ files: "a.yaml", name: "nginx" }], "[0].name must be files, chart, repository or version"],
    [[{ files: "a.yaml", chart: "web", repository: "grafana" }], `[0].repository ${MUST_BE_URL}`],
    [[{ files: "a.yaml", chart: "web", repository: "git+https://a.b/c" }], `[0].repository ${MUST_BE_URL}`],
    [
      [{ files: "a.yaml", chart: "web", repository: "https://u:secret@a.b" }],
      `[0].repository ${MUST_BE_URL}`,
    ],
    [[{ files: "a.yaml", chart: "web", version: 1 }], "[0].version must be a version as a text"],
  ])("refuses %j", (charts, behindTheName) => {
    const result = read(charts);
    expect(!result.ok && result.message).toBe(`settings["container-images"].charts${behindTheName}`);
  });
});
