// Registries that are closed, frozen or moved: since when, what to use instead, and where it was said.
import type { ImageField, Part } from "../images/field.js";
import { join, type Edit, type Piece } from "./pin.js";
import { isOwn } from "./writable.js";

/** One registry, or one path in it, that nobody should pull from any more. */
export interface DeprecatedRegistry {
  /** `domain` or `domain/path`; `*.` before a domain stands for any labels. */
  readonly from: string;
  /** Set where every image that was there is at this place, at the same path below it and with the same digest. */
  readonly sameAt?: string;
  /** A tag that the deprecation does not cover. */
  readonly exceptTag?: string;
  /** The day, `YYYY-MM-DD`, or the month. */
  readonly since: string;
  /** Behind the registry's name: what happened. */
  readonly what: string;
  /** Behind a semicolon: what to do. */
  readonly remedy: string;
  readonly source: string;
}

const KUBERNETES = { sameAt: "registry.k8s.io", remedy: "use registry.k8s.io" } as const;
const FREEZE = "https://kubernetes.io/blog/2023/02/06/k8s-gcr-io-freeze-announcement/";
/** A maintainer of registry.k8s.io there: every old image exists at the new place, path by path. */
const ONE_TO_ONE = "https://github.com/kubernetes-sigs/sig-storage-local-static-provisioner/issues/479";

export const DEPRECATED_REGISTRIES: readonly DeprecatedRegistry[] = [
  { from: "k8s.gcr.io", since: "2023-04-03", what: "is frozen", ...KUBERNETES, source: FREEZE },
  ...["gcr.io", "us.gcr.io", "eu.gcr.io", "asia.gcr.io"].map((domain) => ({
    from: `${domain}/k8s-artifacts-prod`,
    since: "2023-04-03",
    what: "is frozen",
    ...KUBERNETES,
    source: FREEZE,
  })),
  {
    from: "gcr.io/google_containers",
    since: "2020-07",
    what: "is frozen",
    ...KUBERNETES,
    source: ONE_TO_ONE,
  },
  {
    from: "gcr.io/google-containers",
    since: "2020-07",
    what: "is frozen",
    ...KUBERNETES,
    source: ONE_TO_ONE,
  },
  {
    from: "gcr.io/kubebuilder",
    since: "2025-03-18",
    what: "is closed",
    remedy: "take kube-rbac-proxy from quay.io/brancz",
    source: "https://github.com/k8s-operatorhub/community-operators/issues/5378",
  },
  {
    from: "docker.pkg.github.com",
    since: "2025-02-24",
    what: "is closed",
    remedy: "use ghcr.io",
    source: "https://github.blog/changelog/2025-01-23-legacy-docker-registry-closing-down/",
  },
  {
    from: "docker.io/bitnami",
    exceptTag: "latest",
    since: "2025-08-28",
    what: "holds no versions",
    remedy: "docker.io/bitnamilegacy has the old ones, without updates",
    source: "https://github.com/bitnami/containers/issues/83267",
  },
  {
    from: "*.bintray.io",
    since: "2021-05-01",
    what: "is closed",
    remedy: "ask the publisher where the image is",
    source: "https://jfrog.com/blog/into-the-sunset-bintray-jcenter-gocenter-and-chartcenter/",
  },
  {
    from: "registry.centos.org",
    since: "2023-05-26",
    what: "is closed",
    remedy: "use quay.io/centos",
    source: "https://github.com/CentOS/container-index/issues/424",
  },
  {
    from: "registry.svc.ci.openshift.org",
    since: "2021-04-14",
    what: "is closed",
    remedy: "use registry.ci.openshift.org",
    source: "https://github.com/openshift-eng/aos-cd-jobs/pull/2580",
  },
];

/**
 * The row that a field's image is covered by.
 *
 * @param field a field
 * @returns the row; `undefined` where its registry is none of them, or where the field says nothing of a registry
 */
export function deprecation({ reference }: ImageField): DeprecatedRegistry | undefined {
  if (!reference) return undefined;
  const image = `${reference.domain}/${reference.repository}`;
  return DEPRECATED_REGISTRIES.find(({ from, exceptTag }) => {
    if (exceptTag !== undefined && reference.tag === exceptTag) return false;
    return from.startsWith("*.") ? reference.domain.endsWith(from.slice(1)) : image.startsWith(`${from}/`);
  });
}

/**
 * The edit that names the place where the same images are.
 *
 * @param text the file's text, without byte order mark
 * @param field a field of that registry
 * @param row the row that covers it
 * @returns an edit of the registry's name alone; none where the images moved otherwise, or where the name does not stand in
 *   the field as it is read
 */
export function relocated(
  text: string,
  field: ImageField,
  { from, sameAt }: DeprecatedRegistry,
): Edit | undefined {
  const { registry, repository } = field.parts;
  if (sameAt === undefined || !repository || (field.slot.kind === "none" && field.slot.reason === "embedded"))
    return undefined;
  const pieces = registry
    ? inTwoKeys(text, registry, repository, from, sameAt)
    : inOne(text, repository, field.written, from, sameAt);
  return pieces && join(text, field, pieces, `Use ${sameAt}`);
}

function inOne(
  text: string,
  repository: Part,
  written: string,
  from: string,
  sameAt: string,
): readonly Piece[] | undefined {
  // `docker://` and `old=` stand before the reference and are no part of it.
  const before = repository.value.endsWith(written) ? repository.value.length - written.length : 0;
  const piece = replaced(text, repository, before, from, sameAt);
  return repository.value.slice(before).startsWith(`${from}/`) ? piece && [piece] : undefined;
}

function inTwoKeys(
  text: string,
  registry: Part,
  repository: Part,
  from: string,
  sameAt: string,
): readonly Piece[] | undefined {
  const host = registry.value.replace(/\/+$/, "");
  if (host === from || host.startsWith(`${from}/`)) {
    const piece = replaced(text, registry, 0, from, sameAt);
    return piece && [piece];
  }
  const rest = from.slice(host.length + 1);
  if (!from.startsWith(`${host}/`) || !repository.value.startsWith(`${rest}/`)) return undefined;
  const pieces = [replaced(text, registry, 0, host, sameAt), replaced(text, repository, 0, `${rest}/`, "")];
  return pieces.every((piece) => piece !== undefined) ? pieces : undefined;
}

/** Replaces a stretch of a scalar that begins at `offset` of its value. */
function replaced(text: string, part: Part, offset: number, old: string, by: string): Piece | undefined {
  if (!isOwn(text, part)) return undefined;
  const at = text.slice(...part.valueRange).indexOf(part.value);
  const start = part.valueRange[0] + at + offset;
  return at < 0 || text.slice(start, start + old.length) !== old
    ? undefined
    : { range: [start, start + old.length], text: by };
}
