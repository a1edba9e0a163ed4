import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import type { RunLine } from "../../domain/run-file/header.ts";
import type { Lang } from "../../domain/text.ts";

import { makeCa, makeLeaf, type Pair } from "../../transport/testing/certificates.ts";
import { type ProxyOptions, startProxy } from "../../transport/testing/proxy.ts";
import { command as compare } from "../commands/compare.ts";
import { command as ping } from "../commands/ping.ts";
import { command as run } from "../commands/run.ts";
import { newFolder, runCommand } from "../testing/command-context.ts";

const closers: (() => void)[] = [];
let ca: Pair;
let leaf: Pair;
let folder: string;

beforeAll(async () => {
  ca = await makeCa();
  leaf = await makeLeaf({ ca, hosts: ["vendor.example"] });
  folder = newFolder();
  writeFileSync(join(folder, "ca.pem"), ca.cert);
});
afterEach(() => closers.splice(0).forEach((close) => close()));
afterAll(() => closers.forEach((close) => close()));

const event = (data: object): string => `data: ${JSON.stringify(data)}\n\n`;
const answer = [
  event({ choices: [{ index: 0, delta: { content: "答案：4" } }], model: "m" }),
  event({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] }),
  event({ choices: [], usage: { prompt_tokens: 9, completion_tokens: 3 } }),
  "data: [DONE]\n\n",
].join("");

/** A vendor and its token endpoint; it wants the token that it gave. */
const vendor: RequestListener = (request: IncomingMessage, response) => {
  if (request.url === "/identity/token") {
    response.end(JSON.stringify({ access_token: "fresh-token", expires_in: 3600 }));
  } else if (request.headers.authorization === "Bearer fresh-token") {
    response.writeHead(200, { "content-type": "text/event-stream" }).end(answer);
  } else {
    response.writeHead(401).end("{}");
  }
};

async function serve(pair: Pair | null): Promise<number> {
  const server = pair === null ? createServer(vendor) : createSecureServer(pair, vendor);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function proxyTo(pair: Pair | null, options: Partial<ProxyOptions> = {}) {
  const port = await serve(pair);
  const proxy = await startProxy({ to: () => port, ...options });
  closers.push(proxy.close);
  return proxy;
}

function project(base_url: string, more: string): void {
  const scheme = new URL(base_url).protocol;
  const auth = `auth: {scheme: ibm-iam, env: V_KEY, with: {url: "${scheme}//iam.example/identity/token"}}`;
  writeFileSync(
    join(folder, "baimo.yaml"),
    `schema: baimo/1\ntargets: [v/m]\nproviders:\n  v: {protocol: openai-chat, base_url: "${base_url}", ${auth}${more}}\n`,
  );
  writeFileSync(
    join(folder, "s.yaml"),
    `schema: suite/1\nid: s\ntasks:\n  - id: t\n    dimension: [数学]\n    prompt: "{{question}}"\n    grader: {use: numeric}\n    items: [{id: a, question: "2+2=?", answer: 4}]\n`,
  );
}

const pinged = async (base_url: string, more: string, env = {}, lang: Lang = "zh") => {
  project(base_url, more);
  return runCommand(ping, folder, [], {}, { env: { V_KEY: "k", ...env }, lang });
};

test("a run through the environment's proxy: token and question go through it; the run file names it without credentials; compare tells", async () => {
  const proxy = await proxyTo(null, { credentials: "me:hush-hush" });
  const env = { V_KEY: "key-of-iam", HTTP_PROXY: `http://me:hush-hush@127.0.0.1:${proxy.port}` };
  project("http://vendor.example/v1", "");
  const options = { out: "proxied.jsonl", reporter: "log", "allow-unknown-price": true };
  const ended = await runCommand(run, folder, ["s.yaml"], options, { env });
  expect(ended.error).toBeNull();
  expect(proxy.asked).toEqual([
    "POST http://iam.example/identity/token",
    "POST http://vendor.example/v1/chat/completions",
  ]);
  const text = readFileSync(join(folder, "proxied.jsonl"), "utf8");
  const header = JSON.parse(text.split("\n")[0] ?? "") as RunLine;
  expect(header.targets[0]?.network).toEqual({ proxy: proxy.url, ca: [], client_cert: null });
  expect(text).toContain("答案：4");
  expect(ended.text).toContain(`经代理测得，时间不能与直连的相比：v/m (${proxy.url})`);
  const basic = Buffer.from("me:hush-hush").toString("base64").slice(0, -2);
  for (const secret of ["hush-hush", "key-of-iam", "fresh-token", basic]) {
    expect(text + ended.text).not.toContain(secret);
  }
  const { network: _, ...direct } = header.targets[0] ?? {};
  const lines = [{ ...header, id: "20261101T000000Z-aaaaaa", targets: [direct] }];
  const rest = text.slice(text.indexOf("\n"));
  writeFileSync(join(folder, "direct.jsonl"), `${JSON.stringify(lines[0])}${rest}`);
  const compared = await runCommand(compare, folder, ["direct.jsonl", "proxied.jsonl"]);
  expect(compared.text).toContain("服务地址或代理不同");
});

test("https through a proxy with the company's certificate: answered, and ping says so", async () => {
  const proxy = await proxyTo(leaf);
  const more = `, ca: ca.pem, proxy: "${proxy.url}"`;
  // The token endpoint has another name than the certificate, so it is the vendor's own here.
  const url = "https://vendor.example/v1";
  project(url, more);
  const config = readFileSync(join(folder, "baimo.yaml"), "utf8");
  writeFileSync(join(folder, "baimo.yaml"), config.replace("iam.example", "vendor.example"));
  const { text, code } = await runCommand(ping, folder, [], {}, { env: { V_KEY: "k" } });
  expect(text).toContain(`经代理 ${proxy.url}`);
  expect(code).toBe(0);
  expect(proxy.asked).toEqual(["CONNECT vendor.example:443", "CONNECT vendor.example:443"]);
});

test.each<[string, () => Promise<{ url: string; more: string }>, zh: string, en: string]>([
  [
    "a proxy that is not running",
    async () => {
      const proxy = await startProxy({ to: () => 1 });
      proxy.close();
      return { url: "https://vendor.example/v1", more: `, proxy: "${proxy.url}"` };
    },
    "连不上代理 http://127.0.0.1:",
    "the proxy http://127.0.0.1:",
  ],
  [
    "a proxy that asks who is there",
    async () => {
      const { url } = await proxyTo(leaf, { credentials: "a:b" });
      return { url: "https://vendor.example/v1", more: `, proxy: "${url}"` };
    },
    "代理要求身份验证（407）",
    "a proxy asks for credentials (407)",
  ],
  [
    "a proxy that forbids the address",
    async () => {
      const { url } = await proxyTo(leaf, { refuse: 403 });
      return { url: "https://vendor.example/v1", more: `, proxy: "${url}"` };
    },
    "拒绝连接 vendor.example（403）",
    "does not connect to vendor.example (403)",
  ],
  [
    "a certificate of an unknown issuer",
    async () => ({ url: `https://127.0.0.1:${await serve(leaf)}/v1`, more: "" }),
    "ca: 公司根证书.pem",
    "put ca: company-root.pem under the provider",
  ],
  [
    "an expired certificate",
    async () => {
      const port = await serve(await makeLeaf({ ca, expired: true }));
      return { url: `https://127.0.0.1:${port}/v1`, more: ", ca: ca.pem" };
    },
    "的证书已过期",
    "has expired",
  ],
  [
    "a certificate of another host",
    async () => {
      const port = await serve(await makeLeaf({ ca, hosts: ["other.example"], loopback: false }));
      return { url: `https://127.0.0.1:${port}/v1`, more: ", ca: ca.pem" };
    },
    "证书不是发给 127.0.0.1:",
    "the certificate is not made out to 127.0.0.1:",
  ],
])("ping tells in both languages: %s", async (_, prepare, zh, en) => {
  const { url, more } = await prepare();
  // Without a token, so that the vendor itself is asked.
  const said = async (lang: Lang): Promise<string> => {
    project(url, more);
    const config = readFileSync(join(folder, "baimo.yaml"), "utf8");
    writeFileSync(
      join(folder, "baimo.yaml"),
      config.replace(/auth: \{.*?\}\}/, "auth: {scheme: none}"),
    );
    const { text, code } = await runCommand(ping, folder, [], {}, { lang });
    expect(code).toBe(3);
    return text;
  };
  expect(await said("zh")).toContain(zh);
  expect(await said("en")).toContain(en);
});

