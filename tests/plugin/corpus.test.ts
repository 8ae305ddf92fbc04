// What `list` finds in a tree of real recipes, where there is one.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CORPUS, hasCorpus, userProject, type UserProject } from "../support/project.js";

interface Row {
  readonly file: string;
  readonly line: number;
  readonly state: string;
  readonly pinnable: boolean;
  readonly exempt: string | null;
}

describe.skipIf(!hasCorpus)(
  `the user's tree${hasCorpus ? "" : " (skipped: no corpus beside this checkout)"}`,
  () => {
    let project: UserProject;
    beforeAll(() => {
      project = userProject(
        {},
        {
          registries: ["602401143452.dkr.ecr.us-west-2.amazonaws.com"],
          charts: [
            { files: "components/aws-efa/*.yaml", chart: "aws/aws-efa-k8s-device-plugin" },
            { files: "components/dynamo-platform/*.yaml", chart: "dynamo/dynamo-platform" },
          ],
          exempt: [{ image: "ghcr.io/nvidia/aicr-validators/*", reason: "released" }],
        },
      );
      project.copy(CORPUS, "tree");
    });
    afterAll(() => {
      project.remove();
    });

    it("lists its references and nothing else", async () => {
      const { code, out, err } = await project.command(["list", "--format", "json", "tree"]);
      expect({ code, err }).toEqual({ code: 0, err: "" });
      const rows = (JSON.parse(out) as Row[]).map(
        ({ file, line, state, pinnable, exempt }) =>
          `${file.replace("tree/recipes/", "").replace("components/", "")}:${String(line)} ` +
          `${state}${pinnable ? " pinnable" : ""}${exempt === null ? "" : ` (${exempt})`}`,
      );
      expect(rows.filter((row) => row.includes("validators/catalog.yaml"))).toHaveLength(16);
      expect(
        rows
          .filter((row) => row.includes("validators/catalog.yaml"))
          .every((row) => row.endsWith("unpinned (released)")),
      ).toBe(true);
      expect(rows.filter((row) => !row.includes("validators/"))).toEqual([
        "aws-ebs-csi-driver/values.yaml:22 incomplete",
        "aws-efa/values.yaml:20 unpinned pinnable",
        "dynamo-platform/values.yaml:32 incomplete",
        "dynamo-platform/values.yaml:38 unpinned pinnable",
        "gke-nccl-tcpxo/manifests/nccl-tcpxo-installer.yaml:72 unpinned pinnable",
        "gke-nccl-tcpxo/manifests/nccl-tcpxo-installer.yaml:99 unpinned pinnable",
        "gke-nccl-tcpxo/manifests/nccl-tcpxo-installer.yaml:120 pinned",
        "gke-nccl-tcpxo/manifests/nri-device-injector.yaml:67 pinned",
        "kubeflow-trainer/manifests/torch-distributed-cluster-training-runtime.yaml:43 unpinned pinnable",
        "skyhook-customizations/manifests/no-op.yaml:61 unpinned pinnable",
        "skyhook-customizations/manifests/tuning-gke.yaml:66 unpinned pinnable",
        "skyhook-customizations/manifests/tuning.yaml:68 unpinned pinnable",
        "skyhook-customizations/manifests/tuning.yaml:87 unpinned pinnable",
        "skyhook-customizations/manifests/tuning.yaml:107 unpinned pinnable",
      ]);
    });

    it("has no file that cannot be read", async () => {
      const { messages } = await project.lint(["tree"]);
      expect(
        [...messages].filter(([, list]) =>
          list.some(({ fatal, ruleId }) => fatal === true || ruleId === "container-images/parsable"),
        ),
      ).toEqual([]);
      expect(messages.size).toBe(90);
    });
  },
);
