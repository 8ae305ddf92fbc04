// Images that a chart hands on in parts to an operator: what the operator takes is known from its resources.
import { expect, it } from "vitest";
import { chartImages } from "../../lib/proof/chart-images.js";
import { prove } from "../../lib/proof/prove.js";
import { Session } from "../../lib/proof/session.js";
import { joinValues, valueAt, type Values } from "../../lib/proof/values.js";
import { settingsOf } from "../support/settings.js";

const PARTS = { repository: "nvcr.io/nvidia", image: "tool", version: "v1" };
const VALUES: Values = { driver: PARTS, toolkit: PARTS };

/** What is proven of a chart that prints these parts into a resource, and something else. */
async function factsOf(resource: string, more: (version: string) => string = () => ""): Promise<unknown> {
  const session = await Session.open({
    render: (over) => {
      const values = joinValues(VALUES, over);
      const text = (...path: string[]): string => String(valueAt(values, path));
      const part = (name: string): string =>
        `  ${name}:\n${Object.keys(PARTS)
          .map((key) => `    ${key}: "${text(name, key)}"\n`)
          .join("")}`;
      const parts = part("driver") + part("toolkit");
      const document = `${resource}${more(text("toolkit", "version"))}spec:\n${parts}`;
      return Promise.resolve({ ok: true, documents: [document] });
    },
    values: VALUES,
    images: chartImages(VALUES, "1.0.0", settingsOf()),
    needs: () => undefined,
  });
  if (typeof session === "string") throw new Error(session);
  return (await prove([session])).images;
}

const POLICY = "apiVersion: nvidia.com/v1\nkind: ClusterPolicy\n";
const REFERENCE = "[{repository}/]{image}:{version}";
const DRIVER = {
  path: "driver",
  reference: REFERENCE,
  digest: {
    to: "none",
    reason: "no-digest-slot",
    message: "the operator completes the tag for each node; exempt it with a reason",
  },
  evidence: "rendered",
};

it("takes a digest where the operator does, and none where it does not", async () => {
  expect(await factsOf(POLICY)).toEqual([
    DRIVER,
    { path: "toolkit", reference: REFERENCE, digest: { to: "tag" }, evidence: "rendered" },
  ]);
});

it("is not proven where the version is printed elsewhere, too", async () => {
  const label = (version: string): string => `metadata:\n  labels:\n    version: "${version}"\n`;
  expect(await factsOf(POLICY, label)).toEqual([DRIVER]);
});

it("is not proven in a resource of which nothing is known", async () => {
  expect(await factsOf("apiVersion: example.com/v1\nkind: Tool\n")).toEqual([]);
});
