// How this repository lints itself: strict typed rules, the walls between the rooms, and the examples with
// our own plugin.
import { existsSync } from "node:fs";
import chartFacts from "./examples/recipes/container-images.charts.json" with { type: "json" };
import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import eslintPlugin from "eslint-plugin-eslint-plugin";
import { createNodeResolver, importX } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/**
 * What a room may import if it names no `shared` of its own: the settings, what is exempt, how a neighbouring
 * file is asked for, and the grammar of references.
 */
const SHARED = ["settings", "exempt.ts", "neighbour.ts", "reference"];

/**
 * The walls: for each room, the rooms of `lib/` that it may import beside itself and {@link SHARED}. Any
 * other import of ours fails the lint. The files of `lib/` without walls put the plugin together.
 */
const ROOMS = {
  "lib/reference": { imports: [], shared: [] },
  "lib/neighbour.ts": { imports: [], shared: [] },
  "lib/untar.ts": { imports: [], shared: [] },
  "lib/needed-eslint.ts": { imports: [], shared: [] },
  "lib/settings": { imports: ["reference"], shared: [] },
  "lib/exempt.ts": { imports: ["settings", "reference"], shared: [] },
  "lib/helm": { imports: [] },
  "lib/yaml": { imports: ["helm"] },
  "lib/vocabulary": { imports: [] },
  "lib/charts": { imports: ["vocabulary", "yaml", "helm"] },
  "lib/deployed": { imports: ["yaml"], shared: [] },
  "lib/images": { imports: ["charts", "deployed", "vocabulary", "yaml"] },
  "lib/pinning": { imports: ["images", "charts", "vocabulary", "yaml"] },
  "lib/language": { imports: ["vocabulary", "yaml", "helm"] },
  "lib/registry": { imports: [] },
  "lib/digests": { imports: ["registry"] },
  "lib/bom": { imports: ["images"] },
  // Gets charts and renders them with the user's own Helm.
  "lib/proof": {
    imports: ["charts", "helm", "images", "vocabulary", "yaml", "registry", "digests", "untar.ts"],
  },
  // The command uses the plugin itself where a project has no configuration, and reads the same neighbours
  // and comments.
  "lib/cli": {
    imports: [
      "bom",
      "proof",
      "charts",
      "digests",
      "pinning",
      "images",
      "yaml",
      "language",
      "read-deployed.ts",
      "read-neighbour.ts",
      "stat-of.ts",
      "needed-eslint.ts",
      "index.ts",
    ],
  },
  rules: { imports: ["pinning", "images", "deployed", "vocabulary", "yaml"] },
};

/** Packages by what they are for. */
const PACKAGES = {
  network: [
    "node:http",
    "node:https",
    "node:http2",
    "node:net",
    "node:tls",
    "node:dns",
    "node:dns/promises",
    "node:dgram",
    "https-proxy-agent",
    "proxy-from-env",
  ],
  processes: ["node:child_process", "node:worker_threads", "node:cluster", "synckit"],
  files: ["node:fs", "node:fs/promises", "env-paths"],
  yaml: ["js-yaml", "yaml", "yaml-eslint-parser", "eslint-plugin-yml"],
  eslint: ["eslint", "eslint/*", "@eslint/*", "eslint-plugin-yml", "@typescript-eslint/*"],
};

/** What reaches outside the process. */
const OUTSIDE = ["network", "processes", "files"];

/** For each room, the kinds of {@link PACKAGES} that it must not import. */
const FREE_OF = {
  "lib/reference": [...OUTSIDE, "yaml", "eslint"],
  "lib/settings": [...OUTSIDE, "yaml", "eslint"],
  "lib/exempt.ts": [...OUTSIDE, "yaml", "eslint"],
  "lib/helm": [...OUTSIDE, "yaml", "eslint"],
  "lib/yaml": [...OUTSIDE, "eslint"],
  "lib/neighbour.ts": [...OUTSIDE, "yaml", "eslint"],
  "lib/vocabulary": [...OUTSIDE, "yaml", "eslint"],
  "lib/charts": [...OUTSIDE, "eslint"],
  "lib/deployed": [...OUTSIDE, "eslint"],
  "lib/images": [...OUTSIDE, "eslint"],
  "lib/pinning": [...OUTSIDE, "eslint"],
  "lib/language": OUTSIDE,
  "lib/registry": ["yaml", "eslint"],
  "lib/digests": ["yaml", "eslint"],
  "lib/bom": [...OUTSIDE, "eslint"],
  "lib/proof": ["network", "eslint"],
  rules: OUTSIDE,
};

