// What is published: the tarball as npm packs it, unpacked beside its declared dependencies and nothing else.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RULE_ROWS } from "../../rules/index.js";
import { install, node, pack, root, type Packed } from "./packed.js";

const loadedScript = join(root, "tests/support/loaded.mjs");
let folder: string;
let packed: Packed;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "container-images-pack-"));
  packed = pack(folder);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const textOf = (file: string): string => readFileSync(join(packed.folder, file), "utf8");

describe("the tarball", () => {
  it("holds every file that package.json names", () => {
    const { exports, bin } = packed.manifest;
    const named = [
      ...Object.values(exports).flatMap((entry) =>
        typeof entry === "string" ? [entry] : Object.values(entry).flatMap((each) => Object.values(each)),
      ),
      ...Object.values(bin),
    ];
    const isPacked = (path: string): boolean =>
      packed.files.some((file) =>
        path.endsWith("/*") ? file.startsWith(path.slice(2, -1)) : file === path.replace(/^\.\//, ""),
      );
    expect(named.filter((path) => !isPacked(path))).toEqual([]);
    expect(named.length).toBeGreaterThan(3);
  });

  it("holds the build, its licence and its pages, and nothing that only developers need", () => {
    expect(packed.files).toEqual(
      expect.arrayContaining(["README.md", "LICENSE", "CHANGELOG.md", "package.json", "dist/lib/index.js"]),
    );
    const wanted = [
      /^dist\/lib\/(?:index|cli\/(?:main|read-ahead)|digests\/(?:background-)?worker)\.js$/,
      /^dist\/lib\/index\.(?:cjs|d\.cts)$/,
      /^dist\/chunks\/[\w-]+\.js$/,
      /^dist\/(?:lib|rules)\/[\w/-]+\.d\.ts$/,
      /^schemas\/[\w-]+\.schema\.json$/,
      /^data\/charts\.json$/,
      /^(?:README\.md|LICENSE|CHANGELOG\.md|package\.json|renovate-preset\.json)$/,
    ];
    expect(packed.files.filter((file) => !wanted.some((pattern) => pattern.test(file)))).toEqual([]);
  });

  it("names no path of the machine that packed it", () => {
    const paths = [root, homedir(), tmpdir()].filter((path) => path.length > 1);
    expect(packed.files.filter((file) => paths.some((path) => textOf(file).includes(`${path}/`)))).toEqual(
      [],
    );
  });

  it("imports only what package.json declares", () => {
    const { name: self, dependencies, peerDependencies } = packed.manifest;
    const declared = new Set([...Object.keys(dependencies), ...Object.keys(peerDependencies), self]);
    const specifier =
      /(?:\bfrom|\bimport|\brequire|createRequire\(import\.meta\.url\))\s*\(?\s*["']([^"'.][^"']*)["']/g;
    const imports = packed.files
      .filter((file) => file.endsWith(".js"))
      .flatMap((file) => [...textOf(file).matchAll(specifier)].map(([, name = ""]) => ({ file, name })));
    const unknown = imports.filter(({ name }) => {
      const [scope = "", rest = ""] = name.split("/");
      return (
        !/^(?:node:|#)/.test(name) &&
        !builtinModules.includes(name) &&
        !declared.has(scope.startsWith("@") ? `${scope}/${rest}` : scope)
      );
    });
    expect(unknown).toEqual([]);
    // The search finds imports at all.
    expect(imports.map(({ name }) => name)).toEqual(expect.arrayContaining(["js-yaml", "synckit"]));
  });
});

describe("the bundle", () => {
  const bundle = JSON.parse(readFileSync(join(root, "build/bundle.json"), "utf8")) as Readonly<
    Record<string, readonly string[]>
  >;
  const modulesOf = (file: string): readonly string[] =>
    (bundle[file.replace(/^dist\//, "")] ?? []).map((module) => module.replace(/^build\/|\.js$/g, ""));

  it("is of our own modules alone", () => {
    expect(packed.files.filter((file) => file.endsWith(".js")).sort()).toEqual(
      Object.keys(bundle)
        .map((file) => `dist/${file}`)
        .sort(),
    );
    expect(
      Object.values(bundle)
        .flat()
        .filter((module) => !/^build\/(?:lib|rules)\//.test(module)),
    ).toEqual([]);
  });

  it("holds each of our modules at most once, so that no two entries have a state of their own", () => {
    const modules = packed.files.filter((file) => file.endsWith(".js")).flatMap(modulesOf);
    expect(modules.filter((name, index) => modules.indexOf(name) !== index)).toEqual([]);
    expect(modules).toEqual(
      expect.arrayContaining([
        "lib/index",
        "lib/settings/read",
        "lib/yaml/read",
        "lib/language/source-code",
        "lib/digests/cache",
        "lib/registry/client",
        "lib/cli/main",
        "rules/require-digest",
      ]),
    );
  });

  it("loads only what every lint needs when a configuration imports the plugin", () => {
    const project = join(folder, "importer");
    mkdirSync(project);
    install(packed, project);
    writeFileSync(join(project, "package.json"), '{ "type": "module" }');
    writeFileSync(join(project, "importer.js"), `import ${JSON.stringify(packed.manifest.name)};\n`);
    const { status, output } = node(project, [loadedScript, "importer.js"]);
    expect(status, output).toBe(0);
    const files = (JSON.parse(output) as readonly string[])
      .filter((url) => url.includes("/node_modules/"))
      .map((url) => url.slice(url.lastIndexOf("/node_modules/") + "/node_modules/".length));
    const own = files
      .filter((file) => file.startsWith(`${packed.manifest.name}/dist/`))
      .map((file) => file.slice(packed.manifest.name.length + 1));
    const others = new Set(
      files
        .filter((file) => !file.startsWith(packed.manifest.name) && !file.startsWith("file:"))
        .map((file) => /^(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]),
    );
    // env-paths needs is-safe-filename, and `@eslint/plugin-kit` the last three; ESLint has them.
    expect([...others].sort()).toEqual([
      "@eslint/plugin-kit",
      "env-paths",
      "is-safe-filename",
      "js-yaml",
      "levn",
      "prelude-ls",
      "type-check",
    ]);
    expect(own.length).toBeLessThanOrEqual(8);
    const modules = own.flatMap(modulesOf);
    expect(modules).toContain("lib/index");
    // Whether a registry may be asked is decided here; a thread loads what asks it, once there is a question.
    const registry = modules.filter((name) => name.startsWith("lib/registry/")).sort();
    expect(registry).toEqual([
      "lib/registry/addresses",
      "lib/registry/failure",
      "lib/registry/hosts",
      "lib/registry/named",
      "lib/registry/trust",
    ]);
    expect(
      modules.filter(
        (name) =>
          /^lib\/(?:cli|bom|proof|charts\/uses)\//.test(name) ||
          /^lib\/digests\/(?:resolve|verify|worker|background-worker)$/.test(name),
      ),
    ).toEqual([]);
  });
});

describe("the unpacked package, beside its declared dependencies alone", () => {
  let user: string;

  beforeAll(() => {
    user = join(folder, "user");
    mkdirSync(user);
    install(packed, user);
    writeFileSync(join(user, "package.json"), '{ "type": "module" }');
    writeFileSync(
      join(user, "eslint.config.js"),
      [
        `import containerImages from "${packed.manifest.name}";`,
        "export default containerImages.configs.recommended;",
        "",
      ].join("\n"),
    );
    writeFileSync(
      join(user, "pod.yaml"),
      "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      image: nginx:1.27\n",
    );
  });

  it("loads, with its name, rules, configurations and language", () => {
    const { name, version } = packed.manifest;
    const show = `
      const { default: plugin } = await import("${name}");
      const [rules, configs, languages] = [plugin.rules, plugin.configs, plugin.languages].map(Object.keys);
      console.log(JSON.stringify({ meta: plugin.meta, rules, configs, languages }))`;
    expect(JSON.parse(node(user, ["--input-type=module", "-e", show]).output)).toEqual({
      meta: { name, version, namespace: "container-images" },
      rules: RULE_ROWS.map((row) => row.name),
      configs: ["recommended", "strict"],
      languages: ["yaml"],
    });
  });

  it.each(["eslint", "eslint9"])("lints with nothing else installed: %s", (eslint) => {
    const { status, output } = node(user, [
      join(root, "node_modules", eslint, "bin/eslint.js"),
      "--format",
      "json",
      "pod.yaml",
    ]);
    expect(status, output).toBe(1);
    const [result] = JSON.parse(output) as readonly {
      readonly messages: readonly { readonly ruleId: string; readonly line: number }[];
    }[];
    expect(result?.messages.map(({ ruleId, line }) => ({ ruleId, line }))).toEqual([
      { ruleId: "container-images/require-digest", line: 6 },
    ]);
  });

  it("has the command that package.json names", () => {
    const { name, bin } = packed.manifest;
    const command = join(user, "node_modules", name, bin["container-images"] ?? "");
    expect(existsSync(command)).toBe(true);
    expect(readFileSync(command, "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
    const { status, output } = node(user, [command, "list", "--format", "json", "pod.yaml"]);
    expect(status, output).toBe(0);
    expect(JSON.parse(output)).toMatchObject([
      { file: "pod.yaml", line: 6, reference: "docker.io/library/nginx:1.27", state: "unpinned" },
    ]);
  });
});
