// Applies an edit of the language server protocol to a text.

/**
 * @param text the file's text
 * @param edit a `WorkspaceEdit`
 * @param uri the file's
 * @returns the text after what the edit does to this file
 */
export function edited(text, { documentChanges = [], changes = {} }, uri) {
  const edits = [
    ...(changes[uri] ?? []),
    ...documentChanges.filter((change) => change.textDocument?.uri === uri).flatMap((change) => change.edits),
  ];
  const starts = [0];
  for (let index = text.indexOf("\n"); index >= 0; index = text.indexOf("\n", index + 1))
    starts.push(index + 1);
  const offsetOf = ({ line, character }) => Math.min((starts[line] ?? text.length) + character, text.length);
  let out = text;
  for (const { range, newText } of edits.toSorted(
    (a, b) => offsetOf(b.range.start) - offsetOf(a.range.start),
  )) {
    out = out.slice(0, offsetOf(range.start)) + newText + out.slice(offsetOf(range.end));
  }
  return out;
}
