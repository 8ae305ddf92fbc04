// Why `pin` and `list` leave an image alone: the reason fits, and says what helps.
import { expect, it } from "vitest";
import { pod } from "../support/manifests.js";
import { newProject } from "./list-project.js";

const CACHE = { env: { CONTAINER_IMAGES_RESOLVE: "cache" } };

it("a registry on this machine can be named in the settings", async () => {
  const files = { "a.yaml": pod("localhost:5000/team/app:1", "localhost/app:1") };
  const { out } = await newProject(files).command(["pin"], CACHE);
  expect(out).toContain(
    "not pinnable (1) localhost:5000 is this machine; name it in the setting `registries` to pin it\n" +
      "  a.yaml:5 localhost:5000/team/app:1\n",
  );
  expect(out).toContain("not pinnable (1) it comes from no registry\n  a.yaml:6 localhost/app:1\n");
  const named = await newProject(files, { registries: ["localhost:5000"] }).command(["pin"], CACHE);
  expect(named.err).toContain("localhost:5000/team/app:1");
});

it("a digest at a wrong place is no invalid digest", async () => {
  const digest = `sha256:${"a".repeat(64)}`;
  const project = newProject({
    "a.yaml":
      "apiVersion: skyhook.nvidia.com/v1alpha1\nkind: Skyhook\nmetadata: { name: tuning }\nspec:\n" +
      `  packages:\n    tuning:\n      image: ghcr.io/org/tuning@${digest}\n      version: 1.2.3\n`,
  });
  const { out } = await project.command(["pin"], CACHE);
  expect(out).toContain(
    "not pinnable (1) its digest stands at a wrong place: `npx eslint` says where it goes\n",
  );
  expect((await project.eslint(["a.yaml"])).out).toContain("put it in `containerSHA`");
});
