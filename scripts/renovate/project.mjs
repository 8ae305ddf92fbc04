// The project of the check: a copy of our recipes, an ESLint configuration, and the programs that run in it.
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Forms that examples/recipes does not have, and an image of the project's own. */
const MORE = {
  "recipes/more/values.yaml": `own:
  image: ghcr.io/own/app:1.0.0
proxy:
  image:
    repository: quay.io/org/proxy
    pullPolicy: IfNotPresent
    # the digest has a key of its own
    tag: v1.2.3 # bumped by hand
    digest: ""
manager:
  repository: quay.io/org/manager
  tag: v1.0.0
  digest: ""
flow:
  image: { registry: quay.io, repository: org/flow, tag: "2.0", digest: "" }
short:
  image: { repository: ghcr.io/org/short, tag: v3, digest: }
`,
  "recipes/more/manifests/job.yaml": `apiVersion: batch/v1
kind: Job
spec:
  template:
    spec:
      containers:
        - name: a
          image: "quay.io/org/job:v2.0.0"
        - image: quay.io/org/job:v2.0.0 # a second time
`,
};
/** The images of the project's own. */
export const OWN = "ghcr.io/own/**";

export class Project {
  #work;
  #env;

  /**
   * Makes the project.
   *
   * @param work an empty folder; the project's files are in its folder `tree`
   * @param env for every program that runs in it
   */
  constructor(work, env) {
    this.#work = work;
    this.#env = env;
    this.tree = join(work, "tree");
    cpSync(join(root, "examples/recipes"), join(this.tree, "recipes"), { recursive: true });
    for (const [path, text] of Object.entries(MORE)) {
      mkdirSync(join(this.tree, path, ".."), { recursive: true });
      writeFileSync(join(this.tree, path), text);
    }
    // Beside the tree and not in it, because Renovate reads what is in it.
    writeFileSync(join(work, "package.json"), '{ "type": "module", "private": true }\n');
    mkdirSync(join(work, "node_modules"));
    symlinkSync(root, join(work, "node_modules/eslint-plugin-container-images"), "junction");
    symlinkSync(join(root, "node_modules/eslint"), join(work, "node_modules/eslint"), "junction");
    this.exempt([]);
    this.#writeRenovateConfig();
  }

  /** Writes the ESLint configuration, with exemptions beside the one that the recipes always need. */
  exempt(more) {
    const exempt = [
      { files: "network-operator/manifests/*.yaml", reason: "NicClusterPolicy has no field for a digest" },
      ...more,
    ];
    // Nothing names a chart for the forms that are added here.
    const settings = { cacheDirectory: join(this.#work, "cache"), exempt, unknownCharts: "fix" };
    writeFileSync(
      join(this.#work, "eslint.config.js"),
      `import containerImages from "eslint-plugin-container-images";
export default [
  ...containerImages.configs.recommended,
  { settings: { "container-images": ${JSON.stringify(settings)} } },
];
`,
    );
  }

  /**
   * Runs Renovate. It may not block, because the registry answers from this process.
   *
   * @returns what it wrote to standard output
   * @throws with all its output, where it does not end with 0
   */
  renovate(program, args, { cwd, env }) {
    return this.#run(program, args, {
      cwd,
      env: {
        RENOVATE_CONFIG_FILE: join(this.#work, "renovate.json"),
        RENOVATE_X_DOCKER_HUB_TAGS_DISABLE: "true",
        ...env,
      },
    });
  }

  /** Runs `container-images` in the tree. Returns what it wrote to standard output. */
  command([name, ...args]) {
    return this.#run(
      join(root, "dist/lib/cli/main.js"),
      [name, "--config", join(this.#work, "eslint.config.js"), ...args],
      { cwd: this.tree },
    );
  }

  /** The text of each YAML file in the recipes, by its path there. */
  texts() {
    const folder = join(this.tree, "recipes");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
      /\.ya?ml$/.test(file),
    );
    return new Map(files.sort().map((file) => [file, readFileSync(join(folder, file), "utf8")]));
  }

  #writeRenovateConfig() {
    const preset = JSON.parse(readFileSync(join(root, "renovate-preset.json"), "utf8"));
    delete preset.$schema;
    delete preset.description;
    preset.packageRules.push({
      description: "our own images are pinned by our release",
      matchPackageNames: [OWN],
      enabled: false,
    });
    const limits = { prHourlyLimit: 0, prConcurrentLimit: 0 };
    const config = { ...preset, onboarding: false, requireConfig: "optional", ...limits };
    writeFileSync(join(this.#work, "renovate.json"), JSON.stringify(config));
  }

  #run(script, args, options) {
    const env = {
      ...process.env,
      ...this.#env,
      LOG_LEVEL: "warn",
      DOCKER_CONFIG: join(this.#work, "no-credentials"),
      ...options.env,
    };
    delete env.CONTAINER_IMAGES_RESOLVE;
    const stdio = ["ignore", "pipe", "pipe"];
    const child = spawn(process.execPath, [script, ...args], { cwd: options.cwd, env, stdio });
    let output = "";
    let out = "";
    child.stdout.on("data", (chunk) => {
      out += chunk;
      output += chunk;
    });
    child.stderr.on("data", (chunk) => (output += chunk));
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => {
        if (code === 0) resolve(out);
        else reject(new Error(`${script} ${args.join(" ")} ended with ${String(code)}:\n${output}`));
      });
    });
  }
}
