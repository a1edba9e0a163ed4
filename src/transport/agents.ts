import type { OnReadOpts } from "node:net";
import { getCACertificates, type SecureContextOptions } from "node:tls";

import type { buildConnector as Connector } from "undici";
import buildConnector from "undici/lib/core/connect.js";
import Agent from "undici/lib/dispatcher/agent.js";

import { type Network, proxyFor, type Tls } from "./network.ts";
import { asProxyError, proxyAuthorization } from "./proxy.ts";
import { directReads, takeDirectReads } from "./reading/direct-reads.ts";
import { skipContinue } from "./reading/interim.ts";

/** Where a request is sent: an origin, plus what the request needs for a forwarding proxy. */
export type Route = {
  readonly agent: Agent;
  readonly origin: string;
  /** A plain request to a proxy has the full address in its request line (RFC 9112 §3.2.2). */
  readonly prefix: string;
  readonly headers: Readonly<Record<string, string>>;
};

export type Agents = {
  /**
   * `origin` is that of `url`, passed along because URL recomputes it on each access. `upgrades`: the connection will be handed
   * to somebody who reads it as a stream.
   */
  readonly routeTo: (url: URL, origin: string, network: Network, upgrades?: boolean) => Route;
  readonly destroy: () => Promise<void>;
};

export type AgentOptions = { readonly connections: number; readonly connect_ms: number };

type Connect = Connector.connector;

/** The longest WebSocket message, decompressed: one holds a piece of an answer. */
const mostMessageBytes = 4 << 20;

/**
 * One pool of sockets per route. `connectTimes` receives the milliseconds that each new socket needed: DNS, TCP, the
 * proxy's tunnel and TLS.
 */
export function createAgents(options: AgentOptions, connectTimes: WeakMap<object, number>): Agents {
  const agents = new Set<Agent>();
  const routes = new WeakMap<Network, Map<string, Route>>();
  const pools = new WeakMap<Network, Map<string, Agent>>();

  const agentFor = (name: string, network: Network, connect: () => Connect): Agent => {
    const known = pools.get(network) ?? new Map<string, Agent>();
    pools.set(network, known);
    const agent = known.get(name) ?? createAgent(options, connectTimes, connect());
    known.set(name, agent);
    agents.add(agent);
    return agent;
  };

  const open = (url: URL, network: Network, upgrades: boolean): Route => {
    const proxy = proxyFor(url, network);
    const plain = { origin: url.origin, prefix: "", headers: {} };
    const { tls } = network;
    if (proxy === null) {
      const name = upgrades ? "upgrading" : "direct";
      return { ...plain, agent: agentFor(name, network, () => toServer(options, tls, upgrades)) };
    }
    if (url.protocol === "https:") {
      const connect = (): Connect => throughTunnel(proxy, options, tls);
      return { ...plain, agent: agentFor(`tunnel ${proxy.href}`, network, connect) };
    }
    return {
      agent: agentFor(`forward ${proxy.href}`, network, () => toProxy(proxy, options, tls)),
      origin: proxy.origin,
      prefix: url.origin,
      headers: { host: url.host, ...proxyAuthorization(proxy) },
    };
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
      await Promise.all([...agents].map((agent) => agent.destroy()));
    },
  };
}

function createAgent(
  { connections }: AgentOptions,
  connectTimes: WeakMap<object, number>,
  connect: Connect,
): Agent {
  return new Agent({
    connections,
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

function toServer({ connect_ms }: AgentOptions, tls: Tls, upgrades: boolean): Connect {
  const own = { ...trusted(tls), ...clientCert(tls) };
  if (upgrades) return connector(connect_ms, own);
  const connect = connector(connect_ms, { ...own, onread: directReads });
  isRead.add(connect);
  return connect;
}

/** Those whose sockets are read directly. */
const isRead = new WeakSet<Connect>();

function throughTunnel(proxy: URL, { connect_ms }: AgentOptions, tls: Tls): Connect {
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
function toProxy(proxy: URL, { connect_ms }: AgentOptions, tls: Tls): Connect {
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
