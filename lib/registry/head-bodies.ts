// Bodies behind answers to HEAD, which some proxies send: none must become the answer to the next request. A
// manifest is JSON and reads as no answer, so one that arrives after the next request has gone out makes that
// fail, and it is sent again.
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";

/** Watches the connections of one pool. */
export class HeadBodies {
  readonly #hosts = new Set<string>();
  readonly #watches = new WeakMap<Socket, () => void>();

  /**
   * The header for a request: a host that sends such bodies gets a new connection for each.
   *
   * @param host with its port
   */
  headersFor(host: string): { readonly connection?: "close" } {
    return this.#hosts.has(host) ? { connection: "close" } : {};
  }

  /** Reports that a host sends such bodies. */
  met(host: string): void {
    this.#hosts.add(host);
  }

  /**
   * Ends the connection if the host says more after an answer to HEAD, while nobody asks.
   *
   * @param incoming the answer
   * @param host with its port
   */
  watchAfter(incoming: IncomingMessage, host: string): void {
    const { socket } = incoming;
    incoming.once("end", () => {
      const drop = (): void => {
        this.met(host);
        socket.destroy();
      };
      this.use(socket);
      this.#watches.set(socket, drop);
      socket.once("data", drop);
    });
  }

  /** Reports that a request takes a connection. */
  use(socket: Socket): void {
    const drop = this.#watches.get(socket);
    if (drop) socket.removeListener("data", drop);
    this.#watches.delete(socket);
  }
}
