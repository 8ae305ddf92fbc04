// Corrects where the block scalars of a template end: YAML continues them through the white space that masks
// and cuts leave.
import type { Event } from "js-yaml";
import { isBlock, isScalar } from "./scalar.js";
import { lastAtOrBefore, type Template } from "./segment.js";
import { isEmpty, lineStart } from "./stretch.js";

/**
 * Ends block scalars before lines that were cut out, and before actions after their text that print nothing
 * (`{{- end }}`). An action that prints may belong to the scalar and stays inside.
 *
 * @param events the events of the source
 * @param source the text that was parsed: masked, and blank where something was cut out of it
 * @param template the template that the source was made from
 * @returns the events, with other ends for those block scalars
 */
export function endBlocks(events: readonly Event[], source: string, template: Template): readonly Event[] {
  const cut = source !== template.masked;
  return events.map((event) => {
    if (!isScalar(event) || !isBlock(event)) return event;
    let content = event.valueEnd;
    while (content > event.valueStart && isEmpty(source, content - 1, content)) content--;
    let end = event.valueEnd;
    if (cut) {
      end = content;
      while (end < event.valueEnd && source[end] === template.masked[end]) end++;
    }
    if (content > event.valueStart) end = Math.min(end, silentFrom(template, content, end));
    return end === event.valueEnd
      ? event
      : { ...event, valueEnd: Math.max(content, lineStart(template.text, end)) };
  });
}

/** Where the first action of a stretch begins, if no action in it prints; else the stretch's end. */
function silentFrom({ actions }: Template, start: number, end: number): number {
  let first = end;
  for (let index = lastAtOrBefore(actions, start) + 1; (actions[index]?.start ?? end) < end; index++) {
    const action = actions[index];
    if (!action || action.kind === "output") return end;
    first = Math.min(first, action.start);
  }
  return first;
}
