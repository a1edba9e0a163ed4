import type { Client as UndiciClient, Dispatcher as UndiciDispatcher } from "undici";
import errors from "undici/lib/core/errors.js";
import Client from "undici/lib/dispatcher/client.js";
import Dispatcher from "undici/lib/dispatcher/dispatcher.js";

type Waiting = {
  readonly options: UndiciDispatcher.DispatchOptions;
  readonly handler: UndiciDispatcher.DispatchHandler;
};

/**
 * The sockets to one origin, at most `connections`: a client of undici for each. Those that are free lie on a pile, where undici's
 * own pool looks through all of them, twice for each request. The one used last is taken first, because its connection is the least likely to
 * have been closed. What finds none free waits; after `destroy` nothing is sent any more.
 */
export class Sockets extends Dispatcher {
  /** Read by undici's WebSocket. */
  readonly webSocketOptions: UndiciClient.Options["webSocket"];
  readonly #origin: string;
  readonly #connections: number;
  readonly #options: UndiciClient.Options;
  readonly #clients = new Set<UndiciClient>();
  readonly #free: UndiciClient[] = [];
  readonly #waiting: Waiting[] = [];
  #isDestroyed = false;

  constructor(origin: string, connections: number, options: UndiciClient.Options) {
    super();
    this.#origin = origin;
    this.#connections = connections;
    this.#options = options;
    this.webSocketOptions = options.webSocket;
  }

  /** True if the next request would find a socket free. */
  override dispatch(
    options: UndiciDispatcher.DispatchOptions,
    handler: UndiciDispatcher.DispatchHandler,
  ): boolean {
    if (this.#isDestroyed) refuse(handler);
    else {
      const client = this.#free.pop() ?? this.#open();
      if (client === null) this.#waiting.push({ options, handler });
      else this.#send(client, options, handler);
    }
    return this.#free.length > 0 || this.#clients.size < this.#connections;
  }

  override async destroy(): Promise<void> {
    this.#isDestroyed = true;
    for (const { handler } of this.#waiting.splice(0)) refuse(handler);
    this.#free.length = 0;
    await Promise.all([...this.#clients].map((client) => client.destroy()));
  }

  #send(
    client: UndiciClient,
    options: UndiciDispatcher.DispatchOptions,
    handler: UndiciDispatcher.DispatchHandler,
  ): void {
    // A client tells when it is free again, but not of a request that it refused: one with a header that HTTP cannot carry, for instance.
    if (!client.dispatch(options, handler) && client.stats.size === 0) this.#release(client);
  }

  /** Null if there are as many as there may be. */
  #open(): UndiciClient | null {
    if (this.#clients.size >= this.#connections) return null;
    const client = new Client(this.#origin, this.#options);
    client.on("drain", () => this.#release(client));
    client.on("connectionError", () => this.#drop(client));
    this.#clients.add(client);
    return client;
  }

  /** The client can take a request. */
  #release(client: UndiciClient): void {
    if (client.closed || client.destroyed) return;
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(client);
    else this.#send(client, next.options, next.handler);
  }

  /** A client that could not connect is not used again; undici has told its request. */
  #drop(client: UndiciClient): void {
    this.#clients.delete(client);
    void client.close();
    const next = this.#waiting.shift();
    if (next !== undefined) this.dispatch(next.options, next.handler);
  }
}

const refuse = (handler: UndiciDispatcher.DispatchHandler): void => {
  // undici passes null where no request was made, which its types do not know.
  handler.onResponseError?.(null as never, new errors.ClientDestroyedError());
};
