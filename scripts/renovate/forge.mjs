// Starts a minimal forge with Gitea's API, so that Renovate can push branches into a bare repository.
import { createServer } from "node:http";
import { listen } from "./listen.mjs";

const REPOSITORY = "repos/org/recipes";

/**
 * Starts the forge.
 *
 * @param bare the path of the bare repository
 * @param branch its default branch
 * @returns its `endpoint`, the requests that it did not know (`unknown`), and `stop()`
 */
export async function startForge(bare, branch) {
  const forge = { repository: describeRepository(bare, branch), pulls: [], unknown: [] };
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { status = 200, value } = answer(forge, request, body);
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(value));
  });
  const port = await listen(server);
  return {
    endpoint: `http://127.0.0.1:${String(port)}/api/v1/`,
    unknown: forge.unknown,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function describeRepository(bare, branch) {
  return {
    id: 1,
    name: "recipes",
    full_name: "org/recipes",
    default_branch: branch,
    clone_url: `file://${bare}`,
    ssh_url: bare,
    archived: false,
    mirror: false,
    empty: false,
    has_issues: false,
    has_pull_requests: true,
    allow_rebase: true,
    allow_squash_merge: true,
    owner: { login: "org", username: "org" },
    permissions: { admin: true, pull: true, push: true },
  };
}

function answer({ repository, pulls, unknown }, { method, url }, body) {
  const path = new URL(url, "http://forge").pathname.replace(/^.*\/api\/v1\//, "");
  if (path === "version") return { value: { version: "1.22.0" } };
  if (path === "user")
    return {
      value: { id: 7, username: "bot", login: "bot", full_name: "bot", email: "bot@example.invalid" },
    };
  if (path === REPOSITORY) return { value: repository };
  if (path === `${REPOSITORY}/pulls` && method === "POST") {
    const pull = describePull(pulls.length + 1, JSON.parse(body), repository);
    pulls.push(pull);
    return { status: 201, value: pull };
  }
  if (path === `${REPOSITORY}/pulls`) return { value: pulls };
  if (/\/(labels|statuses|issues|comments)$/.test(path)) return { value: [] };
  if (/\/status$/.test(path)) return { value: { state: "success", statuses: [] } };
  unknown.push(`${method} ${path}`);
  return { status: 404, value: { message: "not found" } };
}

function describePull(number, { title, head, base, body }, repository) {
  return {
    number,
    title,
    body,
    state: "open",
    merged: false,
    mergeable: true,
    created_at: "2026-01-01T00:00:00Z",
    head: { label: head, sha: "0".repeat(40), repo: repository },
    base: { ref: base },
    user: { username: "bot" },
  };
}
