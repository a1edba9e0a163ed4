import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, expect, inject, test } from "vitest";

import { makeCa, makeLeaf } from "../../transport/testing/certificates.ts";
import { baimo, baimoHere } from "../testing/process.ts";

// What goes wrong in the first hour: one sentence with the cause, the next step and the exit code, in both languages. The
// matrix tries all of it with the program as it ships.
const ask = inject("matrix") ? baimo : baimoHere;
const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

const refusing =
  (status: number, code: string | number, message: string): RequestListener =>
  (request, response) => {
    request.resume().on("end", () => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: { code, message } }));
    });
  };

const newFolder = (): string => mkdtempSync(join(tmpdir(), "baimo-first-"));

/** A folder as `init --url` leaves it, with a suite of one item. */
function folderFor(base_url: string): string {
  const folder = newFolder();
  writeFileSync(
    join(folder, "baimo.yaml"),
    `schema: baimo/1\nsuites: [one.yaml]\ntargets: [mine/m]\nrun: {attempts: 1}\nproviders:\n  mine:\n    protocol: openai-chat\n    base_url: ${base_url}\n    auth: {scheme: bearer, env: MY_KEY}\n`,
  );
  writeFileSync(
    join(folder, "one.yaml"),
    "schema: suite/1\nid: one\ntasks:\n  - id: t\n    dimension: [甲]\n    grader: {use: exact}\n    items:\n      - {id: a, question: 一加一？, answer: 二}\n",
  );
  return folder;
}

/** The command in both languages, which end alike: what each said, of both streams. */
async function inBoth(folder: () => string, args: readonly string[], code: number) {
  const said = await Promise.all(
    ["zh", "en"].map(async (lang) => {
      const ended = await ask(folder(), [...args, "--lang", lang], { MY_KEY: "k" });
      expect(ended.code, ended.stdout + ended.stderr).toBe(code);
      return ended.stdout + ended.stderr;
    }),
  );
  return { zh: said[0] ?? "", en: said[1] ?? "" };
}

test.each([
  [
    503,
    503,
    "Loading model",
    /还在加载模型（503）.*模型已就绪，再重试/s,
    /still loading the model \(503\).*[Ww]ait until/s,
  ],
  [
    403,
    "RequestTimeTooSkewed",
    "The difference between the request time and the current time is too large.",
    /请求里的时间与服务的时钟对不上.*校准本机时钟.*doctor -m mine\/m/s,
    /not that of the server's clock.*[Ss]et this machine's clock.*doctor -m mine\/m/s,
  ],
  [
    401,
    "invalid_api_key",
    "Incorrect API key",
    /密钥不对.*检查 MY_KEY/s,
    /the key is refused.*[Cc]heck MY_KEY/s,
  ],
  [
    404,
    "model_not_found",
    "no model m",
    /没有 m 这个模型.*核对模型名/s,
    /there is no model m.*[Cc]heck the model's name/s,
  ],
] as const)("a server that answers %d %s: ping and the end of a run say it", async (...row) => {
  const [status, code, message, zh, en] = row;
  const port = await listen(createServer(refusing(status, code, message)));
  for (const args of [["ping"], ["run", "--reporter", "log"]]) {
    const said = await inBoth(() => folderFor(`http://127.0.0.1:${port}/v1`), args, 3);
    expect(said.zh).toMatch(zh);
    expect(said.en).toMatch(en);
  }
});

