// While `eslint --fix` waits for one file's registry, the worker already asks for the files that come next.
import { describe, expect, it } from "vitest";
import { pod } from "../support/manifests.js";
import { digestOf, type ScriptedRegistry } from "../support/registry.js";
import { setUp } from "../support/registry-project.js";
import { until } from "../support/clock.js";

/** The images that were asked for. */
async function asked(of: ScriptedRegistry): Promise<readonly string[]> {
  return (await of.requests()).flatMap(({ url }) => /library\/(.+)\/manifests/.exec(url)?.[1] ?? []);
}

const HOLD = { rules: [{ path: "/nginx/", hold: true }] };

describe.each(["eslint", "eslint9"] as const)("%s --fix", (eslint) => {
  it("asks for later files while it waits for the first, once for each image", async () => {
    const files = { "a.yaml": pod("nginx:1"), "b.yaml": pod("redis:7", "nginx:1"), "c.yaml": pod("caddy:2") };
    const { registry, project } = await setUp(files, {}, HOLD);
    const run = project.eslint(["--fix", "."], { eslint });
    await until(async () => (await asked(registry)).length === 3);
    await registry.script({ rules: [] });
    expect(await run).toEqual({ code: 0, out: "", err: "" });
    expect(project.read("c.yaml")).toBe(pod(`caddy:2@${digestOf("library/caddy", "2")}`));
    expect([...(await asked(registry))].sort()).toEqual(["caddy", "nginx", "redis"]);
  });
});

describe("what is not asked for ahead", () => {
  it("is what this run would not ask for", async () => {
    const { registry, project } = await setUp(
      {
        "a/a.yaml": pod("nginx:1"),
        "a/b.yaml": `# eslint-disable container-images/require-digest\n${pod("off:1")}`,
        "a/c.yaml": pod(`known:1@sha256:${"a".repeat(64)}`),
        "a/d.yaml": pod("redis:7"),
        "a/deeper/other.yaml": pod("ignored:1"),
        "b/other.yaml": pod("other:1"),
      },
      {},
      HOLD,
    );
    const run = project.eslint(["--fix", "--config", "eslint.config.js", "a/*.yaml"]);
    await until(async () => (await asked(registry)).includes("redis"));
    await registry.script({ rules: [] });
    await run;
    expect([...(await asked(registry))].sort()).toEqual(["nginx", "redis"]);
  });

  it("is anything where an option leaves files or reports out", async () => {
    const { registry, project } = await setUp(
      { "a.yaml": pod("nginx:1"), "b.yaml": pod("redis:7") },
      {},
      { rules: [{ path: "/nginx/", status: 404 }] },
    );
    await project.eslint(["--fix", "--ignore-pattern", "b.yaml", "."]);
    expect(await asked(registry)).toEqual(["nginx"]);
  });
});
