// No secret is in what a user sees or what is kept, whatever a registry, a helper or a configuration does: it
// is looked for in random scenarios.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { linesOfFailures } from "../../lib/cli/failure-groups.js";
import type { Row } from "../../lib/cli/rows.js";
import { createResolver } from "../../lib/digests/resolve.js";
import { createVerifier } from "../../lib/digests/verify.js";
import type { Digest } from "../../lib/reference/digest.js";
import { helperFolder, prints, type HelperFolder } from "../support/helper-programs.js";
import type { Rule } from "../support/registry.js";
import { referenceOf, settingsOf } from "../support/settings.js";
import { MANIFESTS, open, start } from "./clients.js";

const SCENARIOS = 200;
/** So many run at the same time: most of them wait. */
const BATCH = 20;

/** Ways to write a secret that a reader of a message could undo. */
const SPELLINGS: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => secret.toLowerCase(),
  (secret) => basicOf(secret).replace(/=+$/, ""),
  (secret) => Buffer.from(`me:${secret}`).toString("base64url"),
  (secret) => encodeURIComponent(secret),
  (secret) => secret.toLowerCase().replace(/[^a-z0-9]/g, "-"),
];

/** What a registry that got the secret may do with it; `$` is one of its spellings. */
const TRICKS: readonly Omit<Rule, "path">[] = [
  ...[
    ...["https://$.localhost/x", "http://$.evil.example/x", "https://me:$@localhost/x", "$:/x", "//$/x"],
    ...["http://127.0.0.1:1/$?$", "{origin}/$", "https://localhost/$", "http://[$]/", "http://$:5000/"],
  ].map((location) => answers(307, [["location", location]])),
  ...[
    ...["$ realm=x", 'Bearer realm="$"', 'Bearer realm="https://$.localhost/t"', 'Basic realm="$"'],
    ...['Bearer realm="http://$.evil.example/t"', 'Bearer realm="https://me:$@localhost/t"', "$"],
    ...['Bearer realm="{origin}/token?$",service="$"', 'Bearer realm="{origin}/$"', 'Bearer realm="x:$"'],
  ].map((challenge) => answers(401, [["www-authenticate", challenge]])),
  ...["text/html; $", "application/$", "$"].map((type) => answers(200, [["content-type", type]], "$")),
  answers(200, [["docker-content-digest", "$"]]),
  answers(200, [["content-encoding", "$"]], "$"),
  answers(429, [["retry-after", "9999"]], '{"errors":[{"code":"$","message":"$"}]}'),
  answers(503, [["retry-after", "9999$"]], "$"),
  ...[400, 403, 404, 418].map((status) => answers(status, [["x-note", "$"]], '{"errors":[{"message":"$"}]}')),
  ...["HTTP/1.1 $\r\n\r\n", "$", "HTTP/1.1 200 $\r\n$\r\n\r\n", "HTTP/1.1 404 $\r\n\r\n$"].map((raw) => ({
    raw,
  })),
];

/** Logins; `$` is the secret, `%` its entry in base64. */
const LOGINS: readonly string[] = [
  ...['{"auth":"%"}', '{"username":"me","password":"$"}', '{"identitytoken":"$"}', '{"registrytoken":"$"}'],
];
/** What may be in place of one. It is sent to nobody. */
const NO_LOGINS: readonly string[] = [
  ...['{"registrytoken":"$\\n"}', '{"auth":"$"}', '{"auth":"%%"}', '{"auth":"%', '"$"', '["$"]'],
  ...['{"auth":{"$":"$"}}', '$ {"auth":"%"}'],
];

/** What a helper may do with the secret. The first two have a login: a password, and a token. */
const HELPERS: readonly ((secret: string) => string)[] = [
  (secret) => prints("me", secret),
  (secret) => prints("<token>", secret),
  (secret) => `echo 'denied for ${secret}' >&2; exit 1`,
  (secret) => `echo '${secret}'; exit 3`,
  (secret) => `echo '{"Username":"me","Password":"${secret}"}'`,
  (secret) => `echo '${secret}'`,
  (secret) => `echo '${secret}' >&2; kill -9 $$`,
  (secret) => `yes '${secret}' | head -c 200000`,
];

const ROW = { file: "a.yaml", line: 1, written: "app:1" } as Row;

interface Scenario {
  readonly secret: string;
  readonly spell: (secret: string) => string;
  readonly trick: Omit<Rule, "path">;
  /** Whether the token server does it. */
  readonly atTokenServer: boolean;
  readonly auth: "basic" | "token";
  readonly login: { readonly inFile: string } | { readonly helper: number };
  /** Whether the registry takes the password. */
  readonly right: boolean;
  readonly place: "file" | "variable";
}

const SCENARIO: fc.Arbitrary<Scenario> = fc.record({
  secret: fc.stringMatching(/^[A-Za-z0-9]{8,16}(?:[_.+/=-][A-Za-z0-9]{4,8})?$/),
  spell: fc.constantFrom(...SPELLINGS),
  trick: fc.constantFrom(...TRICKS),
  atTokenServer: fc.boolean(),
  auth: fc.constantFrom("basic" as const, "token" as const),
  login: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...LOGINS).map((inFile) => ({ inFile })) },
    { weight: 1, arbitrary: fc.constantFrom(...NO_LOGINS).map((inFile) => ({ inFile })) },
    { weight: 2, arbitrary: fc.nat(HELPERS.length - 1).map((helper) => ({ helper })) },
  ),
  right: fc.nat(4).map((sides) => sides > 0),
  place: fc.constantFrom("file" as const, "variable" as const),
});

