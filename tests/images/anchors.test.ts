// Anchors and aliases: where their images are found, and when an edit is right for all that use one.
import { describe, expect, it } from "vitest";
import { D, resource } from "../vocabulary/shape-cases.js";
import { fieldsOf, pinAll, summary } from "./fields-of.js";

describe("anchors and aliases", () => {
  it("makes one field of an aliased whole image, at its anchor", () => {
    const fields = fieldsOf("a:\n  image: &i nginx:1\nb:\n  image: *i\n");
    expect(fields.map((field) => field.field)).toEqual(["a.image"]);
  });
  it("finds an image whose anchor stands at a key of no meaning", () => {
    const fields = fieldsOf("x: &i nginx:1\nb:\n  image: *i\n");
    expect(fields.map((field) => [field.field, field.at])).toEqual([["b.image", [6, 13]]]);
  });
  it("finds a merged image where it is merged, whose key says nothing where it is defined", () => {
    const base = resource("v1", "Pod", "x: &x { image: nginx }\n");
    const text = `${base}spec: { containers: [{ <<: *x, name: a }] }\n`;
    expect(fieldsOf(text).map((field) => field.field)).toEqual(["spec.containers[0].image"]);
  });
  it("makes a field of each mapping that shares a tag, and pins it where all mean the same image", () => {
    const text = "a:\n  image: { repository: x/y, tag: &t v1 }\nb:\n  image: { repository: x/y, tag: *t }\n";
    expect(fieldsOf(text).map((field) => summary(field))).toEqual(["x/y:v1 unpinned", "x/y:v1 unpinned"]);
  });
  it("leaves a shared tag alone where its users differ", () => {
    const text = "a:\n  image: { repository: x/y, tag: &t v1 }\nb:\n  image: { repository: x/z, tag: *t }\n";
    expect(fieldsOf(text).map((field) => summary(field))).toEqual([
      "x/y:v1 unpinned none anchor-shared",
      "x/z:v1 unpinned none anchor-shared",
    ]);
  });
  it("leaves a tag alone that something else uses", () => {
    const text = "version: &t v1\nimage: { repository: x/y, tag: *t }\nlabel: *t\n";
    expect(fieldsOf(text).map((field) => summary(field))).toEqual(["x/y:v1 unpinned none anchor-shared"]);
  });
  it("leaves an image alone that is the key of an entry too", () => {
    const text = "&a nginx:1.27image: *a\n";
    expect(fieldsOf(text).map((field) => summary(field))).toEqual([
      "nginx:1.27image unpinned none anchor-shared",
    ]);
  });
  it("finds an image below an alias that is a key", () => {
    const text = "a: &app web\ncontrollers:\n  *app :\n    image: { repository: x/y, tag: v1 }\n";
    expect(fieldsOf(text).map((field) => [field.field, summary(field)])).toEqual([
      ["controllers.web.image", "x/y:v1 unpinned"],
    ]);
    expect(pinAll(text)).toBe(text.replace("v1", `v1@${D}`));
  });
  it("finds an image whose own keys are aliases", () => {
    const text = "a: [&r repository, &t tag]\nimage:\n  *r : x/y\n  *t : v1\n";
    expect(fieldsOf(text).map((field) => summary(field))).toEqual(["x/y:v1 unpinned"]);
  });
  it("leaves out a key that is an alias of nothing, or of no text", () => {
    expect(fieldsOf("a: &x [b]\nc:\n  *x :\n    image: nginx:1\n  *y :\n    image: nginx:2\n")).toEqual([]);
  });
});
