#!/usr/bin/env node
// A program that answers as Helm does, as far as the tests of `charts` need it. It knows `{{ .Values.a.b }}`
// and nothing else of a template; a chart's file HANG, HUGE or FAIL says how it is to end.
import { appendFileSync, copyFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { load } from "js-yaml";

const [command, ...args] = process.argv.slice(2);
const option = (name) => args.find((each) => each.startsWith(`--${name}=`))?.slice(name.length + 3);
if (process.env.FAKE_HELM_LOG)
  appendFileSync(process.env.FAKE_HELM_LOG, `${process.argv.slice(2).join(" ")}\n`);

if (command === "version") process.stdout.write(`${process.env.FAKE_HELM_VERSION ?? "v3.19.1+g4f953c2"}\n`);
else if (command === "pull") pull();
else if (command === "template") template(args[1]);

function pull() {
  const name = args.at(-1).split("/").at(-1);
  const archive = join(process.env.FAKE_HELM_CHARTS ?? "", `${name}-${option("version") ?? "1.0.0"}.tgz`);
  if (existsSync(archive)) copyFileSync(archive, join(option("destination"), `${name}.tgz`));
  else fail(`Error: chart "${name}" not found in ${option("repo")} repository`);
}

function template(chart) {
  if (existsSync(join(chart, "HANG"))) setInterval(() => undefined, 1000);
  else if (existsSync(join(chart, "HUGE"))) printForever();
  else if (existsSync(join(chart, "FAIL")))
    fail("Error: execution error at (x.yaml:1:2): password is needed");
  else print(chart);
}

function printForever() {
  process.stdout.write("a: b\n".repeat(100_000), printForever);
}

function print(chart) {
  const own = load(readFileSync(join(chart, "values.yaml"), "utf8"));
  const files = args
    .filter((each) => each.startsWith("--values="))
    .map((each) => each.slice("--values=".length));
  const values = files.map((file) => load(readFileSync(file, "utf8"))).reduce(merged, own);
  for (const file of readdirSync(join(chart, "templates"))) {
    const text = readFileSync(join(chart, "templates", file), "utf8");
    const shown = text.replace(/\{\{ \.Values\.([\w.]+) \}\}/g, (_, path) =>
      path.split(".").reduce((value, key) => value?.[key], values),
    );
    process.stdout.write(`---\n# Source: ${file}\n${shown}`);
  }
}

function merged(under, over) {
  const isMapping = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  return isMapping(under) && isMapping(over)
    ? Object.fromEntries(
        [...new Set([...Object.keys(under), ...Object.keys(over)])].map((key) => [
          key,
          key in over ? merged(under[key], over[key]) : under[key],
        ]),
      )
    : over;
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
