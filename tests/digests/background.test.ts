// Which references an editor's server looks up in the background, when, and what it remembers of the answers.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Background, OPENED, SETTLED } from "../../lib/digests/background.js";
import type { LookupThread } from "../../lib/digests/background-thread.js";
import { REST, VERDICT_LIFE } from "../../lib/digests/failure-memory.js";
import { keyOf, type PendingLookup } from "../../lib/digests/key.js";
import type { Answer, FailureReason } from "../../lib/reference/answer.js";
import { parseReference } from "../../lib/reference/reference.js";
import { trust } from "../../lib/registry/trust.js";
import { settingsOf } from "../support/settings.js";

const SETTINGS = settingsOf({ registries: ["one.example", "two.example"] });

function wanted(text: string): PendingLookup {
  const parsed = parseReference(text);
  if (!parsed.ok) throw new Error(text);
  const trusted = trust(parsed.reference.domain, SETTINGS);
  if (!trusted.ok) throw new Error(trusted.message);
  return {
    reference: parsed.reference,
    registry: trusted.registry,
    key: keyOf(parsed.reference, trusted.registry),
  };
}

const found = (): Answer => ({
  ok: true,
  digest: `sha256:${"a".repeat(64)}` as never,
  mediaType: "",
  resolvedAt: Date.now(),
  from: "registry",
});
const failed = (reason: FailureReason): Answer => ({ ok: false, reason, message: reason });

class Scripted implements LookupThread {
  /** What was asked, in order. */
  readonly asked: string[] = [];
  readonly #open = new Map<string, (answer: Answer) => void>();

  ask: LookupThread["ask"] = (all, _settings, told) => {
    for (const each of all) {
      this.asked.push(each.key.reference);
      this.#open.set(each.key.reference, (answer) => {
        told(each, answer);
      });
    }
  };

  get underWay(): number {
    return this.#open.size;
  }

  answer(reference: string, answer: Answer): void {
    const tell = this.#open.get(reference);
    if (!tell) throw new Error(`${reference} is not under way`);
    this.#open.delete(reference);
    tell(answer);
  }
}

let thread: Scripted;
let learnt: string[];
let background: Background;

beforeEach(() => {
  vi.useFakeTimers();
  thread = new Scripted();
  learnt = [];
  background = new Background({ thread, onFound: (key) => learnt.push(key.reference) });
});
afterEach(() => {
  vi.useRealTimers();
});

const lint = (file: string, ...texts: readonly string[]): void => {
  background.want(
    file,
    texts.map((text) => wanted(text)),
    SETTINGS,
  );
};
const pass = (milliseconds: number): void => {
  vi.advanceTimersByTime(milliseconds);
};
const failureOf = (text: string): FailureReason | undefined => background.failureOf(wanted(text))?.reason;

describe("what is asked for", () => {
  it("is nothing during the lint", () => {
    lint("a", "one.example/a:1");
    expect(thread.asked).toEqual([]);
  });
  it("is all that an opened file needs, each reference once, in one message", () => {
    lint("a", "one.example/a:1", "one.example/b:1", "one.example/a:1");
    lint("b", "one.example/a:1");
    pass(OPENED);
    expect(thread.asked).toEqual(["one.example/a:1", "one.example/b:1"]);
    pass(60_000);
    expect(thread.asked).toHaveLength(2);
  });
  it("is no half of a name that is being typed", () => {
    lint("a");
    const name = "one.example/team/application:1.27.3-alpine@";
    for (let length = "one.example/t".length; length < name.length; length += 1) {
      // Half of a tag or of a name is a name, too; what is none is not missed.
      const text = name.slice(0, length);
      lint("a", ...(/[\w]$/.test(text) ? [text] : []));
      pass(SETTLED - 1);
    }
    expect(thread.asked).toEqual([]);
    pass(1);
    expect(thread.asked).toEqual(["one.example/team/application:1.27.3-alpine"]);
  });
  it("is no half of a name in a file that needed nothing when it was opened", () => {
    lint("a");
    pass(60_000);
    lint("a", "one.example/a:1");
    pass(OPENED);
    expect(thread.asked).toEqual([]);
    pass(SETTLED);
    expect(thread.asked).toEqual(["one.example/a:1"]);
  });
  it("is nothing that the last lint did not need any more", () => {
    lint("a");
    lint("a", "one.example/a:1");
    pass(SETTLED - 1);
    lint("a");
    pass(60_000);
    expect(thread.asked).toEqual([]);
  });
  it("is what has been there long enough, however often the file is linted", () => {
    lint("a");
    for (let times = 0; times < 60; times += 1) {
      lint("a", "one.example/a:1", ...(times % 2 === 0 ? [] : [`one.example/b:${String(times)}`]));
      pass(SETTLED / 50);
    }
    expect(thread.asked).toEqual(["one.example/a:1"]);
  });
  it("is another file's reference, whatever is typed in this one", () => {
    lint("a", "one.example/a:1");
    lint("b");
    pass(OPENED);
    lint("b", "one.example/b:1");
    expect(thread.asked).toEqual(["one.example/a:1"]);
  });
});

