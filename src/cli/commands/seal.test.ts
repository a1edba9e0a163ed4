import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

import { beforeAll, describe, expect, test } from "vitest";

import type { Seal } from "../../domain/seal/seal.ts";

import { type Flags, newFolder, runCommand } from "../testing/command-context.ts";
import { startFastSimulator } from "../testing/fast-simulator.ts";
import { command as run } from "./run.ts";
import { command } from "./seal.ts";

const folder = newFolder();
const at = (...path: readonly string[]): string => join(folder, ...path);
const seal = (positionals: readonly string[], flags: Flags) =>
  runCommand(command, folder, positionals, flags);
const verify = (flags: Flags = {}, more: readonly string[] = []) =>
  seal(more, { verify: "seal.json", ...flags });
const sealedNow = (): Seal => JSON.parse(readFileSync(at("seal.json"), "utf8")) as Seal;

const files = ["a.jsonl", "报告 1.html", "papers/scorecard.md", "papers/deep/prices.yaml"];

beforeAll(async () => {
  mkdirSync(at("papers/deep"), { recursive: true });
  writeFileSync(at("报告 1.html"), "<p>87.5</p>");
  writeFileSync(at("papers/scorecard.md"), "# 87.5\n");
  writeFileSync(at("papers/deep/prices.yaml"), "schema: prices/1\n");
  const { env, close } = await startFastSimulator("starter");
  const flags = { model: ["sim/xiliu"], limit: "1", out: at("a.jsonl") };
  const asked = await runCommand(run, folder, ["starter"], flags, { env });
  await close();
  expect(asked.code).toBe(0);
  for (const name of ["team.pem", "other.pem"]) {
    expect((await seal([], { "new-key": name })).code).toBe(0);
  }
  const sealed = await seal(["a.jsonl"], {
    with: ["报告 1.html", "papers"],
    key: "team.pem",
    out: "seal.json",
  });
  expect(sealed.error).toBe(null);
  expect(sealed.code).toBe(0);
});

test("a private key is for its owner alone, and no key file is ever replaced", async () => {
  expect(statSync(at("team.pem")).mode & 0o777).toBe(0o600);
  const before = readFileSync(at("team.pem"), "utf8");
  expect((await seal([], { "new-key": "team.pem" })).error).toContain("不会覆盖");
  expect(readFileSync(at("team.pem"), "utf8")).toBe(before);
});

test("the manifest names every file, and what the run itself names", () => {
  const { manifest } = sealedNow();
  expect(manifest.files.map(({ path }) => path).toSorted()).toEqual(files.toSorted());
  const header = JSON.parse(readFileSync(at("a.jsonl"), "utf8").split("\n")[0] ?? "") as {
    plan_digest: string;
    suites: { digest: string }[];
  };
  expect(manifest.runs).toMatchObject([
    {
      path: "a.jsonl",
      plan_digest: header.plan_digest,
      suites: [{ id: "starter", digest: header.suites[0]?.digest }],
    },
  ]);
});

test("nothing changed: exit 0, and the words say what that proves", async () => {
  const { code, text } = await verify({ key: "team.pub" });
  expect(code).toBe(0);
  expect(text).toContain("未变 4，变了 0，不见了 0，新增 0");
  expect(text).toContain("签名：成立，用的是给出的密钥");
  expect(text).toContain("自己的密钥既不证明时间，也不证明身份");
  expect((await verify()).text).toContain("是谁的没有核对");
});

test.each(files)("one byte changed in %s is named, and nothing else", async (file) => {
  const before = readFileSync(at(file));
  const changed = Buffer.from(before);
  const middle = changed.length >> 1;
  changed[middle] = (changed[middle] ?? 0) ^ 1;
  writeFileSync(at(file), changed);
  const { code, text } = await verify({ key: "team.pub" });
  writeFileSync(at(file), before);
  expect(code).toBe(1);
  expect(text.match(/^变了 .*$/gm)).toEqual([`变了  ${file}`]);
  expect((await verify()).code).toBe(0);
});

test("a file that is missing, one that is new in a sealed folder, and one that was never sealed", async () => {
  const before = readFileSync(at("报告 1.html"));
  rmSync(at("报告 1.html"));
  writeFileSync(at("papers/late.md"), "late");
  const { code, text } = await verify({}, ["team.pub"]);
  writeFileSync(at("报告 1.html"), before);
  rmSync(at("papers/late.md"));
  expect(code).toBe(1);
  expect(text).toContain("不见了  报告 1.html");
  expect(text).toContain("新增，未封存  papers/late.md");
  expect(text).toContain("新增，未封存  team.pub");
  const json = await verify({ json: true });
  expect(JSON.parse(json.text)).toMatchObject({ same: true, signature: { state: "own" } });
});

