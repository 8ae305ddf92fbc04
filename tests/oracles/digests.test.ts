// Our digests against those of the tools that we stand in for, and against the bytes that were pushed.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KINDS, push, sha256 } from "./support/manifests.js";
import { pin, type Pinned } from "./support/pinned.js";
import { REGISTRIES, type Registry } from "./support/registries.js";
import { lacks, run } from "./support/tools.js";

/** The peers, each with the command that prints a tag's digest. */
const PEERS: Readonly<Record<string, (registry: Registry, image: string) => readonly string[]>> = {
  crane: (_, image) => ["digest", image],
  oras: (registry, image) => ["resolve", ...(registry.ca === undefined ? ["--plain-http"] : []), image],
  skopeo: (registry, image) => [
    "inspect",
    "--authfile",
    join(registry.dockerConfig, "config.json"),
    ...(registry.ca === undefined ? ["--tls-verify=false"] : []),
    "--format",
    "{{.Digest}}",
    `docker://${image}`,
  ],
};

const noRegistry = lacks("digests of a real registry", "docker-registry", "htpasswd", "openssl");
const noPeer = Object.fromEntries(
  Object.keys(PEERS).map((peer) => [peer, lacks(`digests that ${peer} finds`, peer)]),
);

describe.skipIf(noRegistry).each(Object.entries(REGISTRIES))("docker-registry, %s", (access, start) => {
  const repository = access === "token" ? "private/oracle" : "oracle";
  let folder: string;
  let registry: Registry;
  let ours: Pinned;
  let env: NodeJS.ProcessEnv;
  const image = (tag: string): string => `${registry.host}/${repository}:${tag}`;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "container-images-oracle-"));
    registry = await start(folder);
    for (const kind of KINDS) await push(registry, repository, kind.name, kind);
    env = {
      DOCKER_CONFIG: registry.dockerConfig,
      ...(registry.caFile === undefined
        ? {}
        : { NODE_EXTRA_CA_CERTS: registry.caFile, SSL_CERT_FILE: registry.caFile }),
    };
    // A loopback registry is spoken to without TLS unless a mirror's URL says otherwise.
    const settings = {
      registries: [registry.host],
      mirrors: registry.ca === undefined ? {} : { [registry.host]: registry.url },
    };
    ours = await pin(
      join(folder, "ours"),
      [...KINDS.map((kind) => image(kind.name)), image("missing")],
      settings,
      env,
    );
  });

  afterAll(() => {
    registry.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(KINDS.map((kind) => kind.name))("%s: we write the sha256 of the bytes that were pushed", (name) => {
    const bytes = KINDS.find((kind) => kind.name === name)?.bytes ?? "";
    expect(ours.digests.get(image(name)), ours.messages.join("\n")).toBe(sha256(bytes));
  });

  it("leaves a tag that does not exist as it is, and reports it", () => {
    expect(ours.digests.has(image("missing"))).toBe(false);
    expect(ours.messages.join("\n")).toContain("missing");
    expect(ours.messages).toHaveLength(1);
  });

  describe.each(Object.entries(PEERS))("%s", (peer, args) => {
    it.skipIf(noPeer[peer]).each(KINDS.map((kind) => kind.name))(
      "finds the same digest as we do: %s",
      async (name) => {
        const { stdout, stderr } = await run(peer, args(registry, image(name)), { env });
        expect(stdout.trim(), stderr).toBe(ours.digests.get(image(name)));
      },
    );
  });
});

describe.skipIf(noRegistry)("an anonymous token", () => {
  let folder: string;
  let registry: Registry;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "container-images-oracle-"));
    registry = await REGISTRIES.token(folder);
    for (const repository of ["public/oracle", "private/oracle"])
      for (const kind of KINDS) await push(registry, repository, kind.name, kind);
  });

  afterAll(() => {
    registry.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is enough for public repositories, and not for private ones", async () => {
    const images = ["public", "private"].flatMap((part) =>
      KINDS.map((kind) => `${registry.host}/${part}/oracle:${kind.name}`),
    );
    const { digests, messages } = await pin(
      join(folder, "ours"),
      images,
      { registries: [registry.host] },
      { DOCKER_CONFIG: join(folder, "nobody") },
    );
    expect(Object.fromEntries(digests)).toEqual(
      Object.fromEntries(
        KINDS.map((kind) => [`${registry.host}/public/oracle:${kind.name}`, sha256(kind.bytes)]),
      ),
    );
    expect(messages).toHaveLength(KINDS.length);
  });
});
