// Charts that a helmfile names.
import { describe, expect, it } from "vitest";
import { found, lines } from "./tree.js";

describe("helmfile", () => {
  it("names charts by its repositories, with files and mappings of values", () => {
    const texts = {
      "deploy/helmfile.yaml": [
        "repositories:",
        "- {name: bitnami, url: 'https://charts.bitnami.com/bitnami'}",
        "- {name: ecr, url: 1234.dkr.ecr.example/charts, oci: true}",
        "- {name: git, url: 'git+https://user:secret@git.example/r@deploy/charts?ref=v2&sparse=0'}",
        "---",
        "releases:",
        "- name: cache",
        "  chart: bitnami/redis",
        "  version: ~20.0.0",
        "  values:",
        "  - ../values/redis.yaml",
        "  - image: {tag: v1}",
        "- {name: b, chart: ecr/team/app, version: 1.0.0}",
        "- {name: c, chart: 'oci://ghcr.io/org/charts/app', version: 2.0.0}",
        "- {name: d, chart: ./local, values: [d.yaml.gotmpl]}",
        "- {name: e, chart: charts/own}",
        "- {name: f, chart: unknown/f}",
        "- {name: g, chart: 'git::https://git.example/r.git@charts/g?ref=v1'}",
        "- {name: i, chart: git/i}",
        "- {name: h, chart: 'https://dl.example/h-1.2.3.tgz?x=1'}",
      ].join("\n"),
      "deploy/local/Chart.yaml": "name: local-chart",
      "deploy/charts/own/Chart.yaml": "name: own",
    };
    expect(lines(texts).filter((line) => line.startsWith("helmfile"))).toEqual([
      "helmfile deploy/helmfile.yaml:8: redis ~20.0.0 from https://charts.bitnami.com/bitnami | " +
        "values/redis.yaml | deploy/helmfile.yaml#1 releases.0.values.1",
      "helmfile deploy/helmfile.yaml:13: app 1.0.0 from oci://1234.dkr.ecr.example/charts/team",
      "helmfile deploy/helmfile.yaml:14: app 2.0.0 from oci://ghcr.io/org/charts",
      "helmfile deploy/helmfile.yaml:15: local-chart - from ./deploy/local | deploy/d.yaml.gotmpl",
      "helmfile deploy/helmfile.yaml:16: own - from ./deploy/charts/own",
      "helmfile deploy/helmfile.yaml:17: f - from ?",
      "helmfile deploy/helmfile.yaml:18: g - from https://git.example/r.git//charts/g?ref=v1",
      "helmfile deploy/helmfile.yaml:19: i - from https://git.example/r//deploy/charts/i?ref=v2",
      "helmfile deploy/helmfile.yaml:20: h 1.2.3 from https://dl.example/h-1.2.3.tgz",
    ]);
  });

  it("is a template, whose paths become patterns", () => {
    const texts = {
      "helmfile.yaml.gotmpl": [
        "repositories:",
        "  - name: r",
        "    url: https://r.example",
        "environments:",
        "  prod: {values: [env/prod.yaml]}",
        "releases:",
        "{{- range $name := list }}",
        "  - name: {{ $name }}",
        "    chart: r/x",
        "    version: {{ .Values.version }}",
        "    values:",
        "      - values/{{ .Environment.Name }}/x-{{ $name }}.yaml",
        '      - "values/{{ .Release.Name }}.yaml"',
        "{{- end }}",
        "{{ if .Values.more }}",
        "  - name: more",
        "    chart: r/more",
        "    values: [values/{{`{{ .Release.Name }}`}}.yaml]",
        "{{ end }}",
      ].join("\n"),
    };
    expect(lines(texts)).toEqual([
      "helmfile helmfile.yaml.gotmpl:9: x - from https://r.example | glob values/*/x-*.yaml | " +
        "glob values/*.yaml",
      "helmfile helmfile.yaml.gotmpl:17: more - from https://r.example | values/more.yaml",
    ]);
  });

  it("takes templates by `inherit` and by merge keys", () => {
    const texts = {
      "helmfile.d/10-apps.yaml": [
        "bases: [../bases/repositories.yaml]",
        "templates:",
        "  default: &default",
        "    version: 1.0.0",
        "    values: ['{{`{{ .Release.Name }}`}}/values.yaml']",
        "  child:",
        "    inherit: [{template: default}]",
        "    chart: r/{{`{{ .Release.Name }}`}}",
        "releases:",
        "- name: a",
        "  inherit: [{template: child}]",
        "- name: b",
        "  <<: *default",
        "  chart: r/b",
      ].join("\n"),
      "bases/repositories.yaml": "repositories: [{name: r, url: 'https://r.example'}]",
    };
    expect(lines(texts)).toEqual([
      "helmfile helmfile.d/10-apps.yaml:10: a 1.0.0 from https://r.example | helmfile.d/a/values.yaml",
      "helmfile helmfile.d/10-apps.yaml:14: b 1.0.0 from https://r.example | helmfile.d/b/values.yaml",
    ]);
  });

  it("leads to other helmfiles, which may use its repositories", () => {
    const texts = {
      "helmfile.yaml": [
        "repositories: [{name: r, url: 'https://r.example'}]",
        "helmfiles: [releases/*.yaml, {path: more/one.yml}, ./helmfile.yaml]",
      ].join("\n"),
      "releases/a.yaml": "releases: [{name: a, chart: r/a}]",
      "more/one.yml": "releases: [{name: b, chart: r/b}]",
      "more/two.yml": "releases: [{name: c, chart: r/c}]",
    };
    expect(lines(texts)).toEqual([
      "helmfile releases/a.yaml:1: a - from https://r.example",
      "helmfile more/one.yml:1: b - from https://r.example",
    ]);
  });

  it("may have any name where it has the keys", () => {
    const text = "repositories: [{name: r, url: 'https://r.example'}]\nreleases: [{name: a, chart: r/a}]\n";
    expect(lines({ "apps/redis.yaml": text, "apps/redis.txt": text })).toEqual([
      "helmfile apps/redis.yaml:2: a - from https://r.example",
    ]);
  });

  it("says where no chart can be told", () => {
    const texts = {
      "helmfile.yaml": "releases:\n- {name: a, chart: ./gone}\n- {name: b, chart: '{{ .x }}'}\n",
    };
    expect(found(texts)).toEqual({
      uses: [],
      problems: [
        'helmfile.yaml:2 names no chart that can be told (helmfile "a"): "./gone"',
        'helmfile.yaml:3 names no chart that can be told (helmfile "b"): "{{ .x }}"',
      ],
    });
  });
});
