// Where a block scalar of a template ends: YAML lets it go on through white space, of which a mask and cuts
// make much.
import type { Event } from "js-yaml";
import { isBlock, isScalar } from "./scalar.js";
import { lastAtOrBefore, type Template } from "./repairs.js";
import { isEmpty, lineStart } from "./stretch.js";

/**
 * Ends block scalars before what is not theirs: a line that a cut has made white, and actions behind their
 * text that print nothing (`{{- end }}`). An action that prints may be what the scalar holds, and stays
 * inside.
 *
 * @param events what was read from the source
 * @param source the text that was parsed: masked, and white where something was cut out of it
 * @param template what the source was made from
 * @returns the events, those block scalars with another end
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

/** Where the first action of a stretch begins, if none of them prints; else the stretch's end. */
function silentFrom({ actions }: Template, start: number, end: number): number {
  let first = end;
  for (let index = lastAtOrBefore(actions, start) + 1; (actions[index]?.start ?? end) < end; index++) {
    const action = actions[index];
    if (!action || action.kind === "output") return end;
    first = Math.min(first, action.start);
  }
  return first;
}
