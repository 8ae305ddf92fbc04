// An editor's ESLint server in a project, with a registry that answers as told.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect } from "vitest";
import {
  hasServer,
  startServer,
  type Diagnostic,
  type LanguageServer,
  type ServerOptions,
} from "../../scripts/language-server.mjs";
import { openCache } from "../../lib/digests/cache.js";
import { keyOf } from "../../lib/digests/key.js";
import type { Digest } from "../../lib/reference/digest.js";
import { trust } from "../../lib/registry/trust.js";
import { userProject, type UserProject } from "../support/project.js";
import { digestOf, startRegistry, type Script, type ScriptedRegistry } from "../support/registry.js";
import { referenceOf, settingsOf } from "../support/settings.js";

export const NOT_THERE = hasServer
  ? ""
  : " (skipped: no ESLint language server here; `bash scripts/install-editor.sh` installs it)";
export const WATCH = new URL("../support/watch-outside.mjs", import.meta.url).href;
export const SILENT = fileURLToPath(new URL("../support/silent-resolver.mjs", import.meta.url));
/** Whether a process can be given a network and a resolv.conf of its own. */
export const canIsolate =
  spawnSync("unshare", [
    "--map-root-user",
    "--mount",
    "--net",
    "sh",
    "-c",
    "ip link set lo up && mount --bind /etc/hosts /etc/resolv.conf",
  ]).status === 0;
export const NO_UNSHARE = canIsolate ? "" : " (skipped: no `unshare` here)";
export const WATCH_MEMORY = new URL("../support/watch-memory.mjs", import.meta.url).href;
export const VALUES = "app:\n  image:\n    repository: quay.io/team/app\n    tag: v1.2.3 # the tag\n";
export const TEMPLATE = `{{- if .Values.on }}
apiVersion: v1
kind: Pod
spec:
  containers:
    - name: {{ .Values.name }}
      image: "quay.io/team/app:v1.2.3"
{{- end }}
`;
export const DIGEST = digestOf("team/app", "v1.2.3");

/** What is called after the test, the last one first. */
export const ends: (() => unknown)[] = [];
/** The registry and the project of the test. */
export let registry: ScriptedRegistry;
export let project: UserProject;

beforeEach(async () => {
  registry = await start({ auth: "token" });
  useProject({});
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

export async function start(script: Script): Promise<ScriptedRegistry> {
  const started = await startRegistry(script);
  ends.push(() => started.stop());
  return started;
}

export function useProject(settings: object): void {
  const made = userProject(
    { "values.yaml": VALUES, "manifests/pod.yaml": TEMPLATE },
    { mirrors: { "quay.io": `http://${registry.host}` }, unknownCharts: "fix", ...settings },
  );
  ends.push(() => {
    made.remove();
  });
  project = made;
}

export async function serve(options: ServerOptions = {}): Promise<LanguageServer> {
  const server = await startServer(project.root, options);
  ends.push(() => {
    server.kill();
  });
  return server;
}

/** Looks at a file again and again, as a person who goes on working, until it says something of this kind. */
export async function until(
  server: LanguageServer,
  path: string,
  message: RegExp,
): Promise<readonly Diagnostic[]> {
  for (;;) {
    const diagnostics = await server.diagnostics(path);
    if (diagnostics.some((each) => message.test(each.message))) return diagnostics;
    await pause(50);
  }
}

export async function requested(): Promise<void> {
  while ((await registry.requests()).length === 0) await pause(20);
}

export function keep(text: string, digest: string): void {
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

export function linesOf(file: string): readonly string[] {
  return existsSync(file)
    ? readFileSync(file, "utf8")
        .split("\n")
        .filter((line) => line !== "")
    : [];
}

/** Types where nobody has answered anything, and nobody will: whoever waited would not come back. */
export async function goesOn(server: LanguageServer, says = ASKED): Promise<void> {
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
export async function blackHole(): Promise<{ readonly port: number; readonly stop: () => void }> {
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

export const FIXABLE = /is not pinned by digest$/;
export const ASKED = /; asking \S+: the next change has the fix$/;
