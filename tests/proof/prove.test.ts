// What is concluded from renderings, and what not where a limit ended them.
import { expect, it } from "vitest";
import { chartImages } from "../../lib/proof/chart-images.js";
import { prove } from "../../lib/proof/prove.js";
import type { Rendering } from "../../lib/proof/render.js";
import { Session } from "../../lib/proof/session.js";
import { joinValues, valueAt, type Values } from "../../lib/proof/values.js";
import { settingsOf } from "../support/settings.js";

const VALUES: Values = { image: { repository: "docker.io/acme/app", tag: "v1" } };

/** A chart that prints `repository:tag`; `digest` decides what becomes of a rendering with a digest. */
async function proofOf(digest: (pod: Rendering) => Rendering): ReturnType<typeof prove> {
  const session = await Session.open({
    render: (over) => {
      const values = joinValues(VALUES, over);
      const [repository, tag] = ["repository", "tag"].map((key) => String(valueAt(values, ["image", key])));
      const text = `kind: Pod\nspec:\n  containers:\n    - image: ${String(repository)}:${String(tag)}\n`;
      const pod: Rendering = { ok: true, documents: [text] };
      return Promise.resolve(tag?.includes("@") === true ? digest(pod) : pod);
    },
    values: VALUES,
    images: chartImages(VALUES, "1.0.0", settingsOf()),
    needs: () => undefined,
  });
  if (typeof session === "string") throw new Error(session);
  return prove([session]);
}

it("a digest that the image gets is a fact", async () => {
  const { images } = await proofOf((pod) => pod);
  expect(images).toEqual([
    { path: "image", reference: "{repository}:{tag}", digest: { to: "tag" }, evidence: "rendered" },
  ]);
});

it("a chart that fails on it takes none", async () => {
  const { images } = await proofOf(() => ({ ok: false, message: "invalid semantic version" }));
  expect(images).toMatchObject([{ path: "image", digest: { to: "none", reason: "chart-breaks" } }]);
});

it("nothing is known where a limit ended Helm", async () => {
  const { images, leftOut } = await proofOf(() => ({
    ok: false,
    gaveUp: true,
    message: "it took longer than 60 s",
  }));
  expect(images).toEqual([]);
  expect(leftOut).toEqual(["image"]);
});

it("a chart that fails in the same way with made-up images and without is not asked twice", async () => {
  const values: Values = {
    image: { repository: "docker.io/acme/app", tag: "v1" },
    ...Object.fromEntries(
      ["a", "b", "c"].map((name) => [
        name,
        { enabled: false, image: { repository: `docker.io/acme/${name}`, tag: "v1" } },
      ]),
    ),
  };
  let failed = 0;
  const session = await Session.open({
    render: (over) => {
      const joined = joinValues(values, over);
      if (["a", "b", "c"].some((name) => valueAt(joined, [name, "enabled"]) === true)) {
        failed++;
        return Promise.resolve({ ok: false, message: "a password is needed" });
      }
      const [repository, tag] = ["repository", "tag"].map((key) => String(valueAt(joined, ["image", key])));
      const text = `kind: Pod\nspec:\n  containers:\n    - image: ${String(repository)}:${String(tag)}\n`;
      return Promise.resolve({ ok: true, documents: [text] });
    },
    values,
    images: chartImages(values, "1.0.0", settingsOf()),
    needs: () => undefined,
  });
  expect(session).toBeInstanceOf(Session);
  // All switches at once, twice; then each of them alone, once.
  expect(failed).toBe(5);
});
