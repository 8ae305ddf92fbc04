// Makes a self-signed certificate with OpenSSL.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * @param folder where the key and the certificate are written
 * @param hosts the DNS names that the certificate is for
 * @returns the key and the certificate in PEM, and the certificate's file
 */
export function makeCertificate(folder, hosts) {
  const [keyFile, certFile] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const names = hosts.map((host) => `DNS:${host}`).join(",");
  const key = ["-newkey", "rsa:2048", "-nodes", "-keyout", keyFile];
  const subject = ["-subj", "/CN=registry", "-addext", `subjectAltName=${names}`];
  execFileSync("openssl", ["req", "-x509", "-days", "2", ...key, ...subject, "-out", certFile], {
    stdio: "pipe",
  });
  return { key: readFileSync(keyFile), cert: readFileSync(certFile), certFile };
}
