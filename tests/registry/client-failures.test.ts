// What the client does where a registry fails, redirects, or cannot be reached.
import { describe, expect, test, vi } from "vitest";
import { stopClock, until } from "../support/clock.js";
import type { Rule } from "../support/registry.js";
import { referenceOf } from "../support/settings.js";
import { ask, open, clientOf, FOUND, INDEX, MANIFESTS, methods, start } from "./clients.js";
import { lookUp } from "./logins.js";

describe("a request is repeated", () => {
  test.each([408, 429, 500, 502, 503, 504, 522])("after %i", async (status) => {
    const registry = await start({ rules: [{ path: MANIFESTS, status, times: 1 }] });
    expect(await ask(registry, "acme/app:1")).toMatchObject({ ok: true, digest: FOUND });
    expect(await methods(registry)).toBe("HEAD HEAD");
  });

  test("after a connection that was cut", async () => {
    const registry = await start({ rules: [{ path: MANIFESTS, reset: true, times: 2 }] });
    expect(await ask(registry, "acme/app:1")).toMatchObject({ ok: true, digest: FOUND });
  });

  test("at most twice", async () => {
    const registry = await start({ rules: [{ path: MANIFESTS, status: 503 }] });
    expect(await ask(registry, "acme/app:1")).toMatchObject({
      ok: false,
      reason: "unreachable",
      message: `${registry.host} answered 503 for ${registry.host}/acme/app:1`,
    });
    expect(await methods(registry)).toBe("HEAD HEAD HEAD");
  });

  test("not where the host wants a longer wait than the timeout; then no lookup asks it", async () => {
    const registry = await start({
      rules: [{ path: MANIFESTS, status: 429, headers: [["retry-after", "99999"]] }],
    });
    const client = clientOf({ registries: [registry.host] });
    const answers = await Promise.all(
      ["a:1", "b:1", "c:1"].map((text) =>
        client.resolve(referenceOf(`${registry.host}/${text}`), new AbortController().signal),
      ),
    );
    for (const answer of answers)
      expect(answer).toMatchObject({
        ok: false,
        reason: "rate-limited",
        message: expect.stringMatching(/ until \d{4}-\d\d-\d\dT[\d:]+Z; logging in/) as string,
      });
    expect(await methods(registry)).toBe("HEAD");
  });

  test.each([
    ["99999", "HEAD"],
    ["1", "HEAD HEAD"],
  ])("503 until in %s s closes the host for the run, with one message", async (wait, sent) => {
    const registry = await start({
      rules: [{ path: MANIFESTS, status: 503, headers: [["retry-after", wait]] }],
    });
    const client = clientOf({ registries: [registry.host], timeout: 1900 });
    const messages = new Set<string>();
    for (let image = 0; image < 20; image += 1) {
      const answer = await client.resolve(
        referenceOf(`${registry.host}/acme/app:${String(image)}`),
        new AbortController().signal,
      );
      expect(answer).toMatchObject({ ok: false, reason: "unreachable", about: { host: registry.host } });
      messages.add(answer.ok ? "" : answer.message);
    }
    expect([...messages]).toEqual([
      expect.stringMatching(
        / answers nothing until [-\d]+T[:\d]+Z: it is overloaded or under maintenance \(503\)$/,
      ),
    ]);
    expect(await methods(registry)).toBe(sent);
  });

  test("one message also where requests were under way", async () => {
    const registry = await start({
      rules: [{ path: MANIFESTS, status: 503, headers: [["retry-after", "99999"]] }],
      latency: 30,
    });
    const client = clientOf({ registries: [registry.host] });
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, image) =>
        client.resolve(
          referenceOf(`${registry.host}/acme/app:${String(image)}`),
          new AbortController().signal,
        ),
      ),
    );
    expect(new Set(answers.map((answer) => (answer.ok ? "" : answer.message))).size).toBe(1);
  });

  test("twice where the host limits requests for an unknown time; then no lookup asks it", async () => {
    const registry = await start({ rules: [{ path: MANIFESTS, status: 429 }] });
    const client = clientOf({ registries: [registry.host] });
    for (const text of ["a:1", "b:1", "c:1"]) {
      const answer = await client.resolve(
        referenceOf(`${registry.host}/${text}`),
        new AbortController().signal,
      );
      expect(answer).toMatchObject({
        ok: false,
        reason: "rate-limited",
        message: `${registry.host} takes no more requests from here; logging in may raise the limit`,
      });
    }
    expect(await methods(registry)).toBe("HEAD HEAD HEAD");
  });

  test.each(["0", "Mon, 01 Jan 2001 00:00:00 GMT"])(
    "twice where the host always says that the wait is over (%s); then no lookup asks it",
    async (value) => {
      const registry = await start({
        rules: [{ path: MANIFESTS, status: 429, headers: [["retry-after", value]] }],
      });
      const client = clientOf({ registries: [registry.host] });
      for (const tag of ["1", "2"])
        expect(await lookUp(client, `${registry.host}/acme/app:${tag}`)).toMatchObject({
          reason: "rate-limited",
          message: `${registry.host} takes no more requests from here; logging in may raise the limit`,
        });
      expect(await methods(registry)).toBe("HEAD HEAD HEAD");
    },
  );

  test("after the wait that the host asks for", async () => {
    const registry = await start({
      rules: [{ path: MANIFESTS, status: 429, headers: [["retry-after", "1"]], times: 1 }],
    });
    expect(await ask(registry, "acme/app:1")).toMatchObject({ ok: true });
  });
});

