// Values with which a chart may render an image that it does not render as it is.
import { dependenciesIn } from "../charts/chart-yaml.js";
import type { Condition, Conditions, Test } from "../charts/templates/condition.js";
import type { Segment } from "../vocabulary/path.js";
import { textOf, type ChartContent } from "./chart-content.js";
import type { ChartImage } from "./chart-images.js";
import { switchesOf } from "./candidates.js";
import { isEmpty, madeUp, noneOf } from "./made-up.js";
import { joinValues, override, readValues, valueAt, type Values } from "./values.js";

/** How many conditions of one image are tried. */
const MAX_WAYS = 4;

/**
 * The ways to show an image.
 *
 * @param image that is not rendered
 * @param chart that has it
 * @param values with which it is not
 * @param printing when the chart's templates print a value
 * @returns values to try, the most likely first: its own switches, then what its templates ask for
 */
export function waysToShow(
  image: ChartImage,
  chart: ChartContent,
  values: Values,
  printing: (path: readonly Segment[]) => Conditions,
): readonly Values[] {
  const own = joinValues(switchesOf(image, values) ?? {}, subchartSwitches(image.path, chart, values));
  const path = image.keys ? [...image.path, image.keys.repository] : image.path;
  const asked = printing(path)
    .slice(0, MAX_WAYS)
    .map((condition) => joinValues(own, fulfilling(condition, image, values)));
  const ways = [own, ...asked].filter((way) => Object.keys(way).length > 0);
  return [...new Map(ways.map((way) => [JSON.stringify(way), way])).values()];
}

/** What turns on the subcharts that a path leads through, as their charts' `condition` and `tags` say. */
function subchartSwitches(path: readonly Segment[], { files }: ChartContent, values: Values): Values {
  const over: Values = {};
  let folder = "";
  const base: Segment[] = [];
  const turnOn = (switched: readonly Segment[]): void => {
    if (valueAt(values, switched) === false) override(over, values, switched, true);
  };
  for (const step of path) {
    const about = readValues(textOf(files, `${folder}Chart.yaml`) ?? "");
    const its = dependenciesIn(about, () => readValues(textOf(files, `${folder}requirements.yaml`) ?? ""));
    const dependency = its.find(({ key }) => key === step);
    if (!dependency) break;
    for (const condition of dependency.conditions) turnOn([...base, ...condition.trim().split(".")]);
    for (const tag of dependency.tags) turnOn(["tags", tag]);
    folder += `charts/${dependency.name}/`;
    base.push(step);
  }
  return over;
}

/** Values with which a condition holds that does not now. */
function fulfilling(condition: Condition, { path }: ChartImage, values: Values): Values {
  const over: Values = {};
  for (const each of condition) {
    const isOwn = path.every((step, index) => each.path[index] === String(step));
    const value = isOwn && each.path.length === path.length + 1 ? undefined : wanted(each, values);
    if (value !== undefined && !each.path.includes("*")) override(over, values, each.path, value);
  }
  return over;
}

/** What a value must be; `undefined` where it is so already, or nobody knows. */
function wanted({ path, asks, holds }: Test, values: Values): unknown {
  const current = valueAt(values, path);
  if (asks === "") {
    if (isEmpty(current) !== holds) return undefined;
    return holds ? madeUp(path, current) : noneOf(current);
  }
  const text = asks.slice(1);
  const isText = typeof current === "string" || typeof current === "number" || typeof current === "boolean";
  const isWanted = holds && (isText ? !String(current).includes(text) : current === undefined);
  if (isWanted) return text === "true" ? true : text === "false" ? false : text;
  return !holds && asks.startsWith("=") && current === text ? "" : undefined;
}
