// One HTTP request by hand, with a certificate of our own where it is asked for.
import http from "node:http";
import https from "node:https";

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The certificate to trust, in PEM. */
  readonly ca?: string;
}

export interface Got {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** How long a server on loopback may be silent before it counts as none. */
const SILENCE_MS = 20_000;

/** Sends a request and reads the whole answer; rejects where the connection fails or nothing comes. */
export async function request(
  url: string,
  { method = "GET", headers = {}, body = "", ca }: Asked = {},
): Promise<Got> {
  return await new Promise((resolve, reject) => {
    const options = {
      method,
      headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
      ...(ca === undefined ? {} : { ca }),
    };
    const sent = (url.startsWith("https:") ? https : http).request(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString("utf8"),
        });
      });
      response.on("error", reject);
    });
    sent.on("error", reject);
    sent.setTimeout(SILENCE_MS, () => sent.destroy(new Error(`${url} does not answer`)));
    sent.end(body);
  });
}
