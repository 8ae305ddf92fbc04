// The package as npm packs it, installed as a user has it: beside its declared dependencies and nothing else.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<
    Record<string, string | Readonly<Record<string, Readonly<Record<string, string>>>>>
  >;
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

export interface Packed {
  readonly manifest: Manifest;
  /** The folder of the unpacked tarball. */
  readonly folder: string;
  /** Its files, with `/`. */
  readonly files: readonly string[];
}

/** Packs this checkout's build and unpacks it into a folder that is there. */
export function pack(into: string): Packed {
  // Without scripts: `npm test` has just built, and other tests run on that build.
  const npm = { cwd: root, encoding: "utf8", shell: process.platform === "win32" } as const;
  const [packed] = JSON.parse(
    execFileSync("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", into], npm),
  ) as readonly { readonly filename: string }[];
  execFileSync("tar", ["-xzf", join(into, packed?.filename ?? ""), "-C", into]);
  const folder = join(into, "package");
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    );
  return {
    manifest: JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest,
    folder,
    files,
  };
}

/** Puts what was packed, its dependencies and its peers into a project's `node_modules`, offline. */
export function install({ manifest, folder }: Packed, project: string): void {
  const modules = join(project, "node_modules");
  for (const name of [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)]) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, "node_modules", name), join(modules, name), "junction");
  }
  // A copy, not a link: what it imports is looked for here, and not in this checkout.
  cpSync(folder, join(modules, manifest.name), { recursive: true });
}

export interface Ran {
  readonly status: number;
  readonly output: string;
}

/** Runs Node to its end, asking no registry; what it printed on both streams is one text. */
export function node(cwd: string, args: readonly string[]): Ran {
  const env = { ...process.env, CONTAINER_IMAGES_RESOLVE: "cache" };
  try {
    return {
      status: 0,
      output: execFileSync(process.execPath, args, { cwd, encoding: "utf8", env, stdio: "pipe" }),
    };
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
    return { status, output: stdout + stderr };
  }
}
