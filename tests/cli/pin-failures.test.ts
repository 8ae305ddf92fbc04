// What `pin` does where something fails: a lookup, a file, the cache, or Ctrl-C.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { configText } from "../support/project.js";
import { pod } from "../support/manifests.js";
import { nginx, setUp } from "../support/registry-project.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const COMMAND = join(ROOT, "dist/lib/cli/main.js");

describe("container-images pin", () => {
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

  it.each(["cache", "registry"])(
    "asks registries also where the setting `resolve` is %s",
    async (resolve) => {
      const { project } = await setUp({ "pod.yaml": pod("nginx:1") }, { resolve });
      expect((await project.command(["pin"])).code).toBe(0);
      expect(project.read("pod.yaml")).toBe(pod(`nginx:1@${nginx}`));
    },
  );

  it.each([
    ["below a file", "blocked/cache"],
    ["a file", "blocked"],
    ["in a circle of links", "circle/cache"],
    ["with a name that is too long", "x".repeat(300)],
  ])("ends with one line where the cache cannot be written: %s", async (_, cache) => {
    const { project, registry } = await setUp({ "pod.yaml": pod("nginx:1", "redis:7"), blocked: "a file" });
    symlinkSync("circle", join(project.root, "circle"));
    project.write({
      "eslint.config.js": configText({
        mirrors: { "docker.io": `http://${registry.host}` },
        cacheDirectory: join(project.root, cache),
      }),
    });
    const { code, out, err } = await project.command(["pin", "--quiet"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^container-images: [^\n]+ cannot be written, [^\n]*`cacheDirectory` [^\n]*\n$/);
    expect(project.read("blocked")).toBe("a file");
    expect(project.read("pod.yaml")).toBe(pod("nginx:1", "redis:7"));
  });

  it("leaves a file that changed in the meantime, and exits 2", async () => {
    const { project, registry } = await setUp(
      { "a.yaml": pod("nginx:1"), "b.yaml": pod("redis:7") },
      {},
      { rules: [{ path: ".", hold: true }] },
    );
    const running = project.command(["pin"]);
    for (let asked = 0; asked < 1;) asked = (await registry.requests()).length;
    project.write({ "b.yaml": pod("redis:7", "busybox:1") });
    await registry.script({ rules: [] });
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
});
