import { createServer, type IncomingMessage, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { TLSSocket } from "node:tls";

import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import type { Network, Tls } from "./network.ts";

import { createHttp, type HttpEnd } from "./http.ts";
import { makeCa, makeLeaf, type Pair } from "./testing/certificates.ts";
import { type ProxyOptions, startProxy, type TestProxy } from "./testing/proxy.ts";

const http = createHttp({ connections: 1, connect_ms: 5000 });
const closers: (() => void)[] = [];
let ca: Pair;
let leaf: Pair;

beforeAll(async () => {
  ca = await makeCa();
  leaf = await makeLeaf({ ca, hosts: ["vendor.example", "localhost"] });
});
afterEach(() => closers.splice(0).forEach((close) => close()));
afterAll(() => http.close());

/** Echoes the request's host, the client certificate and the headers. */
function answer(request: IncomingMessage): string {
  const { host, "proxy-authorization": leaked = null } = request.headers;
  const peer = request.socket as Partial<TLSSocket>;
  const client = peer.getPeerCertificate?.().subject?.CN ?? null;
  return JSON.stringify({ host, url: request.url, leaked, client });
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const servePlain = (): Promise<number> =>
  listen(createServer((request, response) => response.end(answer(request))));

const serveSecure = (pair: Pair, more: object = {}): Promise<number> =>
  listen(
    createSecureServer({ ...pair, ...more }, (request, response) => response.end(answer(request))),
  );

async function proxied(options: ProxyOptions): Promise<TestProxy> {
  const proxy = await startProxy(options);
  closers.push(proxy.close);
  return proxy;
}

const noTls: Tls = { ca: [], client: null };
const via = (proxy: string | null, tls: Partial<Tls> = {}): Network => ({
  proxies: { named: proxy },
  tls: { ...noTls, ...tls },
});

async function get(
  url: string,
  network: Network,
): Promise<{ end: HttpEnd; status: number; body: string }> {
  let status = 0;
  const chunks: Buffer[] = [];
  const end = await http.exchange(
    { method: "GET", url, headers: {}, body: null },
    {
      head: (code) => {
        status = code;
      },
      data: (chunk) => chunks.push(chunk) > 0,
    },
    {
      deadlines: { first_byte: 10_000, idle: 10_000, total: 10_000 },
      signal: new AbortController().signal,
      network,
    },
  );
  return { end, status, body: Buffer.concat(chunks).toString() };
}

test("https uses a tunnel; the certificate is the vendor's, the credentials go only to the proxy", async () => {
  const port = await serveSecure(leaf);
  const proxy = await proxied({ to: () => port, credentials: "me:p@ss wörd" });
  const address = `http://me:${encodeURIComponent("p@ss wörd")}@127.0.0.1:${proxy.port}`;
  const network = via(address, { ca: [ca.cert] });
  const { end, body } = await get("https://vendor.example/v1?x=1", network);
  expect(end.failure).toBeNull();
  expect(end.connect_ms).toBeGreaterThan(0);
  expect(JSON.parse(body)).toEqual({
    host: "vendor.example",
    url: "/v1?x=1",
    leaked: null,
    client: null,
  });
  expect(proxy.asked).toEqual(["CONNECT vendor.example:443"]);
  const again = await get("https://vendor.example/v1", network);
  expect(again.end.connect_ms).toBeNull();
  expect(proxy.asked).toHaveLength(1);
});

test("a plain request is forwarded with its full address", async () => {
  const port = await servePlain();
  const proxy = await proxied({ to: () => port, credentials: "me:secret" });
  const network = via(`http://me:secret@127.0.0.1:${proxy.port}`);
  const { status, body } = await get("http://inner.example:8000/v1?x=1", network);
  expect(status).toBe(200);
  expect(JSON.parse(body)).toMatchObject({ host: "inner.example:8000", url: "/v1?x=1" });
  expect(proxy.asked).toEqual(["GET http://inner.example:8000/v1?x=1"]);
});

test.each(["https://vendor.example/v1", "http://vendor.example/v1"])(
  "a proxy that speaks TLS itself: %s",
  async (url) => {
    const port = url.startsWith("https") ? await serveSecure(leaf) : await servePlain();
    const proxy = await proxied({ to: () => port, tls: leaf });
    const trusted = await get(url, via(proxy.url, { ca: [ca.cert] }));
    expect(trusted.end.failure).toBeNull();
    expect(JSON.parse(trusted.body)).toMatchObject({ host: "vendor.example" });
    const untrusted = await get(url, via(proxy.url));
    expect(untrusted.end.failure?.code).toMatch(/^proxy-(SELF_SIGNED|UNABLE_TO)/);
  },
);

test.each<[Partial<ProxyOptions>, string, string]>([
  [{ credentials: "me:secret" }, "proxy-407", "auth"],
  [{ refuse: 403 }, "proxy-403", "permission"],
  [{ refuse: 502 }, "proxy-502", "network"],
])("a refused tunnel: %j", async (options, code, outcome) => {
  const proxy = await proxied({ to: () => 1, ...options });
  const network = via(`http://me:wrong-password@127.0.0.1:${proxy.port}`);
  const { failure } = (await get("https://vendor.example/", network)).end;
  expect(failure).toMatchObject({ code, outcome });
  expect(failure?.message).toContain(`proxy http://127.0.0.1:${proxy.port}`);
  expect(failure?.message).not.toContain("wrong-password");
});

test.each(["https://vendor.example/", "http://vendor.example/"])(
  "an unreachable proxy is distinguished from an unreachable vendor: %s",
  async (url) => {
    const proxy = await startProxy({ to: () => 1 });
    proxy.close();
    expect((await get(url, via(proxy.url))).end.failure).toMatchObject({
      outcome: "network",
      code: "proxy-ECONNREFUSED",
    });
  },
);

test("a proxy that does not respond is a proxy timeout", async () => {
  const port = await listen(createServer());
  const server = createServer();
  server.on("connect", () => undefined);
  const silent = await listen(server);
  const impatient = createHttp({ connections: 1, connect_ms: 100 });
  closers.push(() => void impatient.close());
  const { failure } = await impatient.exchange(
    { method: "GET", url: `https://vendor.example:${port}/`, headers: {}, body: null },
    { head: () => undefined, data: () => true },
    {
      deadlines: { first_byte: 10_000, idle: 10_000, total: 10_000 },
      signal: new AbortController().signal,
      network: via(`http://127.0.0.1:${silent}`),
    },
  );
  expect(failure).toMatchObject({ outcome: "timeout", code: "proxy-timeout" });
});

test("certificates are verified: unknown issuer, expired, wrong host; NODE_TLS_REJECT_UNAUTHORIZED changes nothing", async () => {
  const expired = await makeLeaf({ ca, expired: true });
  const other = await makeLeaf({ ca, hosts: ["other.example"], loopback: false });
  const trusting = via(null, { ca: [ca.cert] });
  const fetched = async (pair: Pair, network: Network): Promise<string | null> => {
    const port = await serveSecure(pair);
    return (await get(`https://127.0.0.1:${port}/`, network)).end.failure?.code ?? null;
  };
  process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
  try {
    expect(await fetched(leaf, via(null))).toMatch(/^(SELF_SIGNED|UNABLE_TO_VERIFY)/);
    expect(await fetched(leaf, trusting)).toBeNull();
    expect(await fetched(expired, trusting)).toBe("CERT_HAS_EXPIRED");
    expect(await fetched(other, trusting)).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
  } finally {
    delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
  }
});

test("a client certificate with an encrypted key is shown to the vendor, also via a proxy, but never to the proxy", async () => {
  const own = await makeLeaf({ ca, hosts: ["bench-client"], passphrase: "open sesame" });
  const port = await serveSecure(leaf, {
    ca: ca.cert,
    requestCert: true,
    rejectUnauthorized: true,
  });
  const client = { ...own, passphrase: "open sesame" };
  const proxy = await proxied({ to: () => port });
  for (const network of [
    via(null, { ca: [ca.cert], client }),
    via(proxy.url, { ca: [ca.cert], client }),
  ]) {
    const { body } = await get(`https://localhost:${port}/`, network);
    expect(JSON.parse(body)).toMatchObject({ client: "bench-client" });
  }
  const without = await get(`https://localhost:${port}/`, via(null, { ca: [ca.cert] }));
  expect(without.end.failure?.outcome).toBe("network");
});
