// require-digest: every image is pinned by digest; `--fix` adds the digest where it is known.
import type { Rule } from "eslint";
import type { ImageField } from "../lib/images/field.js";
import { pin } from "../lib/pinning/pin.js";
import { plan, type Plan } from "../lib/pinning/plan.js";
import type { Answer } from "../lib/reference/answer.js";
import { displayText } from "../lib/reference/display.js";
import type { Reference } from "../lib/reference/reference.js";
import { wasDecoded } from "../lib/yaml/decoded.js";
import { createRule, locationOf, type ImageFile, type RuleServices } from "./create-rule.js";
import { disabledAt } from "./disabled.js";
import { EXEMPT_MESSAGE, exemptComment } from "./exempt-comment.js";
import { EDIT_MESSAGE, fixOf, referenceOf, suggestionOf } from "./report.js";

const NAME = "require-digest";

const NOT_UTF8 =
  "not fixed: the file is not UTF-8, and ESLint would write other bytes than it read; save it as UTF-8";

const PROBLEMS = {
  pinnable: "`{{image}}` is not pinned by digest",
  notWritable: "`{{image}}` is not pinned by digest: {{why}}",
  notFixed: "`{{image}}` is not pinned by digest; not fixed: {{why}}",
  notLookedUp: "`{{image}}` is not pinned by digest; {{why}}",
} as const;

/** The same where only some kustomizations deploy the image as it stands: it names one of them. */
function there(message: string): string {
  return message.replace("`{{image}}`", "`{{image}}`, which {{by}} deploys as it stands,");
}

/** An image without a digest, and the answer to its lookup, if it was looked up. */
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
        ...PROBLEMS,
        pinnableThere: there(PROBLEMS.pinnable),
        notWritableThere: there(PROBLEMS.notWritable),
        notFixedThere: there(PROBLEMS.notFixed),
        notLookedUpThere: there(PROBLEMS.notLookedUp),
        wrongSetting: "{{message}}",
        ...EDIT_MESSAGE,
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

/** Looks up, in one call for the file, the images whose digest may be written and that will be reported. */
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
  // Also called with no references, so that references of the file's last lint are not looked up any more.
  const answers = lookup(
    asked.map((each) => each.reference),
    settings,
    context.filename,
    new Set(asked.flatMap(({ plan: { kind }, reference }) => (kind === "fix" ? [] : [reference]))),
  );
  const answerOf = new Map(asked.map((each, index) => [each, answers[index]]));
  return unpinned.map((each) => {
    const answer = answerOf.get(each);
    return answer ? { answer, ...each } : each;
  });
}

function report(file: ImageFile, unpinned: Unpinned): void {
  const { text, reading, context } = file;
  const { field, plan: planned, answer } = unpinned;
  const exempt = exemptComment(file, NAME, field.at);
  const { messageId, why } = problemOf(file, unpinned);
  const edits = answer?.ok ? pin(text, field, planned, answer.digest) : [];
  const isFixed = messageId === "pinnable";
  context.report({
    loc: locationOf(reading, field.at),
    messageId: field.deployedBy === undefined ? messageId : `${messageId}There`,
    data: {
      image: displayText(referenceOf(field)),
      why,
      ...(field.deployedBy === undefined ? {} : { by: displayText(field.deployedBy) }),
    },
    suggest: [...(isFixed ? [] : edits.map(suggestionOf)), ...exempt],
    fix: isFixed ? fixOf(text, edits[0]) : null,
  });
}

/** Which message says why the image is not pinned, and the reason in it. */
function problemOf(
  { text }: ImageFile,
  { reference, plan: planned, answer }: Unpinned,
): { readonly messageId: "pinnable" | "notWritable" | "notFixed" | "notLookedUp"; readonly why: string } {
  if (planned.kind !== "fix")
    return { messageId: "notWritable", why: planned.message ?? "it cannot be written here" };
  if (!wasDecoded(text)) return { messageId: "notLookedUp", why: NOT_UTF8 };
  // A comment may disable the report, so that nothing was asked. Where it is seen anyway, it says this.
  if (!answer)
    return { messageId: "notLookedUp", why: `\`eslint --fix\` looks it up at ${reference.domain}` };
  if (answer.ok) return { messageId: "pinnable", why: "" };
  if (answer.reason === "offline") return { messageId: "notLookedUp", why: answer.message };
  const messageId = answer.reason === "untrusted-registry" ? "notWritable" : "notFixed";
  return { messageId, why: answer.message };
}
