// The thread that asks for an editor does not keep its process alive. Needs the built output.
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { digestOf } from "../support/registry.js";
import { folder, start } from "./lookups.js";

/** Asks once, waits for the answer, and then has nothing left to do. */
const SCRIPT = `
  import { createLookupThread } from "./build/lib/digests/background-thread.js";
  import { keyOf } from "./build/lib/digests/key.js";
  import { parseReference } from "./build/lib/reference/reference.js";
  import { trust } from "./build/lib/registry/trust.js";
  import { readSettings } from "./build/lib/settings/read.js";
  const [image, written] = process.argv.slice(1);
  const { settings } = readSettings({ "container-images": JSON.parse(written) });
  const { reference } = parseReference(image);
  const { registry } = trust(reference.domain, settings);
  const waiting = setInterval(() => {}, 1000);
  const lookup = { reference, registry, key: keyOf(reference, registry) };
  createLookupThread().ask([lookup], settings, (_, answer) => {
    clearInterval(waiting);
    console.log(answer.digest);
  });
`;

test("a process that has its answer ends by itself", async () => {
  const registry = await start();
  const settings = JSON.stringify({ registries: [registry.host], cacheDirectory: folder });
  const args = ["--input-type=module", "-e", SCRIPT, `${registry.host}/acme/app:1`, settings];
  // The limit only ends a process that would never end.
  expect(execFileSync(process.execPath, args, { encoding: "utf8", timeout: 30_000 })).toBe(
    `${digestOf("acme/app", "1")}\n`,
  );
});
