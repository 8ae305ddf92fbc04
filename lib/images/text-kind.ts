// What a text at an image key may be instead of a reference: an expression, a placeholder, another thing.

/** Filled in before it is deployed: by Go templates, shells, Tekton, Jinja, ERB, kustomize or make. */
const EXPRESSION =
  /\{\{|\{%|<%|\$\(|\$\{|\$\[|\$[A-Za-z_]|\{[A-Za-z_][\w.-]*\}|@[A-Za-z_]\w*@|%[A-Z_]+%|%\(\w+\)s/;

/** Stands for an image that a person or a tool names later. */
const PLACEHOLDERS: readonly RegExp[] = [
  /^auto$/,
  /^<.*>$/s,
  /<[A-Za-z][A-Za-z0-9_. -]*>/,
  /\bFILLED BY\b/i,
  /^ko:\/\//,
  /^[%@]{1,2}[A-Za-z0-9_.-]+[%@]{1,2}$/,
  /^[\W_]*[A-Z][A-Z0-9]*(?:_+[A-Z0-9]+)+[\W_]*$/,
  /^\.\.\.$/,
];

/** Names of other things that projects write at a key called `image`. */
const NOT_IMAGES: readonly RegExp[] = [
  /\.(?:png|jpe?g|gif|svg|webp|ico|bmp|avif)$/i,
  /\.(?:iso|img|qcow2|vmdk|vhdx?|ova|raw|tar|tgz|gz|xz|zip|css|js|html?|ya?ml|json)$/i,
  /^ami-[0-9a-f]{8,}$/,
  /^projects\//,
  /^(?:ubuntu|windows|macos)-(?:latest|\d[\w.-]*)$/,
  /^(?:true|false|null|none|yes|no|on|off|default)$/i,
  /^[0-9.]+$/,
];

/** Whether a text holds an expression that some tool fills in. */
export function isExpression(text: string): boolean {
  return EXPRESSION.test(text);
}

/** Whether a text stands for an image that is named later. */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDERS.some((pattern) => pattern.test(text));
}

/** Whether a text is a known other thing (a picture, a file, a number), if it need not be an image. */
export function isOtherThing(text: string): boolean {
  return NOT_IMAGES.some((pattern) => pattern.test(text));
}
