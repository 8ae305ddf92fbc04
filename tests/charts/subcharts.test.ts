// The templates of a chart's subcharts: where they stand, and which values are theirs.
import { describe, expect, it } from "vitest";
import { chartTemplates } from "../../lib/charts/chart-templates.js";
import type { ImageUses } from "../../lib/charts/templates/image-uses.js";
import { lines } from "../support/lines.js";
import { beside, IMAGE, indent } from "./values.js";

const KEYS = { repository: "repository", tag: "tag" };
const COMPOSES = 'image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"\n';
const VERSION = "version: {{ .Values.image.tag }}\n";
const DEPENDENCY = "name: ours\ndependencies:\n  - name: sub\n";

function usesOf(
  files: Readonly<Record<string, string>>,
  path: readonly string[],
  text = `${String(path[0])}:\n${indent(IMAGE, 2)}`,
): ImageUses | undefined {
  const all = { "templates/": "a.yaml", "templates/a.yaml": "a: b\n", "Chart.yaml": DEPENDENCY, ...files };
  return chartTemplates(beside(all), text).image(path, KEYS);
}

/** A subchart's files, below a folder. */
function subchart(folder: string, template: string, chart = "name: sub\n"): Record<string, string> {
  return {
    [`${folder}Chart.yaml`]: chart,
    [`${folder}templates/`]: "b.yaml",
    [`${folder}templates/b.yaml`]: template,
  };
}

describe("a subchart's templates are read", () => {
  const alias = "name: ours\ndependencies:\n  - name: sub\n    alias: other\n";
  const sibling = (repository: string): string => `${DEPENDENCY}    repository: ${repository}\n`;
  it.each([
    ["in a folder", ["sub", "image"], { "charts/": "sub/Chart.yaml" }, "charts/sub/"],
    [
      "in a folder that no dependency names",
      ["sub", "image"],
      { "charts/": "sub/Chart.yaml", "Chart.yaml": "name: ours" },
      "charts/sub/",
    ],
    ["in an archive", ["sub", "image"], { "charts/": "sub-1.2.3.tgz" }, "charts/sub-1.2.3.tgz/sub/"],
    [
      "under an alias",
      ["other", "image"],
      { "charts/": "sub/Chart.yaml", "Chart.yaml": alias },
      "charts/sub/",
    ],
    ["beside the chart", ["sub", "image"], { "Chart.yaml": sibling("file://../sub") }, "../sub/"],
    [
      "in the folder above that",
      ["sub", "image"],
      { "Chart.yaml": sibling("file://../../more/sub/") },
      "../../more/sub/",
    ],
  ] as const)("%s", (_, path, files, folder) => {
    const withTemplate = (template: string): ImageUses | undefined =>
      usesOf({ ...files, ...subchart(folder, template) }, path);
    expect(withTemplate(COMPOSES)).toMatchObject({ isKnown: true, isComposed: true, elsewhere: undefined });
    expect(withTemplate(COMPOSES + VERSION)).toMatchObject({ elsewhere: `${folder}templates/b.yaml` });
  });
  it.each([
    ["far above", "file://../../../sub", "../../../sub/"],
    ["that leads up again", "file://../a/../../../sub", "../a/../../../sub/"],
    ["of the machine", "file:///etc/sub", "/etc/sub/"],
  ])("but not in a folder %s", (_, repository, folder) => {
    const files = { "Chart.yaml": sibling(repository), ...subchart(folder, COMPOSES) };
    expect(usesOf(files, ["sub", "image"])).toMatchObject({ isKnown: false });
  });
  it("and not in a folder of another chart", () => {
    const files = {
      "Chart.yaml": sibling("file://../sub"),
      ...subchart("../sub/", COMPOSES, "name: other\n"),
    };
    expect(usesOf(files, ["sub", "image"])).toMatchObject({ isKnown: false });
  });
});

describe("a subchart that is not there", () => {
  const own = (path: readonly string[]): ImageUses | undefined =>
    usesOf({ "templates/a.yaml": COMPOSES.replaceAll(".Values.image", `.Values.${path.join(".")}`) }, path);
  it.each([
    ["its own values", ["sub", "image"], false],
    ["global values", ["global", "image"], false],
    ["no other value", ["image"], true],
  ])("can use %s", (_, path, isKnown) => {
    expect(own(path)).toMatchObject({ isKnown, isComposed: true });
  });
});

