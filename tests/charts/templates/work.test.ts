// One amount of work for all that is done of a chart.
import { expect, it } from "vitest";
import { TooMuch, Work, pay } from "../../../lib/charts/templates/work.js";

it("work in parts is paid from one amount, and ends when it is used up", () => {
  const work = new Work(3);
  const part = (): string => {
    pay(2);
    return "done";
  };
  expect(work.do(part)).toBe("done");
  expect(() => work.do(part)).toThrow(TooMuch);
  expect(() => {
    work.do(pay);
  }).toThrow(TooMuch);
});

it("work within work has an amount of its own, also after it has failed", () => {
  const [outer, inner] = [new Work(2), new Work(1)];
  const both = (): void => {
    expect(() => {
      inner.do(() => {
        pay(5);
      });
    }).toThrow(TooMuch);
    pay(2);
  };
  outer.do(both);
  expect(() => {
    outer.do(pay);
  }).toThrow(TooMuch);
});

it("what belongs to no chart costs nothing", () => {
  pay(Infinity);
  expect(new Work(1).do(() => "done")).toBe("done");
});
