// What a fact takes from a chart's own values, and what stands in it only because it was made up.
import { describe, expect, it } from "vitest";
import type { ImageFact } from "../../lib/settings/chart-facts.js";
import { chartImages } from "../../lib/proof/chart-images.js";
import { withDefaults } from "../../lib/proof/defaults.js";
import { compositions, countMarked, markedRegistries, markedValues } from "../../lib/proof/markers.js";
import { registryPaths } from "../../lib/proof/registry-keys.js";
import { joinValues, valueAt, type Values } from "../../lib/proof/values.js";
import { settingsOf } from "../support/settings.js";

const DIGEST = `sha256:${"a".repeat(64)}`;

describe("what a chart composes", () => {
  const VALUES: Values = {
    global: { image: { registry: "quay.io" } },
    image: { registry: "ghcr.io/", repository: "acme/app", tag: "v1", digest: DIGEST },
  };

  /** The composition of a chart that prints this of its values. */
  const composed = (print: (text: (...path: string[]) => string) => string): string | undefined => {
    const images = chartImages(VALUES, "", settingsOf());
    const paths = registryPaths(VALUES);
    const render = (...over: Values[]): string[] => {
      const values = over.reduce((under, each) => joinValues(under, each), VALUES);
      return [`image: "${print((...path) => String(valueAt(values, path)))}"`];
    };
    const marked = markedValues(images, VALUES);
    const global = render(marked, markedRegistries(paths, VALUES));
    return compositions(images, VALUES, render(marked), global, paths).get(images[0]?.id ?? 0);
  };

  it("has none of the chart's own digest", () => {
    const print = composed((text) => {
      const digest = text("image", "digest");
      return `${text("image", "repository")}:${text("image", "tag")}${digest && `@${digest}`}`;
    });
    expect(print).toBe("{repository}:{tag}");
    expect(composed((text) => `${text("image", "repository")}:${text("image", "tag")}@${DIGEST}`)).toBe(
      "{repository}:{tag}",
    );
  });

  it("names a registry deep in `global`, and what stands there without one", () => {
    const print = (text: (...path: string[]) => string): string =>
      `${text("global", "image", "registry")}/${text("image", "repository")}:${text("image", "tag")}`;
    expect(composed(print)).toBe("[{global.image.registry}/|quay.io/]{repository}:{tag}");
  });

  it("puts no slash behind a registry that has its own", () => {
    const print = (text: (...path: string[]) => string): string =>
      `${text("image", "registry")}${text("image", "repository")}:${text("image", "tag")}`;
    expect(composed(print)).toBe("[{registry}]{repository}:{tag}");
  });
});

describe("where a made-up image stands", () => {
  const countsOf = (values: Values, document: string): readonly number[] => {
    const images = chartImages(values, "", settingsOf());
    return [...countMarked([document], images).values()];
  };

  it("an image in one string also where only its name is printed: templates take it apart", () => {
    expect(
      countsOf({ image: "quay.io/acme/app:v1" }, "image: r1.example/p1q/x1q\nversion: 9.9.1001\n"),
    ).toEqual([1]);
  });

  it("one in several keys only with something behind its repository", () => {
    const values = { image: { repository: "quay.io/acme/app", tag: "v1" } };
    expect(countsOf(values, "repository: p1q/x1q\n")).toEqual([0]);
    expect(countsOf(values, "image: p1q/x1q:9.9.1001\n")).toEqual([1]);
  });
});

describe("defaults of a fact", () => {
  const FACT: ImageFact = {
    path: "web.image",
    reference: "[{global.imageRegistry|registry}/]{repository}:{tag}[@{digest}]",
    digest: { to: "key", key: "digest", style: "prefixed" },
    evidence: "rendered",
  };
  const IMAGE = { registry: "quay.io", repository: "a/b", tag: "v1", digest: DIGEST };

  it.each([
    ["hold all but the tag", {}, { registry: "quay.io", repository: "a/b", digest: DIGEST }],
    [
      "hold a registry for all images",
      { global: { imageRegistry: "mirror.example" } },
      { "global.imageRegistry": "mirror.example", registry: "quay.io", repository: "a/b", digest: DIGEST },
    ],
    ["leave out what is empty", { web: { image: { registry: "", digest: "" } } }, { repository: "a/b" }],
    ["leave out what is no text", { web: { image: { registry: 1, digest: null } } }, { repository: "a/b" }],
  ])("%s", (_, over, defaults) => {
    const found = withDefaults(FACT, joinValues({ web: { image: IMAGE } }, over));
    expect(found.defaults).toEqual(defaults);
    expect(withDefaults({ ...FACT, defaults: { old: "x" } }, {}).defaults).toBeUndefined();
  });

  it("hold no repository of an item of a list, which the user's list removes", () => {
    const found = withDefaults({ ...FACT, path: "images[0]" }, { images: [IMAGE] });
    expect(found.defaults).toEqual({ registry: "quay.io", digest: DIGEST });
  });
});
