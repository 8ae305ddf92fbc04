// A small LSP client for the ESLint language server that editors run, for tests, measurements and the picture
// in the docs.
import { fork, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";

/** Where scripts/install-editor.sh puts the server (VS Code's own, as npm has it) and Monaco. */
export const editorFolder =
  process.env.CONTAINER_IMAGES_EDITOR ??
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "container-images-editor");
const SERVER = join(
  editorFolder,
  "node_modules/vscode-langservers-extracted/bin/vscode-eslint-language-server",
);

/** Whether the server is installed. */
export const hasServer = existsSync(SERVER);

/** What an editor's ESLint extension answers when its server asks for the settings of a file. */
const SETTINGS = {
  validate: "on",
  packageManager: "npm",
  useESLintClass: true,
  useFlatConfig: true,
  experimental: { useFlatConfig: false },
  codeAction: {
    disableRuleComment: { enable: false, location: "separateLine", commentStyle: "line" },
    showDocumentation: { enable: false },
  },
  codeActionOnSave: { mode: "all" },
  format: false,
  quiet: false,
  onIgnoredFiles: "off",
  options: {},
  rulesCustomizations: [],
  run: "onType",
  problems: { shortenToSingleLine: false },
  nodePath: null,
  workingDirectory: undefined,
};

const CAPABILITIES = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    applyEdit: true,
    workspaceEdit: { documentChanges: true },
    diagnostics: { refreshSupport: true },
  },
  textDocument: {
    codeAction: {
      codeActionLiteralSupport: {
        codeActionKind: { valueSet: ["quickfix", "source.fixAll", "source.fixAll.eslint"] },
      },
      isPreferredSupport: true,
    },
    diagnostic: { dynamicRegistration: false },
  },
};

/**
 * Starts the server for a folder.
 *
 * @param root the folder, as the editor has it open
 * @param options `env` for the server; `settings` over those that an extension sends; `execArgv` for Node;
 *   `ipc`: starts it as VS Code's extension does (`vscode-languageclient` 9.0), instead of by `--stdio` as
 *   others do; `within`: a command that runs it
 */
