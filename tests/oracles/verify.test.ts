// `container-images verify` against a real registry in which a tag was moved, a tag and a manifest deleted,
// and a child pinned.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { userProject, type UserProject } from "../support/project.js";
import { request } from "./support/http.js";
import { KINDS, push, sha256, type Kind } from "./support/manifests.js";
import { REGISTRIES, type Registry } from "./support/registries.js";
import { lacks } from "./support/tools.js";

const kind = (name: Kind["name"]): Kind => {
  const found = KINDS.find((each) => each.name === name);
  if (!found) throw new Error(name);
  return found;
};
const [list, index, single] = [kind("docker-list"), kind("oci-index"), kind("oci-manifest")];
const digest = ({ bytes }: { readonly bytes: string }): string => sha256(bytes);

describe.skipIf(lacks("verdicts of a real registry", "docker-registry", "htpasswd", "openssl"))(
  "docker-registry",
  () => {
    let folder: string;
    let registry: Registry;
    let project: UserProject | undefined;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "container-images-oracle-"));
      process.env["REGISTRY_STORAGE_DELETE_ENABLED"] = "true";
      registry = await REGISTRIES.anonymous(folder);
      delete process.env["REGISTRY_STORAGE_DELETE_ENABLED"];
      for (const tag of ["kept", "gone", "moved"]) await push(registry, "app", tag, index);
      await push(registry, "app", "moved", list);
      await push(registry, "deleted", "1", index);
      await push(registry, "single", "1", single);
      const { status } = await request(`${registry.url}/v2/deleted/manifests/${digest(index)}`, {
        method: "DELETE",
      });
      expect(status).toBe(202);
      // Distribution 2.8 deletes no tag over HTTP: this is what it would leave.
      rmSync(join(folder, "storage/docker/registry/v2/repositories/app/_manifests/tags/gone"), {
        recursive: true,
      });
    });

    afterAll(() => {
      registry.stop();
      project?.remove();
      rmSync(folder, { recursive: true, force: true });
    });

    it("gives each reference its verdict", async () => {
      const child = index.children[0];
      const images = [
        `app:kept@${digest(index)}`,
        `single:1@${digest(single)}`,
        `app@${digest(list)}`,
        `app:moved@${digest(index)}`,
        `app:gone@${digest(index)}`,
        `deleted:1@${digest(index)}`,
        `app:kept@${child ? digest(child) : ""}`,
        `nobody/app:1@${digest(index)}`,
      ];
      project = userProject(
        {
          "pod.yaml":
            "apiVersion: v1\n" +
            "kind: Pod\n" +
            "spec:\n" +
            `  containers:\n${images.map((image) => `    - image: ${registry.host}/${image}\n`).join("")}`,
        },
        { registries: [registry.host] },
      );
      const { code, out } = await project.command(["verify", "--format", "json"]);
      expect(code).toBe(1);
      const { verified } = JSON.parse(out) as {
        verified: readonly { verdict: string; places: readonly { line: number }[] }[];
      };
      expect(verified.map(({ verdict }) => verdict)).toEqual([
        "ok",
        "ok",
        "ok",
        "tag moved",
        "tag gone",
        "digest gone",
        "one platform of 2",
        "digest gone",
      ]);
    });

    it("finds nothing after `pin --update` has moved what can be moved", async () => {
      expect((await project?.command(["pin", "--update"]))?.code).toBe(3);
      const { verified } = JSON.parse(
        (await project?.command(["verify", "--format", "json"]))?.out ?? "{}",
      ) as { verified: readonly { verdict: string; reference: string }[] };
      const verdicts = Object.fromEntries(
        verified.map(({ reference, verdict }) => [reference.slice(registry.host.length + 1), verdict]),
      );
      expect(verdicts).toEqual({
        [`app:kept@${digest(index)}`]: "ok",
        [`single:1@${digest(single)}`]: "ok",
        [`app@${digest(list)}`]: "ok",
        [`app:moved@${digest(list)}`]: "ok",
        [`app:gone@${digest(index)}`]: "tag gone",
        [`deleted:1@${digest(index)}`]: "digest gone",
        [`nobody/app:1@${digest(index)}`]: "digest gone",
      });
    });
  },
);
