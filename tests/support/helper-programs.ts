// Credential helpers for tests: small programs of the test's own, in a folder of their own.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** A folder with helpers. */
export interface HelperFolder {
  readonly folder: string;
  /** PATH with this folder first. */
  readonly path: string;
  /** What each helper was asked, one line a call: its name, the argument, the server. */
  calls(): readonly string[];
  /**
   * Adds a helper that does this, in the language of `sh`, once it has noted the call. `$server` is what it
   * read.
   */
  add(name: string, does: string): void;
  remove(): void;
}

/** Makes a folder for helpers. */
export function helperFolder(parent = tmpdir()): HelperFolder {
  const folder = mkdtempSync(join(parent, "container-images-helpers-"));
  const log = join(folder, "calls");
  return {
    folder,
    path: `${folder}${delimiter}/usr/bin${delimiter}/bin`,
    calls: () => (existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : []),
    add(name, does) {
      mkdirSync(folder, { recursive: true });
      const file = join(folder, `docker-credential-${name}`);
      writeFileSync(file, `#!/bin/sh\nread -r server\necho "${name} $1 $server" >> '${log}'\n${does}\n`);
      chmodSync(file, 0o755);
    },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What a helper prints that has a login. */
export function prints(username: string, secret: string): string {
  return `echo '${JSON.stringify({ ServerURL: "x", Username: username, Secret: secret })}'`;
}

/** What a helper does that has no login. */
export const HAS_NONE = "echo 'credentials not found in native keychain'; exit 1";
