// How many lookups run at the same time.
import { expect, test } from "vitest";
import { Limits, type Place } from "../../lib/registry/limits.js";

const never = new AbortController().signal;
const settle = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

test("lookups are limited per host and in total, start in order, and hosts take turns", async () => {
  const limits = new Limits(() => 2, 3);
  const order: string[] = [];
  const places: Place[] = [];
  for (const name of ["a1", "a2", "a3", "b1", "b2", "c1"]) {
    void limits.enter(name.charAt(0), never).then((place) => {
      order.push(name);
      places.push(place);
    });
  }
  await settle();
  expect(order).toEqual(["a1", "a2", "b1"]);
  for (let count = 4; count <= 6; count += 1) {
    places.shift()?.leave();
    await settle();
    expect(order).toHaveLength(count);
  }
  expect(order).toEqual(["a1", "a2", "b1", "a3", "b2", "c1"]);
  for (const place of places) place.leave();
  await expect(limits.enter("a", never)).resolves.toBeDefined();
});

test("a lookup that stops waiting neither keeps a place nor loses one", async () => {
  const limits = new Limits(() => 1, 1);
  const held = await limits.enter("a", never);
  const impatient = new AbortController();
  const waiting = limits.enter("a", impatient.signal);
  const behind = limits.enter("a", never);
  impatient.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
  held.leave();
  (await behind).leave();
  await expect(limits.enter("b", never)).resolves.toBeDefined();
  await expect(limits.enter("a", AbortSignal.abort(new Error("late")))).rejects.toThrow("late");
});

test("a lookup that steps aside gives its place away, and gets the next free one", async () => {
  const limits = new Limits(() => 1, 1);
  const order: string[] = [];
  const first = await limits.enter("a", never);
  const second = limits.enter("a", never);
  let done: ((what: string) => void) | undefined;
  const work = new Promise<string>((resolve) => {
    done = resolve;
  });
  const waits = first.aside(work).then((what) => order.push(what));
  const inBetween = await second;
  const third = limits.enter("a", never).then((place) => {
    order.push("third");
    return place;
  });
  done?.("first");
  await settle();
  expect(order).toEqual([]);
  inBetween.leave();
  await waits;
  await settle();
  expect(order).toEqual(["first"]);
  first.leave();
  (await third).leave();
  expect(order).toEqual(["first", "third"]);
});

test("of one host, no more lookups step aside than have places", async () => {
  const limits = new Limits(() => 1, 1);
  const never_ = new Promise<never>(() => undefined);
  const first = await limits.enter("a", never);
  void first.aside(never_);
  const second = await limits.enter("a", never);
  void second.aside(never_);
  let isThird = false;
  void limits.enter("a", never).then(() => (isThird = true));
  await settle();
  expect(isThird).toBe(false);
});

test("a lookup that steps aside keeps no place once it is over or stopped", async () => {
  const limits = new Limits(() => 1, 1);
  const over = await limits.enter("a", never);
  let done: (() => void) | undefined;
  const waits = over.aside(
    new Promise<void>((resolve) => {
      done = resolve;
    }),
  );
  over.leave();
  done?.();
  await waits;
  const impatient = new AbortController();
  const stopped = await limits.enter("a", impatient.signal);
  const failed = stopped.aside(new Promise<never>(() => undefined));
  impatient.abort(new Error("enough"));
  await expect(failed).rejects.toThrow("enough");
  stopped.leave();
  await expect(limits.enter("a", never)).resolves.toBeDefined();
});

test("what is waited for may fail", async () => {
  const limits = new Limits(() => 1, 1);
  const place = await limits.enter("a", never);
  await expect(place.aside(Promise.reject(new Error("no token")))).rejects.toThrow("no token");
  place.leave();
  await expect(limits.enter("a", never)).resolves.toBeDefined();
});

test("where a host takes more, more of those that wait begin", async () => {
  let most = 1;
  const limits = new Limits(() => most);
  let begun = 0;
  const first = await limits.enter("a", never);
  for (let count = 0; count < 5; count += 1) void limits.enter("a", never).then(() => (begun += 1));
  await settle();
  expect(begun).toBe(0);
  most = 3;
  first.leave();
  await settle();
  expect(begun).toBe(3);
});
