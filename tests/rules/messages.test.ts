// A message is read in a hover of 120 columns: its fixed text leaves room for the name of an image.
import { readdirSync, readFileSync } from "node:fs";
import { ESLint } from "eslint";
import { expect, test } from "vitest";
import containerImages from "../../lib/index.js";
import { DETECTION } from "../images/detection-cases.js";
import { lines } from "../support/lines.js";

/** The rooms that hold reasons. */
const ROOMS = ["vocabulary", "charts", "images", "pinning"].map(
  (room) => new URL(`../../lib/${room}/`, import.meta.url),
);
/** The message of a reason: one string or template, or several that `+` joins. */
const MESSAGE = /\bmessage:\s*((?:(?:"[^"]+"|`(?:[^`\\]|\\.)+`)(?:\s*\+\s*)?)+)/g;
const PIECE = /"([^"]+)"|`((?:[^`\\]|\\.)+)`/g;
/** Behind an image of 22 characters, `quay.io/team/app:1.2.3`. */
const BUDGET = 120 - 22;
const NOT_PINNED = "`` is not pinned by digest: ";

/** A message without the images, hosts and repositories in it. */
function fixedPart(message: string): string {
  return (
    message
      // The command's long name is worth its columns: with `npx`, it can run no other package.
      .replace("npx eslint-plugin-container-images", "container-images")
      .replace(/`[^`]*[/:.][^`]*`/, "``")
      .replace(/(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:\/[\w./-]+)?/g, "")
  );
}

test("the messages of each rule are short, on the images of every tool's tests", async () => {
  const settings = { resolve: "background", registries: [], cacheDirectory: "/nonexistent" };
  const rules = { "container-images/allowed-registries": ["error", { registries: ["docker.io/library/*"] }] };
  const config = [
    ...containerImages.configs.strict,
    { rules, settings: { "container-images": settings } },
  ] as NonNullable<ESLint.Options["overrideConfig"]>;
  const eslint = new ESLint({ overrideConfigFile: true, overrideConfig: config });
  const messages = new Set<string>();
  for (const [, file, text] of Object.values(DETECTION).flat()) {
    for (const result of await eslint.lintText(text, { filePath: file }))
      for (const { message } of result.messages) messages.add(fixedPart(message));
  }
  expect([...messages].filter((message) => message.length > BUDGET)).toEqual([]);
  expect(messages.size).toBeGreaterThan(20);
});

test("each reason in the vocabulary, the charts, the finder and the pinning is short", () => {
  const texts = ROOMS.flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(new URL(file, room), "utf8")),
  );
  const reasons = texts.flatMap((text) =>
    [...text.matchAll(MESSAGE)].map(([, whole = ""]) =>
      [...whole.matchAll(PIECE)]
        .map(
          ([, plain, template]) =>
            plain ?? template?.replace(/\$\{[^}]*\}/g, "").replaceAll("\\`", "`") ?? "",
        )
        .join(""),
    ),
  );
  expect(reasons.filter((reason) => NOT_PINNED.length + reason.length > BUDGET)).toEqual([]);
  expect(reasons.length).toBeGreaterThan(20);
});

test("messages name the reference that the chart composes, where that is not what stands there", async () => {
  const text = lines(
    "global:",
    "  imageRegistry: docker.io",
    "image:",
    "  repository: team/app",
    "  tag: latest",
    "sidecar:",
    "  image:",
    "    repository: team/side",
    "    tag: 1.10",
  );
  const rules = {
    "container-images/allowed-registries": ["error", { registries: ["ghcr.io/*"] }],
    "container-images/require-digest": "off",
  };
  const config = [...containerImages.configs.strict, { rules }] as NonNullable<
    ESLint.Options["overrideConfig"]
  >;
  const eslint = new ESLint({ overrideConfigFile: true, overrideConfig: config });
  const [result] = await eslint.lintText(text, { filePath: "values.yaml" });
  const named = result?.messages.map(({ ruleId, message }) => [ruleId, /`([^`]+)`/.exec(message)?.[1]]);
  expect(named).toEqual([
    ["container-images/no-floating-tag", "docker.io/team/app:latest"],
    ["container-images/allowed-registries", "docker.io/team/app:latest"],
    ["container-images/no-numeric-tag", "docker.io/team/side:1.10"],
    ["container-images/allowed-registries", "docker.io/team/side:1.10"],
  ]);
});
