// What `pin` writes and asks for.
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { digestOf } from "../support/registry.js";
import { configText } from "../support/project.js";
import { pod } from "../support/manifests.js";
import { nginx, redis, setUp } from "../support/registry-project.js";

const OLD = `sha256:${"a".repeat(64)}`;
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

describe("container-images pin", () => {
  it("pins each shape in place, and prints what it did", async () => {
    const files = {
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
    };
    const { project } = await setUp(files, { unknownCharts: "fix" });
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

  it("leaves an image alone where nothing proves what its chart does, and says what helps", async () => {
    const values = "image:\n  repository: a/b\n  tag: v1\n";
    const { project, registry } = await setUp({ "values.yaml": values, "other.values.yaml": values });
    const { code, out } = await project.command(["pin"]);
    expect(code).toBe(0);
    expect(out.split("\n")).toEqual([
      "not pinnable (2) no chart is named for these values; " +
        "run `npx eslint-plugin-container-images charts .`",
      "  other.values.yaml:3 a/b:v1",
      "  values.yaml:3 a/b:v1",
      "0 pinned, 0 already pinned, 2 not pinnable, 0 failed",
      "",
    ]);
    expect(project.read("values.yaml")).toBe(values);
    expect(await registry.requests()).toEqual([]);
  });

  it("prints nothing under --quiet", async () => {
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
        "would pin 1, would move 1, 0 already pinned, 0 not pinnable, 0 failed; " +
        "nothing was written (--dry-run)\n",
    );
    expect(project.read("pod.yaml")).toBe(text);
  });

  it("pins with the user's own configuration, and applies no fix of another rule", async () => {
    const { project, registry } = await setUp({
      "skipped/a.yaml": pod("nginx:1"),
      "off/b.yaml": pod("nginx:1"),
      "c.yaml": pod("nginx:1", "'redis:7'", "exempt/x:1"),
    });
    const settings = {
      mirrors: { "docker.io": `http://${registry.host}` },
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

  it("pins nothing where a comment disables the rule, for a line or for the file", async () => {
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