describe("hosts that cannot be reached", () => {
  test("are asked once, however many references they have", async () => {
    const registry = await start();
    const host = registry.host;
    await registry.stop();
    open.length = 0;
    const client = clientOf({ registries: [host] });
    const answers = await Promise.all(
      ["a:1", "b:1", "c:1"].map((text) =>
        client.resolve(referenceOf(`${host}/${text}`), new AbortController().signal),
      ),
    );
    for (const answer of answers)
      expect(answer).toMatchObject({
        ok: false,
        reason: "unreachable",
        message: `${host} cannot be reached: the connection was refused`,
      });
  });

  test("are left alone when they never answer, while other hosts are asked", async () => {
    const hung = await start({ rules: [{ path: ".", hang: true }] });
    const good = await start();
    stopClock();
    const client = clientOf({ registries: [hung.host, good.host], timeout: 300 });
    const resolve = (text: string): Promise<string> =>
      client
        .resolve(referenceOf(text), new AbortController().signal)
        .then((answer) => (answer.ok ? "found" : answer.reason));
    const [a, b] = [resolve(`${hung.host}/a:1`), resolve(`${hung.host}/b:1`)];
    expect(await Promise.all([resolve(`${good.host}/a:1`), resolve(`${good.host}/b:1`)])).toEqual([
      "found",
      "found",
    ]);
    await until(async () => (await methods(hung)) === "HEAD");
    // A quarter of the time is waited for the first; then the other tries, too.
    vi.advanceTimersByTime(75);
    await until(async () => (await methods(hung)) === "HEAD HEAD");
    vi.advanceTimersByTime(300);
    expect(await Promise.all([a, b])).toEqual(["timeout", "timeout"]);
    expect(await client.resolve(referenceOf(`${hung.host}/c:1`), new AbortController().signal)).toMatchObject(
      { ok: false, reason: "timeout" },
    );
    expect(await methods(hung)).toBe("HEAD HEAD");
  });

  test("answer other images where one image gets no answer", async () => {
    const registry = await start({ rules: [{ path: "/slow/", hang: true }] });
    stopClock();
    const client = clientOf({ registries: [registry.host], timeout: 800 });
    const [slow, ...others] = ["slow", "a", "b"].map((name) =>
      client.resolve(referenceOf(`${registry.host}/${name}:1`), new AbortController().signal),
    );
    await until(async () => (await methods(registry)) === "HEAD");
    vi.advanceTimersByTime(200);
    expect(await Promise.all(others)).toMatchObject([{ ok: true }, { ok: true }]);
    vi.advanceTimersByTime(600);
    expect(await slow).toMatchObject({ reason: "timeout" });
  });

  test.each<[string, Rule]>([
    [
      "headers that come byte by byte",
      { path: MANIFESTS, raw: "HTTP/1.1 200 OK\r\nX-Slow: ", keepOpen: true },
    ],
    [
      "a body that comes byte by byte",
      { path: MANIFESTS, method: "GET", trickle: 20, headers: [["content-type", INDEX]] },
    ],
  ])("%s end at the reference's deadline", async (_, rule) => {
    const registry = await start({ rules: [{ ...rule }, { path: MANIFESTS, method: "HEAD", status: 405 }] });
    expect(await ask(registry, "acme/app:1", { timeout: 500 })).toMatchObject({
      ok: false,
      reason: "timeout",
    });
  });
});

