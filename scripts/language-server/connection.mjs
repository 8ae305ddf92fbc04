// A JSON-RPC connection to a language server in a child process.

/**
 * Connects to a server.
 *
 * @see https://microsoft.github.io/language-server-protocol/, "Base Protocol"
 */
export class Connection {
  stderr = "";
  #child;
  #ipc;
  #answers;
  #onNotification;
  #waiting = new Map();
  #number = 0;

  /**
   * @param child the server's process
   * @param options `ipc`: whether messages go over Node's own channel instead of the standard streams;
   *   `answers`: by method, what the server's requests get; `onNotification(method, params)`
   */
  constructor(child, { ipc, answers, onNotification }) {
    this.#child = child;
    this.#ipc = ipc;
    this.#answers = answers;
    this.#onNotification = onNotification;
    child.stderr.setEncoding("utf8").on("data", (text) => (this.stderr += text));
    // A server that ended accepts nothing more; `exit` fails the open requests.
    child.stdin.on("error", () => undefined);
    this.exited = new Promise((resolve) => {
      child.once("exit", (code, signal) => {
        const error = new Error(`the language server ended: ${this.stderr}`);
        for (const { reject } of this.#waiting.values()) reject(error);
        this.#waiting.clear();
        resolve({ code, signal });
      });
    });
    const receive = (message) => this.#receive(message);
    if (ipc) child.on("message", receive);
    else readMessages(child.stdout, receive);
  }

  /** Sends a request. Returns its result; throws the server's error. */
  request(method, params) {
    this.#number += 1;
    const id = this.#number;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#send({ id, method, params });
    });
  }

  notify(method, params) {
    this.#send({ method, params });
  }

  #send(message) {
    if (this.#ipc) {
      if (this.#child.connected) this.#child.send({ jsonrpc: "2.0", ...message });
      return;
    }
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    this.#child.stdin.write(`Content-Length: ${String(body.length)}\r\n\r\n`);
    this.#child.stdin.write(body);
  }

  #receive({ id, method, params, result, error }) {
    if (method === undefined) {
      const { resolve, reject } = this.#waiting.get(id) ?? {};
      this.#waiting.delete(id);
      if (error) reject?.(new Error(error.message));
      else resolve?.(result);
    } else if (id !== undefined) this.#send({ id, result: this.#answers[method]?.(params) ?? null });
    else this.#onNotification(method, params);
  }
}

function readMessages(stream, receive) {
  let buffer = Buffer.alloc(0);
  stream.on("data", (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const end = buffer.indexOf("\r\n\r\n");
      const [, length] = /Content-Length: (\d+)/i.exec(buffer.toString("latin1", 0, Math.max(end, 0))) ?? [];
      if (length === undefined || buffer.length < end + 4 + Number(length)) return;
      const body = buffer.toString("utf8", end + 4, end + 4 + Number(length));
      buffer = buffer.subarray(end + 4 + Number(length));
      receive(JSON.parse(body));
    }
  });
}
