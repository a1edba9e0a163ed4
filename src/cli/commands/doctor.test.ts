import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";

import { afterAll, describe, expect, test } from "vitest";

import type { DoctorFinding } from "../doctor/finding.ts";

import { builtinFolder } from "../../store/builtin.ts";
import { clockFinding, skewOf } from "../doctor/clock.ts";
import { optionalPackages } from "../doctor/packages.ts";
import { newFolder, runCommand } from "../testing/command-context.ts";
import { command } from "./doctor.ts";

const servers: Server[] = [];
afterAll(() => servers.forEach((server) => server.close()));

/** A server whose clock is so many seconds behind ours; what it was asked is kept. */
async function serve(behind_s: number | null) {
  const asked: { readonly url: string; readonly headers: object }[] = [];
  const server = createServer((request, response) => {
    asked.push({ url: request.url ?? "", headers: request.headers });
    response.sendDate = false;
    const date = new Date(Date.now() - (behind_s ?? 0) * 1_000).toUTCString();
    response.writeHead(404, behind_s === null ? {} : { date }).end("nothing here");
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

async function doctor(
  folder: string,
  env: Readonly<Record<string, string>> = {},
  more: Parameters<typeof runCommand>[4] = {},
) {
  const { code, text } = await runCommand(command, folder, [], { json: true }, { ...more, env });
  const findings = JSON.parse(text) as readonly DoctorFinding[];
  return { code, text, of: (id: string) => findings.filter((each) => each.id === id) };
}

function folderWith(config: string): string {
  const folder = newFolder();
  writeFileSync(join(folder, "baimo.yaml"), `schema: baimo/1\n${config}\n`);
  return folder;
}

const own = (url: string): string =>
  `targets: [v/m]\nproviders:\n  v: {protocol: openai-chat, base_url: "${url}/v1", auth: {scheme: bearer, env: MY_KEY}}`;

test("an empty folder is fine, and nothing is left behind", async () => {
  const folder = newFolder();
  const { code, of } = await doctor(folder);
  expect(code).toBe(0);
  expect(of("results")).toMatchObject([{ state: "fine" }]);
  expect(of("server")).toMatchObject([{ state: "fine" }]);
  expect(existsSync(join(folder, "results"))).toBe(false);
});

test("results that is a file is wrong, and stays as it is", async () => {
  const folder = newFolder();
  writeFileSync(join(folder, "results"), "mine");
  const { code, of } = await doctor(folder);
  expect(code).toBe(3);
  expect(of("results")).toMatchObject([{ state: "wrong" }]);
  expect(existsSync(join(folder, "results"))).toBe(true);
});

test("keys are named by their variables and never shown", async () => {
  const env = { DASHSCOPE_API_KEY: "sk-0123456789abcdef", MY_KEY: '"sk-quoted-secret"' };
  const { text, of } = await doctor(folderWith(own("http://127.0.0.1:9")), env);
  expect(text).not.toMatch(/0123456789abcdef|quoted-secret/);
  const said = JSON.stringify(of("keys"));
  expect(said).toContain("qwen");
  expect(said).toContain("MY_KEY looks like no key: it stands in quotes");
});

test("a target of the config whose key is not set is wrong, and how to set it is said", async () => {
  const folder = folderWith(own("http://127.0.0.1:9"));
  const { code, of } = await doctor(folder);
  expect(code).toBe(3);
  const missing = of("keys").find(({ state }) => state === "wrong");
  expect(missing?.what.zh).toBe("baimo.yaml 的目标要问 v，而它的密钥 MY_KEY 没有设置");
  expect(missing?.todo?.zh).toContain(".env 里写：MY_KEY=密钥（一行一个）");
  const set = await doctor(folder, { MY_KEY: "sk-0123456789abcdef" });
  expect(set.of("keys").map(({ state }) => state)).toEqual(["fine"]);
});

describe("the clock, against a server's Date", () => {
  test.each([
    [0, "server", "fine", 0],
    [60, "clock", "notice", 0],
    [-60, "clock", "notice", 0],
    [3_600, "clock", "wrong", 3],
    [null, "server", "fine", 0],
  ] as const)("%s s behind → %s %s", async (behind_s, id, state, expected) => {
    const { url, asked } = await serve(behind_s);
    const { code, of } = await doctor(folderWith(own(url)), { MY_KEY: "sk-0123456789abcdef" });
    expect(of(id)).toMatchObject([{ state }]);
    expect(code).toBe(expected);
    // One request, to the base address, without the key.
    expect(asked).toMatchObject([{ url: "/v1" }]);
    expect(JSON.stringify(asked)).not.toContain("0123456789abcdef");
  });

  test.each([
    ["Sun, 29 Nov 2026 12:00:00 GMT", "2026-11-29T12:00:00.500Z", 0],
    ["Sun, 29 Nov 2026 12:00:00 GMT", "2026-11-29T12:05:00.500Z", 300],
    ["yesterday", "2026-11-29T12:00:00Z", null],
    [null, "2026-11-29T12:00:00Z", null],
  ])("%s seen at %s: %s s ahead", (date, here, ahead_s) => {
    expect(skewOf(date, Date.parse(here))).toBe(ahead_s);
  });

  test("says which way", () => {
    expect(clockFinding("https://a", 61).what.en).toContain("61 s ahead of");
    expect(clockFinding("https://a", -61).what.zh).toContain("慢 61 秒");
  });
});

test("every optional package of package.json is looked for, and no other", () => {
  const manifest = JSON.parse(
    readFileSync(join(dirname(builtinFolder("suites")), "package.json"), "utf8"),
  ) as { readonly peerDependencies: Readonly<Record<string, string>> };
  expect(Object.keys(optionalPackages)).toEqual(Object.keys(manifest.peerDependencies));
});

test("a server that cannot be reached is told in the words of ping", async () => {
  const { code, of } = await doctor(folderWith(own("http://127.0.0.1:9")));
  expect(code).toBe(3);
  const [finding] = of("server");
  expect(finding).toMatchObject({ state: "wrong" });
  expect(finding?.what.en).toContain("ECONNREFUSED");
});

test("a config with mistakes is a finding with its place", async () => {
  const { code, of } = await doctor(folderWith("targts: [sim/xiliu]"));
  expect(code).toBe(3);
  expect(of("config")[0]?.what.en).toMatch(/baimo\.yaml:2:1/);
});

describe("proxies and certificates", () => {
  const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
  const folder = newFolder();
  writeFileSync(join(folder, "root.pem"), pem + pem);
  writeFileSync(join(folder, "key.txt"), "no certificate");

  test.each([
    [{ NODE_EXTRA_CA_CERTS: "root.pem" }, "certificates", "fine", /: 2 certificates/],
    [{ SSL_CERT_FILE: "gone.pem" }, "certificates", "wrong", /cannot be read/],
    [{ SSL_CERT_FILE: "key.txt" }, "certificates", "wrong", /holds no PEM/],
    [{ NODE_TLS_REJECT_UNAUTHORIZED: "0" }, "certificates", "notice", /ignores it/],
    [{ HTTPS_PROXY: "http://u:hush-hush@p.example:3128" }, "proxy", "fine", /p\.example:3128/],
    [{ https_proxy: "http://p.example:1", NO_PROXY: "a.cn" }, "proxy", "fine", /except a\.cn/],
    [{ HTTP_PROXY: "socks5://p.example:1080" }, "proxy", "wrong", /no http:/],
    [{ HTTP_PROXY: "p.example:3128" }, "proxy", "wrong", /no http:/],
  ])("%j", async (env, id, state, said) => {
    const { text, of } = await doctor(folder, env);
    expect(of(id)).toMatchObject([{ state }]);
    expect(of(id)[0]?.what.en).toMatch(said);
    expect(text).not.toContain("hush-hush");
  });
});

test.each([
  [60, { LANG: "zh_CN.UTF-8" }, "terminal-width", "notice"],
  [120, { LANG: "zh_CN.UTF-8" }, "terminal-width", "fine"],
  [120, { LANG: "zh_CN.GBK" }, "terminal-encoding", "notice"],
  [120, { LC_ALL: "C.utf8" }, "terminal-encoding", "fine"],
] as const)("a terminal of %s columns in %j", async (columns, env, id, state) => {
  const { of } = await doctor(newFolder(), env, { columns, isTTY: true });
  expect(of(id)).toMatchObject([{ state }]);
});

test("the text marks each finding and says what to do, in either language", async () => {
  const folder = newFolder();
  mkdirSync(join(folder, "results"));
  const env = { SSL_CERT_FILE: "gone.pem" };
  const said = async (lang: "zh" | "en") =>
    (await runCommand(command, folder, [], {}, { env, lang })).text;
  expect(await said("zh")).toMatch(/^✓ baimo .*\n(.*\n)*✗ SSL_CERT_FILE.*读不到\n {2}怎么办：/);
  expect(await said("en")).toMatch(/\n✗ SSL_CERT_FILE.*cannot be read\n {2}What to do: /);
});
