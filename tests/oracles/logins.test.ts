// Whoever can pull can pin: logins as Docker, Podman and GitLab keep them, at a real registry that asks for
// one. Where Skopeo or crane reads the same login, it must be enough for them too.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HAS_NONE, helperFolder, prints, type HelperFolder } from "../support/helper-programs.js";
import { userProject } from "../support/project.js";
import { KINDS, push, sha256 } from "./support/manifests.js";
import { PASSWORD, REGISTRIES, startWithTokenHost, USER, type Registry } from "./support/registries.js";
import { lacks, run } from "./support/tools.js";

const [kind] = KINDS;
if (!kind) throw new Error("no manifest");

/** What a way to log in is made of. */
interface Place {
  readonly registry: Registry;
  readonly folder: string;
  readonly helpers: HelperFolder;
}

type Env = Readonly<Record<string, string>>;

/** Writes a file and returns the folder that it is in. */
function written(folder: string, name: string, content: object): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), JSON.stringify(content));
  return folder;
}

function auths({ host }: Registry): object {
  return { auths: { [host]: { auth: Buffer.from(`${USER}:${PASSWORD}`).toString("base64") } } };
}

async function skopeoLogin({ registry, folder }: Place, file: string, path = ""): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const tls = registry.ca === undefined ? ["--tls-verify=false"] : [];
  const args = ["login", ...tls, "--authfile", file, "-u", USER, "-p", PASSWORD, `${registry.host}${path}`];
  const { code, stderr } = await run("skopeo", args, { env: trusting(registry) });
  if (code !== 0) throw new Error(stderr);
}

function trusting({ caFile }: Registry): Env {
  return caFile === undefined ? {} : { SSL_CERT_FILE: caFile };
}

/** Every way to log in: the variables that lead to it, and which other tool reads them. */
const WAYS: Readonly<
  Record<string, { readonly peer?: "skopeo" | "crane"; readonly env: (place: Place) => Env | Promise<Env> }>
> = {
  "docker login without a helper": {
    peer: "crane",
    env: ({ registry, folder }) => ({ DOCKER_CONFIG: written(folder, "config.json", auths(registry)) }),
  },
  "credsStore, as Docker Desktop has it": {
    peer: "crane",
    env: ({ registry, folder, helpers }) => {
      helpers.add("desktop", prints(USER, PASSWORD));
      const config = { auths: { [registry.host]: {} }, credsStore: "desktop" };
      return { DOCKER_CONFIG: written(folder, "config.json", config), PATH: helpers.path };
    },
  },
  "credHelpers, as for ECR and Google": {
    peer: "crane",
    env: ({ registry, folder, helpers }) => {
      helpers.add(
        "ecr-login",
        `[ "$server" = '${registry.host}' ] || { ${HAS_NONE}; }\n${prints(USER, PASSWORD)}`,
      );
      const config = { credHelpers: { [registry.host]: "ecr-login" } };
      return { DOCKER_CONFIG: written(folder, "config.json", config), PATH: helpers.path };
    },
  },
  "DOCKER_AUTH_CONFIG, as GitLab CI has it": {
    env: ({ registry }) => ({ DOCKER_AUTH_CONFIG: JSON.stringify(auths(registry)) }),
  },
  "REGISTRY_AUTH_FILE, which `skopeo login` wrote": {
    peer: "skopeo",
    env: async (place) => {
      const REGISTRY_AUTH_FILE = join(place.folder, "auth.json");
      await skopeoLogin(place, REGISTRY_AUTH_FILE);
      return { REGISTRY_AUTH_FILE };
    },
  },
  "Podman's auth.json of the session": {
    peer: "skopeo",
    env: async (place) => {
      await skopeoLogin(place, join(place.folder, "containers", "auth.json"));
      return { XDG_RUNTIME_DIR: place.folder };
    },
  },
  "Podman's auth.json of the user, for one folder of the registry": {
    peer: "skopeo",
    env: async (place) => {
      const file = join(place.folder, "containers", "auth.json");
      await skopeoLogin(place, file, "/private");
      expect(readFileSync(file, "utf8")).toContain("/private");
      return { XDG_CONFIG_HOME: place.folder };
    },
  },
  "Podman's auth.json with a helper": {
    peer: "skopeo",
    env: ({ registry, folder, helpers }) => {
      helpers.add("pass", prints(USER, PASSWORD));
      written(join(folder, "containers"), "auth.json", { credHelpers: { [registry.host]: "pass" } });
      return { XDG_RUNTIME_DIR: folder, PATH: helpers.path };
    },
  },
};

