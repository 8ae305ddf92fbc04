// Certificates for TLS tests, made by openssl where it is installed.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/**
 * Makes a self-signed certificate.
 *
 * @param names the hosts that it is for
 * @returns the paths of two PEM files, or nothing without openssl
 */
export function makeCertificate(...names: readonly string[]): Certificate | undefined {
  const folder = mkdtempSync(join(tmpdir(), "container-images-tls-"));
  process.once("exit", () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const alternatives = names.map((name) => (/^[\d.]+$/.test(name) ? `IP:${name}` : `DNS:${name}`)).join(",");
  const options = [
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:prime256v1",
    "-nodes",
    "-days",
    "2",
    "-subj",
    "/CN=loopback",
  ];
  try {
    execFileSync(
      "openssl",
      [...options, "-keyout", key, "-out", cert, "-addext", `subjectAltName=${alternatives}`],
      { stdio: "ignore" },
    );
    return { key, cert };
  } catch {
    return undefined;
  }
}
