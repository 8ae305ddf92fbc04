// `npm run bench`: measures ratios. Both sides run on the same machine, so that a slow one slows both.
import { editor } from "./editor.mjs";
import { offline } from "./offline.mjs";
import { online } from "./online.mjs";

const PARTS = [
  [
    "offline",
    "Offline: `recommended` beside ESLint with yml/yaml and no rules, or with yml's rules on both sides",
    offline,
  ],
  ["editor", "In an editor's server: the lint after a keystroke, `background` beside `cache`", editor],
  [
    "online",
    "Online: every digest looked up, 50 ms a request, an anonymous token for each repository",
    online,
  ],
];

// `npm run bench -- offline "no comments"` runs one part, and only the rows with this in their name.
const [part, only] = process.argv.slice(2);
for (const [name, title, measure] of PARTS) {
  if (part !== undefined && part !== name) continue;
  console.log(`# ${title}\n`);
  await measure(only);
  console.log("");
}