test(`${String(SCENARIOS)} random scenarios tell nobody a secret`, async () => {
  const scenarios = fc.sample(SCENARIO, { numRuns: SCENARIOS, seed: fc.readConfigureGlobal().seed ?? 1 });
  const met = { sent: 0, failed: 0, hidden: 0 };
  for (let at = 0; at < scenarios.length; at += BATCH)
    for (const { scenario, told, sent } of await Promise.all(scenarios.slice(at, at + BATCH).map(play))) {
      const letters = lettersOf(told);
      for (const secret of formsOf(scenario))
        expect(letters.includes(lettersOf(secret)), `${JSON.stringify(scenario)}: ${told}`).toBe(false);
      met.sent += sent ? 1 : 0;
      met.failed += told.includes('"ok":false') ? 1 : 0;
      met.hidden += told.includes("a host whose name holds a secret") ? 1 : 0;
    }
  // Else nothing was tried.
  expect(met.sent).toBeGreaterThan(SCENARIOS / 4);
  expect(met.failed).toBeGreaterThan(SCENARIOS / 4);
  expect(met.hidden).toBeGreaterThan(SCENARIOS / 40);
}, 120_000);

/** Plays one scenario: all that a user could read afterwards, and whether the registry got the secret. */
async function play(scenario: Scenario): Promise<{ scenario: Scenario; told: string; sent: boolean }> {
  const { secret, right, auth } = scenario;
  const registry = await start({
    auth,
    users: { me: right ? secret : "another" },
    identityToken: secret,
    registryToken: secret,
    rules: [ruleOf(scenario)],
  });
  const folder = mkdtempSync(join(tmpdir(), "container-images-leaks-"));
  open.push(() => {
    rmSync(folder, { recursive: true });
  });
  const env = environmentOf(scenario, registry.host, helperFolder(folder), folder);
  const cacheDirectory = join(folder, "cache");
  const settings = settingsOf({ registries: [registry.host], timeout: 1500, cacheDirectory });
  const told: string[] = [];
  const resolver = createResolver({ env, onUnkept: (each) => told.push(each) });
  const references = ["app:1", "app:2", "db:1"].map((text) => referenceOf(`${registry.host}/acme/${text}`));
  const found = await resolver.resolveAll(references, settings);
  resolver.close();
  const failed = found.flatMap((failure) => (failure.ok ? [] : [{ row: ROW, failure }]));
  told.push(JSON.stringify(found), ...linesOfFailures(failed, "failed"));
  const verifier = createVerifier(env);
  const digest = `sha256:${"0".repeat(64)}` as Digest;
  const pinned = { ...referenceOf(`${registry.host}/acme/app:1`), digest };
  told.push(JSON.stringify(await verifier.verify(pinned, settings)));
  verifier.close();
  told.push(...contentOf(cacheDirectory));
  const sent = (await registry.requests()).some(({ authorization, body }) =>
    [secret, basicOf(secret)].some(
      (each) => authorization.includes(each) || body.includes(encodeURIComponent(each)),
    ),
  );
  return { scenario, told: told.join("\n"), sent };
}

/** After the login, because who does not have the secret cannot tell it. */
function ruleOf({ secret, spell, trick, atTokenServer, auth, login }: Scenario): Rule {
  const isSent = "helper" in login ? login.helper < 2 : LOGINS.includes(login.inFile);
  const spelled = isSent ? spell(secret) : "unknown";
  const filled = JSON.parse(JSON.stringify(trick), (_, value: unknown) =>
    typeof value === "string" ? value.replaceAll("$", () => spelled) : value,
  ) as Omit<Rule, "path">;
  return atTokenServer && auth === "token"
    ? { ...filled, path: "^/token" }
    : { ...filled, path: MANIFESTS, afterAuth: true };
}

function environmentOf(
  { secret, login, place }: Scenario,
  host: string,
  helpers: HelperFolder,
  folder: string,
): NodeJS.ProcessEnv {
  const inHelper = "helper" in login;
  if (inHelper) helpers.add("test", HELPERS[login.helper]?.(secret) ?? "");
  const entry = inHelper
    ? "{}"
    : login.inFile.replaceAll("$", () => secret).replaceAll("%", () => basicOf(secret));
  const text = `{${inHelper ? '"credsStore":"test",' : ""}"auths":{"${host}":${entry}}}`;
  const common = { PATH: helpers.path, HOME: folder, DOCKER_CONFIG: folder };
  if (place === "variable") return { ...common, DOCKER_AUTH_CONFIG: text };
  writeFileSync(join(folder, "config.json"), text);
  return common;
}

/** What a registry gets. It may encode a token as it likes, but a password comes to it in base64. */
function formsOf({ secret, login }: Scenario): readonly string[] {
  const isToken = "helper" in login ? login.helper === 1 : login.inFile.includes("token");
  return isToken ? [secret] : [secret, basicOf(secret)];
}

function answers(
  status: number,
  headers: readonly (readonly [string, string])[],
  body = "",
): Omit<Rule, "path"> {
  return { status, headers, body };
}

function basicOf(secret: string): string {
  return Buffer.from(`me:${secret}`).toString("base64");
}

/** As a reader would see it in a host's name, which has no capital letters and not all signs. */
function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** The names and the texts of all files of a folder, if there is one. */
function contentOf(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((each) => each.isFile())
    .map(({ parentPath, name }) => `${name}: ${readFileSync(join(parentPath, name), "utf8")}`);
}
