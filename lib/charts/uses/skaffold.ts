// Charts that skaffold deploys or renders: `deploy.helm.releases[]`, `manifests.helm.releases[]`, in
// profiles too.
import type { ChartUse } from "./chart-use.js";
import { at, itemsAt, textAt, type YamlNode } from "./document.js";
import { inline, useOf, type MechanismRow } from "./mechanism.js";
import { baseOf, fileNamed, folderOf } from "./paths.js";
import { chartReferred, repositoryAt } from "./references.js";
import type { Survey } from "./survey.js";

export const SKAFFOLD: MechanismRow = {
  mechanism: "skaffold",
  find: (survey) =>
    survey.files
      .filter((file) => /^skaffold[^/]*\.ya?ml$/.test(baseOf(file)))
      .flatMap((file) => survey.documents(file))
      .filter((config) => textAt(config, "apiVersion")?.startsWith("skaffold/") ?? false)
      .flatMap((config) => [config, ...itemsAt(config, "profiles")])
      .flatMap((holder) => [
        ...itemsAt(holder, "deploy", "helm", "releases"),
        ...itemsAt(holder, "manifests", "helm", "releases"),
      ])
      .flatMap((release) => usesOf(survey, release)),
};

function usesOf(survey: Survey, release: YamlNode): readonly ChartUse[] {
  const folder = folderOf(release.source.file);
  const remote = textAt(release, "remoteChart");
  const place = at(release, remote === undefined ? "chartPath" : "remoteChart");
  const text = textAt(place);
  if (!place || text === undefined) return [];
  const repo = repositoryAt(textAt(release, "repo"));
  const named = chartReferred(survey, remote === undefined ? folder : undefined, text, () => undefined);
  if (!named) {
    survey.problem(place, `names no chart that can be told: "${text}"`);
    return [];
  }
  const values = itemsAt(release, "valuesFiles").map((item) => {
    const file = textAt(item);
    return file === undefined ? undefined : fileNamed(folder, file);
  });
  const chart = repo ? { ...named, from: repo } : named;
  return [
    useOf("skaffold", place, chart, textAt(release, "version"), [
      ...values,
      inline(at(release, "overrides")),
    ]),
  ];
}
