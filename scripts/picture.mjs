// Makes docs/images/editor.png: an example file in Monaco, VS Code's editor, with the diagnostics of the real
// ESLint language server.
//
// npm run build && bash scripts/install-editor.sh && node scripts/picture.mjs
//
// Needs Chromium (CHROMIUM, else `chromium`), which runs without a display. Make the picture again when a
// message or a title in it changes. Other fonts make another picture.
import { spawn } from "node:child_process";
import {
  createReadStream,
  cpSync,
  existsSync,
  mkdtempSync,
  mkdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { editorFolder, startServer } from "./language-server.mjs";
import { startRegistry } from "./loopback-registry.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const monaco = join(editorFolder, "node_modules/monaco-editor/min");
const picture = join(root, "docs/images/editor.png");
const FILE = "components/cert-manager/values.yaml";
/** The line whose quick fixes are shown, from 1. */
const LINE = 14;
const TYPES = { ".js": "text/javascript", ".css": "text/css", ".ttf": "font/ttf", ".html": "text/html" };

const folder = mkdtempSync(join(tmpdir(), "container-images-picture-"));
const registry = await startRegistry({ auth: "token" });
try {
  const shown = await ask();
  await photograph(shown);
  const messages = shown.diagnostics.map(({ message }) => message);
  console.log(`${picture}: ${[...messages, ...shown.actions].join("\n  ")}`);
} finally {
  await registry.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** What the server reports after the registry has answered in the background. */
async function ask() {
  cpSync(join(root, "examples/recipes"), folder, { recursive: true });
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/eslint-plugin-container-images"), "junction");
  symlinkSync(join(root, "node_modules/eslint"), join(folder, "node_modules/eslint"), "junction");
  writeFileSync(join(folder, "package.json"), '{ "type": "module", "private": true }\n');
  const settings = { mirrors: { "quay.io": registry.url }, cacheDirectory: join(folder, ".cache") };
  writeFileSync(
    join(folder, "eslint.config.js"),
    `import containerImages from "eslint-plugin-container-images";
export default [
  ...containerImages.configs.recommended,
  { settings: { "container-images": ${JSON.stringify(settings)} } },
];
`,
  );
  const server = await startServer(folder);
  server.open(FILE);
  let diagnostics = await server.diagnostics(FILE);
  for (
    let tries = 0;
    tries < 100 && diagnostics.some(({ message }) => message.includes("; asking "));
    tries += 1
  ) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    diagnostics = await server.diagnostics(FILE);
  }
  const at = diagnostics.find(({ range }) => range.start.line === LINE - 1);
  const actions = (await server.actions(FILE, [at])).map(({ title }) => title);
  const shown = { text: server.text(FILE), diagnostics, actions, at };
  await server.stop();
  return shown;
}

async function photograph(shown) {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url, "http://localhost").pathname);
    if (path === "/") {
      response.setHeader("content-type", "text/html").end(page(shown));
      return;
    }
    const file = join(monaco, path);
    if (!file.startsWith(monaco) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader("content-type", TYPES[extname(file)] ?? "application/octet-stream");
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${String(server.address().port)}/`;
  try {
    const browser = startBrowser();
    try {
      await browser.ask("Emulation.setDeviceMetricsOverride", {
        width: 860,
        height: 560,
        deviceScaleFactor: 1.5,
        mobile: false,
      });
      await browser.ask("Page.navigate", { url });
      // The menu comes when the editor has loaded its colours; there is no event for it.
      await new Promise((resolve) => setTimeout(resolve, 6000));
      const { data } = await browser.ask("Page.captureScreenshot", { format: "png" });
      writeFileSync(picture, Buffer.from(data, "base64"));
    } finally {
      await browser.stop();
    }
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Chromium over its debugging pipe: messages that end in NUL, in on 3 and out on 4. */
function startBrowser() {
  const flags = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
    `--user-data-dir=${join(folder, "browser")}`,
  ];
  const child = spawn(process.env.CHROMIUM ?? "chromium", flags, {
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
  });
  const waiting = new Map();
  const failed = new Promise((_, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => {
      reject(new Error(`Chromium ended with ${String(code)}`));
    });
  });
  failed.catch(() => undefined);
  let buffer = "";
  let number = 0;
  child.stdio[4].setEncoding("utf8").on("data", (chunk) => {
    const messages = (buffer + chunk).split("\0");
    buffer = messages.pop();
    for (const { id, result, error } of messages.map((message) => JSON.parse(message))) {
      const { resolve, reject } = waiting.get(id) ?? {};
      if (error) reject?.(new Error(error.message));
      else resolve?.(result);
    }
  });
  const send = (method, params, sessionId) => {
    number += 1;
    const id = number;
    child.stdio[3].write(`${JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) })}\0`);
    return Promise.race([
      failed,
      new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
      }),
    ]);
  };
  const session = send("Target.createTarget", { url: "about:blank" })
    .then(({ targetId }) => send("Target.attachToTarget", { targetId, flatten: true }))
    .then(({ sessionId }) => sessionId);
  return {
    ask: async (method, params) => send(method, params, await session),
    async stop() {
      await send("Browser.close", {}).catch(() => undefined);
      await failed.catch(() => undefined);
    },
  };
}

function page(shown) {
  return `<!doctype html><meta charset="utf-8"><title>editor</title>
<style>html, body { height: 100%; margin: 0 } #editor { position: absolute; inset: 0 }</style>
<div id="editor"></div>
<script src="vs/loader.js"></script>
<script>
const shown = ${JSON.stringify(shown).replaceAll("<", "\\u003c")};
require.config({ paths: { vs: "vs" } });
require(["vs/editor/editor.main"], () => {
  const model = monaco.editor.createModel(shown.text, "yaml");
  const editor = monaco.editor.create(document.getElementById("editor"), {
    model,
    fontSize: 14,
    fontFamily: "DejaVu Sans Mono",
    minimap: { enabled: false },
    scrollBeyondLastLine: false,
    renderLineHighlight: "none",
    lightbulb: { enabled: "on" },
    padding: { top: 8 },
    overviewRulerLanes: 0,
  });
  const toMarker = ({ range, message, severity, code }) => ({
    startLineNumber: range.start.line + 1,
    startColumn: range.start.character + 1,
    endLineNumber: range.end.line + 1,
    endColumn: range.end.character + 1,
    message,
    code,
    source: "eslint",
    severity: severity === 1 ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
  });
  monaco.editor.setModelMarkers(model, "eslint", shown.diagnostics.map(toMarker));
  monaco.languages.registerCodeActionProvider("yaml", {
    provideCodeActions: (_, __, { markers }) => ({
      actions: shown.actions.map((title, index) => ({
        title,
        kind: "quickfix",
        diagnostics: markers,
        isPreferred: index === 0,
        edit: { edits: [] },
      })),
      dispose() {},
    }),
  });
  const at = toMarker(shown.at);
  editor.setPosition({ lineNumber: at.startLineNumber, column: at.startColumn });
  editor.focus();
  setTimeout(() => editor.trigger("picture", "editor.action.quickFix"), 1000);
});
</script>`;
}
