// Certificate authorities and client certificates: from the setting caFile, and from Docker's and Podman's
// folders. Needs openssl.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Answer } from "../../lib/reference/answer.js";
import { createClient } from "../../lib/registry/client.js";
import { NO_CREDENTIALS } from "../../lib/registry/credentials.js";
import { makeCertificate, type Certificate } from "../support/certificates.js";
import { startRegistry, type ScriptedRegistry } from "../support/registry.js";
import { settingsOf } from "../support/settings.js";
import { clientOf } from "./clients.js";
import { lookUp } from "./logins.js";

let own: Certificate | undefined;
let client: Certificate | undefined;
let folder: string;
/** One that asks for no client certificate, and one that does. */
let open: ScriptedRegistry | undefined;
let closed: ScriptedRegistry | undefined;

beforeAll(async () => {
  own = makeCertificate("127.0.0.1");
  client = makeCertificate("client.example");
  if (!own || !client) return;
  open = await startRegistry({ tls: own });
  closed = await startRegistry({ tls: { ...own, clients: client.cert } });
});

afterAll(async () => {
  await open?.stop();
  await closed?.stop();
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "container-images-certificates-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Looks up an image at a registry with TLS on loopback, which a mirror's URL asks for. */
function ask(registry: ScriptedRegistry, settings: object = {}, keys = true): Promise<Answer> {
  const all = { mirrors: { "docker.io": `https://${registry.host}` }, ...settings };
  const env = { DOCKER_CONFIG: "/nonexistent", XDG_CONFIG_HOME: folder };
  if (keys) return lookUp(clientOf(all, env), "nginx:1");
  const anonymous = createClient(settingsOf(all), env, NO_CREDENTIALS);
  return lookUp(anonymous, "nginx:1").finally(() => {
    anonymous.close();
  });
}

function hostFolder(registry: ScriptedRegistry, tool = "containers"): string {
  const path = join(folder, tool, "certs.d", registry.host);
  mkdirSync(path, { recursive: true });
  return path;
}

describe.skipIf(!makeCertificate("probe.example"))("with openssl", () => {
  const use = (): {
    own: Certificate;
    client: Certificate;
    open: ScriptedRegistry;
    closed: ScriptedRegistry;
  } => {
    if (!own || !client || !open || !closed) throw new Error("openssl failed");
    return { own, client, open, closed };
  };

  test("the setting caFile adds an authority, also by a relative path", async () => {
    const { own, open } = use();
    expect(await ask(open)).toMatchObject({ ok: false, reason: "tls" });
    expect(await ask(open, { caFile: own.cert })).toMatchObject({ ok: true });
    expect(await ask(open, { caFile: relative(process.cwd(), own.cert) })).toMatchObject({ ok: true });
  });

  test.each<[string, (file: string) => void, string]>([
    ["does not exist", () => undefined, "does not exist"],
    ["is a folder", mkdirSync, "is no regular file"],
    [
      "is empty",
      (file) => {
        writeFileSync(file, "");
      },
      "holds no certificate in PEM that can be read",
    ],
    [
      "holds something else",
      (file) => {
        writeFileSync(file, "-----BEGIN CERTIFICATE-----\nsecret\n-----END CERTIFICATE-----\n");
      },
      "holds no certificate in PEM that can be read",
    ],
  ])("a caFile that %s is one line, and nothing is asked without it", async (_, make, why) => {
    const { open } = use();
    const file = join(folder, "ca.pem");
    make(file);
    const before = (await open.seen()).connections;
    expect(await ask(open, { caFile: file })).toMatchObject({
      ok: false,
      reason: "tls",
      message: `the setting \`caFile\` names ${file}, which ${why}`,
    });
    expect((await open.seen()).connections).toBe(before);
  });

  test.each(["containers", "docker"])(
    "*.crt in %s/certs.d/HOST is an authority of this host",
    async (tool) => {
      const { own, open, closed } = use();
      copyFileSync(own.cert, join(hostFolder(open, tool), "ca.crt"));
      expect(await ask(open)).toMatchObject({ ok: true });
      expect(await ask(closed)).toMatchObject({ ok: false, reason: "tls" });
    },
  );

  test("*.cert and *.key are the client's certificate for this host", async () => {
    const { own, client, closed } = use();
    const path = hostFolder(closed);
    copyFileSync(own.cert, join(path, "ca.crt"));
    expect(await ask(closed)).toMatchObject({
      ok: false,
      message: `${closed.host} asks for a client certificate: put it into certs.d, as for Docker`,
    });
    copyFileSync(client.cert, join(path, "client.cert"));
    expect(await ask(closed)).toMatchObject({
      ok: false,
      reason: "tls",
      message: `${join(path, "client.key")} does not exist`,
    });
    copyFileSync(client.key, join(path, "client.key"));
    expect(await ask(closed)).toMatchObject({ ok: true });
  });

  test("a key that does not belong to its certificate is one line", async () => {
    const { own, client, closed } = use();
    const path = hostFolder(closed);
    copyFileSync(client.cert, join(path, "client.cert"));
    copyFileSync(own.key, join(path, "client.key"));
    expect(await ask(closed)).toMatchObject({
      ok: false,
      message: expect.stringContaining(`the client certificate for ${closed.host} and its key`) as string,
    });
  });

  test("the client's key is not read where nothing secret may be used", async () => {
    const { own, client, closed } = use();
    const path = hostFolder(closed);
    copyFileSync(own.cert, join(path, "ca.crt"));
    copyFileSync(client.cert, join(path, "client.cert"));
    writeFileSync(join(path, "client.key"), "secret");
    const asked = {
      message: `${closed.host} asks for a client certificate: put it into certs.d, as for Docker`,
    };
    expect(await ask(closed, {}, false)).toMatchObject(asked);
    rmSync(join(path, "client.key"));
    expect(await ask(closed, {}, false)).toMatchObject(asked);
  });
});
