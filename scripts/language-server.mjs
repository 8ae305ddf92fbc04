// A small client for the ESLint language server that editors run, for tests, benchmarks and the picture in
// the docs.
import { fork, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";
import { Connection } from "./language-server/connection.mjs";
import { edited } from "./language-server/edited.mjs";

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
 * @param root the folder that the editor has open
 * @param options `env` of the server; `settings` over those that an extension sends; `execArgv` for Node;
 *   `ipc`: whether to start it as VS Code's extension does (`vscode-languageclient` 9.0), and not by
 *   `--stdio` as others do; `within`: a command that runs it
 * @returns the {@link LanguageServer}, initialised
 */
export async function startServer(root, options = {}) {
  const server = new LanguageServer(root, options);
  await server.initialize();
  return server;
}

function spawnServer(root, { env = {}, execArgv = [], ipc = false, within = [] }) {
  const asElectron = ipc ? { ELECTRON_RUN_AS_NODE: "1", ELECTRON_NO_ASAR: "1" } : {};
  const common = { cwd: root, env: { ...process.env, ...asElectron, ...env } };
  if (ipc) {
    const args = ["--node-ipc", `--clientProcessId=${String(process.pid)}`];
    return fork(SERVER, args, { ...common, execArgv, silent: true });
  }
  const [command, ...args] = [...within, process.execPath, ...execArgv, SERVER, "--stdio"];
  return spawn(command, args, { ...common, stdio: ["pipe", "pipe", "pipe"] });
}

class LanguageServer {
  /** The messages that the server logged or showed. */
  logged = [];
  #root;
  #child;
  #connection;
  #folder;
  /** The edits that the server asked for. */
  #edits = [];
  /** The open files, by path. */
  #documents = new Map();

  constructor(root, { settings = {}, ...options }) {
    this.#root = root;
    this.#folder = { uri: pathToFileURL(root).href, name: basename(root) };
    this.#child = spawnServer(root, options);
    this.#connection = new Connection(this.#child, {
      ipc: options.ipc ?? false,
      answers: {
        "workspace/configuration": ({ items }) =>
          items.map(() => ({ ...SETTINGS, workspaceFolder: this.#folder, ...settings })),
        "workspace/applyEdit": ({ edit }) => {
          this.#edits.push(edit);
          return { applied: true };
        },
        "workspace/workspaceFolders": () => [this.#folder],
      },
      onNotification: (method, params) => {
        if (method === "window/logMessage" || method === "window/showMessage")
          this.logged.push(params.message);
      },
    });
  }

  get pid() {
    return this.#child.pid;
  }

  get stderr() {
    return this.#connection.stderr;
  }

  /** Resolves to the exit code and the signal when the server has ended. */
  get exited() {
    return this.#connection.exited;
  }

  async initialize() {
    await this.#connection.request("initialize", {
      processId: process.pid,
      rootUri: this.#folder.uri,
      workspaceFolders: [this.#folder],
      capabilities: CAPABILITIES,
    });
    this.#connection.notify("initialized", {});
  }

  /** Opens a file, with its text on disk or another. */
  open(path, text = readFileSync(join(this.#root, path), "utf8")) {
    this.#documents.set(path, { text, version: 1 });
    this.#connection.notify("textDocument/didOpen", {
      textDocument: { uri: this.#uriOf(path), languageId: "yaml", version: 1, text },
    });
  }

  close(path) {
    this.#documents.delete(path);
    this.#connection.notify("textDocument/didClose", { textDocument: { uri: this.#uriOf(path) } });
  }

  /** Replaces a file's text, as typing does. */
  change(path, text) {
    const version = this.#documents.get(path).version + 1;
    this.#documents.set(path, { text, version });
    this.#connection.notify("textDocument/didChange", {
      textDocument: { uri: this.#uriOf(path), version },
      contentChanges: [{ text }],
    });
  }

  text(path) {
    return this.#documents.get(path).text;
  }

  /** Lints a file. Returns its diagnostics. */
  async diagnostics(path) {
    const textDocument = { uri: this.#uriOf(path) };
    const { items } = await this.#connection.request("textDocument/diagnostic", { textDocument });
    return items;
  }

  /** Lints a file. Returns its diagnostics, and how long that took in milliseconds. */
  async timed(path) {
    const start = performance.now();
    const items = await this.diagnostics(path);
    return { items, ms: performance.now() - start };
  }

  /** The code actions at some diagnostics. */
  actions(path, diagnostics, only) {
    const start = { line: 0, character: 0 };
    return this.#connection.request("textDocument/codeAction", {
      textDocument: { uri: this.#uriOf(path) },
      range: diagnostics[0]?.range ?? { start, end: start },
      context: { diagnostics, ...(only ? { only } : {}) },
    });
  }

  /** The text after a code action. */
  async apply(path, action) {
    const uri = this.#uriOf(path);
    if (action.edit) return edited(this.text(path), action.edit, uri);
    this.#edits.length = 0;
    await this.#connection.request("workspace/executeCommand", action.command);
    return this.#edits.reduce((text, edit) => edited(text, edit, uri), this.text(path));
  }

  /** The text after "fix all", as on save. */
  async fixAll(path) {
    const [action] = await this.actions(path, [], ["source.fixAll.eslint"]);
    return action ? this.apply(path, action) : this.text(path);
  }

  /** Ends the server as the protocol demands. Returns its exit code and signal. */
  async stop() {
    await this.#connection.request("shutdown", null);
    this.#connection.notify("exit", null);
    return this.exited;
  }

  kill() {
    this.#child.kill("SIGKILL");
  }

  #uriOf(path) {
    return pathToFileURL(join(this.#root, path)).href;
  }
}
