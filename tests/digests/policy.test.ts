// When a lookup may happen.
import { describe, expect, test } from "vitest";
import {
  decide,
  detect,
  readRun,
  rememberCommandLine,
  RESOLVE_VARIABLE,
  RUN_VARIABLE,
  writeRun,
  type Surroundings,
} from "../../lib/digests/policy.js";
import type { Resolve } from "../../lib/settings/settings.js";

const NODE = ["node", "eslint"];

function surroundings(
  args: readonly string[],
  env: Record<string, string | undefined> = {},
  isMainThread = true,
): Surroundings {
  return { env, argv: [...NODE, ...args], isMainThread, pid: 42 };
}

describe("the mode of a command line", () => {
  test.each<[string, string]>([
    ["", "cache"],
    ["src", "cache"],
    ["--fix", "registry"],
    ["--fix src", "registry"],
    ["src --fix", "registry"],
    ["--fix-dry-run src", "registry"],
    ["--fix=true", "registry"],
    ["--fix-type layout src", "cache"],
    ["--fix-type=layout", "cache"],
    ["--fix --fix-type layout", "registry"],
    ["--no-fix", "cache"],
    ["--fix=false", "cache"],
    ["--fix --no-fix", "cache"],
    ["--no-fix --fix", "registry"],
    ["--no-fix=false", "registry"],
    ["--no-fix --fix-dry-run", "registry"],
    ["-- --fix", "cache"],
    ["src -- --fix --stdio", "cache"],
    ["--fix -- src", "registry"],
    ["--fixed", "cache"],
    ["fix", "cache"],
    ["-fix", "cache"],
    ["--stdio", "background"],
    ["--node-ipc", "background"],
    ["--node-ipc --clientProcessId=5", "background"],
    ["--pipe=/run/x", "background"],
    ["--pipe /run/x", "background"],
    ["--socket=123", "background"],
    ["--socket 123", "background"],
    ["--stdio --fix", "background"],
    ["--fix --node-ipc", "background"],
    ["--stdin", "cache"],
    ["--stdin --fix-dry-run", "registry"],
    ["--sockets", "cache"],
  ])("%s: %s", (line, mode) => {
    expect(detect([...NODE, ...line.split(" ").filter((word) => word !== "")])).toBe(mode);
  });

  const SERVICE = "plugins/javascript-plugin/jsLanguageServicesImpl/js-language-service.js";
  test.each<[string, readonly string[], string]>([
    [
      "VS Code's extension",
      ["/usr/share/code/code", "/ext/server/out/eslintServer.js", "--node-ipc", "--clientProcessId=5"],
      "background",
    ],
    [
      "Neovim and others that start the same server",
      ["/usr/bin/node", "/bin/vscode-eslint-language-server", "--stdio"],
      "background",
    ],
    [
      "JetBrains' service",
      ["/usr/bin/node", `/opt/webstorm/${SERVICE}`, "-id=1607", "-debug-name=eslint"],
      "background",
    ],
    [
      "JetBrains' service on Windows",
      ["node.exe", `C:\\WebStorm\\${SERVICE.replaceAll("/", "\\")}`, "-id=1607", "-debug-name=eslint"],
      "background",
    ],
    [
      "JetBrains' service for something else",
      ["/usr/bin/node", `/opt/webstorm/${SERVICE}`, "-id=1607", "-debug-name=prettier"],
      "cache",
    ],
    [
      "another script of that name",
      ["/usr/bin/node", "/my-js-language-service.js", "-debug-name=eslint"],
      "cache",
    ],
    [
      "eslint_d's daemon",
      ["/usr/bin/node", "/node_modules/eslint_d/lib/daemon.js", "/project", "auto"],
      "cache",
    ],
  ])("%s", (_, argv, mode) => {
    expect(detect(argv)).toBe(mode);
  });

  test.each([
    [[], "cache"],
    [["--fix"], "registry"],
  ] as const)("in an editor's terminal, whatever the editor put into its environment: %j", (args, mode) => {
    const env = {
      TERM_PROGRAM: "vscode",
      VSCODE_PID: "5",
      VSCODE_IPC_HOOK_CLI: "/run/x",
      ELECTRON_RUN_AS_NODE: "1",
      TERMINAL_EMULATOR: "JetBrains-JediTerm",
      NVIM: "/run/nvim",
    };
    expect(decide("auto", surroundings(args, env))).toEqual({ mode, decidedBy: "command line" });
  });

  test("the program and the script do not count as flags", () => {
    expect(detect(["--fix", "--stdio"])).toBe("cache");
    expect(detect([])).toBe("cache");
  });
});