export async function startServer(
  root,
  { env = {}, settings = {}, execArgv = [], ipc = false, within = [] } = {},
) {
  const common = {
    cwd: root,
    env: { ...process.env, ...(ipc ? { ELECTRON_RUN_AS_NODE: "1", ELECTRON_NO_ASAR: "1" } : {}), ...env },
  };
  const child = ipc
    ? fork(SERVER, ["--node-ipc", `--clientProcessId=${String(process.pid)}`], {
        ...common,
        execArgv,
        silent: true,
      })
    : spawn(...commandLine([...within, process.execPath, ...execArgv, SERVER, "--stdio"]), {
        ...common,
        stdio: ["pipe", "pipe", "pipe"],
      });
  const folder = { uri: pathToFileURL(root).href, name: basename(root) };
  const waiting = new Map();
  const logged = [];
  const edits = [];
  const documents = new Map();
  let number = 0;
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
  // A server that ended takes no more; whoever waits is told by `exit`.
  child.stdin.on("error", () => undefined);
  const exited = new Promise((resolve) => {
    child.once("exit", (code, signal) => {
      for (const { reject } of waiting.values()) reject(new Error(`the language server ended: ${stderr}`));
      waiting.clear();
      resolve({ code, signal });
    });
  });

  const send = (message) => {
    if (ipc) {
      if (child.connected) child.send({ jsonrpc: "2.0", ...message });
      return;
    }
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    child.stdin.write(`Content-Length: ${String(body.length)}\r\n\r\n`);
    child.stdin.write(body);
  };
  const request = (method, params) => {
    number += 1;
    const id = number;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      send({ id, method, params });
    });
  };
  const answers = {
    "workspace/configuration": ({ items }) =>
      items.map(() => ({ ...SETTINGS, workspaceFolder: folder, ...settings })),
    "workspace/applyEdit": ({ edit }) => {
      edits.push(edit);
      return { applied: true };
    },
    "workspace/workspaceFolders": () => [folder],
  };
  const receive = ({ id, method, params, result, error }) => {
    if (method === undefined) {
      const { resolve, reject } = waiting.get(id) ?? {};
      waiting.delete(id);
      if (error) reject?.(new Error(error.message));
      else resolve?.(result);
    } else if (id !== undefined) send({ id, result: answers[method]?.(params) ?? null });
    else if (method === "window/logMessage" || method === "window/showMessage") logged.push(params.message);
  };
  if (ipc) child.on("message", receive);
  else readMessages(child.stdout, receive);

  await request("initialize", {
    processId: process.pid,
    rootUri: folder.uri,
    workspaceFolders: [folder],
    capabilities: CAPABILITIES,
  });
  send({ method: "initialized", params: {} });

  const uriOf = (path) => pathToFileURL(join(root, path)).href;
  const actions = (path, diagnostics, only) => {
    const range = diagnostics[0]?.range ?? {
      start: { line: 0, character: 0 },
      end: { line: 0, character: 0 },
    };
    return request("textDocument/codeAction", {
      textDocument: { uri: uriOf(path) },
      range,
      context: { diagnostics, ...(only ? { only } : {}) },
    });
  };
  const server = {
    pid: child.pid,
    logged,
    exited,
    get stderr() {
      return stderr;
    },
    /** Opens a file, with its text on disk or another. */
    open(path, text = readFileSync(join(root, path), "utf8")) {
      documents.set(path, { text, version: 1 });
      send({
        method: "textDocument/didOpen",
        params: { textDocument: { uri: uriOf(path), languageId: "yaml", version: 1, text } },
      });
    },
    close(path) {
      documents.delete(path);
      send({ method: "textDocument/didClose", params: { textDocument: { uri: uriOf(path) } } });
    },
    /** Replaces a file's text, as typing does. */
    change(path, text) {
      const { version } = documents.get(path);
      documents.set(path, { text, version: version + 1 });
      send({
        method: "textDocument/didChange",
        params: { textDocument: { uri: uriOf(path), version: version + 1 }, contentChanges: [{ text }] },
      });
    },
    text: (path) => documents.get(path).text,
    /** Has the file linted: its diagnostics. */
    async diagnostics(path) {
      const { items } = await request("textDocument/diagnostic", { textDocument: { uri: uriOf(path) } });
      return items;
    },
    /** The same with how long it took, in milliseconds. */
    async timed(path) {
      const start = performance.now();
      const items = await server.diagnostics(path);
      return { items, ms: performance.now() - start };
    },
    /** The code actions at some diagnostics. */
    actions,
    /** The text after a code action of ours was carried out. */
    async apply(path, action) {
      if (action.edit) return edited(documents.get(path).text, action.edit, uriOf(path));
      edits.length = 0;
      await request("workspace/executeCommand", action.command);
      return edits.reduce((text, edit) => edited(text, edit, uriOf(path)), documents.get(path).text);
    },
    /** The text after "fix all", as on save. */
    async fixAll(path) {
      const [action] = await actions(path, [], ["source.fixAll.eslint"]);
      return action ? server.apply(path, action) : documents.get(path).text;
    },
    /** Tells the server to end, as the protocol has it. @returns how it ended */
    async stop() {
      await request("shutdown", null);
      send({ method: "exit", params: null });
      return exited;
    },
    kill() {
      child.kill("SIGKILL");
    },
  };
  return server;
}

function commandLine([command, ...args]) {
  return [command, args];
}

function readMessages(stream, receive) {
  let buffer = Buffer.alloc(0);
  stream.on("data", (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const end = buffer.indexOf("\r\n\r\n");
      const [, length] = /Content-Length: (\d+)/i.exec(buffer.toString("latin1", 0, Math.max(end, 0))) ?? [];
      if (length === undefined || buffer.length < end + 4 + Number(length)) return;
      const body = buffer.toString("utf8", end + 4, end + 4 + Number(length));
      buffer = buffer.subarray(end + 4 + Number(length));
      receive(JSON.parse(body));
    }
  });
}

/** Carries out what an edit does to one file. */
function edited(text, { documentChanges = [], changes = {} }, uri) {
  const edits = [
    ...(changes[uri] ?? []),
    ...documentChanges.filter((change) => change.textDocument?.uri === uri).flatMap((change) => change.edits),
  ];
  const starts = [0];
  for (let index = text.indexOf("\n"); index >= 0; index = text.indexOf("\n", index + 1))
    starts.push(index + 1);
  const offsetOf = ({ line, character }) => Math.min((starts[line] ?? text.length) + character, text.length);
  let out = text;
  for (const { range, newText } of edits.toSorted(
    (a, b) => offsetOf(b.range.start) - offsetOf(a.range.start),
  )) {
    out = out.slice(0, offsetOf(range.start)) + newText + out.slice(offsetOf(range.end));
  }
  return out;
}
