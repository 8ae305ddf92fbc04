// A registry that has every image: each tag points to an index that is made when it is asked for.
import { createHash } from "node:crypto";

const INDEX = "application/vnd.oci.image.index.v1+json";
const JSON_TYPE = "application/json";

const sha256 = (text) => `sha256:${createHash("sha256").update(text).digest("hex")}`;
const notFound = (code) => ({ status: 404, type: JSON_TYPE, text: JSON.stringify({ errors: [{ code }] }) });
const json = (value) => ({ status: 200, type: JSON_TYPE, text: JSON.stringify(value) });
const index = (text, digest) => ({
  status: 200,
  type: INDEX,
  text,
  headers: { "docker-content-digest": digest },
});

export class Registry {
  /** The indexes that were asked for, by `repository@digest`. */
  #manifests = new Map();
  /** The tags of each `host/repository`. */
  #tags = new Map();
  #generation = 1;

  /** Lets every tag point to another digest. */
  moveTags() {
    this.#generation += 1;
  }

  /** Adds a tag to the list of a `host/repository`. */
  addTag(name, tag) {
    this.#tags.set(name, (this.#tags.get(name) ?? new Set()).add(tag));
  }

  /** The digest that a tag of a repository points to now. */
  digestOf(repository, tag) {
    return sha256(this.#indexOf(repository, tag));
  }

  serve(request, response) {
    const url = new URL(request.url, `https://${request.headers.host}`);
    const { status, type, text, headers = {} } = this.#answer(url);
    response.writeHead(status, {
      "content-type": type,
      "content-length": Buffer.byteLength(text),
      ...headers,
    });
    response.end(request.method === "HEAD" ? undefined : text);
  }

  #answer({ pathname, host }) {
    if (pathname === "/v2/") return json({});
    const listed = /^\/v2\/(.+)\/tags\/list$/.exec(pathname)?.[1];
    if (listed) return json({ name: listed, tags: this.#tagsOf(`${host}/${listed}`) });
    // Renovate asks quay.io for its tags in another way.
    const quay = /^\/api\/v1\/repository\/(.+)\/tag\/$/.exec(pathname)?.[1];
    if (quay)
      return json({
        tags: this.#tagsOf(`${host}/${quay}`).map((tag) => ({ name: tag })),
        has_additional: false,
      });
    const [, repository, target] = /^\/v2\/(.+)\/manifests\/([^/]+)$/.exec(pathname) ?? [];
    if (!repository) return notFound("NAME_UNKNOWN");
    if (target.startsWith("sha256:")) {
      const known = this.#manifests.get(`${repository}@${target}`);
      return known ? index(known, target) : notFound("MANIFEST_UNKNOWN");
    }
    this.addTag(`${host}/${repository}`, target);
    const text = this.#indexOf(repository, target);
    this.#manifests.set(`${repository}@${sha256(text)}`, text);
    return index(text, sha256(text));
  }

  #tagsOf(name) {
    return [...(this.#tags.get(name) ?? [])];
  }

  #indexOf(repository, tag) {
    return JSON.stringify({
      schemaVersion: 2,
      mediaType: INDEX,
      manifests: [
        {
          mediaType: "application/vnd.oci.image.manifest.v1+json",
          size: 500,
          digest: sha256(`${repository}:${tag}:${this.#generation}`),
          platform: { os: "linux", architecture: "amd64" },
        },
      ],
    });
  }
}
