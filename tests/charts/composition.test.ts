// The reference that a chart composes: what is shown, looked up and listed is what its templates print.
import { describe, expect, it } from "vitest";
import { chartTemplates } from "../../lib/charts/chart-templates.js";
import { fieldsOf } from "../images/fields-of.js";
import { settingsOf } from "../support/settings.js";
import { beside } from "./values.js";

const VALUES = "image:\n  registry: quay.io\n  repository: corp/tool\n  tag: v1\n";
const GLOBAL = "global:\n  imageRegistry: r.example\n";

const NAME = "{{ .Values.image.repository }}:{{ .Values.image.tag }}";
const OWN = `image: {{ .Values.image.registry }}/${NAME}\n`;
const EITHER = `image: {{ .Values.global.imageRegistry | default .Values.image.registry }}/${NAME}\n`;
const OPTIONAL = `image: {{ with .Values.image.registry }}{{ . }}/{{ end }}${NAME}\n`;
const LITERAL = `image: docker.io/${NAME}\n`;

function files(template: string): (path: string) => string | undefined {
  return beside({ "Chart.yaml": "name: ours\n", "templates/": "a.yaml", "templates/a.yaml": template });
}

describe("the reference that a chart composes", () => {
  it.each([
    ["of its registry", OWN, VALUES, "quay.io/corp/tool", "{registry}/{repository}:{tag}"],
    [
      "of its registry, whatever the global one",
      OWN,
      GLOBAL + VALUES,
      "quay.io/corp/tool",
      "{registry}/{repository}:{tag}",
    ],
    [
      "of the global registry",
      EITHER,
      GLOBAL + VALUES,
      "r.example/corp/tool",
      "{global.imageRegistry|registry}/{repository}:{tag}",
    ],
    [
      "of either, none being global",
      EITHER,
      VALUES,
      "quay.io/corp/tool",
      "{global.imageRegistry|registry}/{repository}:{tag}",
    ],
    [
      "of a registry, if there is one",
      OPTIONAL,
      VALUES,
      "quay.io/corp/tool",
      "[{registry}/]{repository}:{tag}",
    ],
    [
      "of none, if there is none",
      OPTIONAL,
      VALUES.replace("quay.io", "''"),
      "docker.io/corp/tool",
      "[{registry}/]{repository}:{tag}",
    ],
    ["of no registry", `image: ${NAME}\n`, GLOBAL + VALUES, "docker.io/corp/tool", "{repository}:{tag}"],
    ["of a registry in the template", LITERAL, VALUES, "docker.io/corp/tool", "docker.io/{repository}:{tag}"],
  ])("%s", (_, template, text, name, composition) => {
    const [field] = fieldsOf(text, "values.yaml", settingsOf(), files(template));
    expect(`${String(field?.reference?.domain)}/${String(field?.reference?.repository)}`).toBe(name);
    const its = chartTemplates(files(template), text).image(["image"], {
      repository: "repository",
      tag: "tag",
    });
    expect(its).toMatchObject({ composition, isKnown: true });
  });
  it("has the digest too", () => {
    const version =
      "{{ if .Values.image.digest }}@{{ .Values.image.digest }}{{ else }}:{{ .Values.image.tag }}{{ end }}";
    const template = `image: {{ .Values.image.repository }}${version}\n`;
    const keys = { repository: "repository", tag: "tag", digest: "digest" };
    const its = chartTemplates(files(template), VALUES).image(["image"], keys);
    expect(its?.composition).toBe("{repository}[@{digest}|:{tag}]");
  });
  it.each([
    ["something that is not followed", `image: {{ .Chart.Name }}/${NAME}\n`],
    ["another registry in another place", OWN + LITERAL],
    ["something that is no registry", `image: x-${NAME}\n`],
  ])("is not known where there stands %s before it", (_, template) => {
    const its = chartTemplates(files(template), VALUES).image(["image"], {
      repository: "repository",
      tag: "tag",
    });
    expect(its).toMatchObject({ isKnown: false });
  });
  it("is what a field has, where it is not what stands in the file", () => {
    const composed = (template: string): string | undefined =>
      fieldsOf(VALUES, "values.yaml", settingsOf(), files(template))[0]?.composed;
    expect(composed(LITERAL)).toBe("docker.io/corp/tool:v1");
    expect(composed(OWN)).toBeUndefined();
  });
});
