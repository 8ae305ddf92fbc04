// What `recommended` leaves out: the two patterns that ESLint tries mean the same as the list in the docs.
import { ESLint } from "eslint";
import picomatch from "picomatch";
import { describe, expect, it } from "vitest";
import { FILES, IGNORED } from "../../lib/configs.js";
import containerImages from "../../lib/index.js";

const NAMES = [
  "values.yaml",
  "a.yml",
  ".hidden.yaml",
  "pnpm-lock.yaml",
  "my-pnpm-lock.yaml",
  "pnpm-lock.yml",
  "Chart.lock",
  ".yarnrc.yml",
  "pubspec.lock.yaml",
  "a.lock.yaml",
  "a.lock.yml",
  ".lock.yaml",
  "b-lock.yml",
  "-lock.yaml",
  "lock.yaml",
  "a.lock.yaml.yaml",
  "x.json",
];
const FOLDERS = [
  "",
  "a/",
  "a/b/",
  "node_modules/",
  "a/node_modules/x/",
  "vendor/",
  "a/vendor.d/",
  "my-vendor/",
  "third_party/b/",
  ".git/",
  ".github/workflows/",
  ".venv/lib/",
  "a/.terraform/",
  "dist/",
  "a/dist/b/",
  "distribution/",
  ".cache/",
  "cache/",
];
const PATHS = FOLDERS.flatMap((folder) => NAMES.map((name) => `${folder}${name}`));

describe("the files that recommended leaves out", () => {
  const eslint = new ESLint({
    cwd: import.meta.dirname,
    overrideConfigFile: true,
    overrideConfig: containerImages.configs.recommended,
  });
  const isYaml = picomatch(FILES, { dot: true });
  const isIgnored = picomatch([...IGNORED], { dot: true });

  it.each(PATHS.filter((path) => isYaml(path) && !path.includes("node_modules/") && !path.includes(".git/")))(
    "%s",
    async (path) => {
      const { languageOptions, rules } = (await eslint.calculateConfigForFile(path)) as {
        languageOptions?: { images?: boolean };
        rules?: Readonly<Record<string, unknown>>;
      };
      expect(languageOptions?.images).toBe(!isIgnored(path));
      expect(Boolean(rules?.["container-images/require-digest"])).toBe(!isIgnored(path));
    },
  );
});
