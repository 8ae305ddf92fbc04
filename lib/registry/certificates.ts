// The certificate authorities to trust, and the client's own certificates: from the setting `caFile`, and
// from the folders in which Docker and Podman keep them.
import { X509Certificate } from "node:crypto";
import { readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import * as tls from "node:tls";
import { configHome } from "./auth-sources.js";
import { codeOf, LookupError, oneLine } from "./failure.js";
import { readSmallFile } from "./small-file.js";

export interface Certificates {
  /**
   * Prepares the connection to one host. The files are read once.
   *
   * @param host with its port, unless that is 443
   * @returns `undefined` where Node's own authorities are all there is
   * @throws LookupError `tls` for a file that cannot be used
   */
  contextFor(host: string): Promise<tls.SecureContext | undefined>;
}

/** What a folder of certificates holds, in PEM. */
interface HostFiles {
  readonly authorities: readonly string[];
  readonly certificates: readonly string[];
  readonly keys: readonly string[];
}

const NOTHING: HostFiles = { authorities: [], certificates: [], keys: [] };

/**
 * Makes the certificates of one client.
 *
 * @param env says where the user's own folders are
 * @param caFile further authorities, for every host
 * @param withKeys whether the client's own certificates may be used, whose keys are secret
 */
export function createCertificates(
  env: NodeJS.ProcessEnv,
  caFile: string | undefined,
  withKeys: boolean,
): Certificates {
  let common: Promise<readonly string[]> | undefined;
  let usual: Promise<tls.SecureContext> | undefined;
  const known = new Map<string, Promise<tls.SecureContext | undefined>>();
  const authorities = (): Promise<readonly string[]> =>
    (common ??= Promise.all([nodeAuthorities(env), readCaFile(caFile)]).then((lists) => lists.flat()));
  const make = async (host: string): Promise<tls.SecureContext | undefined> => {
    const own = await filesOf(host, env, withKeys);
    if (own.authorities.length + own.keys.length > 0) return contextOf(host, await authorities(), own);
    if (caFile === undefined) return undefined;
    // Reading a hundred authorities takes some 50 ms: once for all hosts without files of their own.
    usual ??= authorities().then((all) => contextOf(host, all, NOTHING));
    return usual;
  };
  return {
    contextFor(host) {
      const context = known.get(host) ?? make(host);
      known.set(host, context);
      return context;
    },
  };
}

function contextOf(host: string, common: readonly string[], own: HostFiles): tls.SecureContext {
  try {
    return tls.createSecureContext({
      ca: [...common, ...own.authorities],
      ...(own.keys.length === 0 ? {} : { cert: [...own.certificates], key: [...own.keys] }),
    });
  } catch (error) {
    throw new LookupError(
      "tls",
      `the client certificate for ${host} and its key cannot be used (${oneLine(codeOf(error))})`,
    );
  }
}

/** What Node trusts without us: to name further authorities replaces them. */
async function nodeAuthorities(env: NodeJS.ProcessEnv): Promise<readonly string[]> {
  const { getCACertificates } = tls as {
    getCACertificates?: (type: "default") => readonly string[];
  };
  if (getCACertificates) return getCACertificates("default");
  // Node 20 has no such function.
  const extra = env["NODE_EXTRA_CA_CERTS"];
  const file = extra === undefined || extra === "" ? undefined : await readSmallFile(extra);
  return [...tls.rootCertificates, ...(file?.kind === "text" ? [file.text] : [])];
}

async function readCaFile(caFile: string | undefined): Promise<readonly string[]> {
  if (caFile === undefined) return [];
  const file = resolve(caFile);
  return [await readPem(file, `the setting \`caFile\` names ${oneLine(file)}, which`)];
}

async function readPem(path: string, subject = oneLine(path), certificates = true): Promise<string> {
  const file = await readSmallFile(path);
  const why = file.kind === "text" ? undefined : file.kind === "bad" ? file.why : "does not exist";
  if (file.kind !== "text") throw new LookupError("tls", `${subject} ${why ?? ""}`);
  // Node takes a text without any certificate for no authorities at all.
  if (certificates && !holdsCertificates(file.text))
    throw new LookupError("tls", `${subject} holds no certificate in PEM that can be read`);
  return file.text;
}

function holdsCertificates(text: string): boolean {
  const blocks = text.match(/-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]*-----END/g) ?? [];
  try {
    for (const block of blocks) new X509Certificate(`${block} CERTIFICATE-----\n`.replaceAll("TRUSTED ", ""));
    return blocks.length > 0;
  } catch {
    return false;
  }
}

/**
 * Reads the folder of a host: `*.crt` are authorities, `NAME.cert` and `NAME.key` a certificate of the
 * client. The first folder that exists counts.
 *
 * @see Docker, "Verify repository client with certificates"; containers-certs.d(5)
 */
async function filesOf(host: string, env: NodeJS.ProcessEnv, withKeys: boolean): Promise<HostFiles> {
  const own = configHome(env);
  const places = [
    join(own, "containers"),
    "/etc/containers",
    join(own, "docker"),
    join(homedir(), ".docker"),
    "/etc/docker",
  ];
  const names = /:\d+$/.test(host) ? [host] : [host, `${host}:443`];
  for (const folder of places.flatMap((place) => names.map((name) => join(place, "certs.d", name)))) {
    const files = await list(folder);
    if (files) return readFolder(folder, files, withKeys);
  }
  return NOTHING;
}

async function list(folder: string): Promise<readonly string[] | undefined> {
  try {
    return (await readdir(folder)).sort();
  } catch {
    return undefined;
  }
}

async function readFolder(folder: string, files: readonly string[], withKeys: boolean): Promise<HostFiles> {
  const withEnding = (ending: string): readonly string[] => files.filter((file) => file.endsWith(ending));
  const read = (file: string, certificates = true): Promise<string> =>
    readPem(join(folder, file), undefined, certificates);
  const pairs = withKeys ? withEnding(".cert") : [];
  return {
    authorities: await Promise.all(withEnding(".crt").map((file) => read(file))),
    certificates: await Promise.all(pairs.map((file) => read(file))),
    keys: await Promise.all(pairs.map((file) => read(file.replace(/cert$/, "key"), false))),
  };
}