describe("the chart and its subchart", () => {
  const files = { "charts/": "sub/Chart.yaml" };
  it("share named templates, of which the chart's own counts", () => {
    const define = (body: string): string => `{{ define "image" }}${body}{{ end }}`;
    const theirs = subchart("charts/sub/", `${define("x")}image: {{ include "image" .Values.image }}\n`);
    const ours = define("{{ .repository }}:{{ .tag }}");
    expect(usesOf({ ...files, ...theirs, "templates/a.yaml": ours }, ["sub", "image"])).toMatchObject({
      isKnown: true,
      isComposed: true,
    });
  });
  it.each([
    ["by its values", "version: {{ .Values.sub.image.tag }}\n"],
    ["by its context", "version: {{ .Subcharts.sub.Values.image.tag }}\n"],
  ])("both use the values of the subchart: %s", (_, template) => {
    const all = { ...files, ...subchart("charts/sub/", COMPOSES), "templates/a.yaml": template };
    expect(usesOf(all, ["sub", "image"])).toMatchObject({ elsewhere: "templates/a.yaml" });
  });
  it("both use the global values", () => {
    const template = "version: {{ .Values.global.image.tag }}\n";
    const all = { ...files, ...subchart("charts/sub/", template) };
    expect(usesOf(all, ["global", "image"])).toMatchObject({ elsewhere: "charts/sub/templates/b.yaml" });
  });
  it("a library's templates are called, and not rendered", () => {
    const library = lines('{{ define "lib.image" }}{{ .repository }}:{{ .tag }}{{ end }}', VERSION);
    const all = {
      ...files,
      ...subchart("charts/sub/", library, "name: sub\ntype: library\n"),
      "templates/a.yaml": 'image: {{ include "lib.image" .Values.image }}\n',
    };
    expect(usesOf(all, ["image"], IMAGE)).toMatchObject({
      isKnown: true,
      isComposed: true,
      elsewhere: undefined,
    });
  });
});

describe("what other values hold counts", () => {
  const tagged = (more: string): ImageUses | undefined =>
    usesOf(
      {
        "Chart.yaml": "name: ours\n",
        "templates/a.yaml":
          'image: "{{ .Values.image.repository }}:{{ .Values.global.tag | default .Values.image.tag }}"\n',
      },
      ["image"],
      IMAGE + more,
    );
  it("a value that is set wins", () => {
    expect(tagged("global:\n  tag: v9\n")).toMatchObject({ isComposed: false });
  });
  it.each(["", "global: {}\n", "global:\n  tag: ''\n"])("one that is not set does not: %j", (more) => {
    expect(tagged(more)).toMatchObject({ isKnown: true, isComposed: true });
  });
  it("a template among the values is read where the chart calls `tpl`", () => {
    const files = (template: string): Readonly<Record<string, string>> => ({
      "Chart.yaml": "name: ours\n",
      "templates/a.yaml": COMPOSES + template,
    });
    const text = `${IMAGE}labels:\n  version: "{{ .Values.image.tag }}"\n`;
    expect(usesOf(files("x: {{ tpl (toYaml .Values.labels) . }}\n"), ["image"], text)?.elsewhere).toBe(
      "values.yaml",
    );
    expect(usesOf(files("x: {{ toYaml .Values.labels }}\n"), ["image"], text)?.elsewhere).toBeUndefined();
  });
  it("so is a file of the chart", () => {
    const files = {
      "Chart.yaml": "name: ours\n",
      "./": "files/x.conf",
      "files/x.conf": "version={{ .Values.image.tag }}\n",
      "templates/a.yaml": `${COMPOSES}x: {{ tpl (.Files.Get "files/x.conf") . }}\n`,
    };
    expect(usesOf(files, ["image"], IMAGE)?.elsewhere).toBe("files/x.conf");
  });
});

describe("a template that the chart's own files do not define", () => {
  const calls = `${COMPOSES}{{ include "ours.x" . }}{{ define "ours.name" }}{{ end }}\n`;
  const own = (files: Readonly<Record<string, string>>): ImageUses | undefined =>
    usesOf({ "Chart.yaml": "name: ours\n", "templates/a.yaml": calls, ...files }, ["image"], IMAGE);
  it("does not exist", () => {
    expect(own({})).toMatchObject({ isKnown: true, isComposed: true, elsewhere: undefined });
  });
  it("may be one of an archive that no dependency names", () => {
    expect(own({ "charts/": "sub-1.2.3.tgz" })).toMatchObject({ isKnown: false });
  });
  it("may be one of the notes", () => {
    const notes = `{{ define "ours.x" }}${VERSION}{{ end }}`;
    expect(own({ "templates/": "NOTES.txt\na.yaml", "templates/NOTES.txt": notes })).toMatchObject({
      elsewhere: "templates/a.yaml",
    });
  });
});

describe("a file that `tpl` may evaluate", () => {
  const withFile = (name: string): ImageUses | undefined =>
    usesOf(
      {
        "Chart.yaml": "name: ours\n",
        "templates/a.yaml": `${COMPOSES}{{ tpl (.Files.Get .Values.file) . }}\n`,
        "./": `Chart.yaml\n${name}`,
        [name]: "{{ template `chart.header` . }}",
      },
      ["image"],
      IMAGE,
    );
  it("may hand on the image", () => {
    expect(withFile("files/a.txt")).toMatchObject({ isKnown: false });
  });
  it("is not what makes the README", () => {
    expect(withFile("README.md.gotmpl")).toMatchObject({ isKnown: true });
  });
});
