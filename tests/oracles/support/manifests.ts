// The four kinds of manifest that a tag may point to, and pushing them to a registry by hand.
import { createHash } from "node:crypto";
import { request } from "./http.js";

/** sha256 of a text's UTF-8 bytes, as a digest. */
export const sha256 = (text: string): string => `sha256:${createHash("sha256").update(text).digest("hex")}`;

const DOCKER = "application/vnd.docker.distribution.manifest";
const OCI = "application/vnd.oci.image";

const MEDIA = {
  docker: {
    manifest: `${DOCKER}.v2+json`,
    index: `${DOCKER}.list.v2+json`,
    config: "application/vnd.docker.container.image.v1+json",
    layer: "application/vnd.docker.image.rootfs.diff.tar.gzip",
  },
  oci: {
    manifest: `${OCI}.manifest.v1+json`,
    index: `${OCI}.index.v1+json`,
    config: `${OCI}.config.v1+json`,
    layer: `${OCI}.layer.v1.tar+gzip`,
  },
} as const;

interface Manifest {
  readonly mediaType: string;
  readonly bytes: string;
}

interface Image extends Manifest {
  readonly blobs: readonly string[];
  readonly platform: { readonly os: string; readonly architecture: string };
}

/** What stands behind one tag: the manifest that the tag names, and what it points to. */
export interface Kind extends Manifest {
  readonly name: "docker-schema2" | "docker-list" | "oci-manifest" | "oci-index";
  readonly children: readonly Manifest[];
  readonly blobs: readonly string[];
}

function image(family: keyof typeof MEDIA, architecture: string): Image {
  const media = MEDIA[family];
  const layer = `a layer of ${family} for ${architecture}`;
  const platform = { os: "linux", architecture };
  const config = JSON.stringify({
    ...platform,
    config: {},
    rootfs: { type: "layers", diff_ids: [sha256(layer)] },
  });
  const descriptor = (mediaType: string, blob: string): object => ({
    mediaType,
    size: Buffer.byteLength(blob),
    digest: sha256(blob),
  });
  const bytes = JSON.stringify(
    {
      schemaVersion: 2,
      mediaType: media.manifest,
      config: descriptor(media.config, config),
      layers: [descriptor(media.layer, layer)],
    },
    null,
    2,
  );
  return { mediaType: media.manifest, bytes, blobs: [config, layer], platform };
}

function kinds(family: keyof typeof MEDIA, single: Kind["name"], many: Kind["name"]): readonly Kind[] {
  const images = ["amd64", "arm64"].map((architecture) => image(family, architecture));
  const [first] = images;
  if (first === undefined) throw new Error("no image");
  const manifests = images.map(({ mediaType, bytes, platform }) => ({
    mediaType,
    size: Buffer.byteLength(bytes),
    digest: sha256(bytes),
    platform,
  }));
  const mediaType = MEDIA[family].index;
  return [
    { name: single, mediaType: first.mediaType, bytes: first.bytes, blobs: first.blobs, children: [] },
    {
      name: many,
      mediaType,
      bytes: JSON.stringify({ schemaVersion: 2, mediaType, manifests }, null, 3),
      blobs: images.flatMap((each) => each.blobs),
      children: images,
    },
  ];
}

export const KINDS: readonly Kind[] = [
  ...kinds("docker", "docker-schema2", "docker-list"),
  ...kinds("oci", "oci-manifest", "oci-index"),
];

/** Where to push, and as whom. */
export interface Target {
  readonly url: string;
  readonly ca?: string;
  /** The Authorization header for one repository. */
  readonly authorization: (repository: string) => Promise<string | undefined>;
}

/** Pushes one kind under a tag, blobs first; throws where the registry refuses. */
export async function push(target: Target, repository: string, tag: string, kind: Kind): Promise<void> {
  const authorization = await target.authorization(repository);
  const headers = authorization === undefined ? {} : { authorization };
  const ca = target.ca === undefined ? {} : { ca: target.ca };
  const base = `${target.url}/v2/${repository}`;
  for (const blob of kind.blobs) {
    const begun = await request(`${base}/blobs/uploads/`, { method: "POST", headers, ...ca });
    const location = new URL(begun.headers.location ?? "no upload location", target.url);
    location.searchParams.set("digest", sha256(blob));
    const put = await request(location.href, {
      method: "PUT",
      headers: { ...headers, "content-type": "application/octet-stream" },
      body: blob,
      ...ca,
    });
    if (put.status !== 201) throw new Error(`blob: ${String(put.status)} ${put.body}`);
  }
  const manifests = [
    ...kind.children.map((child) => ({ ...child, as: sha256(child.bytes) })),
    { ...kind, as: tag },
  ];
  for (const { mediaType, bytes, as } of manifests) {
    const put = await request(`${base}/manifests/${as}`, {
      method: "PUT",
      headers: { ...headers, "content-type": mediaType },
      body: bytes,
      ...ca,
    });
    if (put.status !== 201) throw new Error(`manifest: ${String(put.status)} ${put.body}`);
  }
}
