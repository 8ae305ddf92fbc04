// What is published: the tarball as npm packs it, unpacked beside its declared dependencies and nothing else.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RULE_ROWS } from "../../rules/index.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

let folder: string;
let unpacked: string;
let files: readonly string[];
let manifest: Manifest;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "container-images-pack-"));
  // Without scripts: `npm test` has just built, and other tests run on that build.
  const npm = { cwd: root, encoding: "utf8", shell: process.platform === "win32" } as const;
  const [packed] = JSON.parse(execFileSync("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder], npm)) as readonly { readonly filename: string }[];
  execFileSync("tar", ["-xzf", join(folder, packed?.filename ?? ""), "-C", folder]);
  manifest = JSON.parse(readFileSync(join(folder, "package/package.json"), "utf8")) as Manifest;
  unpacked = join(folder, "package");
  files = readdirSync(unpacked, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(unpacked.length + 1).replaceAll("\\", "/"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the tarball", () => {
  it("holds every file that package.json names", () => {
    const named = [...Object.values(manifest.exports).flatMap((entry) => (typeof entry === "string" ? [entry] : Object.values(entry))), ...Object.values(manifest.bin)];
    expect(named.filter((path) => !files.includes(path.replace(/^\.\//, "")))).toEqual([]);
    expect(named.length).toBeGreaterThan(3);
  });

  it("holds the build, its licence and its pages, and nothing that only developers need", () => {
    expect(files).toEqual(expect.arrayContaining(["README.md", "LICENSE", "CHANGELOG.md", "package.json", "dist/lib/index.js"]));
    const others = files.filter((file) => !/^(?:dist\/(?:lib|rules)\/[\w/-]+\.(?:js|d\.ts)|README\.md|LICENSE|CHANGELOG\.md|package\.json)$/.test(file));
    expect(others).toEqual([]);
  });

  it("names no path of the machine that packed it", () => {
    const paths = [root, homedir(), tmpdir()].filter((path) => path.length > 1);
    const telling = files.filter((file) => paths.some((path) => readFileSync(join(unpacked, file), "utf8").includes(`${path}/`)));
    expect(telling).toEqual([]);
  });

  it("imports only what package.json declares", () => {
    const declared = new Set([...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies), manifest.name]);
    const imports = files
      .filter((file) => file.endsWith(".js"))
      .flatMap((file) => [...readFileSync(join(unpacked, file), "utf8").matchAll(/(?:\bfrom|\bimport|\brequire|createRequire\(import\.meta\.url\))\s*\(?\s*["']([^"'.][^"']*)["']/g)].map(([, name = ""]) => ({ file, name })));
    const unknown = imports.filter(({ name }) => {
      const [scope = "", rest = ""] = name.split("/");
      return !name.startsWith("node:") && !builtinModules.includes(name) && !declared.has(scope.startsWith("@") ? `${scope}/${rest}` : scope);
    });
    expect(unknown).toEqual([]);
    // The search finds imports at all.
    expect(imports.map(({ name }) => name)).toEqual(expect.arrayContaining(["js-yaml", "synckit"]));
  });
});

describe("the unpacked package, beside its declared dependencies alone", () => {
  let user: string;

  beforeAll(() => {
    user = join(folder, "user");
    const modules = join(user, "node_modules");
    mkdirSync(modules, { recursive: true });
    for (const name of [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)]) {
      mkdirSync(dirname(join(modules, name)), { recursive: true });
      symlinkSync(join(root, "node_modules", name), join(modules, name), "junction");
    }
    execFileSync(process.execPath, ["-e", "require('node:fs').cpSync(process.argv[1], process.argv[2], { recursive: true })", unpacked, join(modules, manifest.name)]);
    writeFileSync(join(user, "package.json"), '{ "type": "module" }');
    writeFileSync(join(user, "eslint.config.js"), `import containerImages from "${manifest.name}";\nexport default containerImages.configs.recommended;\n`);
    writeFileSync(join(user, "pod.yaml"), "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      image: nginx:1.27\n");
  });

  const node = (...args: readonly string[]): { status: number; stdout: string } => {
    try {
      return { status: 0, stdout: execFileSync(process.execPath, args, { cwd: user, encoding: "utf8", env: { ...process.env, CONTAINER_IMAGES_RESOLVE: "cache" } }) };
    } catch (error) {
      const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
      return { status, stdout: stdout + stderr };
    }
  };

  it("loads, with its name, rules, configurations and language", () => {
    const show = `const { default: plugin } = await import("${manifest.name}");
      console.log(JSON.stringify({ meta: plugin.meta, rules: Object.keys(plugin.rules), configs: Object.keys(plugin.configs), languages: Object.keys(plugin.languages) }))`;
    expect(JSON.parse(node("--input-type=module", "-e", show).stdout)).toEqual({
      meta: { name: manifest.name, version: manifest.version, namespace: "container-images" },
      rules: RULE_ROWS.map((row) => row.name),
      configs: ["recommended", "strict"],
      languages: ["yaml"],
    });
  });

  it("lints with nothing else installed", () => {
    const { status, stdout } = node("node_modules/eslint/bin/eslint.js", "--format", "json", "pod.yaml");
    expect(status, stdout).toBe(1);
    const [result] = JSON.parse(stdout) as readonly { readonly messages: readonly { readonly ruleId: string; readonly line: number }[] }[];
    expect(result?.messages.map(({ ruleId, line }) => ({ ruleId, line }))).toEqual([{ ruleId: "container-images/require-digest", line: 6 }]);
  });

  it("has the command that package.json names", () => {
    const command = join(user, "node_modules", manifest.name, manifest.bin["container-images"] ?? "");
    expect(existsSync(command)).toBe(true);
    expect(readFileSync(command, "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
    const { status, stdout } = node(command, "list", "--format", "json", "pod.yaml");
    expect(status, stdout).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ file: "pod.yaml", line: 6, reference: "docker.io/library/nginx:1.27", state: "unpinned" }]);
  });
});
