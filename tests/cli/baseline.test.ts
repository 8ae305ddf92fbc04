// A baseline that `eslint --suppress-all` wrote counts in the gate as it counts in `eslint`.
import { existsSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { pod } from "../support/manifests.js";
import { configText, type UserProject } from "../support/project.js";
import { newProject } from "./list-project.js";
import { nginx, setUp } from "../support/registry-project.js";
import { fileOf } from "./recipes.js";

const GATE = ["bom", "--require-digests", "--output", "/dev/null"];
const FILES = {
  "a.yaml": pod("nginx:1", "redis:7"),
  "b.yaml": pod("https://wrong"),
  "deep/c.yaml": pod("busybox:1"),
};

/** ESLint and the gate on the same paths. */
async function both(project: UserProject, paths: readonly string[], args: readonly string[] = []) {
  const gate = await project.command([...GATE, ...args, ...paths]);
  return { eslint: (await project.eslint([...args, ...paths])).code, gate: gate.code, err: gate.err };
}

describe.each(["eslint", "eslint9"] as const)("beside %s", (eslint) => {
  const set = (files: Readonly<Record<string, string>> = FILES): UserProject => {
    const project = newProject(files);
    project.use(eslint);
    return project;
  };
  const suppress = async (project: UserProject, ...args: readonly string[]): Promise<void> => {
    expect(await project.eslint(["--suppress-all", ...args, "."])).toMatchObject({ code: 0 });
  };

  it("the gate passes with a baseline, and fails on one image more in a file", async () => {
    const project = set();
    expect(await both(project, ["."])).toMatchObject({ eslint: 1, gate: 1 });
    await suppress(project);
    expect(await both(project, ["."])).toEqual({ eslint: 0, gate: 0, err: "" });
    expect(await both(project, ["deep", "a.yaml"])).toEqual({ eslint: 0, gate: 0, err: "" });
    project.write({ "a.yaml": pod("nginx:1", "redis:7", "alpine:3") });
    const more = await both(project, ["."]);
    expect(more).toMatchObject({ eslint: 1, gate: 1 });
    // ESLint reports all of them, because a baseline has no places.
    expect(more.err).toContain("a.yaml:5 nginx:1");
    expect(more.err).toContain("a.yaml:7 alpine:3");
    expect(more.err).not.toContain("deep/c.yaml");
  });

  it("one in a folder counts, if ESLint has written it for this working directory", async () => {
    const project = set({ ...FILES, "known/a.txt": "", "empty/a.txt": "" });
    await suppress(project, "--suppressions-location", "known/");
    const fine = { eslint: 0, gate: 0, err: "" };
    for (const place of ["known", "known/", "known/../known"])
      expect(await both(project, ["."], ["--suppressions-location", place])).toEqual(fine);
    // Of another working directory, such as a colleague's clone.
    project.write({ "known/suppressions_other": "{}", "empty/suppressions_other": "{}" });
    expect(await both(project, ["."], ["--suppressions-location", "known"])).toEqual(fine);
    expect(await both(project, ["."], ["--suppressions-location", "empty"])).toEqual({
      eslint: 2,
      gate: 2,
      err: expect.stringMatching(
        /^[^\n]* no suppressions file empty\/suppressions_\w+, [^\n]*: empty\/suppressions_other\n$/,
      ) as string,
    });
    expect(await both(project, ["."], ["--suppressions-location", "none/"])).toMatchObject({
      eslint: 2,
      gate: 2,
    });
  });

  it("one in a folder of the usual name counts", async () => {
    const project = set({ ...FILES, "eslint-suppressions.json/a.txt": "" });
    expect(await both(project, ["."])).toMatchObject({ eslint: 1, gate: 1 });
    await suppress(project);
    for (const args of [[], ["--suppressions-location", ""]])
      expect(await both(project, ["."], args)).toEqual({ eslint: 0, gate: 0, err: "" });
  });

  it("a link to a folder is a folder only where its name ends like one's, as for ESLint", async () => {
    const project = set({ ...FILES, "known/a.txt": "" });
    await suppress(project, "--suppressions-location", "known");
    symlinkSync("known", join(project.root, "link"));
    const at = (place: string) => both(project, ["."], ["--suppressions-location", place]);
    expect(await at("link/")).toEqual({ eslint: 0, gate: 0, err: "" });
    expect(await at("link")).toEqual({
      eslint: 2,
      gate: 2,
      err: "container-images: link is a link to a folder; write link/\n",
    });
  });

  it("one in another place counts where it is named", async () => {
    const project = set();
    await suppress(project, "--suppressions-location", "known.json");
    expect(existsSync(join(project.root, "eslint-suppressions.json"))).toBe(false);
    expect(await both(project, ["."])).toMatchObject({ eslint: 1, gate: 1 });
    const args = ["--suppressions-location", "known.json"];
    expect(await both(project, ["."], args)).toEqual({ eslint: 0, gate: 0, err: "" });
    expect(await both(project, ["."], ["--suppressions-location", "none.json"])).toEqual({
      eslint: 2,
      gate: 2,
      err:
        "container-images: no suppressions file none.json; " +
        "`npx eslint --suppress-all --suppressions-location none.json .` makes it\n",
    });
    expect((await both(project, ["."], ["--suppressions-location", "new/none.json"])).err).toBe(
      "container-images: no suppressions file new/none.json; make the folder new, then " +
        "`npx eslint --suppress-all --suppressions-location new/none.json .` makes it\n",
    );
  });
});

it("a warning is in no baseline", async () => {
  const project = newProject({
    ...FILES,
    "eslint.config.js": configText({}, '{ rules: { "container-images/require-digest": "warn" } },'),
  });
  await project.eslint(["--suppress-all", "."]);
  expect((await both(project, ["a.yaml"])).gate).toBe(1);
});

it.each(["[]", '{"a.yaml": 1}', '{"a.yaml": {"container-images/require-digest": {"count": "2"}}}'])(
  "a baseline of another shape suppresses nothing: %s",
  async (text) => {
    const project = newProject({ ...FILES, "eslint-suppressions.json": text });
    expect((await both(project, ["a.yaml"])).gate).toBe(1);
  },
);

it("a baseline that is no JSON is one line", async () => {
  const project = newProject({ ...FILES, "eslint-suppressions.json": "{" });
  expect(await both(project, ["a.yaml"])).toEqual({
    eslint: 2,
    gate: 2,
    err: "container-images: eslint-suppressions.json is not JSON\n",
  });
});

it.skipIf(process.platform === "win32")("a backslash in a name parts no folders", async () => {
  const name = "back\\slash.yaml";
  const project = newProject({ [name]: pod("nginx:1") });
  await project.eslint(["--suppress-all", "."]);
  expect(await both(project, ["."])).toEqual({ eslint: 0, gate: 0, err: "" });
  const { out } = await project.command(["list", "--format", "json"]);
  expect(JSON.parse(out)).toMatchObject([{ file: name }]);
});

it("asks no registry to count", async () => {
  const { project, registry } = await setUp(FILES);
  await project.eslint(["--suppress-all", "."]);
  const env = { CONTAINER_IMAGES_RESOLVE: "registry" };
  expect((await project.command(GATE, { env })).code).toBe(0);
  expect((await registry.seen()).requests).toEqual([]);
});

it("the hook passes the files that the baseline holds", async () => {
  const project = newProject(FILES);
  await project.eslint(["--suppress-all", "."]);
  const hooks = load(fileOf(".pre-commit-hooks.yaml")) as readonly { id: string; entry: string }[];
  const [, ...args] = hooks.find(({ id }) => id === "container-images")?.entry.split(" ") ?? [];
  expect(await project.command([...args, "a.yaml", "deep/c.yaml"])).toEqual({ code: 0, out: "", err: "" });
});

describe("pin", () => {
  const known = async (args: readonly string[] = []) => {
    const files = { "a.yaml": pod("nginx:1", "redis:none"), "b.yaml": pod("busybox:none") };
    const { project } = await setUp(files, {}, { images: { "library/nginx:1": "oci-index" } });
    await project.eslint(["--suppress-all", ...args, "."]);
    return project;
  };

  it("pins what a baseline holds, and says the command that prunes it", async () => {
    const project = await known();
    const pinned = await project.command(["pin", "a.yaml"]);
    expect(project.read("a.yaml")).toContain(nginx);
    expect(pinned.err).toContain(
      "eslint-suppressions.json still counts what is pinned now; " +
        "run: npx eslint --prune-suppressions a.yaml\n",
    );
    expect((await project.eslint(["a.yaml"])).code).toBe(2);
    // Also in a later run, and after a fix by ESLint.
    expect((await project.command(["pin", "."])).err).toContain("npx eslint --prune-suppressions .\n");
    expect((await project.command(["pin", "b.yaml"])).err).not.toContain("eslint-suppressions.json");
    expect((await project.eslint(["--prune-suppressions", "a.yaml"])).code).toBe(0);
    expect(await both(project, ["."])).toEqual({ eslint: 0, gate: 0, err: "" });
    expect((await project.command(["pin", "a.yaml"])).err).not.toContain("eslint-suppressions.json");
  });

  it("says it with the place of the baseline and the configuration", async () => {
    const project = await known(["--suppressions-location", "known file.json"]);
    const { err } = await project.command([
      "pin",
      "--suppressions-location",
      "known file.json",
      "--config",
      "eslint.config.js",
    ]);
    expect(err).toContain(
      "known file.json still counts what is pinned now; run: npx eslint --prune-suppressions " +
        "--suppressions-location 'known file.json' --config eslint.config.js .\n",
    );
  });

  it.each(["none.json", "none/"])(
    "looks for the baseline that is named before it pins: %s",
    async (place) => {
      const project = await known();
      const { code, out, err } = await project.command(["pin", "--suppressions-location", place]);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toMatch(/^container-images: no suppressions file none[^\n]+\n$/);
      expect(project.read("a.yaml")).not.toContain("sha256");
    },
  );

  it("says nothing where nothing was written", async () => {
    const project = await known();
    expect((await project.command(["pin", "--dry-run"])).err).not.toContain("eslint-suppressions.json");
    expect((await project.command(["pin", "b.yaml"])).err).not.toContain("eslint-suppressions.json");
  });
});
