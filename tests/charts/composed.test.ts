// The reference that a known chart composes of a consumer's values, and of its own where these say nothing.
import { describe, expect, it } from "vitest";
import { composedPrefix } from "../../lib/charts/facts/composed-prefix.js";
import { plan } from "../../lib/pinning/plan.js";
import { fieldsOf } from "../images/fields-of.js";
import { lines } from "../support/lines.js";
import { settingsOf } from "../support/settings.js";

/** Settings with one fact, of `image` in the values of the chart that `apps/web.yaml` is for. */
function knowing(image: object): ReturnType<typeof settingsOf> {
  const fact = { path: "image", digest: { to: "tag" }, evidence: "rendered", ...image };
  return settingsOf({
    unknownCharts: "suggest",
    files: [{ files: ["apps/*.yaml"], kind: "values" }],
    chartFacts: {
      charts: [{ chart: "web", source: "https://charts.example", images: [fact] }],
      uses: [{ files: ["apps/*.yaml"], chart: "web", source: "https://charts.example" }],
    },
  });
}

function composedBy(image: object, text: string): string | undefined {
  const [field] = fieldsOf(text, "apps/web.yaml", knowing(image));
  return field?.composed ?? field?.written;
}

const IMAGE = lines("image:", "  repository: a/b", "  tag: v1");
const GLOBAL = lines("global:", "  imageRegistry: mirror.example") + IMAGE;

describe("a registry for all images", () => {
  it.each([
    ["the chart does not read it", "{repository}:{tag}", "a/b:v1"],
    ["the chart reads it", "[{global.imageRegistry|registry}/]{repository}:{tag}", "mirror.example/a/b:v1"],
    ["the chart fixes one", "quay.io/{repository}:{tag}", "quay.io/a/b:v1"],
  ])("%s", (_, reference, composed) => {
    expect(composedBy({ reference }, GLOBAL)).toBe(composed);
  });

  it("counts in values inside a resource too", () => {
    const release = (values: string): string =>
      lines("kind: HelmRelease", "apiVersion: helm.toolkit.fluxcd.io/v2", "spec:", "  values:") +
      values.replace(/^/gm, "    ").trimEnd();
    const [field] = fieldsOf(release(GLOBAL), "apps/release.yaml", settingsOf());
    expect(field?.composed).toBe("mirror.example/a/b:v1");
  });

  it("stands at any key that the chart reads", () => {
    const text = lines("global:", "  image: { registry: mirror.example }") + IMAGE;
    const reference = "[{global.image.registry}/|registry.k8s.io/]{repository}:{tag}";
    expect(composedBy({ reference }, text)).toBe("mirror.example/a/b:v1");
    expect(composedBy({ reference }, IMAGE)).toBe("registry.k8s.io/a/b:v1");
  });
});

describe("what the chart's own values hold", () => {
  const FACT = {
    reference: "[{global.imageRegistry|registry}/]{repository}:{tag}",
    defaults: { registry: "quay.io" },
  };

  it.each([
    ["counts where the user's values leave it out", IMAGE, "quay.io/a/b:v1"],
    ["gives way to the user's", `${IMAGE}  registry: ghcr.io\n`, "ghcr.io/a/b:v1"],
    ["gives way to a registry for all images", GLOBAL, "mirror.example/a/b:v1"],
    ["goes where the user empties it", `${IMAGE}  registry: ""\n`, "a/b:v1"],
    ["goes where the user removes it", `${IMAGE}  registry: null\n`, "a/b:v1"],
    [
      "does not stand before a repository with its registry",
      IMAGE.replace("a/b", "ghcr.io/a/b"),
      "ghcr.io/a/b:v1",
    ],
  ])("%s", (_, text, composed) => {
    expect(composedBy(FACT, text)).toBe(composed);
  });

  const DIGEST = {
    reference: "{repository}:{tag}[@{digest}]",
    digest: { to: "key", key: "digest", style: "prefixed" },
  };
  const planOf = (image: object, text: string): string | undefined => {
    const settings = knowing(image);
    const [field] = fieldsOf(text, "apps/web.yaml", settings);
    return field && plan(field, settings).kind;
  };

  it("its digest stands behind a tag of the user's, so that one for that tag is no fix", () => {
    const defaults = { digest: `sha256:${"a".repeat(64)}` };
    expect(planOf(DIGEST, IMAGE)).toBe("fix");
    expect(planOf({ ...DIGEST, defaults }, IMAGE)).toBe("suggest");
    expect(planOf({ ...DIGEST, defaults }, `${IMAGE}  digest: ""\n`)).toBe("fix");
  });
});

describe("what stands before the repository", () => {
  const VALUES: Readonly<Record<string, string>> = { registry: "quay.io", slashed: "quay.io/", empty: "" };
  const prefixOf = (reference: string): string | undefined =>
    composedPrefix(reference, "repository", (key) => VALUES[key]);

  it.each([
    ["{repository}:{tag}", ""],
    ["{registry}/{repository}", "quay.io/"],
    ["[{empty|registry}/]{repository}", "quay.io/"],
    ["[{slashed}]{repository}", "quay.io/"],
    ["[{slashed}/]{repository}", "quay.io/"],
    ["[{empty}/|{registry}/a/]{repository}", "quay.io/a/"],
    ["[{empty}/]{repository}", ""],
    ["{empty}/{repository}", undefined],
    ["{registry}{repository}", undefined],
    ["{image}:{tag}", undefined],
  ])("%s", (reference, prefix) => {
    expect(prefixOf(reference)).toBe(prefix);
  });
});
