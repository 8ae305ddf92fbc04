// Makes large values files, with and without comments.

const WORDS = [
  "replicas",
  "resources",
  "limits",
  "requests",
  "enabled",
  "annotations",
  "labels",
  "nodeSelector",
  "affinity",
  "service",
  "port",
  "path",
  "timeout",
  "interval",
  "retention",
  "storage",
  "config",
  "rules",
  "auth",
  "tls",
];

/**
 * A values file.
 *
 * @param bytes how long it is at least
 * @param comments whether every other line is a comment, as in a chart that explains itself
 * @returns its text; every twentieth block holds an image
 */
export function valuesFile(bytes, comments) {
  const lines = [];
  let length = 0;
  const add = (line) => {
    lines.push(line);
    length += line.length + 1;
  };
  for (let block = 0; length < bytes; block += 1) {
    const word = (offset) => WORDS[(block * 7 + offset * 3) % WORDS.length];
    if (comments)
      add(
        `## @param component${String(block)} Parameters of component ${String(block)}: its ` +
          `${word(1)}, ${word(2)} and ${word(3)}`,
      );
    add(`component${String(block)}:`);
    if (block % 20 === 0) {
      add("  image:");
      add(`    repository: registry.example/team/component-${String(block)}`);
      add(`    tag: v1.${String(block)}.0`);
    }
    for (let line = 0; line < 8; line += 1) {
      if (comments)
        add(
          `  ## ${word(line)} of ${word(line + 1)}: see the page on ${word(line + 2)}, ` +
            `"${word(line + 3)}"; e.g. ${word(line)}: ${String(line)}`,
        );
      const values = [
        `"${word(line + 4)} ${String(block)}"`,
        String(block * line),
        `${word(line)}-${String(line)}`,
      ];
      add(`  ${word(line)}${String(line)}: ${values[line % 3]}`);
    }
    if (comments) add("  # - name: example");
    add("  list:");
    for (let item = 0; item < 3; item += 1) add(`    - { name: ${word(item)}, value: ${String(item)} }`);
    if (comments) add("");
  }
  return `${lines.join("\n")}\n`;
}