const filesOf = (room) => (room.endsWith(".ts") ? room : `${room}/**/*.ts`);

const walls = [
  ...Object.entries(ROOMS).map(([room, { imports, shared = SHARED }]) => {
    const allowed = [...shared, ...imports];
    const own = room.startsWith("lib/") ? [room.slice("lib/".length)] : [];
    const others = allowed.length === 0 ? "no other room" : allowed.join(", ");
    const message = `${room} may import ${others} and nothing else of ours (ROOMS in eslint.config.js).`;
    const zones = [
      {
        target: `./${room}`,
        from: "./lib",
        except: [...own, ...allowed].map((each) => `./${each}`),
        message,
      },
    ];
    if (room !== "rules") zones.push({ target: `./${room}`, from: "./rules", message });
    return {
      files: [filesOf(room)],
      rules: { "import-x/no-restricted-paths": ["error", { basePath: import.meta.dirname, zones }] },
    };
  }),
  ...Object.entries(FREE_OF).map(([room, kinds]) => ({
    files: [filesOf(room)],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: kinds.map((kind) => ({
            group: PACKAGES[kind],
            message: `${room} knows no ${kind} (FREE_OF in eslint.config.js).`,
          })),
        },
      ],
    },
  })),
];

const NODE_GLOBALS = [
  "AbortSignal",
  "Buffer",
  "URL",
  "URLSearchParams",
  "clearInterval",
  "clearTimeout",
  "console",
  "fetch",
  "performance",
  "process",
  "setInterval",
  "setTimeout",
];

/**
 * Our own plugin on our own examples, from the build. `npm run lint` builds first. Where there is no build,
 * as in an editor after `npm ci`, the examples are not linted.
 */
async function ourselves() {
  const built = new URL("dist/lib/index.js", import.meta.url);
  if (!existsSync(built)) return [];
  const { default: containerImages } = await import(built.href);
  return {
    files: ["examples/**/*.yaml"],
    extends: [containerImages.configs.strict],
    settings: {
      "container-images": {
        charts: [
          { files: "cert-manager/values.yaml", chart: "jetstack/cert-manager" },
          { files: "storage/values.yaml", chart: "kubernetes-sigs/aws-ebs-csi-driver" },
        ],
        chartFacts,
        exempt: [
          {
            files: "network-operator/manifests/*.yaml",
            reason: "NicClusterPolicy has no field for a digest",
          },
        ],
      },
    },
  };
}

export default defineConfig([
  globalIgnores(["build/", "dist/", "coverage/", ".cache/"]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.{ts,js,mjs}"],
    extends: [js.configs.recommended],
    plugins: { "import-x": importX },
    settings: {
      "import-x/resolver-next": [createNodeResolver({ extensionAlias: { ".js": [".ts", ".js"] } })],
    },
    rules: {
      eqeqeq: "error",
      "no-param-reassign": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
      "import-x/no-cycle": "error",
      "max-len": ["error", { code: 110, ignoreUrls: true }],
      "max-lines": ["error", { max: 300 }],
      "import-x/no-self-import": "error",
      "import-x/no-duplicates": "error",
    },
  },
  {
    // Files of pure data may be longer.
    files: ["lib/charts/table.ts", "tests/images/detection-cases.ts"],
    rules: { "max-lines": "off" },
  },
  {
    // Not for tests: one function there holds many tests.
    files: ["{lib,rules,scripts,bench}/**/*.{ts,mjs}"],
    rules: { "max-lines-per-function": ["error", { max: 60 }] },
  },
  {
    files: ["**/*.{js,mjs}"],
    languageOptions: { globals: Object.fromEntries(NODE_GLOBALS.map((name) => [name, "readonly"])) },
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: { "import-x/parsers": { "@typescript-eslint/parser": [".ts"] } },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/no-import-type-side-effects": "error",
      // Where our code spreads a string, it wants the code points.
      "@typescript-eslint/no-misused-spread": ["error", { allow: ["string"] }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ["rules/**/*.ts", "tests/rules/**/*.ts"],
    extends: [eslintPlugin.configs.recommended],
  },
  ...walls,
  await ourselves(),
]);
