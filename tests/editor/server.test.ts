// What a user sees in an editor: the diagnostics and actions of the real ESLint language server.
import { renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { hasServer } from "../../scripts/language-server.mjs";
import {
  ASKED,
  DIGEST,
  FIXABLE,
  keep,
  NOT_THERE,
  project,
  registry,
  requested,
  serve,
  TEMPLATE,
  until,
  VALUES,
} from "./servers.js";

describe.skipIf(!hasServer)(`in an editor${NOT_THERE}`, () => {
  it("shows an image at its exact range, with the way to the rule's page", async () => {
    const server = await serve();
    server.open("values.yaml");
    const [diagnostic, ...others] = await server.diagnostics("values.yaml");
    expect(others).toEqual([]);
    expect(diagnostic).toMatchObject({
      message:
        `\`quay.io/team/app:v1.2.3\` is not pinned by digest; asking ${registry.host}: the next change ` +
        "has the fix",
      range: { start: { line: 3, character: 9 }, end: { line: 3, character: 15 } },
      code: "container-images/require-digest",
      codeDescription: { href: expect.stringMatching(/docs\/rules\/require-digest\.md$/) as string },
    });
  });

  it.each([
    ["values", "values.yaml", VALUES, "v1.2.3", `v1.2.3@${DIGEST}`],
    ["a template", "manifests/pod.yaml", TEMPLATE, "app:v1.2.3", `app:v1.2.3@${DIGEST}`],
  ])(
    "offers a quick fix and fix all at once where the digest is in the cache: %s",
    async (_, path, text, from, to) => {
      keep("quay.io/team/app:v1.2.3", DIGEST);
      const server = await serve();
      server.open(path);
      const diagnostics = await server.diagnostics(path);
      expect(diagnostics.map(({ message }) => message)).toEqual([expect.stringMatching(FIXABLE)]);
      const [fix] = (await server.actions(path, diagnostics)).filter(({ title }) =>
        title.startsWith("Fix this"),
      );
      expect(fix && (await server.apply(path, fix))).toBe(text.replace(from, to));
      expect(await server.fixAll(path)).toBe(text.replace(from, to));
      expect((await registry.seen()).connections).toBe(0);
    },
  );

  it("does so with ESLint 9, too", async () => {
    rmSync(join(project.root, "node_modules/eslint"));
    symlinkSync(
      dirname(createRequire(import.meta.url).resolve("eslint9/package.json")),
      join(project.root, "node_modules/eslint"),
      "dir",
    );
    const server = await serve();
    server.open("values.yaml");
    await until(server, "values.yaml", FIXABLE);
    expect(server.logged.join("\n")).toContain("eslint9");
    expect(await server.fixAll("values.yaml")).toBe(VALUES.replace("v1.2.3", `v1.2.3@${DIGEST}`));
  });

  it.each([
    ["values", "values.yaml", VALUES, "v1.2.3", `v1.2.3@${DIGEST}`],
    ["a template", "manifests/pod.yaml", TEMPLATE, "app:v1.2.3", `app:v1.2.3@${DIGEST}`],
  ])("looks up behind the lint what is not, and offers the fix then: %s", async (_, path, text, from, to) => {
    const server = await serve();
    server.open(path);
    expect((await server.diagnostics(path)).map(({ message }) => message)).toEqual([
      expect.stringMatching(ASKED),
    ]);
    await requested();
    await until(server, path, FIXABLE);
    expect(await server.fixAll(path)).toBe(text.replace(from, to));
  });

  it("knows an editor's server as VS Code's extension starts it", async () => {
    const server = await serve({ ipc: true });
    server.open("values.yaml");
    expect((await server.diagnostics("values.yaml")).map(({ message }) => message)).toEqual([
      expect.stringMatching(ASKED),
    ]);
    await requested();
    await until(server, "values.yaml", FIXABLE);
    expect(await server.fixAll("values.yaml")).toBe(VALUES.replace("v1.2.3", `v1.2.3@${DIGEST}`));
    expect(await server.stop()).toEqual({ code: 0, signal: null });
  });

  it("offers to exempt the image by a comment with a reason, in a template too", async () => {
    const server = await serve();
    server.open("manifests/pod.yaml");
    const diagnostics = await server.diagnostics("manifests/pod.yaml");
    const [exempt] = (await server.actions("manifests/pod.yaml", diagnostics)).filter(({ title }) =>
      title.startsWith("Exempt"),
    );
    const output = exempt && (await server.apply("manifests/pod.yaml", exempt));
    expect(output).toBe(
      TEMPLATE.replace(
        "      image:",
        "      # eslint-disable-next-line container-images/require-digest -- <why>\n      image:",
      ),
    );
    server.change("manifests/pod.yaml", output ?? "");
    expect(await server.diagnostics("manifests/pod.yaml")).toEqual([]);
  });

  it("finds plugin and configuration in a folder of their own, as docs/editors.md says", async () => {
    project.write({
      "tools/image-lint/package.json": project.read("package.json"),
      "tools/image-lint/eslint.config.js": project.read("eslint.config.js"),
    });
    for (const name of ["eslint.config.js", "package.json"]) rmSync(join(project.root, name));
    renameSync(join(project.root, "node_modules"), join(project.root, "tools/image-lint/node_modules"));
    const server = await serve({
      settings: {
        nodePath: "tools/image-lint/node_modules",
        options: { overrideConfigFile: "tools/image-lint/eslint.config.js" },
        workingDirectory: { directory: project.root },
      },
    });
    server.open("values.yaml");
    expect(await server.diagnostics("values.yaml")).toHaveLength(1);
  });
});
