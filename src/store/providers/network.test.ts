import { X509Certificate } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { UserError } from "../../domain/text.ts";
import { makeCa, makeLeaf, type Pair } from "../../transport/testing/certificates.ts";
import { networkEntry, networkSecrets, readNetwork, environmentProxies } from "./network.ts";
let folder: string;
let ca: Pair;
let own: Pair;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "baimo-network-"));
  ca = await makeCa();
  const second = await makeCa("Another CA");
  own = await makeLeaf({ ca, hosts: ["client"], passphrase: "open sesame" });
  const files = {
    "ca.pem": ca.cert,
    "two.pem": `a comment\n${ca.cert}\n${second.cert}`,
    "client.pem": own.cert,
    "client.key": own.key,
    "other.key": second.key,
    "empty.pem": "nothing here",
  };
  await Promise.all(
    Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)),
  );
});
afterAll(() => rm(folder, { recursive: true }));

type Settings = Omit<Parameters<typeof readNetwork>[0], "id">;

const read = (settings: Settings, env = {}, base_url = "https://api.example/v1") =>
  readNetwork({ id: "mine", ...settings }, { env, folder, base_url });

const refusal = async (...given: Parameters<typeof read>): Promise<string> => {
  const error: unknown = await read(...given).catch((thrown: unknown) => thrown);
  if (!(error instanceof UserError)) throw new Error("it was taken");
  expect(error.text.en).not.toBe(error.text.zh);
  return error.text.en;
};

test.each<[env: Record<string, string>, http: string | null, https: string | null]>([
  [{}, null, null],
  [{ https_proxy: "http://a:1" }, null, "http://a:1/"],
  [{ HTTPS_PROXY: "http://a:1", https_proxy: "http://b:2" }, null, "http://b:2/"],
  [{ HTTPS_PROXY: "http://a:1", https_proxy: "" }, null, "http://a:1/"],
  [{ HTTP_PROXY: "http://a:1" }, "http://a:1/", null],
  [{ HTTP_PROXY: "http://a:1", REQUEST_METHOD: "GET" }, null, null],
  [{ http_proxy: "http://a:1", REQUEST_METHOD: "GET" }, "http://a:1/", null],
  [{ ALL_PROXY: "http://a:1" }, "http://a:1/", "http://a:1/"],
  [{ ALL_PROXY: "http://a:1", https_proxy: "https://b" }, "http://a:1/", "https://b/"],
  [{ https_proxy: "proxy.corp:3128" }, null, "http://proxy.corp:3128/"],
  [{ https_proxy: " me:p%40ss@proxy.corp " }, null, "http://me:p%40ss@proxy.corp/"],
])("the proxies of %j", (env, http, https) => {
  const proxies = environmentProxies(env);
  if ("named" in proxies) throw new Error("the environment names no provider's proxy");
  expect([proxies.http, proxies.https]).toEqual([http, https]);
});

test("the run file has the proxy without its credentials, and nothing if there is none", async () => {
  const env = { HTTPS_PROXY: "http://me:hush-hush@proxy.corp:3128", NO_PROXY: "inner.example" };
  const entry = async (settings: Settings, base_url: string) =>
    networkEntry(await read(settings, env, base_url), base_url);
  const proxy = { proxy: "http://proxy.corp:3128", ca: [], client_cert: null };
  expect(await entry({}, "https://api.example/v1")).toEqual(proxy);
  expect(await entry({}, "wss://api.example/v1")).toEqual(proxy);
  expect(await entry({}, "https://a.inner.example/v1")).toBeNull();
  expect(await entry({}, "http://api.example/v1")).toBeNull();
  expect(await entry({}, "https://localhost:8000/v1")).toBeNull();
  expect(await entry({ proxy: "none" }, "https://api.example/v1")).toBeNull();
  const named = { proxy: "https://${WHO}@127.0.0.1:8" };
  const filled = await read(named, { ...env, WHO: "you:other-secret" }, "https://localhost/");
  expect(networkEntry(filled, "https://localhost/")?.proxy).toBe("https://127.0.0.1:8");
  expect(networkSecrets(filled.network)).toEqual([
    "you:other-secret",
    "other-secret",
    "other-secret",
  ]);
});

test("certificates by fingerprint: one, a bundle, those of the environment", async () => {
  const fingerprint = new X509Certificate(ca.cert).fingerprint256;
  const one = await read({ ca: "ca.pem" });
  expect(one.ca).toEqual([{ sha256: fingerprint, certificates: 1 }]);
  expect(networkEntry(one, "https://api.example")).toEqual({
    proxy: null,
    ca: one.ca,
    client_cert: null,
  });
  const two = await read({ ca: ["ca.pem", "two.pem"] });
  expect(two.ca.map(({ certificates }) => certificates)).toEqual([1, 2]);
  expect(two.network.tls.ca).toHaveLength(3);
  const env = { NODE_EXTRA_CA_CERTS: join(folder, "ca.pem"), SSL_CERT_FILE: "" };
  expect((await read({}, env)).ca).toEqual(one.ca);
  expect((await read({}, env, "http://api.example")).ca).toEqual([]);
});

test("a client certificate with its encrypted key", async () => {
  const settings = {
    client_cert: "client.pem",
    client_key: "client.key",
    client_key_passphrase_env: "KEY_WORD",
  };
  const { network, client_cert } = await read(settings, { KEY_WORD: "open sesame" });
  expect(network.tls.client).toEqual({ cert: own.cert, key: own.key, passphrase: "open sesame" });
  expect(client_cert).toBe(new X509Certificate(own.cert).fingerprint256);
  expect(networkSecrets(network)).toEqual(["open sesame"]);
});

test("unusable settings are reported before a socket opens, without their secrets", async () => {
  const key = { client_cert: "client.pem", client_key: "client.key" };
  expect(await refusal({ ca: "missing.pem" })).toMatch(/cannot be read \(ENOENT\).*missing\.pem$/);
  expect(await refusal({ ca: "empty.pem" })).toMatch(/empty\.pem holds no certificate/);
  expect(await refusal({}, { SSL_CERT_FILE: "/no/such.pem" })).toContain("/no/such.pem");
  expect(await refusal(key)).toContain("client_key_passphrase_env");
  expect(
    await refusal({ ...key, client_key_passphrase_env: "WORD" }, { WORD: "wrong-word" }),
  ).not.toContain("wrong-word");
  expect(await refusal({ ...key, client_key_passphrase_env: "WORD" })).toContain("WORD");
  expect(await refusal({ ...key, client_key: "other.key" })).toContain("does not belong");
  expect(await refusal({ client_key: "client.key" })).toContain("no client_cert");
  expect(await refusal({ proxy: "http://" })).toContain("providers.mine.proxy");
  const socks = { ALL_PROXY: "socks5://me:hush-hush@127.0.0.1:1080" };
  expect(await refusal({}, socks)).toMatch(/socks5:\/\/127\.0\.0\.1:1080, but/);
  expect((await read({}, socks, "http://127.0.0.1:8000")).client_cert).toBeNull();
});