test("a device and a folder in the place of a file are changes, and are not read", async () => {
  const sealed = sealedNow();
  const odd = [relative(folder, "/dev/zero"), "papers"].map((path) => ({
    path,
    bytes: 0,
    sha256: "0".repeat(64),
  }));
  const manifest = { ...sealed.manifest, files: odd, runs: [], folders: [] };
  writeFileSync(at("odd.json"), JSON.stringify({ ...sealed, signature: null, manifest }));
  const { code, text } = await seal([], { verify: "odd.json" });
  expect(code).toBe(1);
  expect(text).toContain("未变 0，变了 2");
});

describe("a seal that cannot be relied on ends in a sentence, exit 2", () => {
  const other = (change: (seal: Seal) => unknown) => () => JSON.stringify(change(sealedNow()));
  const firstFile = (change: object) =>
    other((seal) => ({
      ...seal,
      manifest: {
        ...seal.manifest,
        files: seal.manifest.files.map((file, n) => (n === 0 ? { ...file, ...change } : file)),
      },
    }));
  test.each<[string, () => string, Flags, string]>([
    ["another key", other((seal) => seal), { key: "other.pub" }, "另一把密钥"],
    ["a key file that is none", other((seal) => seal), { key: "报告 1.html" }, "不是 Ed25519 公钥"],
    ["a changed digest", firstFile({ sha256: "0".repeat(64) }), {}, "签名与内容不符"],
    [
      "a file taken out",
      other((seal) => ({ ...seal, manifest: { ...seal.manifest, files: [] } })),
      {},
      "签名与内容不符",
    ],
    [
      "the signature taken off",
      other((seal) => ({ ...seal, signature: null })),
      { key: "team.pub" },
      "没有签名",
    ],
    [
      "a signature of nothing",
      other((seal) => ({ ...seal, signature: { ...seal.signature, value: "" } })),
      {},
      "签名与内容不符",
    ],
    [
      "a public key that is none",
      other((seal) => ({ ...seal, signature: { ...seal.signature, public_key: "AAAA" } })),
      {},
      "不是 Ed25519 公钥",
    ],
    [
      "a run that the seal describes otherwise",
      other((seal) => ({
        ...seal,
        signature: null,
        manifest: {
          ...seal.manifest,
          runs: seal.manifest.runs.map((each) => ({ ...each, plan_digest: "x" })),
        },
      })),
      {},
      "自相矛盾",
    ],
    [
      "a run that is not among the files",
      other((seal) => ({ ...seal, signature: null, manifest: { ...seal.manifest, files: [] } })),
      {},
      "自相矛盾",
    ],
    ["an absolute path", firstFile({ path: "/etc/passwd" }), {}, "1 处有误"],
    ["a path of another line", firstFile({ path: "a\n未变  b" }), {}, "1 处有误"],
    ["another member", other((seal) => ({ ...seal, more: 1 })), {}, "1 处有误"],
    ["another version", other((seal) => ({ ...seal, schema: "seal/2" })), {}, "1 处有误"],
    ["a list", () => "[]", {}, "1 处有误"],
    ["nested without end", () => "[".repeat(100_000), {}, "1 处有误"],
    ["no JSON", () => "{", {}, "1 处有误"],
    ["nothing", () => "", {}, "1 处有误"],
    ["not UTF-8", () => "\u0000", {}, "1 处有误"],
    [
      "a timestamp that was never there",
      other((seal) => seal),
      { "tsa-ca": "team.pub" },
      "没有时间戳",
    ],
    [
      "a token of rubbish",
      other((seal) => ({
        ...seal,
        timestamp: { service: "x", nonce: "40".repeat(8), response: "MAMCAQA=" },
      })),
      {},
      "时间戳不可采信",
    ],
  ])("%s", async (_, text, flags, words) => {
    writeFileSync(at("bad.json"), text());
    const { code, error } = await seal([], { ...flags, verify: "bad.json" });
    expect(code).toBe(2);
    expect(error).toContain(words);
  });
});

test.each<[string, readonly string[], Flags, string]>([
  ["no file", [], { out: "x.json" }, "请给出要封存的运行文件"],
  ["no -o", ["a.jsonl"], {}, "-o"],
  ["a seal that is there", ["a.jsonl"], { out: "seal.json" }, "--force"],
  ["a run that is none", ["报告 1.html"], { out: "x.json" }, "--with"],
  ["a file that is not there", [], { with: ["no.html"], out: "x.json" }, "文件不存在"],
  ["a public key", ["a.jsonl"], { key: "team.pub", out: "x.json" }, "不是 Ed25519 私钥"],
  ["a service that is no address", ["a.jsonl"], { tsa: "tsa", out: "x.json" }, "--tsa 应是"],
  ["-o with --verify", [], { verify: "seal.json", out: "x.json" }, "只核对"],
])("%s is refused, and no seal is written", async (_, positionals, flags, words) => {
  const { code, error } = await seal(positionals, flags);
  expect(code).toBe(2);
  expect(error).toContain(words);
  expect(existsSync(at("x.json"))).toBe(false);
});
