// The plugin: the module that ESLint loads.
import { createRequire } from "node:module";
import { isMainThread } from "node:worker_threads";
import type { ESLint } from "eslint";
import { createConfigs, PLUGIN_NAME } from "./configs.js";
import { createLookup } from "./digests/lookup.js";
import { rememberCommandLine } from "./digests/policy.js";
import { createLanguage } from "./language/language.js";
import { refuseOldEslint } from "./needed-eslint.js";
import { readDeployments } from "./read-deployed.js";
import { neighbourOf } from "./read-neighbour.js";
import { createRules } from "../rules/index.js";

refuseOldEslint();

const { name, version } = createRequire(import.meta.url)("eslint-plugin-container-images/package.json") as {
  name: string;
  version: string;
};

rememberCommandLine({ env: process.env, argv: process.argv, isMainThread, pid: process.pid });

const plugin = {
  meta: { name, version, namespace: PLUGIN_NAME },
  languages: { yaml: createLanguage() },
  rules: createRules({ lookup: createLookup(), neighbour: neighbourOf, deployed: readDeployments() }),
} satisfies ESLint.Plugin;

const configs = createConfigs(plugin);

export default Object.assign(plugin, { configs });
