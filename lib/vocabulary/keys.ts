// Keys, and patterns of keys, that say something of an image wherever they stand.

/** In characters. No row of the vocabulary has a longer key, and no pattern is tried on one. */
export const LONGEST_KEY = 100;

/** Keys that a container has beside its image, and nothing else has (Kubernetes API, Container). */
export const CONTAINER_KEYS: readonly string[] = [
  "command",
  "args",
  "imagePullPolicy",
  "volumeMounts",
  "securityContext",
  "livenessProbe",
  "readinessProbe",
  "envFrom",
  "terminationMessagePath",
];

/**
 * A key that names an image: `image`, `sidecarImage`, `proxy_image`. Not `vmImage`, which is a machine's
 * (Azure Pipelines), nor `lastTriggeredImage`, which OpenShift writes.
 */
export const IMAGE_KEY = /^(?!(?:vmImage|lastTriggeredImage)$)(?:.*(?:Image|image))$/;

/** What may follow `image` in a key that holds a whole reference. */
const REFERENCE_WORDS = "name|Name|ref|Ref|url|URL|uri|URI";

/** What follows `image` in a key that holds only a part of a reference, or a property of the image. */
const OTHER_WORDS = [
  "Pull|Tag|Version|Registry|Repository|Repo|Policy|ID|Id|Digest|Prefix|Suffix|Secret|Type|Size|Format",
  "Hash|Sha|SHA|Path|Dir|Host|Namespace|Family|Project|Name",
].join("|");

const IMAGE_WORD = "(?:image|[A-Za-z]+Image|[a-z_]+_image)";

/** Other keys that hold a whole reference: `image_name`, `imageName`, `imageNginx`, `imageRef`. */
export const IMAGE_PREFIX_KEY = new RegExp(
  `^${IMAGE_WORD}(?:[_-]?(?:${REFERENCE_WORDS})|(?!${OTHER_WORDS})[A-Z][A-Za-z0-9]*)$`,
);

/** A key that says that it holds an image's repository, so that it needs no tag beside it. */
export const REPOSITORY_KEY = /^image_?[Rr]epo(?:sitory)?$/;

/** Keys beside a tag that say that the chart adds to the tag: a digest in the tag would not be at its end. */
export const SUFFIX_KEYS: readonly string[] = [
  "distroless",
  "variant",
  "flavor",
  "flavour",
  "tagSuffix",
  "tagPostfix",
  "imageTagSuffix",
  "suffix",
  "chroot",
  "doNotCheckTag",
];

/** A key beside a tag that holds a digest, in some charts with `sha256:` and in others without. */
export const SHA_KEY = "sha";

/**
 * Patterns of what keys end with. One of them stands before a colon in every text that holds an image. `tag`
 * and `digest` are not here: the mapping that holds them has an image key or a `repository`.
 */
export const VOCABULARY_KEYS: readonly string[] = [
  "[Ii]mages?",
  "[Ii]mage[_-]?[A-Za-z]{1,40}",
  "repository",
  "container",
  "services",
  "bundle",
  "package",
  "steps",
  "pipe",
];

/** Patterns of texts that show an image wherever they stand. */
export const VOCABULARY_TEXTS: readonly string[] = [
  "docker://",
  "/[A-Za-z]*[Ii]mage\\b",
  // A parameter of Tekton's bundles resolver: `{ name: bundle, value: … }`.
  "\\bname[\"']?:[ \\t]+[\"']?bundle\\b",
];
