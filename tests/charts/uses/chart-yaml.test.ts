// Charts of the tree itself, and their dependencies.
import { describe, expect, it } from "vitest";
import { found, lines } from "./tree.js";

describe("Chart.yaml", () => {
  it("is for the values files beside it", () => {
    const texts = {
      "charts/app/Chart.yaml": "apiVersion: v2\nname: app\nversion: 1.2.3\n",
      "charts/app/values.yaml": "a: 1\n",
      "charts/app/values-prod.yml": "a: 2\n",
      "charts/app/other.yaml": "a: 3\n",
      "charts/app/templates/values.yaml": "a: 4\n",
    };
    expect(lines(texts)).toEqual([
      "Chart.yaml charts/app/Chart.yaml:2: app 1.2.3 from ./charts/app | charts/app/values.yaml | " +
        "charts/app/values-prod.yml",
    ]);
  });

  it("stands in the tree's root, too", () => {
    expect(lines({ "Chart.yaml": "name: app", "values.yaml": "" })).toEqual([
      "Chart.yaml Chart.yaml:1: app - from ./. | values.yaml",
    ]);
  });

  it("names its dependencies, whose values stand under their alias or name", () => {
    const texts = {
      "a/Chart.yaml": [
        "name: a",
        "dependencies:",
        "  - name: redis",
        "    version: ^20.0.0",
        "    repository: oci://registry-1.docker.io/bitnamicharts",
        "  - name: redis",
        "    alias: cache",
        "    version: 19.x",
        "    repository: https://user:secret@charts.example/stable/",
        "  - name: common",
        "    repository: '@local'",
        "  - name: sibling",
        "    repository: file://../sibling",
        "  - name: packed",
        "    repository: https://charts.example",
        "  - name: unpacked",
      ].join("\n"),
      "a/values.yaml": "redis: {image: {tag: 1}}\ncache: {tag: 2}\nsibling: {inner: {tag: 3}}\n",
      "a/values-dev.yaml": "cache: {tag: 3}\n",
      "a/charts/packed-1.0.0-rc.1.tgz": "",
      "a/charts/unpacked/Chart.yaml": "name: unpacked\nversion: 3.0.0",
      "sibling/Chart.yaml":
        "name: sibling\ndependencies: [{name: inner, repository: 'https://inner.example'}]",
    };
    expect(lines(texts)).toEqual([
      "Chart.yaml a/Chart.yaml:1: a - from ./a | a/values.yaml | a/values-dev.yaml",
      "Chart.yaml a/Chart.yaml:3: redis ^20.0.0 from oci://registry-1.docker.io/bitnamicharts | " +
        "a/values.yaml redis",
      "Chart.yaml a/Chart.yaml:6: redis 19.x from https://charts.example/stable | a/values.yaml cache | " +
        "a/values-dev.yaml cache",
      "Chart.yaml a/Chart.yaml:10: common - from ?",
      "Chart.yaml a/Chart.yaml:12: sibling - from ./sibling | a/values.yaml sibling",
      "Chart.yaml sibling/Chart.yaml:2: inner - from https://inner.example | a/values.yaml sibling.inner",
      "Chart.yaml a/Chart.yaml:14: packed 1.0.0-rc.1 from ./a/charts/packed-1.0.0-rc.1.tgz",
      "Chart.yaml a/Chart.yaml:16: unpacked 3.0.0 from ./a/charts/unpacked",
      "Chart.yaml a/charts/unpacked/Chart.yaml:1: unpacked 3.0.0 from ./a/charts/unpacked",
      "Chart.yaml sibling/Chart.yaml:1: sibling - from ./sibling",
      "Chart.yaml sibling/Chart.yaml:2: inner - from https://inner.example",
    ]);
  });

  it("of Helm 2 has its dependencies in requirements.yaml", () => {
    const texts = {
      "Chart.yaml": "name: old",
      "requirements.yaml": "dependencies:\n- name: db\n  version: 1.0.0\n  repository: https://db.example\n",
      "values.yaml": "db:\n  tag: 1\n",
    };
    expect(lines(texts)).toContain(
      "Chart.yaml requirements.yaml:2: db 1.0.0 from https://db.example | values.yaml db",
    );
  });

  it("says where a sibling is not in the tree, and never looks outside", () => {
    const texts = {
      "a/Chart.yaml": "name: a\ndependencies:\n- name: b\n  repository: file://../../b\n",
    };
    const { uses, problems } = found(texts);
    expect(uses.map(({ chart, from }) => [chart, from?.kind])).toEqual([
      ["a", "tree"],
      ["b", undefined],
    ]);
    expect(problems).toEqual([
      'a/Chart.yaml:3 names the chart "b" at file://../../b, which the tree does not hold',
    ]);
  });
});
