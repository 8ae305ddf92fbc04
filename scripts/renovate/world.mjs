// The network that Renovate and `pin` see in the check: a CONNECT proxy that leads every host to one registry
// with TLS on loopback.
import { createServer as createHttp } from "node:http";
import { createServer as createHttps } from "node:https";
import { connect } from "node:net";
import { makeCertificate } from "./certificate.mjs";
import { listen } from "./listen.mjs";
import { Registry } from "./registry.mjs";

const HOSTS = [
  "docker.io",
  "*.docker.io",
  "quay.io",
  "ghcr.io",
  "registry.k8s.io",
  "nvcr.io",
  "public.ecr.aws",
  "gcr.io",
  "*.gcr.io",
];

/**
 * Starts the network.
 *
 * @param folder where its certificate is written
 * @returns `env` for the programs in it, `moveTags()`, after which every tag points elsewhere,
 *   `addTag(host/repository, tag)`, `digestOf(repository, tag)`, and `stop()`
 */
export async function startWorld(folder) {
  const { key, cert, certFile } = makeCertificate(folder, HOSTS);
  const images = new Registry();
  const registry = createHttps({ key, cert }, (request, response) => images.serve(request, response));
  const proxy = createProxy(await listen(registry));
  const url = `http://127.0.0.1:${String(await listen(proxy))}`;
  return {
    env: {
      HTTPS_PROXY: url,
      https_proxy: url,
      NO_PROXY: "127.0.0.1,localhost",
      no_proxy: "127.0.0.1,localhost",
      NODE_EXTRA_CA_CERTS: certFile,
    },
    moveTags: () => images.moveTags(),
    addTag: (name, tag) => images.addTag(name, tag),
    digestOf: (name, tag) => images.digestOf(name, tag),
    stop() {
      for (const server of [registry, proxy]) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

/** A proxy that leads every host to one port of this machine. */
function createProxy(port) {
  const proxy = createHttp((_, response) => response.writeHead(405).end());
  proxy.on("connect", (_request, socket, head) => {
    const up = connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      up.write(head);
      up.pipe(socket).pipe(up);
    });
    up.on("error", () => socket.destroy());
    socket.on("error", () => up.destroy());
  });
  return proxy;
}
