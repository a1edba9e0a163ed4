import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { expect, test } from "vitest";

import { newFolder, runCommand } from "../testing/command-context.ts";
import { baimo, baimoHere } from "../testing/process.ts";
import { command as check } from "./check.ts";
import { command } from "./init.ts";
import { command as run } from "./run.ts";

const own = { url: "http://127.0.0.1:9/v1", model: "my-model", "key-env": "MY_KEY" };

test.each(["zh", "en"] as const)(
  "what it writes in %s is valid and can be planned",
  async (lang) => {
    const folder = newFolder();
    const env = { MY_KEY: "k" };
    const made = await runCommand(command, folder, [], own, { lang, env });
    expect(made.code).toBe(0);
    expect(made.text).toContain("✓ MY_KEY (mine)");
    expect(await runCommand(check, folder, [])).toMatchObject({ code: 0 });
    const plan = await runCommand(run, folder, [], { "dry-run": true }, { env });
    expect(plan.code).toBe(0);
    expect(plan.text).toContain("mine/my-model");
    // Four samples would be half of the score, so they wait until they have become the user's own.
    expect(plan.text).toMatch(/starter(?: 72 题|: 72 items)/);
    expect(plan.text).not.toContain("my-suite");
    const config = join(folder, "baimo.yaml");
    const [both] = /\[my-suite, starter\]/u.exec(readFileSync(config, "utf8")) ?? [];
    writeFileSync(config, readFileSync(config, "utf8").replace("[starter]", both ?? ""));
    const own_too = await runCommand(run, folder, [], { "dry-run": true }, { env });
    expect(own_too.text).toMatch(/my-suite(?: 4 题|: 4 items)/);
  },
);

test("without a server of one's own, vendors whose keys are set become targets", async () => {
  const folder = newFolder();
  const env = { DEEPSEEK_API_KEY: "k" };
  const made = await runCommand(command, folder, [], {}, { env });
  expect(made.text).toContain("✓ DEEPSEEK_API_KEY (deepseek)");
  const config = readFileSync(join(folder, "baimo.yaml"), "utf8");
  expect(config).toMatch(/^ {2}- "deepseek\//m);
  expect(config).toContain("# providers:");
  expect(await runCommand(check, folder, [])).toMatchObject({ code: 0 });
});

test("it never writes over a file, and then leaves the other one alone too", async () => {
  const folder = newFolder();
  writeFileSync(join(folder, "baimo.yaml"), "mine\n");
  const made = await runCommand(command, folder, []);
  expect(made).toMatchObject({ code: 2 });
  expect(made.error).toContain("baimo.yaml 已存在");
  expect(readFileSync(join(folder, "baimo.yaml"), "utf8")).toBe("mine\n");
  expect(() => readFileSync(join(folder, "suites", "my-suite.yaml"))).toThrow("ENOENT");
});

test("a suite that is there is kept, so that a config moved away can be written anew", async () => {
  const folder = newFolder();
  expect(await runCommand(command, folder, [])).toMatchObject({ code: 0 });
  const suite = join(folder, "suites", "my-suite.yaml");
  writeFileSync(suite, "mine\n");
  rmSync(join(folder, "baimo.yaml"));
  const made = await runCommand(command, folder, []);
  expect(made).toMatchObject({ code: 0 });
  expect(made.text).toContain("my-suite.yaml 已存在，沿用它");
  expect(readFileSync(suite, "utf8")).toBe("mine\n");
  expect(readFileSync(join(folder, "baimo.yaml"), "utf8")).toContain("my-suite");
});

test.each([
  [{ url: "http://127.0.0.1:9/v1" }, "没有问到 --url 上的模型列表"],
  [{ model: "m" }, "要和 --url 一起给"],
  [{ url: "127.0.0.1", model: "m" }, "不是 http 或 https 地址；是否应为 http://127.0.0.1/v1？"],
  [{ url: "127.0.0.1:8000", model: "m" }, "是否应为 http://127.0.0.1:8000/v1？"],
  [{ url: "localhost:8000/v1", model: "m" }, "是否应为 http://localhost:8000/v1？"],
  [{ url: "ftp://h/v1", model: "m" }, /不是 http 或 https 地址(?!；)/u],
  [{ url: "http://h/v1", model: "m", "key-env": "sk-123" }, "不是密钥本身"],
])("refuses %j", async (values, words) => {
  const made = await runCommand(command, newFolder(), [], values);
  expect(made.code).toBe(2);
  expect(made.error).toMatch(words);
});

/** Once through the program as it ships: in-house graders are loaded by Node itself. */
test.each([
  ["zh", baimo],
  ["en", baimoHere],
] as const)(
  "--grader writes a grader that works in a folder of its own, in %s",
  async (lang, ask) => {
    const folder = newFolder();
    const words = ["--lang", lang];
    expect(await ask(folder, ["init", "--grader", "points-of-ours", ...words])).toMatchObject({
      code: 0,
      stderr: "",
    });
    const checked = await ask(folder, ["check", "suites/points-of-ours.yaml"]);
    expect(checked).toMatchObject({ code: 0, stderr: "" });
    const suite = join(folder, "suites", "points-of-ours.yaml");
    writeFileSync(suite, readFileSync(suite, "utf8").replace("pass: 1", "pas: 1"));
    const mistyped = await ask(folder, ["check", "suites/points-of-ours.yaml"]);
    expect(mistyped.code).toBe(2);
    expect(mistyped.stdout + mistyped.stderr).toContain('未知的键 "pas"；是否应为 "pass"？');
  },
);

test("--grader leaves a config alone and says what belongs into it", async () => {
  const folder = newFolder();
  const config = "schema: baimo/1\n";
  writeFileSync(join(folder, "baimo.yaml"), config);
  const made = await runCommand(command, folder, [], { grader: "mine" });
  expect(made).toMatchObject({ code: 0 });
  expect(made.text).toContain("graders:\n  mine: graders/mine.mjs");
  expect(readFileSync(join(folder, "baimo.yaml"), "utf8")).toBe(config);
  expect(await runCommand(command, folder, [], { grader: "mine" })).toMatchObject({ code: 2 });
});

test.each([
  [{ grader: "exact" }, "是内置的评分器"],
  [{ grader: "a/b" }, "不能作评分器的 id"],
  [{ grader: "a", url: "http://h/v1", model: "m" }, "--grader 不与"],
])("refuses %j beside a grader", async (values, words) => {
  const made = await runCommand(command, newFolder(), [], values);
  expect(made.code).toBe(2);
  expect(made.error).toContain(words);
});

/** A server that lists its models and answers at once. */
async function serverOf(models: readonly string[]) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    if (!["/v1/models", "/v1/chat/completions"].includes(request.url ?? "")) {
      response.writeHead(404, { "content-type": "application/json" });
      response.end('{"detail":"Not Found"}');
      return;
    }
    response.writeHead(200, { "content-type": "application/json" });
    response.end(
      JSON.stringify(
        request.method === "GET"
          ? { data: models.map((id) => ({ id })) }
          : { choices: [{ message: { content: "一、二" }, finish_reason: "stop" }] },
      ),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/v1`, seen, close: () => server.close() };
}

test.each([
  [{}, "再执行同一命令并加 --key-env MY_API_KEY"],
  [
    { "key-env": "OUR_KEY" },
    "环境变量 OUR_KEY 未设置：先在当前文件夹的 .env 里写一行 OUR_KEY=密钥",
  ],
])(
  "a server that asks for a key: how to give it, and nothing is written; %j",
  async (flags, words) => {
    const server = createServer((_, response) => response.writeHead(401).end("{}"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const folder = newFolder();
    const url = `http://127.0.0.1:${port}/v1`;
    const made = await runCommand(command, folder, [], { url, model: "m", ...flags });
    server.close();
    expect(made.code).toBe(2);
    expect(made.error).toContain(words);
    expect(readdirSync(folder)).toEqual([]);
  },
);

