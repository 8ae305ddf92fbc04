// A tag alone, from `charts --write` to `list`, `pin` and `bom`.
import { expect, it } from "vitest";
import { digestOf } from "../support/registry.js";
import { setUp } from "../support/registry-project.js";
import { rerun } from "./charts-project.js";

/** A mapping of a resource with the parts of an image. */
function partsOf(name: string): string {
  const keys = ["repository", "image", "version"];
  return `  ${name}:\n${keys.map((key) => `    ${key}: "{{ .Values.${name}.${key} }}"\n`).join("")}`;
}

const POLICY = "apiVersion: nvidia.com/v1\nkind: ClusterPolicy\nspec:\n";

/** A chart whose operator gets images in parts, and that composes one itself. */
const CHART = {
  "charts/op/Chart.yaml": "apiVersion: v2\nname: op\nversion: 1.0.0\n",
  "charts/op/values.yaml":
    "driver: { repository: docker.io/vendor, image: driver, version: '1' }\n" +
    "toolkit: { repository: docker.io/vendor, image: toolkit, version: '1' }\n" +
    "web: { image: { repository: docker.io/acme/web, tag: v1 } }\n",
  "charts/op/templates/policy.yaml": POLICY + partsOf("driver") + partsOf("toolkit"),
  "charts/op/templates/web.yaml":
    "kind: Pod\nspec:\n  containers:\n" +
    "    - image: {{ .Values.web.image.repository }}:{{ .Values.web.image.tag }}\n",
};
const USER = {
  "helmfile.yaml": "releases:\n  - { name: op, chart: ./charts/op, values: [apps/values.yaml] }\n",
  "apps/values.yaml": "driver:\n  version: '580'\ntoolkit:\n  version: '2'\nweb:\n  image:\n    tag: v2\n",
};
const CONFIG = `import containerImages from "eslint-plugin-container-images";
import chartFacts from "./container-images.charts.json" with { type: "json" };
export default [
  ...containerImages.configs.recommended,
  { settings: { "container-images": { chartFacts, SETTINGS } } },
];
`;

it("is an image for each command once `charts --write` has looked at the chart", async () => {
  const { project, registry } = await setUp({ ...CHART, ...USER });
  const written = await rerun(project, ["--write"]);
  expect(written.code).toBe(0);
  const facts = JSON.parse(project.read("container-images.charts.json")) as {
    uses: unknown;
    charts: unknown;
  };
  expect(facts.uses).toEqual([
    { files: ["apps/values.yaml"], chart: "op", source: "charts/op", version: "1.0.0", whole: true },
    { files: ["charts/op/values.yaml"], chart: "op", source: "charts/op", version: "1.0.0", whole: true },
  ]);
  const mirrors = JSON.stringify({ "docker.io": `http://${registry.host}` });
  project.write({
    "eslint.config.js": CONFIG.replace("SETTINGS", `mirrors: ${mirrors}, cacheDirectory: ".cache/ci"`),
  });
  const listed = await project.command(["list", "apps"]);
  expect(listed.out.split("\n").slice(1, 4)).toEqual([
    expect.stringMatching(
      /^docker\.io\/vendor\/driver:580 +unpinned \(no-digest-slot\) +apps\/values\.yaml:2:/,
    ),
    expect.stringMatching(/^docker\.io\/vendor\/toolkit:2 +unpinned +apps\/values\.yaml:4:/),
    expect.stringMatching(/^docker\.io\/acme\/web:v2 +unpinned +apps\/values\.yaml:7:/),
  ]);
  const json = JSON.parse((await project.command(["list", "--format", "json", "apps"])).out) as unknown;
  expect(json).toMatchObject([
    {
      written: ":580",
      reference: "docker.io/vendor/driver:580",
      composition: "[{repository}/]{image}:{version}",
    },
    { reference: "docker.io/vendor/toolkit:2", evidence: "rendered", pinnable: true },
    { reference: "docker.io/acme/web:v2", field: "web.image" },
  ]);
  const pinned = await project.command(["pin", "apps"]);
  expect(pinned.err + pinned.out).toContain("pinned apps/values.yaml:4 docker.io/vendor/toolkit:2");
  expect(project.read("apps/values.yaml")).toBe(
    "driver:\n  version: '580'\n" +
      `toolkit:\n  version: '2@${digestOf("vendor/toolkit", "2")}'\n` +
      `web:\n  image:\n    tag: v2@${digestOf("acme/web", "v2")}\n`,
  );
  const verified = await project.command(["verify", "apps"]);
  expect(verified.code).toBe(0);
  expect(verified.out).toContain("2 ok; 1 image has no digest");
  const { components } = JSON.parse((await project.command(["bom", "apps"])).out) as {
    components: readonly { name: string }[];
  };
  expect(components.map(({ name }) => name).sort()).toEqual([
    "docker.io/acme/web",
    "docker.io/vendor/driver",
    "docker.io/vendor/toolkit",
  ]);
});
