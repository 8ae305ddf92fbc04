// What the tests of the pages know beside the pages: what a page's project holds, and which commands are not
// run, and why.
import { CHART, chartIn } from "../cli/charts-project.js";

export interface PageProject {
  /** Files that the page does not show. */
  readonly files?: Readonly<Record<string, string>>;
  /** Whether each section is a project of its own. */
  readonly sections?: boolean;
  /** The commands that fail as the page says, each with its exit code. */
  readonly findings?: readonly string[];
  /** What stands in a command instead of what a page shows, because it is outside the project. */
  readonly instead?: Readonly<Record<string, string>>;
}

const POD = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      image: nginx:1.27
`;

const FOLDER = "tools/image-lint";
const LINT = "1: npx eslint recipes";
const GATE = "1: npx eslint-plugin-container-images bom --require-digests --output bom.cdx.json recipes";

/** A file with an image that every project may ask for. */
const VALUES = { "values.yaml": "extraContainers:\n  - name: proxy\n    image: nginx:1.27\n" };
/** A recipe that can be pinned as a whole. */
const RECIPE = { "recipes/app/deployment.yaml": POD };

/** By page; a page that is not here needs nothing but what it shows. */
export const PROJECTS: Readonly<Record<string, PageProject>> = {
  "README.md": { files: RECIPE },
  "docs/bom.md": { files: RECIPE, findings: [GATE] },
  "docs/charts.md": { files: chartIn("charts/app", CHART), sections: true },
  "docs/ci.md": {
    files: { "recipes/app/deployment.yaml": POD.replace("1.27", `1.27@sha256:${"a".repeat(64)}`) },
  },
  "docs/cli.md": { files: RECIPE },
  "docs/exemptions.md": { sections: true },
  "docs/fields.md": { sections: true },
  "docs/make.md": {
    files: RECIPE,
    findings: [`1: ${FOLDER}/node_modules/.bin/eslint --config ${FOLDER}/eslint.config.js recipes`],
  },
  "docs/migrate.md": { files: RECIPE, findings: [LINT] },
  "docs/registries.md": { files: VALUES, sections: true, instead: { "/var/tmp": "../tmp" } },
  "docs/renovate.md": { files: RECIPE },
};

export interface NotRun {
  readonly page: string;
  /** How the block begins. */
  readonly begins: string;
  readonly reason: string;
}

/** How the tools run that are in a folder of their own: shown on every page with commands. */
const IN_A_FOLDER: readonly NotRun[] = [
  ...[
    "bom",
    "charts",
    "cli",
    "exemptions",
    "fields",
    "language",
    "migrate",
    "pin",
    "registries",
    "renovate",
  ].map((page) => ({
    page: `docs/${page}.md`,
    begins: "npx --prefix tools/image-lint",
    reason: "tests/cli/folder-layout.test.ts runs it",
  })),
  {
    page: "docs/ci.md",
    begins: "npm --prefix tools/image-lint ci",
    reason: "needs the registry of packages; tests/cli/folder-layout.test.ts runs the rest",
  },
];

/** Blocks of commands that need what a test has not. */
export const NOT_RUN: readonly NotRun[] = [
  {
    page: "README.md",
    begins: "npm ci && npm run demo",
    reason: "this is the whole suite itself; .ci/run runs both",
  },
  {
    page: "CONTRIBUTING.md",
    begins: "npm ci\n",
    reason: "these run the whole suite; .ci/run runs most of them",
  },
  {
    page: "docs/ci.md",
    begins: "pre-commit run",
    reason: "needs pre-commit and GitHub; tests/cli/ci.test.ts runs the hook's entry",
  },
  { page: "docs/migrate.md", begins: "git show HEAD:recipes/jobs.yaml | kbld", reason: "needs kbld" },
  ...IN_A_FOLDER,
  {
    page: "docs/performance.md",
    begins: "npm run bench",
    reason: "takes a quarter of an hour and a quiet machine",
  },
  {
    page: "docs/migrate.md",
    begins: "for image in",
    reason: "needs crane and a registry; tests/oracles compares our digests with crane's",
  },
  {
    page: "docs/registries.md",
    begins: "echo registry.corp.example | docker-credential",
    reason: "needs Docker Desktop; tests/oracles starts helpers",
  },
  {
    page: "docs/registries.md",
    begins: "skopeo login registry.corp.example",
    reason: "needs skopeo and a registry with logins; tests/oracles runs both",
  },
  {
    page: "docs/registries.md",
    begins: "export REGISTRY_AUTH_FILE",
    reason: "needs skopeo and a registry with logins; tests/oracles runs both",
  },
  { page: "docs/registries.md", begins: "aws ecr", reason: "needs an account at AWS" },
];
