import { spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { digestOf, startRegistry, type Script, type ScriptedRegistry } from "../support/registry.js";
import { configText, userProject, type UserProject } from "../support/project.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const COMMAND = join(ROOT, "dist/lib/cli/main.js");
const OLD = `sha256:${"a".repeat(64)}`;
const pod = (...images: readonly string[]): string =>
  "apiVersion: v1\n" +
  "kind: Pod\n" +
  "spec:\n" +
  "  containers:\n" +
  `${images.map((image) => `    - image: ${image}\n`).join("")}`;
const nginx = digestOf("library/nginx", "1");
const redis = digestOf("library/redis", "7");

let registry: ScriptedRegistry | undefined;
let project: UserProject | undefined;
afterEach(async () => {
  await registry?.stop();
  project?.remove();
});

async function setUp(
  files: Readonly<Record<string, string>>,
  settings: object = {},
  script: Script = {},
): Promise<{ registry: ScriptedRegistry; project: UserProject }> {
  registry = await startRegistry(script);
  project = userProject(files, { mirrors: { "docker.io": `http://${registry.host}` }, ...settings });
  return { registry, project };
}

describe("container-images pin", () => {
  it("pins each shape in place, and says what it did", async () => {
    const { project } = await setUp({
      "a/pod.yaml": pod("nginx:1", '"redis:7" # keep', `nginx@${OLD}`),
      "values.yaml":
        "image:\n" +
        "  repository: a/b\n" +
        "  tag: v1\n" +
        "other:\n" +
        '  image: { repository: a/b, tag: v1, digest: "" }\n' +
        "third:\n" +
        "  image:\n" +
        "    tag: v2\n",
    });
    const { code, out, err } = await project.command(["pin"]);
    expect({ code, err }).toEqual({ code: 0, err: "looking up (3)\n" });
    expect(project.read("a/pod.yaml")).toBe(
      pod(`nginx:1@${nginx}`, `"redis:7@${redis}" # keep`, `nginx@${OLD}`),
    );
    const ab = digestOf("a/b", "v1");
    expect(project.read("values.yaml")).toBe(
      "image:\n" +
        "  repository: a/b\n" +
        `  tag: v1@${ab}\n` +
        "other:\n" +
        `  image: { repository: a/b, tag: v1, digest: "${ab}" }\n` +
        "third:\n" +
        "  image:\n" +
        "    tag: v2\n",
    );
    expect(out.split("\n")).toEqual([
      `pinned a/pod.yaml:5 nginx:1 → ${nginx}`,
      `pinned a/pod.yaml:6 redis:7 → ${redis}`,
      `pinned values.yaml:3 a/b:v1 → ${ab}`,
      `pinned values.yaml:5 a/b:v1 → ${ab}`,
      expect.stringMatching(/^not pinnable \(1\) incomplete: a tag without a repository/),
      "  values.yaml:8 :v2",
      "4 pinned, 1 already pinned, 1 not pinnable, 0 failed",
      "",
    ]);
    expect(await project.command(["pin"])).toEqual({
      code: 0,
      err: "",
      out: expect.stringContaining("0 pinned, 5 already pinned, 1 not pinnable, 0 failed\n") as unknown,
    });
    expect((await project.eslint(["."])).code).toBe(0);
  });

  it("says nothing under --quiet", async () => {
    const { project } = await setUp({ "pod.yaml": pod("nginx:1") });
    expect(await project.command(["pin", "--quiet"])).toEqual({ code: 0, out: "", err: "" });
    expect(project.read("pod.yaml")).toBe(pod(`nginx:1@${nginx}`));
  });

  it("makes one request for each image, and gets one token for each repository", async () => {
    const files: Record<string, string> = {};
    for (let file = 0; file < 20; file += 1)
      files[`m/${String(file)}.yaml`] = pod(
        ...Array.from(
          { length: 10 },
          (_, index) =>
            `r/app-${String((file * 10 + index) % 50)}:${String(Math.floor((file * 10 + index) / 50))}`,
        ),
      );
    const { registry, project } = await setUp(files, {}, { auth: "token" });
    const { code, out } = await project.command(["pin"]);
    expect(code, out).toBe(0);
    expect(out).toContain("200 pinned");
    // How many ask before they know how depends on how fast the first answer is; tests/registry/auth.test.ts
    // counts them.
    const requests = await registry.requests();
    expect(requests.filter(({ authorization }) => authorization !== "")).toHaveLength(200);
    expect(requests.filter(({ url }) => url.startsWith("/token"))).toHaveLength(50);
    expect(project.read("m/7.yaml")).toContain(`r/app-20:1@${digestOf("r/app-20", "1")}`);
  });

  it("asks for each distinct reference once, however spelled, and for nothing in a warm cache", async () => {
    const { registry, project } = await setUp({
      "a.yaml": pod("nginx:1", "docker.io/library/nginx:1"),
      "b.yaml": pod("docker.io/nginx:1"),
    });
    await project.command(["pin"]);
    expect(await registry.requests()).toHaveLength(1);
    project.write({ "a.yaml": pod("nginx:1") });
    expect((await project.command(["pin"])).out).toContain("1 pinned");
    expect(await registry.requests()).toHaveLength(1);
  });

  it("uses this run's answers, whatever `maxAge`", async () => {
    const { registry, project } = await setUp(
      { "a.yaml": pod("nginx:1"), "b.yaml": pod("nginx:1", "redis:7") },
      { maxAge: 0 },
    );
    const { code, out } = await project.command(["pin"]);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining("3 pinned") as unknown });
    expect(await registry.requests()).toHaveLength(2);
  });

  it("writes nothing with --dry-run", async () => {
    const text = pod("nginx:1", `redis:7@${OLD}`);
    const { project } = await setUp({ "pod.yaml": text });
    const { code, out } = await project.command(["pin", "--dry-run", "--update"]);
    expect(code).toBe(0);
    expect(out).toBe(
      `would pin pod.yaml:5 nginx:1 → ${nginx}\n` +
        `would move pod.yaml:6 redis:7@${OLD} → ${redis}\n` +
        "1 pinned, 1 moved, 0 already pinned, 0 not pinnable, 0 failed; nothing was written (--dry-run)\n",
    );
    expect(project.read("pod.yaml")).toBe(text);
  });

  it("pins with the user's own configuration, and lets no other rule fix", async () => {
    const { project } = await setUp({
      "skipped/a.yaml": pod("nginx:1"),
      "off/b.yaml": pod("nginx:1"),
      "c.yaml": pod("nginx:1", "'redis:7'", "exempt/x:1"),
    });
    const settings = {
      mirrors: { "docker.io": `http://${registry?.host ?? ""}` },
      cacheDirectory: join(project.root, ".cache"),
      exempt: [{ image: "docker.io/exempt/*", reason: "ours" }],
    };
    const rest = `  { ignores: ["skipped/**"] },
  { files: ["off/**/*.yaml"], rules: { "container-images/require-digest": "off" } },
  {
    files: ["**/*.yaml"],
    plugins: {
      other: {
        rules: {
          quotes: {
            meta: { fixable: "code" },
            create: (context) => ({
              Program() {
                const at = context.sourceCode.text.indexOf("'");
                const fix = (fixer) => fixer.replaceTextRange([at, at + 1], '"');
                if (at >= 0) context.report({ loc: { line: 1, column: 0 }, message: "no", fix });
              },
            }),
          },
        },
      },
    },
    rules: { "other/quotes": "error" },
  },
`;
    project.write({ "eslint.config.js": configText(settings, rest) });
    const { code, out } = await project.command(["pin"]);
    expect(code).toBe(0);
    expect(project.read("skipped/a.yaml")).toBe(pod("nginx:1"));
    expect(project.read("off/b.yaml")).toBe(pod("nginx:1"));
    expect(project.read("c.yaml")).toBe(pod(`nginx:1@${nginx}`, `'redis:7@${redis}'`, "exempt/x:1"));
    expect(out).toContain("not pinnable (1) require-digest is off here\n  off/b.yaml:5 nginx:1\n");
    expect(out).toContain("not pinnable (1) exempt: ours\n  c.yaml:7 exempt/x:1\n");
  });

  it("honours comments: a line's, and the whole file's", async () => {
    const whole = `# eslint container-images/require-digest: "off"\n${pod("nginx:1")}`;
    const line = pod("nginx:1 # eslint-disable-line container-images/require-digest -- nightly", "redis:7");
    const { registry, project } = await setUp({ "whole.yaml": whole, "line.yaml": line });
    const { code, out } = await project.command(["pin"]);
    expect(code).toBe(0);
    expect(project.read("whole.yaml")).toBe(whole);
    expect(project.read("line.yaml")).toBe(line.replace("redis:7", `redis:7@${redis}`));
    expect(out).toContain("exempt: nightly");
    expect(await registry.requests()).toHaveLength(1);
  });

  it("keeps a byte order mark, CRLF, the mode and a link", async () => {
    const text = `\ufeff${pod("nginx:1").replaceAll("\n", "\r\n")}`;
    const { project } = await setUp({ "real/pod.yaml": text });
    chmodSync(join(project.root, "real/pod.yaml"), 0o640);
    mkdirSync(join(project.root, "linked"));
    symlinkSync("../real/pod.yaml", join(project.root, "linked/pod.yaml"));
    expect((await project.command(["pin", "linked/pod.yaml"])).code).toBe(0);
    expect(project.read("real/pod.yaml")).toBe(text.replace("nginx:1", `nginx:1@${nginx}`));
    expect(statSync(join(project.root, "real/pod.yaml")).mode & 0o777).toBe(0o640);
    expect(readdirSync(join(project.root, "real"))).toEqual(["pod.yaml"]);
  });

  it("pins the others where one lookup failed, and exits 3", async () => {
    const { project } = await setUp(
      { "pod.yaml": pod("nginx:1", "nginx:gone", "registry.corp.example/a:1") },
      {},
      { images: { "library/nginx:1": "oci-index" } },
    );
    const { code, out, err } = await project.command(["pin"]);
    expect(code).toBe(3);
    expect(err).toMatch(
      new RegExp(
        "^failed pod\\.yaml:6 nginx:gone: no tag gone in docker\\.io/library/nginx.*\\n" +
          "failed pod\\.yaml:7 registry\\.corp\\.example/a:1: .*not trusted.*\\n$",
        "m",
      ),
    );
    expect(out).toContain("1 pinned, 0 already pinned, 0 not pinnable, 2 failed");
    expect(project.read("pod.yaml")).toBe(pod(`nginx:1@${nginx}`, "nginx:gone", "registry.corp.example/a:1"));
  });

  it("sends nothing under CONTAINER_IMAGES_RESOLVE=cache, and counts what is missing as failed", async () => {
    const { registry, project } = await setUp({ "pod.yaml": pod("nginx:1") });
    await project.command(["pin"]);
    project.write({ "pod.yaml": pod("nginx:1", "redis:7") });
    const asked = (await registry.requests()).length;
    const { code, err, out } = await project.command(["pin"], { env: { CONTAINER_IMAGES_RESOLVE: "cache" } });
    expect(code).toBe(3);
    expect(await registry.requests()).toHaveLength(asked);
    expect(err.split("\n")).toEqual([
      "container-images: CONTAINER_IMAGES_RESOLVE=cache: no registry is asked, and what is missing " +
        "counts as failed",
      expect.stringMatching(/^failed pod\.yaml:6 redis:7: not in the cache/),
      "",
    ]);
    expect(out).toContain("1 pinned");
    expect(project.read("pod.yaml")).toBe(pod(`nginx:1@${nginx}`, "redis:7"));
  });

  it.each(["cache", "registry"])("asks whatever the setting `resolve` says: %s", async (resolve) => {
    const { project } = await setUp({ "pod.yaml": pod("nginx:1") }, { resolve });
    expect((await project.command(["pin"])).code).toBe(0);
    expect(project.read("pod.yaml")).toBe(pod(`nginx:1@${nginx}`));
  });

  it("ends with one line where the cache cannot be written", async () => {
    const { project } = await setUp({ "pod.yaml": pod("nginx:1", "redis:7"), blocked: "a file" });
    project.write({
      "eslint.config.js": configText({
        mirrors: { "docker.io": `http://${registry?.host ?? ""}` },
        cacheDirectory: join(project.root, "blocked/cache"),
      }),
    });
    const { code, out, err } = await project.command(["pin", "--quiet"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^container-images: .*blocked\/cache cannot be written[^\n]*\n$/);
    expect(project.read("pod.yaml")).toBe(pod("nginx:1", "redis:7"));
  });

  it("leaves a file that changed in the meantime, and exits 2", async () => {
    const { project } = await setUp(
      { "a.yaml": pod("nginx:1"), "b.yaml": pod("redis:7") },
      {},
      { rules: [{ path: ".", hold: true }] },
    );
    const running = project.command(["pin"]);
    for (let asked = 0; asked < 1;) asked = (await registry?.requests())?.length ?? 0;
    project.write({ "b.yaml": pod("redis:7", "busybox:1") });
    await registry?.script({ rules: [] });
    const { code, err, out } = await running;
    expect(code).toBe(2);
    expect(err).toContain(
      "failed b.yaml:5 redis:7: it changed while this ran; nothing was written to the file",
    );
    expect(out).toContain("1 pinned, 0 already pinned, 0 not pinnable, 1 failed");
    expect(project.read("b.yaml")).toBe(pod("redis:7", "busybox:1"));
    expect(project.read("a.yaml")).toBe(pod(`nginx:1@${nginx}`));
  });

  it("leaves a file that is not UTF-8", async () => {
    const { project } = await setUp({});
    const bytes = Buffer.concat([Buffer.from("# caf\u00e9\n", "latin1"), Buffer.from(pod("nginx:1"))]);
    writeFileSync(join(project.root, "pod.yaml"), bytes);
    const { code, err } = await project.command(["pin"]);
    expect(code).toBe(2);
    expect(err).toContain("failed pod.yaml:6 nginx:1: it is not UTF-8; nothing was written to the file");
    expect(readFileSync(join(project.root, "pod.yaml"))).toEqual(bytes);
  });

  it("reads the others where one file is broken, and exits 2", async () => {
    const { project } = await setUp({
      "a.yaml": pod("nginx:1"),
      "broken.yaml": "image: ghcr.io/a/b:1\nb: [\n",
    });
    const { code, err } = await project.command(["pin"]);
    expect(code).toBe(2);
    expect(err).toMatch(/^broken\.yaml:\d+:\d+ /);
    expect(project.read("a.yaml")).toBe(pod(`nginx:1@${nginx}`));
  });

  it("ends on Ctrl-C with 130, and leaves every file as it was or whole", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 5 }, (_, index) => [`${String(index)}.yaml`, pod(`a/b:${String(index)}`)]),
    );
    const { registry, project } = await setUp(files, {}, { rules: [{ path: "/a/b/", hang: true }] });
    const child = spawn(process.execPath, [COMMAND, "pin"], {
      cwd: project.root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let err = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
    for (let asked = 0; asked < 1;) asked = (await registry.requests()).length;
    child.kill("SIGINT");
    const code = await new Promise((resolve) => child.once("close", resolve));
    expect(code).toBe(130);
    expect(err).toMatch(/container-images: interrupted[^\n]*\n$/);
    expect(Object.fromEntries(Object.keys(files).map((file) => [file, project.read(file)]))).toEqual(files);
    expect(readdirSync(project.root).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("works with ESLint 9", async () => {
    const { project } = await setUp({
      "pod.yaml": pod("nginx:1", `redis:7@${OLD}`, "exempt:1 # eslint-disable-line -- ours"),
    });
    rmSync(join(project.root, "node_modules/eslint"));
    symlinkSync(join(ROOT, "node_modules/eslint9"), join(project.root, "node_modules/eslint"), "dir");
    const { code, out, err } = await project.command(["pin", "--update"]);
    expect({ code, err }).toEqual({ code: 0, err: "looking up (2)\n" });
    expect(out).toContain("exempt: ours");
    expect(project.read("pod.yaml")).toBe(
      pod(`nginx:1@${nginx}`, `redis:7@${redis}`, "exempt:1 # eslint-disable-line -- ours"),
    );
  });

  it("works with the configuration of another folder, and without one", async () => {
    const { registry, project } = await setUp({ "recipes/pod.yaml": pod("nginx:1") });
    project.write({
      "tools/lint/eslint.config.js": configText({
        mirrors: { "docker.io": `http://${registry.host}` },
        cacheDirectory: join(project.root, ".cache"),
      }),
    });
    expect((await project.command(["pin", "--config", "tools/lint/eslint.config.js", "recipes"])).code).toBe(
      0,
    );
    expect(project.read("recipes/pod.yaml")).toBe(pod(`nginx:1@${nginx}`));
    expect(existsSync(join(project.root, ".cache"))).toBe(true);
  });
});

describe("container-images pin --update", () => {
  const skyhook = (sha: string): string =>
    "apiVersion: skyhook.nvidia.com/v1alpha1\n" +
    "kind: Skyhook\n" +
    "spec:\n" +
    "  packages:\n" +
    "    a:\n" +
    "      image: ghcr.io/org/a # name\n" +
    '      version: "1"\n' +
    `      containerSHA: ${sha}\n`;

  it.each([
    ["inline", pod(`nginx:1@${OLD} # keep`), pod(`nginx:1@${nginx} # keep`)],
    [
      "inline, quoted, CRLF and a mark",
      `\ufeff${pod(`"nginx:1@${OLD}"`).replaceAll("\n", "\r\n")}`,
      `\ufeff${pod(`"nginx:1@${nginx}"`).replaceAll("\n", "\r\n")}`,
    ],
    [
      "behind the tag",
      `image:\n  repository: nginx\n  tag: '1@${OLD}'\n`,
      `image:\n  repository: nginx\n  tag: '1@${nginx}'\n`,
    ],
    [
      "in its key",
      `image:\n  repository: nginx\n  tag: "1"\n  digest: ${OLD}\n`,
      `image:\n  repository: nginx\n  tag: "1"\n  digest: ${nginx}\n`,
    ],
    [
      "bare, in `sha`",
      `image:\n  repository: nginx\n  tag: "1"\n  sha: "${OLD.slice(7)}"\n`,
      `image:\n  repository: nginx\n  tag: "1"\n  sha: "${nginx.slice(7)}"\n`,
    ],
    ["of another algorithm", pod(`nginx:1@sha512:${"b".repeat(128)}`), pod(`nginx:1@${nginx}`)],
    [
      "in a template",
      `{{- if .Values.on }}\n${pod(`nginx:1@${OLD}`, "{{ .Values.x }}")}{{- end }}\n`,
      `{{- if .Values.on }}\n${pod(`nginx:1@${nginx}`, "{{ .Values.x }}")}{{- end }}\n`,
    ],
    [
      "under an alias",
      `a:\n  image: &i nginx:1@${OLD}\nb:\n  image: *i\n`,
      `a:\n  image: &i nginx:1@${nginx}\nb:\n  image: *i\n`,
    ],
  ])("moves a digest that stands %s", async (_, before, after) => {
    const { project } = await setUp({ "values.yaml": before });
    const { code, out, err } = await project.command(["pin", "--update"]);
    expect({ code, err, out }).toEqual({
      code: 0,
      err: "looking up (1)\n",
      out: expect.stringMatching(/1 moved/) as unknown,
    });
    expect(project.read("values.yaml")).toBe(after);
    expect((await project.command(["pin", "--update"])).out).toContain("0 pinned, 0 moved, ");
  });

  it("moves the digest of a tag that somebody bumped: containerSHA beside version", async () => {
    const { project } = await setUp({ "m.yaml": skyhook(OLD) }, { mirrors: {} });
    project.write({
      "eslint.config.js": configText({
        mirrors: { "ghcr.io": `http://${registry?.host ?? ""}` },
        cacheDirectory: join(project.root, ".cache"),
      }),
    });
    expect((await project.command(["pin", "--update"])).code).toBe(0);
    expect(project.read("m.yaml")).toBe(skyhook(digestOf("org/a", "1")));
  });

  it("moves nothing that is exempt, suppressed, generated, off, untagged, or already right", async () => {
    const files = {
      "a.yaml": pod(
        `nginx:1@${nginx}`,
        `nginx@${OLD}`,
        `mine/x:1@${OLD}`,
        `redis:7@${OLD} # eslint-disable-line container-images/require-digest -- held back`,
      ),
      "g.yaml": `# Code generated by x. DO NOT EDIT.\n${pod(`redis:7@${OLD}`)}`,
      "o.yaml": `# eslint container-images/require-digest: "off"\n${pod(`redis:7@${OLD}`)}`,
    };
    const { registry, project } = await setUp(files, {
      exempt: [{ image: "docker.io/mine/*", reason: "ours" }],
    });
    const { code, out } = await project.command(["pin", "--update"]);
    expect({ code, out }).toEqual({
      code: 0,
      out: "0 pinned, 0 moved, 6 already pinned, 0 not pinnable, 0 failed\n",
    });
    for (const [file, text] of Object.entries(files)) expect(project.read(file)).toBe(text);
    expect((await registry.requests()).map(({ url }) => url)).toEqual(["/v2/library/nginx/manifests/1"]);
  });

  it("pins and moves in one file, and asks anew although the cache knows", async () => {
    const { registry, project } = await setUp({ "pod.yaml": pod("nginx:1") });
    await project.command(["pin"]);
    await registry.script({ images: { "library/nginx:1": "docker-list", "library/redis:7": "oci-index" } });
    project.write({ "pod.yaml": pod(`nginx:1@${nginx}`, "redis:7") });
    expect((await project.command(["pin"])).out).toContain("1 pinned, 1 already pinned");
    project.write({ "pod.yaml": pod(`nginx:1@${nginx}`, "redis:7") });
    expect((await project.command(["pin", "--update"])).out).toContain("1 pinned, 1 moved, 0 already pinned");
    expect(project.read("pod.yaml")).toBe(
      pod(`nginx:1@${digestOf("library/nginx", "1", "docker-list")}`, `redis:7@${redis}`),
    );
  });

  it("says why a digest is not moved, and leaves it", async () => {
    const shared =
      "a:\n" +
      "  image:\n" +
      "    repository: nginx\n" +
      '    tag: "1"\n' +
      `    digest: &d ${OLD}\n` +
      "b:\n" +
      "  image:\n" +
      "    repository: redis\n" +
      '    tag: "7"\n' +
      "    digest: *d\n";
    const { project } = await setUp({ "values.yaml": shared });
    const { code, err } = await project.command(["pin", "--update"]);
    expect(code).toBe(1);
    expect(err).toMatch(
      new RegExp(
        "failed values\\.yaml:3 .*not moved: its anchor is used elsewhere too.*\\n" +
          "failed values\\.yaml:8 .*not moved: ",
      ),
    );
    expect(project.read("values.yaml")).toBe(shared);
  });

  it("leaves everything where the lookup failed", async () => {
    const { project } = await setUp({ "pod.yaml": pod(`nginx:1@${OLD}`) }, {}, { images: {} });
    const { code, err } = await project.command(["pin", "--update"]);
    expect(code).toBe(3);
    expect(err).toMatch(/failed pod\.yaml:5 .*no tag 1 in docker\.io\/library\/nginx/);
    expect(project.read("pod.yaml")).toBe(pod(`nginx:1@${OLD}`));
  });
});
