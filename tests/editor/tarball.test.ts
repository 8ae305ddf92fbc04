// What a user of the packed package sees in an empty project, with a registry that is fast, slow or broken.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { hasServer, startServer, type LanguageServer } from "../../scripts/language-server.mjs";
import { install, pack, type Packed } from "../package/packed.js";
import { digestOf, startRegistry, type Script, type ScriptedRegistry } from "../support/registry.js";

const NOT_THERE = hasServer
  ? ""
  : " (skipped: no ESLint language server here; `bash scripts/install-editor.sh` installs it)";
const VALUES = "app:\n  image:\n    repository: quay.io/team/app\n    tag: v1.2.3\n";
const PINNED = VALUES.replace("v1.2.3", `v1.2.3@${digestOf("team/app", "v1.2.3")}`);
const SEEN = "`quay.io/team/app:v1.2.3` is not pinned by digest";
const ASKED = `${SEEN}; asking HOST: the next change has the fix`;
const EXEMPT = "Exempt it here by a comment, with a reason (container-images/require-digest)";
const FIX = "Fix this container-images/require-digest problem";

let folder: string;
let packed: Packed;
let registry: ScriptedRegistry;
let server: LanguageServer | undefined;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "container-images-editor-"));
  packed = pack(folder);
});
afterEach(async () => {
  server?.kill();
  server = undefined;
  await registry.stop();
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Moment {
  readonly message: string;
  readonly actions: readonly string[];
  readonly fixAll: string;
}

/** What the one report says, what the light bulb offers, and what a file is after "fix all". */
async function look(at: LanguageServer): Promise<Moment> {
  const diagnostics = await at.diagnostics("values.yaml");
  const titles = (await at.actions("values.yaml", diagnostics))
    .map(({ title }) => title)
    .filter((title) => title.startsWith("Fix this ") || title.startsWith("Exempt "));
  return {
    message: diagnostics.map(({ message }) => message.replaceAll(registry.host, "HOST")).join("\n"),
    actions: titles.sort(),
    fixAll: await at.fixAll("values.yaml"),
  };
}

/** Goes on working until the report says something else. */
async function later(at: LanguageServer, than: string): Promise<Moment> {
  for (let edit = 0; ; edit += 1) {
    at.change("values.yaml", `${VALUES}# ${String(edit)}\n`);
    if (
      (await at.diagnostics("values.yaml")).some(
        ({ message }) => message.replaceAll(registry.host, "HOST") !== than,
      )
    )
      break;
    await pause(50);
  }
  at.change("values.yaml", VALUES);
  return look(at);
}

async function open(script: Script, settings: object = {}): Promise<LanguageServer> {
  registry = await startRegistry(script);
  const user = mkdtempSync(join(folder, "user-"));
  mkdirSync(join(user, "node_modules"));
  install(packed, user);
  const all = {
    mirrors: { "quay.io": `http://${registry.host}` },
    unknownCharts: "fix",
    cacheDirectory: join(user, ".cache"),
    ...settings,
  };
  writeFileSync(join(user, "package.json"), '{ "type": "module" }');
  writeFileSync(
    join(user, "eslint.config.js"),
    `import containerImages from "${packed.manifest.name}";\n` +
      "export default [\n" +
      "  ...containerImages.configs.recommended,\n" +
      `  { settings: { "container-images": ${JSON.stringify(all)} } },\n` +
      "];\n",
  );
  writeFileSync(join(user, "values.yaml"), VALUES);
  server = await startServer(user);
  server.open("values.yaml");
  return server;
}

const unknown = (message: string): Moment => ({ message, actions: [EXEMPT], fixAll: VALUES });
const known: Moment = { message: SEEN, actions: [EXEMPT, FIX], fixAll: PINNED };

describe.skipIf(!hasServer)(`the packed package, in an editor${NOT_THERE}`, () => {
  it("with a registry that is fast: asked, then fixed", async () => {
    const editor = await open({ auth: "token" });
    // The first lint alone: the answer may be there at the second.
    expect((await look(editor)).message).toBe(ASKED);
    expect(await later(editor, ASKED)).toEqual(known);
  });

  it("with one that is slow: asked for as long as it takes, then fixed", async () => {
    const editor = await open({ rules: [{ path: ".", hold: true }] }, { timeout: 600_000 });
    expect(await look(editor)).toEqual(unknown(ASKED));
    while ((await registry.requests()).length === 0) await pause(20);
    expect(await look(editor)).toEqual(unknown(ASKED));
    await registry.script({ rules: [] });
    expect(await later(editor, ASKED)).toEqual(known);
  });

  it("with one that hangs: asked, then told so", async () => {
    const editor = await open({ rules: [{ path: ".", hang: true }] }, { timeout: 3000 });
    expect(await look(editor)).toEqual(unknown(ASKED));
    expect(await later(editor, ASKED)).toEqual(unknown(`${SEEN}; not fixed: HOST did not answer in time`));
  });

  it("with one that fails: asked, then told so", async () => {
    const editor = await open({ rules: [{ path: ".", status: 500 }] });
    expect(await look(editor)).toEqual(unknown(ASKED));
    expect(await later(editor, ASKED)).toEqual(
      unknown(`${SEEN}; not fixed: HOST answered 500 for quay.io/team/app:v1.2.3`),
    );
  });

  it("with one that is not there: asked, then told so", async () => {
    const editor = await open({});
    await registry.stop();
    expect(await look(editor)).toEqual(unknown(ASKED));
    expect(await later(editor, ASKED)).toEqual(
      unknown(`${SEEN}; not fixed: HOST cannot be reached: the connection was refused`),
    );
  });
});
