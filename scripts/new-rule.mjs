// `npm run new-rule -- NAME "require …"`: makes a rule's file, tests and page, and its row in the table.
// What is still to be written says TODO; tests/package/rules.test.ts fails while a page or a message has one.
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const root = new URL("..", import.meta.url);
const [name = "", description = ""] = process.argv.slice(2);

if (!/^[a-z]+(?:-[a-z]+)+$/.test(name) || !/^(?:require|disallow) [^"\\.]+$/.test(description)) {
  console.error(
    'usage: npm run new-rule -- NAME "DESCRIPTION"\n' +
      "  NAME in kebab-case: no-latest-tag\n" +
      "  DESCRIPTION begins with require or disallow, and has no full stop and no quotes",
  );
  process.exit(2);
}
const identifier = name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
const files = {
  [`rules/${name}.ts`]: `// ${name}: ${description}.
import type { Rule } from "eslint";
import { displayText } from "../lib/reference/display.js";
import { createRule, locationOf, type RuleServices } from "./create-rule.js";

/** Makes the rule. */
export function ${identifier}(services: RuleServices): Rule.RuleModule {
  return createRule(
    {
      name: "${name}",
      description: "${description}",
      type: "problem",
      messages: { found: "\`{{image}}\` TODO" },
    },
    services,
    ({ fields, reading, context }) => {
      for (const { state, at, written } of fields) {
        // TODO: which fields, and why. A rule looks at states and references, never at shapes.
        if (state !== "templated") continue;
        context.report({
          loc: locationOf(reading, at),
          messageId: "found",
          data: { image: displayText(written) },
        });
      }
    },
  );
}
`,
  [`tests/rules/${name}.test.ts`]: `import { ${identifier} } from "../../rules/${name}.js";
import { inEachMode, services } from "./modes.js";

const POD = (image: string): string =>
  \`apiVersion: v1\\nkind: Pod\\nspec:\\n  containers:\\n    - image: \${image}\\n\`;

inEachMode((tester) => {
  tester.run("${name}", ${identifier}(services([])), {
    valid: [{ name: "TODO: what it leaves alone", code: POD("nginx:1.27"), filename: "p.yaml" }],
    invalid: [
      {
        name: "TODO: what it reports",
        code: POD('"\${IMAGE}"'),
        filename: "p.yaml",
        errors: [{ messageId: "found", line: 5, column: 14 }],
      },
    ],
  });
});
`,
  [`docs/rules/${name}.md`]: `<!-- docs:rule -->
<!-- /docs:rule -->

TODO: why this matters, in two sentences.

\`\`\`yaml reported
# TODO: what it reports
image: "\${IMAGE}"
\`\`\`

## Options

None. See the [settings](../settings.md) for exemptions.
`,
};

const taken = Object.keys(files).filter((file) => existsSync(new URL(file, root)));
if (taken.length > 0) {
  console.error(`there is ${taken.join(" and ")} already`);
  process.exit(1);
}
for (const [file, text] of Object.entries(files)) writeFileSync(new URL(file, root), text);

const table = new URL("rules/index.ts", root);
const before = readFileSync(table, "utf8");
const after = before
  .replace(/((?:^import .*\n)+)/m, `$1import { ${identifier} } from "./${name}.js";\n`)
  .replace(
    /(RULE_ROWS: readonly RuleRow\[\] = \[\n(?: {2}\{.*\n)*)/,
    `$1  { name: "${name}", create: ${identifier}, recommended: "off", strict: "off" },\n`,
  );
writeFileSync(table, after);

console.log([...Object.keys(files), "rules/index.ts"].map((file) => `wrote ${file}`).join("\n"));
console.log(
  [
    "Next:",
    "  1. Write what says TODO in these files.",
    "  2. The rule is off in `recommended` and `strict`: rules/index.ts switches it on.",
    "  3. Add a line to CHANGELOG.md, and run `npm run format` and `npm run docs`.",
  ].join("\n"),
);