/** Pins one image with the built command, and returns the digest and what was printed. */
async function pin(
  image: string,
  settings: object,
  env: Env,
): Promise<{ readonly digest: string | undefined; readonly printed: string }> {
  const pod = `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: ${image}\n`;
  const project = userProject({ "pod.yaml": pod }, settings);
  try {
    const nobody = {
      DOCKER_CONFIG: "/nonexistent",
      XDG_RUNTIME_DIR: tmpdir(),
      XDG_CONFIG_HOME: "/nonexistent",
    };
    const { out, err } = await project.command(["pin"], { env: { ...nobody, ...env } });
    return { digest: /@(sha256:[0-9a-f]{64})/.exec(project.read("pod.yaml"))?.[1], printed: out + err };
  } finally {
    project.remove();
  }
}

const noRegistry = lacks("logins at a real registry", "docker-registry", "htpasswd", "openssl", "skopeo");

describe.skipIf(noRegistry).each(["Basic and TLS", "token"] as const)("docker-registry, %s", (access) => {
  let folder: string;
  let registry: Registry;
  let settings: object;
  let helpers: HelperFolder;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "container-images-oracle-"));
    registry = await REGISTRIES[access](folder);
    await push(registry, "private/app", "1", kind);
    settings = {
      registries: [registry.host],
      ...(registry.caFile === undefined
        ? {}
        : { mirrors: { [registry.host]: registry.url }, caFile: registry.caFile }),
    };
    helpers = helperFolder();
  });

  afterAll(() => {
    registry.stop();
    helpers.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it("gives nothing to who has not logged in", async () => {
    const { digest, printed } = await pin(`${registry.host}/private/app:1`, settings, {});
    expect(digest).toBeUndefined();
    expect(printed).toContain(`\`docker login ${registry.host}\` if it is private`);
  });

  it.each(Object.entries(WAYS))("%s", async (name, { env, peer }) => {
    const place = { registry, folder: join(folder, name.replace(/\W+/g, "-")), helpers };
    const own = await env(place);
    const image = `${registry.host}/private/app:1`;
    const { digest, printed } = await pin(image, settings, own);
    expect(digest, printed).toBe(sha256(kind.bytes));
    expect(printed).not.toContain(PASSWORD);
    if (peer === undefined || lacks(`the login that ${peer} reads`, peer)) return;
    const tls = registry.ca === undefined ? ["--tls-verify=false"] : [];
    const args =
      peer === "crane"
        ? ["digest", image]
        : ["inspect", ...tls, "--format", "{{.Digest}}", `docker://${image}`];
    const { stdout, stderr } = await run(peer, args, { env: { ...trusting(registry), ...own } });
    expect(stdout.trim(), stderr).toBe(digest);
  });

  it("names the file of a password that is wrong", async () => {
    const auth = Buffer.from(`${USER}:wrong`).toString("base64");
    const DOCKER_CONFIG = written(join(folder, "wrong"), "config.json", {
      auths: { [registry.host]: { auth } },
    });
    const { digest, printed } = await pin(`${registry.host}/private/app:1`, settings, { DOCKER_CONFIG });
    expect(digest).toBeUndefined();
    expect(printed).toContain(join(DOCKER_CONFIG, "config.json"));
    expect(printed).not.toContain("wrong:");
  });
});

describe.skipIf(noRegistry)("a token server on another host, as GitLab has it", () => {
  let folder: string;
  let registry: Registry;
  let tokenHost: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "container-images-oracle-"));
    ({ registry, tokenHost } = await startWithTokenHost(folder));
    await push(registry, "private/app", "1", kind);
  });

  afterAll(() => {
    registry.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("gets the credentials where tokenHosts names it", async () => {
    const env = { DOCKER_CONFIG: registry.dockerConfig };
    const image = `${registry.host}/private/app:1`;
    const both = { registries: [registry.host, tokenHost] };
    const { digest, printed } = await pin(image, both, env);
    expect(digest).toBeUndefined();
    expect(printed).toContain("`tokenHosts`");
    const named = { registries: [registry.host], tokenHosts: { [registry.host]: tokenHost } };
    expect((await pin(image, named, env)).digest).toBe(sha256(kind.bytes));
  });
});
