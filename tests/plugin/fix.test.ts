// What `eslint --fix` writes, and which requests it makes.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { digestOf, type Script } from "../support/registry.js";
import { setUp as setUpProject } from "../support/registry-project.js";
import { pod } from "../support/manifests.js";

const setUp = (
  script: Script,
  files: Readonly<Record<string, string>>,
  settings: object = {},
): ReturnType<typeof setUpProject> => setUpProject(files, { unknownCharts: "fix", ...settings }, script);

const messagesOf = (messages: ReadonlyMap<string, readonly { message: string }[]>): string[] =>
  [...messages.values()].flat().map(({ message }) => message);

describe("eslint --fix", () => {
  it("pins, and the second lint is clean and makes no request", async () => {
    const { registry, project } = await setUp(
      { auth: "token" },
      {
        "a/pod.yaml": pod("nginx:1", "redis:7"),
        "values.yaml": "image:\n  repository: a/b\n  tag: v1 # keep\n",
      },
    );
    expect(await project.eslint(["--fix", "."])).toEqual({ code: 0, out: "", err: "" });
    expect(project.read("a/pod.yaml")).toBe(
      pod(`nginx:1@${digestOf("library/nginx", "1")}`, `redis:7@${digestOf("library/redis", "7")}`),
    );
    expect(project.read("values.yaml")).toBe(
      `image:\n  repository: a/b\n  tag: v1@${digestOf("a/b", "v1")} # keep\n`,
    );
    const asked = (await registry.requests()).length;
    expect((await project.eslint(["."])).code).toBe(0);
    expect(await registry.requests()).toHaveLength(asked);
  });

  it("asks for nothing that it does not write: a suggestion is for an editor", async () => {
    const { registry, project } = await setUp(
      {},
      { "values.yaml": "image:\n  repository: a/b\n  tag: v1\n", "pod.yaml": pod("nginx:1") },
      { unknownCharts: "suggest" },
    );
    await project.eslint(["--fix", "."]);
    expect((await registry.requests()).map(({ url }) => url)).toEqual(["/v2/library/nginx/manifests/1"]);
  });

  it("writes nothing to a file that is not UTF-8, and makes no request for it", async () => {
    const { registry, project } = await setUp({}, {});
    const bytes = Buffer.concat([
      Buffer.from("# caf\u00e9\n", "latin1"),
      Buffer.from(pod("nginx:1")),
      Buffer.from(`---\n${pod("k8s.gcr.io/pause:3.9")}`),
    ]);
    writeFileSync(join(project.root, "pod.yaml"), bytes);
    const { code, out } = await project.eslint(["--fix", "."]);
    expect(code).toBe(1);
    expect(out).toContain("`nginx:1` is not pinned by digest; not fixed: the file is not UTF-8");
    expect(readFileSync(join(project.root, "pod.yaml"))).toEqual(bytes);
    expect(await registry.requests()).toEqual([]);
  });

  it("reports that a file in UTF-16 with a possible image cannot be read", async () => {
    const { project } = await setUp({}, {});
    writeFileSync(join(project.root, "pod.yaml"), Buffer.from(`\ufeff${pod("nginx:1")}`, "utf16le"));
    writeFileSync(join(project.root, "other.yaml"), Buffer.from("\ufeffa: b\n", "utf16le"));
    const { code, out } = await project.eslint(["."]);
    expect(code).toBe(1);
    expect(out).toMatch(
      /pod\.yaml\n +1:0? .*Parsing error: this file is UTF-16, and ESLint reads UTF-8; save it as UTF-8/,
    );
    expect(out).not.toContain("other.yaml");
  });

  it("makes no request when its cache is warm, and asks again when it is gone", async () => {
    const files = { "pod.yaml": pod("nginx:1") };
    const { registry, project } = await setUp({}, files);
    await project.eslint(["--fix", "."]);
    const pinned = project.read("pod.yaml");
    const cold = (await registry.requests()).length;
    project.write(files);
    await project.eslint(["--fix", "."]);
    expect(project.read("pod.yaml")).toBe(pinned);
    expect(await registry.requests()).toHaveLength(cold);
    rmSync(join(project.root, ".cache"), { recursive: true });
    project.write(files);
    await project.eslint(["--fix", "."]);
    expect(project.read("pod.yaml")).toBe(pinned);
    expect((await registry.requests()).length).toBeGreaterThan(cold);
  });

  it("asks for a reference once, however often it stands", async () => {
    const { registry, project } = await setUp(
      {},
      { "a.yaml": pod("nginx:1", "nginx:1"), "b.yaml": pod("docker.io/library/nginx:1") },
    );
    await project.eslint(["--fix", "."]);
    expect(await registry.requests()).toHaveLength(1);
    expect(project.read("b.yaml")).toBe(pod(`docker.io/library/nginx:1@${digestOf("library/nginx", "1")}`));
  });

  it("pins the other images where one tag does not exist, and names that tag", async () => {
    const text = pod("nginx:1", "nginx:gone", "redis:7");
    const { project } = await setUp(
      { images: { "library/nginx:1": "oci-index", "library/redis:7": "docker-manifest" } },
      { "pod.yaml": text },
    );
    const { code, messages, err } = await project.lint(["--fix", "."]);
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(messagesOf(messages)).toEqual([
      expect.stringMatching(/^`nginx:gone` is not pinned by digest; not fixed: .*no tag .?gone/),
    ]);
    expect(project.read("pod.yaml")).toBe(
      pod(
        `nginx:1@${digestOf("library/nginx", "1")}`,
        "nginx:gone",
        `redis:7@${digestOf("library/redis", "7", "docker-manifest")}`,
      ),
    );
  });

  it("leaves the files as they were where the registry is down", async () => {
    const text = pod("nginx:1", "redis:7");
    const { registry, project } = await setUp({}, { "pod.yaml": text });
    await registry.stop();
    const { code, messages, err } = await project.lint(["--fix", "."]);
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(messagesOf(messages)).toHaveLength(2);
    for (const message of messagesOf(messages)) expect(message).toMatch(/not fixed: /);
    expect(project.read("pod.yaml")).toBe(text);
  });

  it("gives up a reference that gets no answer, and pins the others", async () => {
    const { project } = await setUp(
      { rules: [{ path: "/slow/", hang: true }] },
      { "pod.yaml": pod("a/slow:1", "nginx:1") },
      { timeout: 6000 },
    );
    const { code, messages } = await project.lint(["--fix", "."]);
    expect(code).toBe(1);
    expect(messagesOf(messages)).toEqual([
      expect.stringMatching(/^`a\/slow:1` .*not fixed: .*did not answer in time/),
    ]);
  });

  it("sends nothing to a registry that the user did not name", async () => {
    const { registry, project } = await setUp(
      {},
      { "pod.yaml": pod("registry.corp.example/a:1") },
      { mirrors: {} },
    );
    const { messages } = await project.lint(["--fix", "."]);
    expect(messagesOf(messages)).toEqual([
      "`registry.corp.example/a:1` is not pinned by digest: not trusted: add `registry.corp.example` to " +
        "the setting `registries`",
    ]);
    expect((await registry.seen()).connections).toBe(0);
  });

  it("reports one line about a wrong setting", async () => {
    const { project } = await setUp(
      {},
      { "pod.yaml": pod("nginx:1") },
      { registries: ["https://corp.example"] },
    );
    const { code, messages, err } = await project.lint(["--fix", "."]);
    expect({ code, err, messages: messagesOf(messages) }).toEqual({
      code: 1,
      err: "",
      messages: [
        expect.stringMatching(
          /^settings\["container-images"\]\.registries\[0\] must be a registry's `host` or `host:port`/,
        ),
      ],
    });
  });

  it("works in ESLint 9 and in ESLint's threads", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 6 }, (_, index) => [`${String(index)}.yaml`, pod(`a/b:${String(index)}`)]),
    );
    const { project } = await setUp({}, files);
    expect((await project.eslint(["--fix", "."], { eslint: "eslint9" })).code).toBe(0);
    project.write(files);
    rmSync(join(project.root, ".cache"), { recursive: true });
    expect((await project.eslint(["--fix", "--concurrency", "2", "."])).code).toBe(0);
    expect(project.read("5.yaml")).toBe(pod(`a/b:5@${digestOf("a/b", "5")}`));
  });

  it("keeps a byte order mark and CRLF", async () => {
    const text = `\ufeff${pod("nginx:1").replaceAll("\n", "\r\n")}`;
    const { project } = await setUp({}, { "pod.yaml": text });
    await project.eslint(["--fix", "."]);
    expect(project.read("pod.yaml")).toBe(
      text.replace("nginx:1", `nginx:1@${digestOf("library/nginx", "1")}`),
    );
  });
});