describe("what was answered", () => {
  it("is reported, and not asked for again", () => {
    lint("a", "one.example/a:1");
    pass(OPENED);
    thread.answer("one.example/a:1", found());
    expect(learnt).toEqual(["one.example/a:1"]);
    pass(60_000);
    expect(thread.asked).toHaveLength(1);
  });
  it("counts for some minutes, and then the next lint asks again", () => {
    lint("a", "one.example/a:1");
    pass(OPENED);
    thread.answer("one.example/a:1", failed("not-found"));
    expect(failureOf("one.example/a:1")).toBe("not-found");
    expect(failureOf("one.example/b:1")).toBeUndefined();
    lint("a", "one.example/a:1");
    pass(VERDICT_LIFE - 1);
    expect(thread.asked).toHaveLength(1);
    pass(60_000);
    expect(thread.asked).toHaveLength(1);
    expect(failureOf("one.example/a:1")).toBeUndefined();
    lint("a", "one.example/a:1");
    pass(OPENED);
    expect(thread.asked).toHaveLength(2);
  });
});

describe("a registry that cannot be asked", () => {
  const edit = (...texts: readonly string[]): void => {
    lint("a", ...texts);
    pass(OPENED);
  };

  it("is left alone, longer each time, and tried with one question first", () => {
    const texts = ["one.example/a:1", "one.example/b:1", "one.example/c:1"];
    edit(...texts);
    expect(thread.underWay).toBe(3);
    for (const text of texts) thread.answer(text, failed("timeout"));
    edit(...texts, "one.example/d:1");
    expect(thread.underWay).toBe(0);
    expect(failureOf("one.example/d:1")).toBe("unreachable");
    pass(REST);
    edit(...texts);
    expect(thread.underWay).toBe(1);
    thread.answer("one.example/a:1", failed("unreachable"));
    pass(REST);
    edit(...texts);
    expect(thread.underWay).toBe(0);
    pass(REST);
    edit(...texts);
    expect(thread.underWay).toBe(1);
    thread.answer("one.example/a:1", found());
    expect(thread.underWay).toBe(2);
  });
  it("does not delay another registry", () => {
    edit(...Array.from({ length: 40 }, (_, index) => `one.example/a:${String(index)}`), "two.example/a:1");
    expect(thread.asked).toContain("two.example/a:1");
    expect(thread.underWay).toBe(9);
  });
  it("is asked as before after any answer about an image", () => {
    edit("one.example/a:1");
    thread.answer("one.example/a:1", failed("tls"));
    pass(REST);
    edit("one.example/a:1", "one.example/b:1");
    pass(SETTLED);
    expect(thread.underWay).toBe(1);
    thread.answer("one.example/a:1", failed("not-found"));
    thread.answer("one.example/b:1", found());
    expect(learnt).toEqual(["one.example/b:1"]);
  });
});

describe("what is kept", () => {
  it("is bounded: a thousand images are asked for a few at a time", () => {
    let most = 0;
    for (let file = 0; file < 20; file += 1)
      lint(
        `f${String(file)}`,
        ...Array.from(
          { length: 600 },
          (_, index) => `${index % 2 === 0 ? "one" : "two"}.example/f${String(file)}:${String(index)}`,
        ),
      );
    pass(OPENED);
    for (let times = 0; times < 1000 && thread.underWay > 0; times += 1) {
      most = Math.max(most, thread.underWay);
      thread.answer(thread.asked[times] ?? "", found());
    }
    expect(most).toBe(16);
    expect(learnt).toHaveLength(1000);
    expect(learnt.filter((name) => /\/f[0-3]:|:5[2-9]\d$/.test(name))).toEqual([]);
  });
  it("is one timer, and no timer where nothing is left to ask", () => {
    for (let times = 0; times < 1000; times += 1) lint("a", `one.example/a:${String(times)}`);
    expect(vi.getTimerCount()).toBe(1);
    pass(SETTLED + OPENED);
    expect(thread.asked).toEqual(["one.example/a:999"]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
