// The types of the package proxy-from-env, which brings none.
declare module "proxy-from-env" {
  /** The URL of the proxy for a request to `url`, by the process's environment; empty without one. */
  export function getProxyForUrl(url: string): string;
}
