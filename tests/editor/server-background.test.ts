// What an editor's server asks registries in the background, and that no lint waits for it.
import { chmodSync, existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { hasServer } from "../../scripts/language-server.mjs";
import { SETTLED } from "../../lib/digests/background.js";
import {
  blackHole,
  canIsolate,
  DIGEST,
  FIXABLE,
  goesOn,
  linesOf,
  NO_UNSHARE,
  NOT_THERE,
  project,
  registry,
  requested,
  serve,
  SILENT,
  start,
  until,
  useProject,
  VALUES,
  WATCH,
  WATCH_MEMORY,
  ends,
} from "./servers.js";

describe.skipIf(!hasServer)(`in an editor${NOT_THERE}`, () => {
  it("asks anonymously: no credentials, no helper, no other host", async () => {
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
    useProject(settings);
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

  it("never waits for a registry that hangs, and can be ended meanwhile", async () => {
    await registry.script({ rules: [{ path: ".", hang: true }] });
    useProject({ timeout: 600_000 });
    const server = await serve();
    server.open("values.yaml");
    await server.diagnostics("values.yaml");
    await requested();
    await goesOn(server);
    expect(await server.stop()).toEqual({ code: 0, signal: null });
  });

  it.skipIf(!canIsolate)(
    `waits for nothing, and ends when told, while no name server answers${NO_UNSHARE}`,
    async () => {
      const log = join(project.root, "asked.log");
      useProject({ mirrors: {} });
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
      useProject({ mirrors: { "quay.io": `http://127.0.0.1:${String(port)}` }, timeout: 600_000 });
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

  it("reports a registry that is down, and goes on with the others", async () => {
    const down = await start({});
    await down.stop();
    useProject({
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

  it("starts one thread in a thousand edits, uses little memory, and can be ended", async () => {
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
