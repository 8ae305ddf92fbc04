// Measures the lint after a keystroke in an editor: `resolve: "background"` against `"cache"`, with a
// registry that is fast, slow, hanging, failing or absent.
import { createServer as createHttp } from "node:http";
import { createServer } from "node:net";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { hasServer, startServer } from "../scripts/language-server.mjs";
import { startRegistry } from "../scripts/loopback-registry.mjs";
import { inProject, median, print, root } from "./measure.mjs";
import { valuesFile } from "./texts.mjs";

const KEYSTROKES = 150;
/** Milliseconds between keystrokes, as of a fast typist. Lookups go on meanwhile. */
const PAUSE = 60;

/** The kinds of registry. Each function starts one, and returns its URL and how to stop it. */
const REGISTRIES = {
  async fast() {
    return startRegistry({ latency: 0, auth: "token" });
  },
  async slow() {
    return startRegistry({ latency: 2000, auth: "token" });
  },
  async hanging() {
    const sockets = new Set();
    const server = createServer((socket) => sockets.add(socket.on("error", () => undefined)));
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    return {
      url: `http://127.0.0.1:${String(server.address().port)}`,
      async stop() {
        for (const socket of sockets) socket.destroy();
        await new Promise((resolve) => server.close(resolve));
      },
    };
  },
  async failing() {
    const server = createHttp((_, response) => response.writeHead(500).end());
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    return {
      url: `http://127.0.0.1:${String(server.address().port)}`,
      async stop() {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      },
    };
  },
  async absent() {
    const server = createServer();
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address();
    await new Promise((resolve) => server.close(resolve));
    return { url: `http://127.0.0.1:${String(port)}`, stop: async () => undefined };
  },
};

export async function editor() {
  if (!hasServer) {
    console.log("The ESLint language server is not installed: run `bash scripts/install-editor.sh`.");
    return;
  }
  const rows = [["registry", "background", "cache", "ratio", "slowest", "slowest, cache", "reach"]];
  for (const [name, start] of Object.entries(REGISTRIES)) {
    const registry = await start();
    try {
      const { background, cache } = await type(registry.url);
      rows.push([
        name,
        ...[background, cache].map((times) => `${median(times).toFixed(1)} ms`),
        (median(background) / median(cache)).toFixed(2),
        ...[background, cache].map((times) => `${Math.max(...times).toFixed(0)} ms`),
        "≤ 1.10",
      ]);
    } finally {
      await registry.stop();
    }
  }
  console.log(
    `${String(KEYSTROKES)} keystrokes in 60 kB of values with 15 images, the two servers in turn:\n`,
  );
  print(rows);
}

/** Types the same into two servers, in turn, so that other load on the machine affects both. */
async function type(url) {
  return await inProject(async (folder) => {
    const servers = {};
    for (const resolve of ["background", "cache"]) {
      const settings = {
        resolve,
        mirrors: { "registry.example": url },
        cacheDirectory: join(folder, `cache-${resolve}`),
      };
      writeFileSync(
        join(folder, "eslint.config.js"),
        `import containerImages from "eslint-plugin-container-images";
export default [
  ...containerImages.configs.recommended,
  { settings: { "container-images": ${JSON.stringify(settings)} } },
];
`,
      );
      servers[resolve] = await startServer(folder, { settings: { nodePath: join(root, "node_modules") } });
      servers[resolve].open("values.yaml", TEXT);
      // The server reads the configuration now. For the next server, the file on disk is replaced.
      await servers[resolve].diagnostics("values.yaml");
    }
    const times = { background: [], cache: [] };
    for (let stroke = 0; stroke < KEYSTROKES; stroke += 1) {
      for (const [name, server] of Object.entries(
        stroke % 2 === 0 ? servers : Object.fromEntries(Object.entries(servers).toReversed()),
      )) {
        server.change(
          "values.yaml",
          `${TEXT}typed: ${"x".repeat(stroke)}\nimage: registry.example/team/typed:1.${String(stroke)}\n`,
        );
        const { items, ms } = await server.timed("values.yaml");
        if (items.length === 0) throw new Error("nothing was found in the file");
        times[name].push(ms);
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
    for (const server of Object.values(servers)) await server.stop();
    // The first keystrokes are left out: V8 still compiles.
    return { background: times.background.slice(20), cache: times.cache.slice(20) };
  });
}

const TEXT = valuesFile(60_000, true);
