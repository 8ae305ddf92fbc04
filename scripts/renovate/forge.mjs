// The least of a forge (Gitea's API) that lets Renovate push a branch into a bare repository beside it.
import { createServer } from "node:http";
import { listen } from "./world.mjs";

/**
 * Starts the forge.
 *
 * @param bare the path of the bare repository
 * @param branch its default branch
 * @returns its `endpoint`, the requests it did not know (`unknown`), and `stop()`
 */
export async function startForge(bare, branch) {
  const repo = {
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
  const unknown = [];
  const pulls = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const json = (value, status = 200) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(value));
    };
    const path = new URL(request.url, "http://forge").pathname.replace(/^.*\/api\/v1\//, "");
    if (path === "version") return json({ version: "1.22.0" });
    if (path === "user")
      return json({ id: 7, username: "bot", login: "bot", full_name: "bot", email: "bot@example.invalid" });
    if (path === "repos/org/recipes") return json(repo);
    if (path === "repos/org/recipes/pulls" && request.method === "POST") {
      const { title, head, base, body: text } = JSON.parse(body);
      const pull = {
        number: pulls.length + 1,
        title,
        body: text,
        state: "open",
        merged: false,
        mergeable: true,
        created_at: "2026-01-01T00:00:00Z",
        head: { label: head, sha: "0".repeat(40), repo },
        base: { ref: base },
        user: { username: "bot" },
      };
      pulls.push(pull);
      return json(pull, 201);
    }
    if (path === "repos/org/recipes/pulls") return json(pulls);
    if (/\/(labels|statuses|issues|comments)$/.test(path)) return json([]);
    if (/\/status$/.test(path)) return json({ state: "success", statuses: [] });
    unknown.push(`${request.method} ${path}`);
    return json({ message: "not found" }, 404);
  });
  const port = await listen(server);
  return {
    endpoint: `http://127.0.0.1:${String(port)}/api/v1/`,
    unknown,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