test("a token endpoint behind a proxy that is not running is the proxy's fault as well", async () => {
  const proxy = await startProxy({ to: () => 1 });
  proxy.close();
  const { text } = await pinged("https://vendor.example/v1", `, proxy: "${proxy.url}"`);
  expect(text).toContain(`连不上代理 ${proxy.url}`);
});

test("a token endpoint that does not exist is named, not the vendor", async () => {
  const port = await serve(null);
  project(`http://127.0.0.1:${port}/v1`, "");
  const config = readFileSync(join(folder, "baimo.yaml"), "utf8");
  writeFileSync(join(folder, "baimo.yaml"), config.replace("iam.example", "no-such-iam.invalid"));
  const { text } = await runCommand(ping, folder, [], {}, { env: { V_KEY: "k" } });
  expect(text).toContain("找不到主机 no-such-iam.invalid");
});

test("loopback needs no proxy, and proxy: none takes the environment's away", async () => {
  const port = await serve(null);
  const env = { HTTP_PROXY: "http://127.0.0.1:1", ALL_PROXY: "socks5://127.0.0.1:1" };
  const direct = `, auth: {scheme: ibm-iam, env: V_KEY, with: {url: "http://127.0.0.1:${port}/identity/token"}}`;
  const base = `http://127.0.0.1:${port}/v1`;
  writeFileSync(
    join(folder, "baimo.yaml"),
    `schema: baimo/1\ntargets: [v/m]\nproviders:\n  v: {protocol: openai-chat, base_url: "${base}"${direct}}\n`,
  );
  const ended = await runCommand(ping, folder, [], {}, { env: { ...env, V_KEY: "k" } });
  expect(ended).toMatchObject({ code: 0, error: null });
  const none = await pinged("https://vendor.example/v1", ", proxy: none", env);
  expect(none.text).toContain("找不到主机 iam.example");
  const socks = await pinged("https://vendor.example/v1", "", env);
  expect(socks).toMatchObject({ code: 2 });
  expect(socks.error).toContain("socks5://127.0.0.1:1");
});
