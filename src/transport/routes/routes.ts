import type { OnReadOpts } from "node:net";
import { getCACertificates, type SecureContextOptions } from "node:tls";

import type { buildConnector as Connector } from "undici";
import buildConnector from "undici/lib/core/connect.js";

import { type Network, proxyFor, type Tls } from "../network.ts";
import { directReads, takeDirectReads } from "../reading/direct-reads.ts";
import { skipContinue } from "../reading/interim.ts";
import { asProxyError, proxyAuthorization } from "./proxy.ts";
import { Sockets } from "./sockets.ts";

/** Where a request is sent: an origin, plus what the request needs for a forwarding proxy. */
export type Route = {
  readonly sockets: Sockets;
  readonly origin: string;
  /** A plain request to a proxy has the full address in its request line (RFC 9112 §3.2.2). */
  readonly prefix: string;
  readonly headers: Readonly<Record<string, string>>;
};

export type Routes = {
  /**
   * `origin` is that of `url`, passed along because URL recomputes it on each access. `upgrades`: the connection will be handed
   * to somebody who reads it as a stream.
   */
  readonly routeTo: (url: URL, origin: string, network: Network, upgrades?: boolean) => Route;
  readonly destroy: () => Promise<void>;
};

export type RouteOptions = { readonly connections: number; readonly connect_ms: number };

type Connect = Connector.connector;

/** The longest WebSocket message, decompressed: one holds a piece of an answer. */
const mostMessageBytes = 4 << 20;

/**
 * The sockets of each route. `connectTimes` receives the milliseconds that each new socket needed: DNS, TCP, the
 * proxy's tunnel and TLS.
 */
export function createRoutes(options: RouteOptions, connectTimes: WeakMap<object, number>): Routes {
  const all: Sockets[] = [];
  const routes = new WeakMap<Network, Map<string, Route>>();
  /** Of requests that a proxy forwards: all of them go to its own origin. */
  const forwarding = new WeakMap<Network, Map<string, Sockets>>();

  const socketsTo = (origin: string, connect: Connect): Sockets => {
    const sockets = createSockets(origin, options, connectTimes, connect);
    all.push(sockets);
    return sockets;
  };
  const forwardedBy = (proxy: URL, network: Network): Sockets => {
    const known = forwarding.get(network) ?? new Map<string, Sockets>();
    forwarding.set(network, known);
    const sockets =
      known.get(proxy.href) ?? socketsTo(proxy.origin, toProxy(proxy, options, network.tls));
    known.set(proxy.href, sockets);
    return sockets;
  };

  const open = (url: URL, network: Network, upgrades: boolean): Route => {
    const proxy = proxyFor(url, network);
    const { origin } = url;
    const { tls } = network;
    if (proxy !== null && url.protocol !== "https:") {
      return {
        sockets: forwardedBy(proxy, network),
        origin: proxy.origin,
        prefix: origin,
        headers: { host: url.host, ...proxyAuthorization(proxy) },
      };
    }
    const connect =
      proxy === null ? toServer(options, tls, upgrades) : throughTunnel(proxy, options, tls);
    return { sockets: socketsTo(origin, connect), origin, prefix: "", headers: {} };
  };

  return {
    routeTo: (url, origin, network, upgrades = false) => {
      const known = routes.get(network) ?? new Map<string, Route>();
      routes.set(network, known);
      const name = upgrades ? `${origin} upgraded` : origin;
      const route = known.get(name) ?? open(url, network, upgrades);
      known.set(name, route);
      return route;
    },
    destroy: async () => {
      await Promise.all(all.map((sockets) => sockets.destroy()));
    },
  };
}

function createSockets(
  origin: string,
  { connections }: RouteOptions,
  connectTimes: WeakMap<object, number>,
  connect: Connect,
): Sockets {
  return new Sockets(origin, connections, {
    pipelining: 1,
    allowH2: false,
    keepAliveTimeout: 60_000,
    headersTimeout: 0,
    bodyTimeout: 0,
    webSocket: { maxPayloadSize: mostMessageBytes },
    connect: (target, callback) => {
      const start = performance.now();
      connect(target, (...result) => {
        const [, socket] = result;
        // For a refused connection the socket is undefined, not null.
        if (socket) {
          connectTimes.set(socket, performance.now() - start);
          if (isRead.has(connect)) takeDirectReads(socket);
          skipContinue(socket);
        }
        callback(...result);
      });
    },
  });
}

function toServer({ connect_ms }: RouteOptions, tls: Tls, upgrades: boolean): Connect {
  const own = { ...trusted(tls), ...clientCert(tls) };
  if (upgrades) return connector(connect_ms, own);
  const connect = connector(connect_ms, { ...own, onread: directReads });
  isRead.add(connect);
  return connect;
}

/** Those whose sockets are read directly. */
const isRead = new WeakSet<Connect>();

function throughTunnel(proxy: URL, { connect_ms }: RouteOptions, tls: Tls): Connect {
  const secure = toServer({ connections: 1, connect_ms }, tls, true);
  return (target, callback) => {
    // The host as in the URL: IPv6 in brackets, without the default port.
    const authority = target.port === "" ? `${target.host}:443` : (target.host ?? "");
    const options = { proxy, authority, tls: trusted(tls), timeout_ms: connect_ms };
    const dial = async (): Promise<void> => {
      // Loaded only if there is a proxy: Node's own client takes longer to load than undici.
      const { openTunnel } = await import("./tunnel.ts");
      openTunnel(options, (error, socket) => {
        if (socket === null) callback(error ?? new Error("no tunnel"), null);
        else secure({ ...target, httpSocket: socket }, callback);
      });
    };
    void dial();
  };
}

/** The client certificate is for the vendor and not shown to a proxy. */
function toProxy(proxy: URL, { connect_ms }: RouteOptions, tls: Tls): Connect {
  const plain = connector(connect_ms, trusted(tls));
  return ({ host, hostname, protocol, port }, callback) =>
    // Without the server name, which undici takes from the request: it is the vendor's, not the proxy's.
    plain({ hostname, protocol, port, ...(host === undefined ? {} : { host }) }, (...result) => {
      const [error] = result;
      if (error) callback(asProxyError(proxy, error), null);
      else callback(...result);
    });
}

/** Certificates are verified whatever NODE_TLS_REJECT_UNAUTHORIZED says. */
const connector = (
  timeout: number,
  tls: SecureContextOptions & { readonly onread?: OnReadOpts },
): Connect => buildConnector({ ...tls, timeout, allowH2: false, rejectUnauthorized: true });

const trusted = ({ ca }: Tls): SecureContextOptions =>
  ca.length === 0 ? {} : { ca: [...getCACertificates("default"), ...ca] };

const clientCert = ({ client }: Tls): SecureContextOptions =>
  client === null
    ? {}
    : {
        cert: client.cert,
        key: client.key,
        ...(client.passphrase === null ? {} : { passphrase: client.passphrase }),
      };