test("what a wrong name or key asks to do next works: the name is mended before the run is started again", async () => {
  const unknown = await listen(createServer(refusing(404, "model_not_found", "no model m")));
  const misspelt = await inBoth(
    () => folderFor(`http://127.0.0.1:${unknown}/v1`),
    ["run", "--reporter", "log"],
    3,
  );
  expect(misspelt.zh).toMatch(/改好后再执行一次刚才的命令：这份文件记着 mine\/m，续跑问的还是它/);
  expect(misspelt.en).toMatch(/mend it and say the same command again: this file holds mine\/m/);
  const refused = await listen(createServer(refusing(401, "invalid_api_key", "no")));
  const keyed = await inBoth(
    () => folderFor(`http://127.0.0.1:${refused}/v1`),
    ["run", "--reporter", "log"],
    3,
  );
  // Nothing was answered: that is said once, and no board of intervals follows.
  expect(keyed.zh).toContain("\n没有得到一个回答，所以没有排行榜。\n");
  expect(keyed.en).toContain("\nThere is no answer, and so no leaderboard.\n");
  for (const said of [keyed.zh, keyed.en]) expect(said).not.toMatch(/100\.0|✗/u);
  // A continuation asks a refused call again by itself.
  for (const said of [keyed.zh, keyed.en]) {
    expect(said).toMatch(/\nbaimo run --resume \S+\n/);
    expect(said).not.toContain("--retry-failed");
  }
});

test("a certificate that nobody signed, at the end of a run", async () => {
  const leaf = await makeLeaf({ ca: await makeCa() });
  const port = await listen(createSecureServer(leaf, refusing(500, "x", "x")));
  const folder = (): string => folderFor(`https://127.0.0.1:${port}/v1`);
  const said = await inBoth(folder, ["run", "--reporter", "log"], 3);
  expect(said.zh).toMatch(/的证书不被信任。自签名的.*ca: /);
  expect(said.en).toMatch(/is not trusted\. Self-signed.*ca: /);
});

test("a port that is taken", async () => {
  const port = await listen(createServer());
  const said = await inBoth(newFolder, ["sim", "--suites", "starter", "--port", String(port)], 2);
  expect(said.zh).toBe(
    `端口 ${port} 已被另一个程序占用（EADDRINUSE）；请用 --port 另选一个，或用 --port 0 自动选择\n`,
  );
  expect(said.en).toContain("choose another with --port");
});

test.each([
  ["", "文件是空的；配置和题集的样例用 baimo init 写出", "baimo init writes a sample"],
  ["# later\n", "文件是空的", "the file is empty"],
  ["schema: suite/1\nid: e\ntasks: []\n", "应为非空列表", "a list that is not empty"],
  [
    "schema: suite/1\nid: e\ntasks:\n\t- id: t\n",
    "缩进不能用制表符，请用空格",
    "tabs cannot indent; use spaces",
  ],
])("a suite that is %j", async (text, zh, en) => {
  const folder = newFolder();
  writeFileSync(join(folder, "s.yaml"), text);
  for (const args of [
    ["check", "s.yaml"],
    ["run", "s.yaml", "-m", "sim/baicao"],
  ]) {
    const said = await inBoth(() => folder, args, 2);
    expect(said.zh).toMatch(/s\.yaml:\d+:\d+/);
    expect(said.zh).toContain(zh);
    expect(said.en).toContain(en);
  }
});

test("a page for which there is no place: the answers are kept, and how to make it later is said", async () => {
  const folder = (): string => {
    const made = newFolder();
    writeFileSync(join(made, "taken"), "");
    return made;
  };
  const args = ["run", "--limit", "1", "-m", "baseline/random", "--report", "taken/r.html"];
  const said = await inBoth(folder, [...args, "--reporter", "log"], 3);
  expect(said.zh).toMatch(
    /报告页没有写成：.*请.*回答都在 (results\/\S+)，之后可以再出：\nbaimo report \1/,
  );
  expect(said.en).toMatch(
    /was not written: .*All answers are in (results\/\S+); .*\nbaimo report \1/,
  );
});

test("a folder where init cannot write the suite keeps no half of it", async () => {
  const folder = newFolder();
  mkdirSync(join(folder, "suites", "my-suite.yaml"), { recursive: true });
  const said = await inBoth(() => folder, ["init"], 2);
  expect(said.zh).toContain("已存在，没有改动它");
  expect(readdirSync(folder)).toEqual(["suites"]);
});