test("a server that runs is asked which models it has, and a few probes propose a concurrency", async () => {
  const server = await serverOf(["bge-m3", "qwen3-8b", "glm-4"]);
  const folder = newFolder();
  const flags = { url: server.url, "key-env": "MY_KEY" };
  const made = await runCommand(command, folder, [], flags, { env: { MY_KEY: "k-1234" } });
  server.close();
  expect(made).toMatchObject({ code: 0 });
  const [first, ...probes] = server.seen;
  expect(first).toBe("GET /v1/models Bearer k-1234");
  // A busy machine makes it look up to three times, and twice at four calls.
  expect(new Set(probes)).toEqual(new Set(["POST /v1/chat/completions Bearer k-1234"]));
  expect(probes.length).toBeGreaterThanOrEqual(8);
  expect(made.text).toContain("模型：qwen3-8b（还有 bge-m3、glm-4，用 --model 指定）");
  const config = readFileSync(join(folder, "baimo.yaml"), "utf8");
  expect(config).toMatch(/ {4}limits: \{concurrency: [128]\} {4}#/);
  expect(config).toContain('- "mine/qwen3-8b"');
});

test.each([["/v1/"], [""], ["/"], ["/v1/chat/completions"]])(
  "an address that ends in %j is written as the one that works",
  async (end) => {
    const server = await serverOf(["qwen3-8b"]);
    const folder = newFolder();
    const typed = server.url.replace("/v1", end);
    const made = await runCommand(command, folder, [], { url: typed });
    server.close();
    expect(made.code).toBe(0);
    const isRight = end === "/v1/";
    expect(made.text.includes(`服务的接口在 ${server.url} 下`)).toBe(!isRight);
    const config = readFileSync(join(folder, "baimo.yaml"), "utf8");
    expect(config).toContain(`base_url: "${isRight ? typed : server.url}"`);
    expect(config).toContain('- "mine/qwen3-8b"');
  },
);

test("a model that the server does not list is told of", async () => {
  const server = await serverOf(["qwen3-8b"]);
  const made = await runCommand(command, newFolder(), [], { url: server.url, model: "qwen3-88b" });
  server.close();
  expect(made.text).toContain("服务的模型列表里没有 qwen3-88b，有 qwen3-8b");
});
