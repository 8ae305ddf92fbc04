// What is found for a path of values, in which `*` is any key.
import { expect, it } from "vitest";
import { PathIndex } from "../../../lib/charts/templates/path-index.js";

const index = new PathIndex<string>();
for (const path of ["", "a", "a.b", "a.*", "*.b", "a.b.c", "a.*.c", "b.b", "*.*.*.*"])
  index.add(path === "" ? [] : path.split("."), path);

it.each([
  ["a.b", ["a.b", "a.*", "*.b"]],
  ["a.x", ["a.*"]],
  ["a.b.c", ["a.b.c", "a.*.c"]],
  ["x.y", []],
  ["a.*", ["a.*"]],
])("at %s", (path, found) => {
  expect(index.at(path.split(".")).toSorted()).toEqual(found.toSorted());
});

it("above a path, and at it", () => {
  expect(index.above(["a", "b"]).toSorted()).toEqual(["", "a", "a.b", "a.*", "*.b"].toSorted());
  expect(index.above([])).toEqual([""]);
});
