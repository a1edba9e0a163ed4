import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";

import type { Seal } from "../../domain/seal/seal.ts";

import { canonicalJson } from "../../domain/digest.ts";
import { loadPki } from "../../store/seal/load-pki.ts";
import { type Flags, newFolder, runCommand } from "../testing/command-context.ts";
import {
  hasOpenssl,
  makeTimeAuthority,
  signAsMessage,
  stampQuery,
  type TimeAuthority,
  timeService,
} from "../testing/timestamp-service.ts";
import { command } from "./seal.ts";

const folder = newFolder();
const at = (name: string): string => join(folder, name);
const seal = (flags: Flags) => runCommand(command, folder, [], flags);
const read = (name: string): Seal => JSON.parse(readFileSync(at(name), "utf8")) as Seal;
const write = (name: string, sealed: unknown): void =>
  writeFileSync(at(name), JSON.stringify(sealed));

if (!hasOpenssl) {
  test("openssl is not on this machine: timestamps of its service are NOT tested here", ({
    skip,
  }) => skip("install openssl to try them"));
}

describe.skipIf(!hasOpenssl)("a timestamp of openssl's service", () => {
  let ec: TimeAuthority;
  let rsa: TimeAuthority;
  /** What the service makes of a query; tests change it. */
  let answer: (query: Buffer) => Buffer;
  let service: Awaited<ReturnType<typeof timeService>>;

  /** Seals one file with a stamp, into a file of that name. */
  const stamped = (name: string, more: Flags = {}) =>
    seal({ with: ["report.html"], tsa: service.url, out: name, force: true, ...more });

  beforeAll(async () => {
    writeFileSync(at("report.html"), "<p>87.5</p>");
    ec = makeTimeAuthority();
    rsa = makeTimeAuthority("rsa");
    answer = (query) => stampQuery(ec, query);
    service = await timeService((query) => answer(query));
    const sealed = await stamped("seal.json", { "tsa-ca": ec.ca });
    expect(sealed.error).toBe(null);
    expect(sealed.text).toContain("由 CN=Test time 签发，证书可追溯到 --tsa-ca");
  });
  afterAll(() => service.server.close());

  test("is verified years later without the service, and says when and by whom", async () => {
    const { code, text } = await seal({ verify: "seal.json", "tsa-ca": ec.ca });
    expect(code).toBe(0);
    expect(text).toMatch(/时间戳：20\d\d-.*Z，由 CN=Test time 签发/);
    expect(text).toContain("时间戳说明这份摘要在那时已经存在");
    const unchecked = await seal({ verify: "seal.json" });
    expect(unchecked.code).toBe(0);
    expect(unchecked.text).toContain("证书没有核对，谁都能自造一个");
  });

  test("of an RSA key is verified as well", async () => {
    answer = (query) => stampQuery(rsa, query);
    expect((await stamped("rsa.json", { "tsa-ca": rsa.ca })).error).toBe(null);
    expect((await seal({ verify: "rsa.json", "tsa-ca": rsa.ca })).code).toBe(0);
    answer = (query) => stampQuery(ec, query);
  });

  test("is one that openssl verifies too, over the canonical JSON of the manifest", () => {
    const { manifest, timestamp } = read("seal.json");
    writeFileSync(at("manifest.json"), canonicalJson(manifest));
    writeFileSync(at("answer.tsr"), Buffer.from(timestamp?.response ?? "", "base64"));
    const said = execFileSync(
      "openssl",
      ["ts", "-verify", "-data", "manifest.json", "-in", "answer.tsr", "-CAfile", ec.ca],
      { cwd: folder, encoding: "utf8", stdio: "pipe" },
    );
    expect(said).toContain("Verification: OK");
  });

  test("over another digest is refused, when it is asked for and when it is put into a seal", async () => {
    const { timestamp } = read("seal.json");
    writeFileSync(at("other.html"), "other");
    expect((await seal({ with: ["other.html"], out: "other.json" })).code).toBe(0);
    write("moved.json", { ...read("other.json"), timestamp });
    const moved = await seal({ verify: "moved.json", "tsa-ca": ec.ca });
    expect(moved).toMatchObject({ code: 2, error: expect.stringContaining("别的摘要") as string });
    answer = () => Buffer.from(timestamp?.response ?? "", "base64");
    const asked = await stamped("never.json");
    expect(asked).toMatchObject({
      code: 2,
      error: expect.stringContaining("时间戳不可采信") as string,
    });
    answer = (query) => stampQuery(ec, query);
  });

  test("with another nonce is refused", async () => {
    answer = (query) => {
      const other = Buffer.from(query);
      // The nonce lies before the wish for certificates, which takes the last three bytes.
      const last = other.length - 4;
      other[last] = (other[last] ?? 0) ^ 1;
      return stampQuery(ec, other);
    };
    const { code, error } = await stamped("never.json");
    answer = (query) => stampQuery(ec, query);
    expect(code).toBe(2);
    expect(error).toContain("随机数与请求的不同");
  });

  test("of another authority of the same name is refused, though it brings its own root along", async () => {
    const forger = makeTimeAuthority();
    answer = (query) => stampQuery(forger, query);
    const { code, error } = await stamped("never.json", { "tsa-ca": ec.ca });
    expect(code).toBe(2);
    expect(error).toContain("证书不能追溯到 --tsa-ca");
    expect((await stamped("forged.json")).code).toBe(0);
    answer = (query) => stampQuery(ec, query);
    const later = await seal({ verify: "forged.json", "tsa-ca": ec.ca });
    expect(later.code).toBe(2);
    expect(later.error).toContain("证书不能追溯到 --tsa-ca");
  });

  test("of a certificate that had run out when it stamped is refused", async () => {
    const late = makeTimeAuthority("ec", -1);
    answer = (query) => stampQuery(late, query);
    const { code, error } = await stamped("never.json", { "tsa-ca": late.ca });
    answer = (query) => stampQuery(ec, query);
    expect(code).toBe(2);
    expect(error).toContain("在盖戳时无效");
  });

  test.each([
    ["by a web server's certificate of the same authority", "web", "不是专用于时间戳的"],
    ["without naming its certificate", "stamp", "没有指明签名的证书"],
  ] as const)("signed %s is refused", async (_, by, words) => {
    answer = (query) => signAsMessage(ec, query, by);
    const { code, error } = await stamped("never.json", { "tsa-ca": ec.ca });
    answer = (query) => stampQuery(ec, query);
    expect(code).toBe(2);
    expect(error).toContain(words);
  });

  test("in which any one bit was turned is refused or says the same", async () => {
    const sealed = read("seal.json");
    const bytes = Buffer.from(sealed.timestamp?.response ?? "", "base64");
    const { text } = await seal({ verify: "seal.json", "tsa-ca": ec.ca });
    let refusals = 0;
    const step = inject("matrix") ? 7 : 29;
    for (let place = 0; place < bytes.length; place += step) {
      const changed = Buffer.from(bytes);
      changed[place] = (changed[place] ?? 0) ^ (1 << (place % 8));
      write("bit.json", {
        ...sealed,
        timestamp: { ...sealed.timestamp, response: changed.toString("base64") },
      });
      const tried = await seal({ verify: "bit.json", "tsa-ca": ec.ca });
      if (tried.code === 2) refusals += 1;
      else expect(tried.text, `byte ${place}`).toBe(text);
    }
    expect(refusals).toBeGreaterThan(bytes.length / step / 2);
  });

  test.each<[string, () => Buffer, string]>([
    ["a refusal", () => Buffer.from("30053003020102", "hex"), "服务没有批准"],
    ["rubbish", () => Buffer.from("rubbish"), "不是 RFC 3161 的回应"],
    ["nothing", () => Buffer.alloc(0), "不是 RFC 3161 的回应"],
    ["an answer without end", () => Buffer.alloc(1 << 20), "too-large"],
  ])("%s of the service ends in a sentence", async (_, made, words) => {
    answer = () => made();
    const { code, error } = await stamped("never.json");
    answer = (query) => stampQuery(ec, query);
    expect(code).toBe(2);
    expect(error).toContain(words);
  });
});

test("without the package, timestamps end in what to install", async () => {
  await expect(loadPki(pathToFileURL(at("x.js")).href)).rejects.toMatchObject({
    text: { zh: expect.stringContaining("npm i pkijs@3") as string },
  });
  expect(await loadPki()).toHaveProperty("TimeStampResp");
});

test("a service that is not there: no seal, and what to do", async () => {
  writeFileSync(at("report.html"), "<p>87.5</p>");
  const { code, error } = await seal({
    with: ["report.html"],
    tsa: "http://user:secret@127.0.0.1:9/tsr",
    out: "never.json",
  });
  expect(code).toBe(2);
  expect(error).toContain("没有给出时间戳");
  expect(error).not.toContain("secret");
});
