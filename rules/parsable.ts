// parsable: says where a file was not read as YAML, so that nothing is half-linted in silence.
import type { Rule } from "eslint";
import { inspect } from "../lib/images/inspect.js";
import { displayText } from "../lib/reference/display.js";
import { readSettings } from "../lib/settings/read.js";
import { treeProblem } from "../lib/yaml/notes.js";
import { locationOf, looksForImages, refuseOptions, ruleMeta, type RuleServices } from "./create-rule.js";

/**
 * Makes the rule. It alone also looks at files without images, where another plugin's rule asked for a tree
 * in vain.
 */
export function parsable({ neighbour }: RuleServices): Rule.RuleModule {
  return {
    meta: ruleMeta({
      name: "parsable",
      description: "require YAML files and templates to be readable as a whole",
      type: "problem",
      messages: {
        scanned:
          "Line {{line}}: read line by line, because {{reason}}; only complete references in one string are found there",
        unclosed: "Line {{line}}: {{reason}}; what follows is read as plain YAML",
        broken: "Not YAML: {{reason}}; no image is found here",
        noTree: "No YAML tree for other plugins' rules: {{reason}}",
      },
    }),
    create(context) {
      const { sourceCode, filename } = context;
      if (context.options.length > 0) return refuseOptions(context);
      return {
        // Another plugin's rule may ask for the tree during the walk.
        "Program:exit"() {
          const settings = readSettings(context.settings);
          if (!settings.ok) return;
          const problem = treeProblem(sourceCode);
          if (problem) {
            const { line, column } = problem.position;
            context.report({
              loc: { line, column },
              messageId: "noTree",
              data: { reason: displayText(problem.message) },
            });
          }
          if (looksForImages(sourceCode) !== true) return;
          const { reading, notes } = inspect(
            sourceCode.text,
            { filename, settings: settings.settings, neighbour: neighbour(filename) },
            sourceCode,
          );
          if (reading?.error && !problem) {
            // Only here where the user's own keys alone may make images: with ours in the text it is ESLint's
            // fatal error.
            const { message, offset } = reading.error;
            context.report({
              loc: locationOf(reading, [offset, offset]),
              messageId: "broken",
              data: { reason: displayText(message) },
            });
          }
          const [note] = notes;
          if (!note || !reading) return;
          const loc = locationOf(reading, [note.offset, note.offset]);
          const messageId = note.kind === "scanned" ? "scanned" : "unclosed";
          context.report({
            loc,
            messageId,
            data: { line: String(loc.start.line), reason: displayText(note.reason) },
          });
        },
      };
    },
  };
}
