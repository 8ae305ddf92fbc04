// What we write: `eslint --fix` with the built plugin on a file that names the images, as a user would run
// it.
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./tools.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** What became of each image. */
export interface Pinned {
  readonly digests: ReadonlyMap<string, string>;
  /** What the rules still say, one line each. */
  readonly messages: readonly string[];
}

/**
 * Pins images in a new folder and reads back what was written.
 *
 * @param folder where to work; must not exist
 * @param images the references, without a digest
 * @param settings ours; the cache goes into the folder
 * @param env what ESLint is to see besides
 */
export async function pin(
  folder: string,
  images: readonly string[],
  settings: object,
  env: NodeJS.ProcessEnv,
): Promise<Pinned> {
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  symlinkSync(root, join(folder, "node_modules/eslint-plugin-container-images"), "junction");
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const own = { ...settings, cacheDirectory: join(folder, "cache") };
  writeFileSync(
    join(folder, "eslint.config.js"),
    `import containerImages from "eslint-plugin-container-images";
export default [
  ...containerImages.configs.recommended,
  { settings: { "container-images": ${JSON.stringify(own)} } },
];`,
  );
  const containers = images.map((image, index) => `    - { name: c${String(index)}, image: "${image}" }\n`);
  const file = join(folder, "pod.yaml");
  writeFileSync(
    file,
    `apiVersion: v1\nkind: Pod\nmetadata: { name: oracle }\nspec:\n  containers:\n${containers.join("")}`,
  );
  const { stdout, stderr } = await run(
    process.execPath,
    [join(root, "node_modules/eslint/bin/eslint.js"), "--fix", "--format", "json", "pod.yaml"],
    { cwd: folder, env },
  );
  if (!stdout.startsWith("[")) throw new Error(`ESLint: ${stderr}`);
  const results = JSON.parse(stdout) as readonly {
    readonly messages: readonly { readonly message: string }[];
  }[];
  const written = [...readFileSync(file, "utf8").matchAll(/image: "([^"@]+)@(sha256:[0-9a-f]{64})"/g)];
  return {
    digests: new Map(written.map(([, image = "", digest = ""]) => [image, digest])),
    messages: results.flatMap((result) => result.messages.map((each) => each.message)),
  };
}
