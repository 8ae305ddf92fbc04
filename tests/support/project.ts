// A user's project in a temporary folder, and the real ESLint run on it in a process of its own.
import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const require = createRequire(import.meta.url);

/** The folder of real YAML beside a checkout, where there is one. */
export const CORPUS = resolve(ROOT, "../shared/corpus/aicr");
export const hasCorpus = existsSync(CORPUS);

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface LintMessage {
  readonly ruleId: string | null;
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly fatal?: boolean;
}

export interface UserProject {
  readonly root: string;
  /** The text of one of its files. */
  read(path: string): string;
  write(files: Readonly<Record<string, string>>): void;
  copy(from: string, to: string): void;
  /** ESLint with these arguments: the newest, what {@link UserProject.use} says, or what the options say. */
  eslint(args: readonly string[], options?: RunOptions): Promise<Outcome>;
  /** The same with `-f json`: its messages by file. */
  lint(
    args: readonly string[],
    options?: RunOptions,
  ): Promise<{
    readonly code: number | null;
    readonly err: string;
    readonly messages: ReadonlyMap<string, readonly LintMessage[]>;
  }>;
  command(args: readonly string[], options?: RunOptions): Promise<Outcome>;
  /** Installs this ESLint in place of the newest: for the command too. */
  use(eslint: "eslint" | "eslint9"): void;
  remove(): void;
}

interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly eslint?: "eslint" | "eslint9";
  readonly cwd?: string;
}

/**
 * Makes a project whose `node_modules` hold the built plugin and ESLint.
 *
 * @param files its files by path
 * @param settings for `settings["container-images"]`; the cache goes to a folder of the project's own
 */
export function userProject(files: Readonly<Record<string, string>>, settings: object = {}): UserProject {
  const root = mkdtempSync(join(tmpdir(), "container-images-"));
  link(root);
  const write = (texts: Readonly<Record<string, string>>): void => {
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  };
  write({
    "package.json": '{"type":"module","private":true}',
    "eslint.config.js": configText({ cacheDirectory: join(root, ".cache"), ...settings }),
    ...files,
  });
  const run = (
    script: string,
    args: readonly string[],
    { env = {}, cwd = root }: RunOptions,
  ): Promise<Outcome> => spawnNode(script, args, cwd, env);
  let used: "eslint" | "eslint9" = "eslint";
  const eslint: UserProject["eslint"] = (args, options = {}) =>
    run(
      require.resolve(`${options.eslint ?? used}/package.json`).replace("package.json", "bin/eslint.js"),
      args,
      options,
    );
  return {
    root,
    write,
    eslint,
    read: (path) => readFileSync(join(root, path), "utf8"),
    copy(from, to) {
      rmSync(join(root, to), { recursive: true, force: true });
      cpSync(from, join(root, to), { recursive: true });
    },
    async lint(args, options) {
      const { out, err, code } = await eslint(["-f", "json", ...args], options);
      const results = JSON.parse(out) as { filePath: string; messages: LintMessage[] }[];
      return {
        code,
        err,
        messages: new Map(
          results.map(({ filePath, messages }) => [filePath.slice(root.length + 1), messages]),
        ),
      };
    },
    command: (args, options = {}) => run(join(ROOT, "dist/lib/cli/main.js"), args, options),
    use(name) {
      used = name;
      rmSync(join(root, "node_modules/eslint"));
      symlinkSync(join(ROOT, "node_modules", name), join(root, "node_modules/eslint"), "dir");
    },
    remove() {
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** A configuration as the README has it. */
export function configText(settings: object, rest = ""): string {
  return `import containerImages from "eslint-plugin-container-images";
export default [
  ...containerImages.configs.recommended,
  { files: ["**/*.yaml", "**/*.yml"], settings: { "container-images": ${JSON.stringify(settings)} } },
${rest}];
`;
}

/** Puts the plugin and ESLint into a folder's `node_modules`. */
export function link(folder: string): void {
  mkdirSync(join(folder, "node_modules/.bin"), { recursive: true });
  symlinkSync(ROOT, join(folder, "node_modules/eslint-plugin-container-images"), "dir");
  for (const name of ["eslint", "eslint-plugin-yml"])
    symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name), "dir");
  symlinkSync(join(ROOT, "node_modules/eslint/bin/eslint.js"), join(folder, "node_modules/.bin/eslint"));
}

function spawnNode(
  script: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<Outcome> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let out = "";
    let err = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
    child.once("error", fail);
    child.once("close", (code) => {
      done({ code, out, err });
    });
  });
}
