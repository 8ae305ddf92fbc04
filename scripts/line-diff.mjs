// Compares two short texts line by line.

/**
 * Finds the lines that differ between two texts.
 *
 * @param before the old text
 * @param after the new text
 * @returns removed lines (`-`, with the line in the old text) and added ones (`+`, with the line in the new
 *   one), in order. Time and memory grow with the product of the lengths between the first and the last
 *   difference.
 */
export function lineDiff(before, after) {
  const old = before.split("\n");
  const now = after.split("\n");
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(old.length, now.length) - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const a = old.slice(head, old.length - tail);
  const b = now.slice(head, now.length - tail);

  // common[i][j]: how many lines a[i…] and b[j…] share at best.
  const common = Array.from({ length: a.length + 1 }, () => new Array(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      common[i][j] = a[i] === b[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }

  const changes = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i += 1;
      j += 1;
    } else if (i < a.length && (j === b.length || common[i + 1][j] >= common[i][j + 1])) {
      changes.push({ line: head + i + 1, sign: "-", text: a[i] });
      i += 1;
    } else {
      changes.push({ line: head + j + 1, sign: "+", text: b[j] });
      j += 1;
    }
  }
  return changes;
}
