// require-digest: every image that can be pinned by digest is, and `--fix` pins it where its digest is known.
import type { Rule } from "eslint";
import type { ImageField } from "../lib/images/field.js";
import { pin } from "../lib/pinning/pin.js";
import { plan, type Plan } from "../lib/pinning/plan.js";
import type { Answer } from "../lib/reference/answer.js";
import type { Digest } from "../lib/reference/digest.js";
import { displayText } from "../lib/reference/display.js";
import type { Reference } from "../lib/reference/reference.js";
import { wasDecoded } from "../lib/yaml/decoded.js";
import { createRule, locationOf, type ImageFile, type RuleServices } from "./create-rule.js";
import { disabledAt } from "./disabled.js";
import { EXEMPT_MESSAGE, exemptComment } from "./exempt-comment.js";

const NAME = "require-digest";

const NOT_UTF8 =
  "not fixed: the file is not UTF-8, and ESLint would write other bytes than it read; save it as UTF-8";

interface Unpinned {
  readonly field: ImageField;
  readonly reference: Reference;
  readonly plan: Plan;
  readonly answer?: Answer;
}

/** Makes the rule. */
export function requireDigest(services: RuleServices): Rule.RuleModule {
  return createRule(
    {
      name: NAME,
      description: "require container images to be pinned by digest",
      type: "problem",
      fixable: "code",
      hasSuggestions: true,
      messages: {
        pinnable: "`{{image}}` is not pinned by digest",
        notWritable: "`{{image}}` is not pinned by digest: {{why}}",
        notFixed: "`{{image}}` is not pinned by digest; not fixed: {{why}}",
        notLookedUp: "`{{image}}` is not pinned by digest; {{why}}",
        wrongSetting: "{{message}}",
        edit: "{{title}}",
        ...EXEMPT_MESSAGE,
      },
    },
    services,
    (file) => {
      for (const unpinned of withAnswers(file, services)) report(file, unpinned);
    },
    (context, message) => {
      context.report({
        loc: { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } },
        messageId: "wrongSetting",
        data: { message },
      });
    },
  );
}

/** One lookup for the whole file, of what may be written and will be reported. */
function withAnswers(file: ImageFile, { lookup }: RuleServices): readonly Unpinned[] {
  const { reading, settings, context } = file;
  const isDisabled = disabledAt(context, `container-images/${NAME}`);
  const unpinned = file.fields.flatMap((field): Unpinned[] =>
    field.state === "unpinned" && field.reference
      ? [{ field, reference: field.reference, plan: plan(field, settings) }]
      : [],
  );
  const asked = (wasDecoded(file.text) ? unpinned : []).filter(
    (each) => each.plan.kind !== "none" && !isDisabled(reading.positionOf(each.field.at[0])),
  );
  // Also where nothing is asked for: what the file's last lint wanted is then not wanted any more.
  const answers = lookup(
    asked.map((each) => each.reference),
    settings,
    context.filename,
  );
  const answerOf = new Map(asked.map((each, index) => [each, answers[index]]));
  return unpinned.map((each) => {
    const answer = answerOf.get(each);
    return answer ? { ...each, answer } : each;
  });
}

function report(file: ImageFile, { field, reference, plan: planned, answer }: Unpinned): void {
  const { text, reading, context } = file;
  const image = displayText(field.written);
  const loc = locationOf(reading, field.at);
  const exempt = exemptComment(file, NAME, field.at);
  const digest = answer?.ok === true ? answer.digest : undefined;
  if (planned.kind !== "fix") {
    const why = planned.message ?? "it cannot be written here";
    context.report({
      loc,
      messageId: "notWritable",
      data: { image, why },
      suggest: [...(digest ? suggestions(text, field, planned, digest) : []), ...exempt],
    });
  } else if (!wasDecoded(file.text)) {
    context.report({ loc, messageId: "notLookedUp", data: { image, why: NOT_UTF8 }, suggest: exempt });
  } else if (digest) {
    const [edit] = pin(text, field, planned, digest);
    context.report({
      loc,
      messageId: "pinnable",
      data: { image },
      suggest: exempt,
      fix: (fixer) => (edit ? fixer.replaceTextRange([...edit.range], edit.text) : null),
    });
  } else if (answer?.ok === false && answer.reason === "untrusted-registry") {
    context.report({ loc, messageId: "notWritable", data: { image, why: answer.message }, suggest: exempt });
  } else if (answer?.ok === false && answer.reason !== "offline") {
    context.report({ loc, messageId: "notFixed", data: { image, why: answer.message }, suggest: exempt });
  } else {
    // Without an answer a comment disables the report; whoever sees it nevertheless is told the same.
    const why = answer?.ok === false ? answer.message : `\`eslint --fix\` looks it up at ${reference.domain}`;
    context.report({ loc, messageId: "notLookedUp", data: { image, why }, suggest: exempt });
  }
}

function suggestions(
  text: string,
  field: ImageField,
  planned: Plan,
  digest: Digest,
): Rule.SuggestionReportDescriptor[] {
  return pin(text, field, planned, digest).map((edit) => ({
    messageId: "edit",
    data: { title: edit.title },
    fix: (fixer) => fixer.replaceTextRange([...edit.range], edit.text),
  }));
}
