// Every rule has its page, its tests and its place in the configurations, and the texts that an editor shows.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Linter } from "eslint";
import { describe, expect, it } from "vitest";
import { createConfigs } from "../../lib/configs.js";
import { createLanguage } from "../../lib/language/language.js";
import { createRules, RULE_ROWS } from "../../rules/index.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const rules = createRules({ lookup: () => [], neighbour: () => () => undefined });
const configs = createConfigs({ rules, languages: { yaml: createLanguage() } });
const names = RULE_ROWS.map((row) => row.name);

describe.each(names)("%s", (name) => {
  it("has a file of its own, a page and tests", () => {
    expect(
      [`rules/${name}.ts`, `docs/rules/${name}.md`, `tests/rules/${name}.test.ts`].filter(
        (path) => !existsSync(join(root, path)),
      ),
    ).toEqual([]);
  });

  it("stands in both configurations, in strict at least as strictly", () => {
    const severity = (config: "recommended" | "strict"): unknown =>
      configs[config]
        .map((each) => each.rules?.[`container-images/${name}`])
        .find((level) => level !== undefined);
    const order: readonly unknown[] = ["off", "warn", "error"];
    expect(order).toContain(severity("recommended"));
    expect(order.indexOf(severity("strict"))).toBeGreaterThanOrEqual(order.indexOf(severity("recommended")));
  });

  it("describes itself, links to its page and takes no options unchecked", () => {
    const meta = rules[name]?.meta;
    expect(meta?.docs?.description).toMatch(/^(?:require|disallow) [^.]+[^.\n]$/);
    expect(meta?.docs?.url).toMatch(new RegExp(`/docs/rules/${name}\\.md$`));
    const schema = meta?.schema as unknown;
    if (schema !== false)
      expect(schema).toMatchObject({
        type: "array",
        maxItems: 1,
        items: [{ type: "object", additionalProperties: false }],
      });
    else {
      const given = new Linter().verify(
        "image: nginx:1\n",
        [...configs.strict, { rules: { [`container-images/${name}`]: ["error", {}] } }],
        { filename: "values.yaml" },
      );
      expect(
        given.filter(({ ruleId }) => ruleId === `container-images/${name}`).map(({ message }) => message),
      ).toEqual(["This rule takes no options; take them out of the configuration"]);
    }
    for (const message of Object.values(meta?.messages ?? {})) expect(message).not.toMatch(/\n|\.$/);
  });

  it("is finished: neither its page nor a message has a TODO of `npm run new-rule`", () => {
    const page = readFileSync(join(root, `docs/rules/${name}.md`), "utf8");
    const texts = [page, ...Object.values(rules[name]?.meta?.messages ?? {})];
    expect(texts.filter((text) => text.includes("TODO"))).toEqual([]);
  });

  it("reports what its page says it reports, and nothing else there", () => {
    const page = readFileSync(join(root, `docs/rules/${name}.md`), "utf8");
    const examples = [...page.matchAll(/^```yaml( reported)?(?: (\[.*\]))?\n([\s\S]*?)^```$/gm)].map(
      ([, reported, options = "[]", text = ""]) => ({
        text,
        reported: reported !== undefined,
        options: JSON.parse(options) as unknown[],
      }),
    );
    expect(examples.some((example) => example.reported)).toBe(true);
    for (const { text, reported, options } of examples) {
      const messages = new Linter().verify(
        text,
        [...configs.strict, { rules: { [`container-images/${name}`]: ["error", ...options] } }],
        { filename: "values.yaml" },
      );
      expect({
        text,
        reported: messages.some((message) => message.ruleId === `container-images/${name}`),
      }).toEqual({ text, reported });
      expect(messages.filter((message) => message.fatal)).toEqual([]);
    }
  });
});

it("no rule's file is left out of the table", () => {
  const helpers = new Set(["index", "create-rule", "disabled", "exempt-comment", "report"]);
  const files = readdirSync(join(root, "rules")).map((file) => file.replace(/\.ts$/, ""));
  expect(files.filter((file) => !helpers.has(file)).sort()).toEqual([...names].sort());
});