describe("precedence", () => {
  test.each<[string | undefined, Resolve, string, string, string]>([
    [undefined, "auto", "", "cache", "command line"],
    [undefined, "auto", "--fix", "registry", "command line"],
    [undefined, "auto", "--stdio", "background", "command line"],
    [undefined, "cache", "--fix", "cache", "setting"],
    [undefined, "registry", "", "registry", "setting"],
    [undefined, "background", "--fix", "background", "setting"],
    ["", "registry", "", "registry", "setting"],
    ["cache", "registry", "--fix", "cache", "variable"],
    ["registry", "cache", "", "registry", "variable"],
    ["background", "auto", "--fix", "background", "variable"],
    ["auto", "cache", "--fix", "registry", "command line"],
    ["auto", "registry", "", "cache", "command line"],
    ["off", "registry", "--fix", "cache", "variable"],
    ["REGISTRY", "auto", "--fix", "cache", "variable"],
    ["0", "auto", "--fix", "cache", "variable"],
  ])("the variable %s, the setting %s, `%s`: %s by the %s", (variable, setting, line, mode, decidedBy) => {
    const policy = decide(
      setting,
      surroundings(line.split(" "), variable === undefined ? {} : { [RESOLVE_VARIABLE]: variable }),
    );
    expect(policy).toMatchObject({ mode, decidedBy });
    expect(policy.warning === undefined).toBe(
      variable === undefined || ["", "auto", "cache", "registry", "background"].includes(variable),
    );
    expect(policy.warning ?? "").not.toContain("\n");
  });
});

describe("ESLint's threads", () => {
  test.each([
    ["--fix", "registry"],
    ["", "cache"],
    ["--stdio", "background"],
  ])("know what the main thread saw: `%s`", (line, mode) => {
    const env: Record<string, string | undefined> = {};
    rememberCommandLine(surroundings([line], env));
    expect(decide("auto", { ...surroundings(["--fix", "--stdio"], { ...env }, false) })).toEqual({
      mode,
      decidedBy: "command line",
    });
  });

  test("use the main thread's command line, and not another process's", () => {
    const env: Record<string, string | undefined> = {};
    expect(decide("auto", surroundings(["--fix"], env, false)).mode).toBe("cache");
    rememberCommandLine(surroundings(["--fix"], env));
    expect(decide("auto", { ...surroundings([], env, false), pid: 43 }).mode).toBe("cache");
  });

  test("remember nothing themselves", () => {
    const env: Record<string, string | undefined> = {};
    rememberCommandLine(surroundings(["--fix"], env, false));
    expect(env).toEqual({});
  });

  test("the main thread uses its own command line, whatever it inherited", () => {
    const env: Record<string, string | undefined> = {};
    writeRun(env, { mode: "registry", pid: 42 });
    expect(decide("auto", surroundings([], env)).mode).toBe("cache");
    rememberCommandLine(surroundings([], env));
    expect(readRun({ env, pid: 42 })).toEqual({ mode: "cache", pid: 42 });
  });

  test("the time that `pin` began stays when the plugin is loaded, in this process", () => {
    const env: Record<string, string | undefined> = {};
    writeRun(env, { mode: "registry", pid: 42, since: 1_700_000_000_000 });
    rememberCommandLine(surroundings(["--fix"], env));
    expect(readRun({ env, pid: 42 })).toEqual({ mode: "registry", pid: 42, since: 1_700_000_000_000 });
    expect(readRun({ env, pid: 43 })).toBeUndefined();
  });

  test.each([
    "",
    "registry",
    "registry x",
    "registry 42 x",
    "fix 42",
    "registry 42 1 2",
    "registry 42\n",
    " registry 42",
  ])("%j is nothing that we wrote", (text) => {
    expect(readRun({ env: { [RUN_VARIABLE]: text }, pid: 42 })).toBeUndefined();
  });
});
