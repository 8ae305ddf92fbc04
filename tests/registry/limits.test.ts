// How many lookups run at the same time.
import { expect, test } from "vitest";
import { Limits } from "../../lib/registry/limits.js";

const never = new AbortController().signal;
const settle = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

test("lookups are limited per host and in total, start in order, and hosts take turns", async () => {
  const limits = new Limits(2, 3);
  const order: string[] = [];
  const leaves: (() => void)[] = [];
  for (const name of ["a1", "a2", "a3", "b1", "b2", "c1"]) {
    void limits.enter(name.charAt(0), never).then((leave) => {
      order.push(name);
      leaves.push(leave);
    });
  }
  await settle();
  expect(order).toEqual(["a1", "a2", "b1"]);
  for (let count = 4; count <= 6; count += 1) {
    leaves.shift()?.();
    await settle();
    expect(order).toHaveLength(count);
  }
  expect(order).toEqual(["a1", "a2", "b1", "a3", "b2", "c1"]);
  for (const leave of leaves) leave();
  await expect(limits.enter("a", never)).resolves.toBeTypeOf("function");
});

test("a lookup that stops waiting neither keeps a place nor loses one", async () => {
  const limits = new Limits(1, 1);
  const leave = await limits.enter("a", never);
  const impatient = new AbortController();
  const waiting = limits.enter("a", impatient.signal);
  const behind = limits.enter("a", never);
  impatient.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
  leave();
  (await behind)();
  await expect(limits.enter("b", never)).resolves.toBeTypeOf("function");
  await expect(limits.enter("a", AbortSignal.abort(new Error("late")))).rejects.toThrow("late");
});