test("a lookup that is stopped is a failure, and does not count against the host", async () => {
  const registry = await start({ rules: [{ path: MANIFESTS, hang: true, times: 1 }] });
  const client = clientOf({ registries: [registry.host] });
  const controller = new AbortController();
  const stopped = client.resolve(referenceOf(`${registry.host}/acme/app:1`), controller.signal);
  const behind = client.resolve(referenceOf(`${registry.host}/acme/app:1`), new AbortController().signal);
  while ((await registry.requests()).length === 0);
  controller.abort();
  expect(await stopped).toMatchObject({ ok: false });
  expect(await behind).toMatchObject({ ok: true, digest: FOUND });
});

describe("a host that falls silent after its first answer", () => {
  test("is given up on, as one that never spoke", async () => {
    const registry = await start();
    const client = clientOf({ registries: [registry.host], timeout: 1000 });
    const ask = (tag: string) =>
      client.resolve(referenceOf(`${registry.host}/acme/app:${tag}`), new AbortController().signal);
    expect(await ask("1")).toMatchObject({ ok: true });
    await registry.script({ rules: [{ path: MANIFESTS, hang: true }] });
    expect(await ask("2")).toMatchObject({ ok: false, reason: "timeout" });
    const before = (await registry.requests()).length;
    const rest = await Promise.all(["3", "4", "5"].map(ask));
    expect(rest).toMatchObject([{ reason: "timeout" }, { reason: "timeout" }, { reason: "timeout" }]);
    expect(await registry.requests()).toHaveLength(before);
  });

  test("is asked on while it answers for other images", async () => {
    const registry = await start({ rules: [{ path: "/hang/", hang: true }] });
    const client = clientOf({ registries: [registry.host], timeout: 1000 });
    const ask = (name: string) =>
      client.resolve(referenceOf(`${registry.host}/${name}:1`), new AbortController().signal);
    expect(await ask("acme/app")).toMatchObject({ ok: true });
    const hanging = ask("acme/hang/app");
    while ((await registry.requests()).length < 2);
    expect(await ask("acme/other")).toMatchObject({ ok: true });
    expect(await hanging).toMatchObject({ ok: false, reason: "timeout" });
    expect(await ask("acme/third")).toMatchObject({ ok: true });
  });
});

test("a clock that is set back by an hour during a run changes nothing", async () => {
  const registry = await start({ auth: "token" });
  const client = clientOf({ registries: [registry.host] });
  const ask = (tag: string) =>
    client.resolve(referenceOf(`${registry.host}/acme/app:${tag}`), new AbortController().signal);
  const first = await ask("1");
  const back = Date.now() - 3_600_000;
  vi.useFakeTimers({ toFake: ["Date"], now: back });
  const second = await ask("2");
  if (!first.ok || !second.ok) throw new Error("both are found");
  expect(second.resolvedAt).toBeGreaterThanOrEqual(first.resolvedAt);
  expect((await registry.requests()).filter(({ url }) => url.startsWith("/token"))).toHaveLength(1);
});
