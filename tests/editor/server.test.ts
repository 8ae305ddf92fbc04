// What a person sees in an editor, over LSP from the real ESLint language server, with a registry that does
// anything.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { connect, type Socket } from "node:net";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  hasServer,
  startServer,
  type Diagnostic,
  type LanguageServer,
  type ServerOptions,
} from "../../scripts/language-server.mjs";
import { SETTLED } from "../../lib/digests/background.js";
import { openCache } from "../../lib/digests/cache.js";
import { keyOf } from "../../lib/digests/key.js";
import type { Digest } from "../../lib/reference/digest.js";
import { trust } from "../../lib/registry/trust.js";
import { userProject, type UserProject } from "../support/project.js";
import { digestOf, startRegistry, type Script, type ScriptedRegistry } from "../support/registry.js";
import { referenceOf, settingsOf } from "../support/settings.js";

const NOT_THERE = hasServer
  ? ""
  : " (skipped: no ESLint language server here; `bash scripts/install-editor.sh` installs it)";
const WATCH = new URL("../support/watch-outside.mjs", import.meta.url).href;
const SILENT = fileURLToPath(new URL("../support/silent-resolver.mjs", import.meta.url));
/** Whether a process can be given a network and a resolv.conf of its own. */
const canIsolate =
  spawnSync("unshare", [
    "--map-root-user",
    "--mount",
    "--net",
    "sh",
    "-c",
    "ip link set lo up && mount --bind /etc/hosts /etc/resolv.conf",
  ]).status === 0;
const WATCH_MEMORY = new URL("../support/watch-memory.mjs", import.meta.url).href;
const VALUES = "app:\n  image:\n    repository: quay.io/team/app\n    tag: v1.2.3 # the tag\n";
const TEMPLATE = `{{- if .Values.on }}
apiVersion: v1
kind: Pod
spec:
  containers:
    - name: {{ .Values.name }}
      image: "quay.io/team/app:v1.2.3"
{{- end }}
`;
const DIGEST = digestOf("team/app", "v1.2.3");

const ends: (() => unknown)[] = [];
let registry: ScriptedRegistry;
let project: UserProject;

