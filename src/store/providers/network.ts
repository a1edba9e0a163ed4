import { createHash, createPrivateKey, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

import type { ProviderBody } from "../../domain/provider.ts";
import type { NetworkEntry } from "../../domain/run-file/header.ts";
import type { Network, Proxies, Tls } from "../../transport/network.ts";
import type { Env } from "../config.ts";

import { UserError } from "../../domain/text.ts";
import { credentialsOf, directNetwork, proxyFor, proxyName } from "../../transport/network.ts";
import { handshakeUrl } from "../../transport/network.ts";
import { fillEnv } from "./fill-env.ts";

type NetworkSettings = { readonly id: string } & Pick<
  ProviderBody,
  "proxy" | "ca" | "client_cert" | "client_key" | "client_key_passphrase_env"
>;

export type ReadNetwork = {
  readonly network: Network;
  readonly ca: NetworkEntry["ca"];
  readonly client_cert: string | null;
};

/**
 * How a vendor's requests leave this machine: its own settings override the environment's. Files are relative to
 * `folder`. Rejects with a `UserError` for an unusable proxy, and for a file that cannot be read, holds no certificate,
 * or needs another passphrase.
 */
export async function readNetwork(
  vendor: NetworkSettings,
  {
    env,
    folder,
    base_url,
  }: { readonly env: Env; readonly folder: string; readonly base_url: string },
): Promise<ReadNetwork> {
  const proxies = proxiesOf(vendor, env);
  const url = requestUrl(base_url);
  const proxy = url === null ? null : proxyFor(url, { proxies });
  checkProxy(proxy, vendor.id);
  const isSecure = url?.protocol === "https:" || proxy?.protocol === "https:";
  const own = [vendor.ca ?? []]
    .flat()
    .map((file) => resolve(folder, fillEnv(file, env, vendor.id)));
  const files = [...new Set([...(isSecure ? sharedFiles(env) : []), ...own])];
  const cas = await Promise.all(files.map(readCertificates));
  const client = await readClient(vendor, env, folder);
  return {
    network: { proxies, tls: { ca: cas.flatMap(({ pem }) => pem), client } },
    ca: cas.map(({ sha256, pem }) => ({ sha256, certificates: pem.length })),
    client_cert: client === null ? null : new X509Certificate(client.cert).fingerprint256,
  };
}

/** Node reads the first at startup, but not from `.env`, and does not read the second at all. */
const sharedFiles = (env: Env): readonly string[] =>
  ["NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE"].flatMap((name) => env[name]?.trim() || []);

/** True if there is no proxy, no extra trusted certificate and no client certificate. */
export function isPlain({ proxies, tls }: Network): boolean {
  const none = "named" in proxies ? proxies.named === null : !proxies.http && !proxies.https;
  return none && tls.ca.length === 0 && tls.client === null;
}

/** The run file's entry for one address, or null if there is nothing to record. */
export function networkEntry(
  { network, ca, client_cert }: ReadNetwork,
  base_url: string,
): NetworkEntry | null {
  const url = requestUrl(base_url);
  if (url === null) return null;
  const proxy = proxyFor(url, network);
  const isSecure = url.protocol === "https:" || proxy?.protocol === "https:";
  if (proxy === null && (!isSecure || (ca.length === 0 && client_cert === null))) return null;
  return {
    proxy: proxy === null ? null : proxyName(proxy),
    ca: isSecure ? ca : [],
    client_cert: isSecure ? client_cert : null,
  };
}

/** A WebSocket starts with an HTTP request and is routed like it. */
function requestUrl(base_url: string): URL | null {
  const url = URL.parse(base_url);
  return url === null ? null : handshakeUrl(url);
}

/** Secrets of a network that must never be shown. */
export function networkSecrets({ proxies, tls }: Network = directNetwork): readonly string[] {
  const all = "named" in proxies ? [proxies.named] : [proxies.http, proxies.https];
  const credentials = all.flatMap((proxy) => {
    if (proxy === null) return [];
    const url = new URL(proxy);
    const { user, password } = credentialsOf(url);
    return password === "" ? [user] : [`${user}:${password}`, password, url.password];
  });
  const passphrase = tls.client?.passphrase ?? "";
  return [...credentials, passphrase].filter((text) => text !== "");
}

function proxiesOf({ id, proxy }: NetworkSettings, env: Env): Proxies {
  if (proxy === undefined) return environmentProxies(env);
  if (proxy === "none") return { named: null };
  return { named: parseProxy(fillEnv(proxy, env, id), `providers.${id}.proxy`).href };
}

type Certificates = { readonly pem: readonly string[]; readonly sha256: string };

async function readCertificates(file: string): Promise<Certificates> {
  const text = await readPem(file);
  const pem = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  const parsed = pem.map((each) => certificateOf(each, file));
  const [first] = parsed;
  if (first === undefined) throw noCertificate(file);
  if (parsed.length === 1) return { pem, sha256: first.fingerprint256 };
  const hash = createHash("sha256");
  for (const { raw } of parsed) hash.update(raw);
  return {
    pem,
    sha256: hash
      .digest("hex")
      .toUpperCase()
      .replaceAll(/(..)(?!$)/g, "$1:"),
  };
}

async function readClient(
  { id, client_cert, client_key, client_key_passphrase_env: variable }: NetworkSettings,
  env: Env,
  folder: string,
): Promise<Tls["client"]> {
  if (client_cert === undefined) {
    if (client_key === undefined) return null;
    throw new UserError({
      zh: `服务商 ${id}：有 client_key 却没有 client_cert`,
      en: `provider ${id} has client_key but no client_cert`,
    });
  }
  const fill = (file: string): string => resolve(folder, fillEnv(file, env, id));
  const certFile = fill(client_cert);
  const keyFile = fill(client_key ?? client_cert);
  const cert = await readPem(certFile);
  const key = await readPem(keyFile);
  const passphrase = variable === undefined ? null : fillEnv(`\${${variable}}`, env, id);
  checkPair(certificateOf(cert, certFile), { key, passphrase, file: keyFile });
  return { cert, key, passphrase };
}

/** Checked before a socket opens, because a server only reports that the handshake failed. */
function checkPair(
  cert: X509Certificate,
  { key, passphrase, file }: { key: string; passphrase: string | null; file: string },
): void {
  const opened = openKey(key, passphrase, file);
  if (cert.checkPrivateKey(opened)) return;
  throw new UserError({
    zh: `${file} 里的私钥与 client_cert 的证书不是一对`,
    en: `the key in ${file} does not belong to the certificate of client_cert`,
  });
}

function openKey(key: string, passphrase: string | null, file: string) {
  try {
    return createPrivateKey({ key, ...(passphrase === null ? {} : { passphrase }) });
  } catch {
    // The cause is OpenSSL's own wording, which names neither the file nor the setting.
    throw new UserError({
      zh: `${file} 里没有能打开的私钥；如果它有口令，用 client_key_passphrase_env 指明存放口令的环境变量`,
      en: `${file} holds no key that can be opened; if it has a passphrase, name its variable in client_key_passphrase_env`,
    });
  }
}

function certificateOf(pem: string, file: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw noCertificate(file);
  }
}

