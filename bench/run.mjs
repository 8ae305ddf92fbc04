// `npm run bench`: ratios, each from one run on one machine, so that a slow machine slows both sides.
import { offline } from "./offline.mjs";
import { online } from "./online.mjs";

console.log("# Offline: whole process, `eslint` with `recommended` over ESLint with yml/yaml and no rules\n");
await offline();
console.log("\n# Online: every digest looked up, 50 ms a request, an anonymous token for each repository\n");
await online();