beforeEach(async () => {
  registry = await start({ auth: "token" });
  project = projectOf({});
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function start(script: Script): Promise<ScriptedRegistry> {
  const started = await startRegistry(script);
  ends.push(() => started.stop());
  return started;
}

function projectOf(settings: object): UserProject {
  const made = userProject(
    { "values.yaml": VALUES, "manifests/pod.yaml": TEMPLATE },
    { mirrors: { "quay.io": `http://${registry.host}` }, ...settings },
  );
  ends.push(() => {
    made.remove();
  });
  return made;
}

async function serve(options: ServerOptions = {}): Promise<LanguageServer> {
  const server = await startServer(project.root, options);
  ends.push(() => {
    server.kill();
  });
  return server;
}

/** Looks at a file again and again, as a person who goes on working, until it says something of this kind. */
async function until(server: LanguageServer, path: string, message: RegExp): Promise<readonly Diagnostic[]> {
  for (;;) {
    const diagnostics = await server.diagnostics(path);
    if (diagnostics.some((each) => message.test(each.message))) return diagnostics;
    await pause(50);
  }
}

async function requested(): Promise<void> {
  while ((await registry.requests()).length === 0) await pause(20);
}

function keep(text: string, digest: string): void {
  const settings = settingsOf({ mirrors: { "quay.io": `http://${registry.host}` } });
  const trusted = trust("quay.io", settings);
  if (!trusted.ok) throw new Error(trusted.message);
  const key = keyOf(referenceOf(text), trusted.registry);
  openCache(join(project.root, ".cache")).write(key, {
    ok: true,
    digest: digest as Digest,
    mediaType: "",
    resolvedAt: Date.now(),
    from: "registry",
  });
}

function linesOf(file: string): readonly string[] {
  return existsSync(file)
    ? readFileSync(file, "utf8")
        .split("\n")
        .filter((line) => line !== "")
    : [];
}

/** Types where nobody has answered anything, and nobody will: whoever waited would not come back. */
async function goesOn(server: LanguageServer, says = ASKED): Promise<void> {
  for (let keystroke = 0; keystroke < 20; keystroke += 1) {
    server.change("values.yaml", `${VALUES}# ${"x".repeat(keystroke)}\n`);
    expect((await server.diagnostics("values.yaml")).map(({ message }) => message)).toEqual([
      expect.stringMatching(says),
    ]);
  }
}

/**
 * A port whose queue of connections is full, and stays so: what asks there next gets no answer to its SYN.
 */
async function blackHole(): Promise<{ readonly port: number; readonly stop: () => void }> {
  const code = `const server = require("node:net").createServer();
    server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => {
      require("node:fs").writeSync(1, String(server.address().port));
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    });`;
  const child = spawn(process.execPath, ["-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  const port = Number(await new Promise<Buffer>((resolve) => child.stdout.once("data", resolve)));
  const filler = (): Socket => connect(port, "127.0.0.1").on("error", () => undefined);
  const fillers = [filler()];
  await Promise.all(fillers.map((each) => once(each, "connect")));
  for (let count = 0; count < 8; count += 1) fillers.push(filler());
  return {
    port,
    stop: () => {
      for (const each of fillers) each.destroy();
      child.kill("SIGKILL");
    },
  };
}

const FIXABLE = /is not pinned by digest$/;
const ASKED = /; asking \S+: the next change has the fix$/;

describe.skipIf(!hasServer)(`in an editor${NOT_THERE}`, () => {
  it("shows an image at its exact range, with the way to the rule's page", async () => {
    const server = await serve();
    server.open("values.yaml");
    const [diagnostic, ...others] = await server.diagnostics("values.yaml");
    expect(others).toEqual([]);
    expect(diagnostic).toMatchObject({
      message:
        `\`quay.io/team/app:v1.2.3\` is not pinned by digest; asking ${registry.host}: the next change ` +
        "has the fix",
      range: { start: { line: 3, character: 9 }, end: { line: 3, character: 15 } },
      code: "container-images/require-digest",
      codeDescription: { href: expect.stringMatching(/docs\/rules\/require-digest\.md$/) as string },
    });
  });

  it.each([
    ["values", "values.yaml", VALUES, "v1.2.3", `v1.2.3@${DIGEST}`],
    ["a template", "manifests/pod.yaml", TEMPLATE, "app:v1.2.3", `app:v1.2.3@${DIGEST}`],
  ])(
    "offers a quick fix and fix all at once where the digest is in the cache: %s",
    async (_, path, text, from, to) => {
      keep("quay.io/team/app:v1.2.3", DIGEST);
      const server = await serve();
      server.open(path);
      const diagnostics = await server.diagnostics(path);
      expect(diagnostics.map(({ message }) => message)).toEqual([expect.stringMatching(FIXABLE)]);
      const [fix] = (await server.actions(path, diagnostics)).filter(({ title }) =>
        title.startsWith("Fix this"),
      );
      expect(fix && (await server.apply(path, fix))).toBe(text.replace(from, to));
      expect(await server.fixAll(path)).toBe(text.replace(from, to));
      expect((await registry.seen()).connections).toBe(0);
    },
  );

  it("does so with ESLint 9, too", async () => {
    rmSync(join(project.root, "node_modules/eslint"));
    symlinkSync(
      dirname(createRequire(import.meta.url).resolve("eslint9/package.json")),
      join(project.root, "node_modules/eslint"),
      "dir",
    );
    const server = await serve();
    server.open("values.yaml");
    await until(server, "values.yaml", FIXABLE);
    expect(server.logged.join("\n")).toContain("eslint9");
    expect(await server.fixAll("values.yaml")).toBe(VALUES.replace("v1.2.3", `v1.2.3@${DIGEST}`));
  });

  it.each([
    ["values", "values.yaml", VALUES, "v1.2.3", `v1.2.3@${DIGEST}`],
    ["a template", "manifests/pod.yaml", TEMPLATE, "app:v1.2.3", `app:v1.2.3@${DIGEST}`],
  ])("looks up behind the lint what is not, and offers the fix then: %s", async (_, path, text, from, to) => {
    const server = await serve();
    server.open(path);
    expect((await server.diagnostics(path)).map(({ message }) => message)).toEqual([
      expect.stringMatching(ASKED),
    ]);
    await requested();
    await until(server, path, FIXABLE);
    expect(await server.fixAll(path)).toBe(text.replace(from, to));
  });

  it("knows an editor's server as VS Code's extension starts it", async () => {
    const server = await serve({ ipc: true });
    server.open("values.yaml");
    expect((await server.diagnostics("values.yaml")).map(({ message }) => message)).toEqual([
      expect.stringMatching(ASKED),
    ]);
    await requested();
    await until(server, "values.yaml", FIXABLE);
    expect(await server.fixAll("values.yaml")).toBe(VALUES.replace("v1.2.3", `v1.2.3@${DIGEST}`));
    expect(await server.stop()).toEqual({ code: 0, signal: null });
  });

  it("offers to exempt the image by a comment with a reason, in a template too", async () => {
    const server = await serve();
    server.open("manifests/pod.yaml");
    const diagnostics = await server.diagnostics("manifests/pod.yaml");
    const [exempt] = (await server.actions("manifests/pod.yaml", diagnostics)).filter(({ title }) =>
      title.startsWith("Exempt"),
    );
    const output = exempt && (await server.apply("manifests/pod.yaml", exempt));
    expect(output).toBe(
      TEMPLATE.replace(
        "      image:",
        "      # eslint-disable-next-line container-images/require-digest -- <why>\n      image:",
      ),
    );
    server.change("manifests/pod.yaml", output ?? "");
    expect(await server.diagnostics("manifests/pod.yaml")).toEqual([]);
  });

  it("finds plugin and configuration in a folder of their own, as docs/editors.md says", async () => {
    project.write({
      "tools/image-lint/package.json": project.read("package.json"),
      "tools/image-lint/eslint.config.js": project.read("eslint.config.js"),
    });
    for (const name of ["eslint.config.js", "package.json"]) rmSync(join(project.root, name));
    renameSync(join(project.root, "node_modules"), join(project.root, "tools/image-lint/node_modules"));
    const server = await serve({
      settings: {
        nodePath: "tools/image-lint/node_modules",
        options: { overrideConfigFile: "tools/image-lint/eslint.config.js" },
        workingDirectory: { directory: project.root },
      },
    });
    server.open("values.yaml");
    expect(await server.diagnostics("values.yaml")).toHaveLength(1);
  });

  it("asks as nobody in particular: no credentials, no helper, no other host", async () => {
    const auth = Buffer.from("user:password").toString("base64");
    project.write({
      "docker/config.json": JSON.stringify({
        auths: { [registry.host]: { auth } },
        credHelpers: { [registry.host]: "tells" },
        credsStore: "tells",
      }),
      "bin/docker-credential-tells": `#!/bin/sh\ntouch '${join(project.root, "told")}'\n`,
      "values-more.yaml": `${VALUES}other:\n  image: evil.example/team/app:1\n`,
    });
    chmodSync(join(project.root, "bin/docker-credential-tells"), 0o755);
    const server = await serve({
      env: {
        DOCKER_CONFIG: join(project.root, "docker"),
        PATH: `${join(project.root, "bin")}${delimiter}${process.env["PATH"] ?? ""}`,
      },
    });
    server.open("values-more.yaml");
    await until(server, "values-more.yaml", FIXABLE);
    const requests = await registry.requests();
    expect(requests.length).toBeGreaterThan(0);
    expect(requests.filter(({ authorization }) => authorization.startsWith("Basic"))).toEqual([]);
    expect(requests.filter(({ host, url }) => host !== registry.host || url.includes("evil"))).toEqual([]);
    expect(existsSync(join(project.root, "told"))).toBe(false);
  });

  it.each<[string, object, Readonly<Record<string, string>>]>([
    ["by the setting", { resolve: "cache" }, {}],
    ["by the variable", { resolve: "background" }, { CONTAINER_IMAGES_RESOLVE: "cache" }],
  ])("asks nobody where that is switched off %s", async (_, settings, env) => {
    project = projectOf(settings);
    const log = join(project.root, "outside.log");
    const server = await serve({ env: { ...env, WATCH_OUTSIDE: log }, execArgv: ["--import", WATCH] });
    server.open("values.yaml");
    expect((await server.diagnostics("values.yaml")).map(({ message }) => message)).toEqual([
      expect.stringMatching(/; not in the cache/),
    ]);
    await pause(3000);
    // Processes are the server's own: it asks npm where packages are.
    expect(linesOf(log).filter((line) => line !== "process")).toEqual([]);
    expect((await registry.seen()).connections).toBe(0);
  });

  it("asks for no half of a name that is typed", async () => {
    const server = await serve();
    const name = `quay.io/${"team/".repeat(5)}application:1.27.3-alpine3.20`;
    const typed = `app:\n  image: ${name}\n`;
    server.open("typed.yaml", "app:\n");
    await server.diagnostics("typed.yaml");
    // Where the machine stalls, half of a name stands for as long as a whole one, and may be asked for.
    let stalls = 0;
    let before = Date.now();
    for (let length = "app:\n".length; length <= typed.length; length += 1) {
      const now = Date.now();
      server.change("typed.yaml", typed.slice(0, length));
      await server.diagnostics("typed.yaml");
      if (Date.now() - before >= SETTLED) stalls += 1;
      before = now;
      await pause(20);
    }
    await until(server, "typed.yaml", FIXABLE);
    const asked = new Set(
      (await registry.requests()).map(({ url }) => url).filter((url) => url.startsWith("/v2/")),
    );
    expect(asked).toContain(`/v2/${"team/".repeat(5)}application/manifests/1.27.3-alpine3.20`);
    expect(asked.size - 1).toBeLessThanOrEqual(stalls);
  });

  it("never waits for a registry that hangs, and ends when told while it hangs", async () => {
    await registry.script({ rules: [{ path: ".", hang: true }] });
    project = projectOf({ timeout: 600_000 });
    const server = await serve();
    server.open("values.yaml");
    await server.diagnostics("values.yaml");
    await requested();
    await goesOn(server);
    expect(await server.stop()).toEqual({ code: 0, signal: null });
  });

  it.skipIf(!canIsolate)(
    "waits for nothing, and ends when told, while no name server answers" +
      (canIsolate ? "" : " (skipped: no `unshare` here)"),
    async () => {
      const log = join(project.root, "asked.log");
      project = projectOf({ mirrors: {} });
      project.write({ "resolv.conf": "nameserver 127.0.0.1\noptions timeout:30 attempts:5\n" });
      const script =
        `ip link set lo up && mount --bind resolv.conf /etc/resolv.conf && { '${process.execPath}' ` +
        `'${SILENT}' '${log}' & } && exec "$@"`;
      const server = await serve({
        within: ["unshare", "--map-root-user", "--mount", "--net", "sh", "-c", script, "sh"],
      });
      server.open("values.yaml");
      await server.diagnostics("values.yaml");
      while (linesOf(log).length === 0) await pause(20);
      await goesOn(server, /asking quay\.io|not fixed: quay\.io could not be looked up in time/);
      const told = server.stop();
      // Whoever waits for the system's own lookup waits for two and a half minutes.
      expect(await Promise.race([told, pause(60_000, "still there")])).toEqual({ code: 0, signal: null });
    },
  );

  it.skipIf(process.platform !== "linux")(
    "waits for nothing, and ends when told, while a connection is not taken",
    async () => {
      const { port, stop } = await blackHole();
      ends.push(stop);
      project = projectOf({ mirrors: { "quay.io": `http://127.0.0.1:${String(port)}` }, timeout: 600_000 });
      const server = await serve();
      server.open("values.yaml");
      await server.diagnostics("values.yaml");
      // Asked for, and not there yet: SYN_SENT.
      const under = new RegExp(`0100007F:${port.toString(16).toUpperCase().padStart(4, "0")} 02 `);
      while (!under.test(readFileSync("/proc/net/tcp", "utf8"))) await pause(20);
      await goesOn(server);
      expect(await server.stop()).toEqual({ code: 0, signal: null });
    },
  );

  it("says what it can where the registry is down, and goes on with the others", async () => {
    const down = await start({});
    await down.stop();
    project = projectOf({
      mirrors: { "quay.io": `http://${registry.host}`, "ghcr.io": `http://${down.host}` },
    });
    const server = await serve();
    const text = `${VALUES}other:\n  image: ghcr.io/team/app:1\n`;
    server.open("values.yaml", text);
    const diagnostics = await until(
      server,
      "values.yaml",
      /not fixed: .*could not be reached|refused|not fixed/,
    );
    expect(diagnostics).toHaveLength(2);
    await until(server, "values.yaml", FIXABLE);
    expect(await server.fixAll("values.yaml")).toBe(text.replace("v1.2.3", `v1.2.3@${DIGEST}`));
  });

  it("starts one thread in a thousand edits, remembers little of them, and ends when told", async () => {
    const [log, memory] = [join(project.root, "outside.log"), join(project.root, "memory.log")];
    const server = await serve({
      env: { WATCH_OUTSIDE: log, WATCH_MEMORY: memory },
      execArgv: ["--expose-gc", "--import", WATCH, "--import", WATCH_MEMORY],
    });
    const heaps: number[] = [];
    server.open("values.yaml");
    await until(server, "values.yaml", FIXABLE);
    for (let edit = 0; edit < 1000; edit += 1) {
      server.change("values.yaml", VALUES.replace("v1.2.3", `v1.${String(edit)}`));
      await server.diagnostics("values.yaml");
      if (edit % 250 === 0) await until(server, "values.yaml", FIXABLE);
      if (edit % 100 === 99 && process.platform !== "win32") {
        process.kill(server.pid, "SIGUSR2");
        while (linesOf(memory).length <= heaps.length) await pause(20);
        heaps.push(Number(linesOf(memory).at(-1)));
      }
    }
    // What an edit leaves behind, it leaves a thousand times.
    expect(Math.max(...heaps) - (heaps[0] ?? 0)).toBeLessThan(4 * 1024 * 1024);
    expect(linesOf(log).filter((line) => line === "thread")).toEqual(["thread"]);
    expect(await server.stop()).toEqual({ code: 0, signal: null });
  });
});