async function readPem(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const code = String(Reflect.get(Object(error), "code"));
    throw new UserError({
      zh: `证书文件无法读取（${code}）：${file}`,
      en: `the certificate file cannot be read (${code}): ${file}`,
    });
  }
}

const noCertificate = (file: string): UserError =>
  new UserError({
    zh: `${file} 里没有 PEM 格式的证书`,
    en: `${file} holds no certificate in PEM`,
  });

/**
 * The proxies from the environment, read the way curl does: `https_proxy`, `http_proxy`, else `all_proxy`, with
 * `no_proxy`; lower case takes precedence. `HTTP_PROXY` is ignored if `REQUEST_METHOD` is set, because under CGI it
 * could be a header sent by a stranger. Source: https://everything.curl.dev/usingcurl/proxies/env.html
 */
export function environmentProxies(env: Env): Proxies {
  const valueOf = (name: string): { readonly name: string; readonly value: string } | null => {
    const found = [name, name.toUpperCase()].find((each) => (env[each]?.trim() ?? "") !== "");
    return found === undefined ? null : { name: found, value: env[found]?.trim() ?? "" };
  };
  const parsed = (name: string): string | null => {
    const named = valueOf(name);
    const unsafe = named?.name === "HTTP_PROXY" && env["REQUEST_METHOD"] !== undefined;
    const found = (unsafe ? null : named) ?? valueOf("all_proxy");
    return found === null ? null : parseProxy(found.value, found.name).href;
  };
  return {
    http: parsed("http_proxy"),
    https: parsed("https_proxy"),
    no_proxy: valueOf("no_proxy")?.value ?? "",
  };
}

/**
 * Parses a proxy's address; without a scheme it is `http://`, without a port 80 or 443. Throws a `UserError` if it is not
 * an address; the error does not quote the text, because it may hold credentials.
 */
function parseProxy(text: string, where: string): URL {
  const url = URL.parse(/^[a-z][\w+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (url !== null && url.hostname !== "") return url;
  throw new UserError({
    zh: `${where} 不是代理地址；应写成 http://主机:端口`,
    en: `${where} is no address of a proxy; it should be http://host:port`,
  });
}

/** Throws a `UserError` if a proxy that a vendor's file names is no address, or of a scheme that is not supported. */
export function checkProxySetting(text: string): void {
  checkProxy(parseProxy(text, "proxy"), null);
}

/** Throws a `UserError` for schemes such as socks5. Only for proxies in use, because many machines set one as well. */
function checkProxy(proxy: URL | null, provider: string | null): void {
  if (proxy === null || proxy.protocol === "http:" || proxy.protocol === "https:") return;
  const shown = `${proxy.protocol}//${proxy.host}`;
  const [zh, en] = provider === null ? ["", "it"] : [`服务商 ${provider} `, `provider ${provider}`];
  throw new UserError({
    zh: `${zh}要走代理 ${shown}，但 baimo 只支持 http 和 https 代理；请改用代理软件的 http 端口，或为服务商写 proxy: none`,
    en: `${en} would go through ${shown}, but baimo takes http and https proxies only: use the http port of your proxy, or put proxy: none under the provider`,
  });
}
