// parsable: reports where a file was not read as YAML, so that no image is overlooked silently.
import type { Rule } from "eslint";
import { inspect } from "../lib/images/inspect.js";
import { displayText } from "../lib/reference/display.js";
import { readSettings } from "../lib/settings/read.js";
import { NOTE_MESSAGES } from "../lib/yaml/note-message.js";
import { treeProblem, type TreeProblem } from "../lib/yaml/tree-problem.js";
import type { Note, Reading } from "../lib/yaml/reading.js";
import { locationOf, looksForImages, refuseOptions, ruleMeta, type RuleServices } from "./create-rule.js";

/** Makes the rule. It also looks at files without images, because rules of other plugins may need a tree. */
export function parsable({ neighbour }: RuleServices): Rule.RuleModule {
  return {
    meta: ruleMeta({
      name: "parsable",
      description: "require YAML files and templates to be readable as a whole",
      type: "problem",
      messages: {
        scanned: `Line {{line}}: ${NOTE_MESSAGES.scanned}`,
        unclosed: `Line {{line}}: ${NOTE_MESSAGES["unclosed-action"]}`,
        tooMany: `Line {{line}}: ${NOTE_MESSAGES["too-many"]}`,
        broken: "Not YAML: {{reason}}; no image is found here",
        noTree: "No YAML tree for other plugins' rules: {{reason}}",
      },
    }),
    create(context) {
      const { sourceCode, filename } = context;
      if (context.options.length > 0) return refuseOptions(context);
      return {
        // At the end: a rule of another plugin may ask for the tree during the walk.
        "Program:exit"() {
          const result = readSettings(context.settings);
          if (!result.ok) return;
          const problem = treeProblem(sourceCode);
          if (problem) reportTree(context, problem);
          if (looksForImages(sourceCode) !== true) return;
          const from = { filename, settings: result.settings, neighbour: neighbour(filename) };
          const { reading, notes } = inspect(sourceCode.text, from, sourceCode);
          if (!reading) return;
          if (reading.error && !problem) reportError(context, reading, reading.error);
          if (notes[0]) reportNote(context, reading, notes[0]);
        },
      };
    },
  };
}

function reportTree(context: Rule.RuleContext, { position, message }: TreeProblem): void {
  const { line, column } = position;
  context.report({ loc: { line, column }, messageId: "noTree", data: { reason: displayText(message) } });
}

/** Only where the user's own keys hold images: with ours in the text, it is a fatal error of ESLint's. */
function reportError(
  context: Rule.RuleContext,
  reading: Reading,
  { message, offset }: NonNullable<Reading["error"]>,
): void {
  const loc = locationOf(reading, [offset, offset]);
  context.report({ loc, messageId: "broken", data: { reason: displayText(message) } });
}

const MESSAGES = { scanned: "scanned", "unclosed-action": "unclosed", "too-many": "tooMany" } as const;

function reportNote(context: Rule.RuleContext, reading: Reading, { kind, offset, reason }: Note): void {
  const loc = locationOf(reading, [offset, offset]);
  const messageId = MESSAGES[kind];
  context.report({
    loc,
    messageId,
    data: { line: String(loc.start.line), reason: displayText(reason) },
  });
}
