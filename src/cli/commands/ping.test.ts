import { writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createSocketServer } from "node:net";
import { join } from "node:path";

import { afterAll, describe, expect, test } from "vitest";

import { newFolder, runCommand } from "../testing/command-context.ts";
import { command } from "./ping.ts";

const servers: ReturnType<typeof createServer>[] = [];
afterAll(() => servers.forEach((server) => server.close()));

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

const answers =
  (status: number, type: string, body: string): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { "content-type": type }).end(body);
  };

const vendorError = (code: string, message: string): string =>
  JSON.stringify({ error: { code, message } });

const stream = [
  { choices: [{ index: 0, delta: { content: "好" } }], model: "m-2026" },
  { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] },
  { choices: [], usage: { prompt_tokens: 12, completion_tokens: 1 } },
]
  .map((event) => `data: ${JSON.stringify(event)}\n\n`)
  .join("");

async function ping(base_url: string, more = "auth: {scheme: none}", env = {}) {
  const folder = newFolder();
  writeFileSync(
    join(folder, "baimo.yaml"),
    `schema: baimo/1\ntargets: [v/m]\nproviders:\n  v: {protocol: openai-chat, base_url: ${JSON.stringify(base_url)}, ${more}}\n`,
  );
  return runCommand(command, folder, [], {}, { env });
}

test("a target that answers: time to the first token, usage and the model it names", async () => {
  const port = await serve(answers(200, "text/event-stream", `${stream}data: [DONE]\n\n`));
  const { code, text } = await ping(`http://127.0.0.1:${port}/v1`);
  expect(text).toMatch(/^✓ v\/m {2}首字延迟 [\d.]+ 秒 .*tokens 12\/1 · 实际模型 m-2026$/);
  expect(code).toBe(0);
});

describe("what is wrong, in plain words", () => {
  test.each([
    [401, "application/json", vendorError("", "no key"), "服务要求密钥，而请求没有带"],
    [403, "application/json", vendorError("forbidden", "region"), "无权使用"],
    [402, "application/json", vendorError("billing", "no balance"), "额度或余额用尽"],
    [429, "application/json", vendorError("rate_limit_exceeded", "slow down"), "正被限流"],
    [404, "application/json", vendorError("model_not_found", "no such model"), "没有 m 这个模型"],
    [400, "application/json", vendorError("invalid_parameter", "temperature"), "请求被拒绝"],
    [500, "application/json", vendorError("oops", "internal"), "服务一侧出错（500）"],
    [503, "application/json", vendorError("503", "Loading model"), "还在加载模型（503）"],
    [407, "text/plain", "Proxy Authentication Required", "代理要求身份验证（407）"],
    [200, "text/html", "<!doctype html><title>登录</title>", "返回的是网页"],
    [200, "application/json", "{}", "不是这个协议的格式"],
    [
      501,
      "application/json",
      vendorError("none", "no streams"),
      "不会处理这个请求（501），再试也一样",
    ],
    [503, "text/html", "<html><title>503 Service Unavailable</title>", "过一会儿再试"],
    [502, "text/html", "<html><h1>502 Bad Gateway</h1>nginx", "过一会儿再试"],
    [401, "text/html", "<html><h1>401 Authorization Required</h1>", "服务要求密钥"],
  ])("HTTP %d %s", async (status, type, body, words) => {
    const port = await serve(answers(status, type, body));
    const { code, text } = await ping(`http://127.0.0.1:${port}/v1`);
    expect(text).toContain(`✗ v/m`);
    expect(text).toContain(words);
    expect(text).toContain("怎么办");
    expect(code).toBe(3);
  });

  // Python's http.server, nginx, Express, Jenkins.
  test.each([
    [501, "<!DOCTYPE HTML>\n<html><head><title>Error response</title></head>Unsupported method"],
    [405, "<html>\r\n<head><title>405 Not Allowed</title></head><hr><center>nginx</center>"],
    [404, "<!DOCTYPE html>\n<html><body><pre>Cannot POST /v1/chat/completions</pre>"],
    [403, "<html><head><title>Error 403 No valid crumb</title></head>"],
  ])("another program at the port, whose page comes with %d", async (status, body) => {
    const port = await serve(answers(status, "text/html", body));
    const { text } = await ping(`http://127.0.0.1:${port}/v1`);
    expect(text).toContain(`127.0.0.1:${port} 不像是模型服务：返回的是网页（${status}）`);
    expect(text).toContain(`curl -i http://127.0.0.1:${port}/v1/models`);
    expect(text).not.toContain("过一会儿再试");
  });

  test("a port that wants TLS, and one that speaks no HTTP", async () => {
    const words = "<html><h1>400</h1>The plain HTTP request was sent to HTTPS port</html>";
    const port = await serve(answers(400, "text/html", words));
    const tls = await ping(`http://127.0.0.1:${port}/v1`);
    expect(tls.text).toContain(`把 base_url 改成 https://127.0.0.1:${port}/v1`);
    const ssh = createSocketServer((socket) => {
      socket.on("error", () => {}).write("SSH-2.0-OpenSSH_9.2p1\r\n");
    });
    await new Promise<void>((resolve) => ssh.listen(0, "127.0.0.1", resolve));
    const { port: other } = ssh.address() as AddressInfo;
    const { text } = await ping(`http://127.0.0.1:${other}/v1`);
    ssh.close();
    expect(text).toContain(`127.0.0.1:${other} 不像是模型服务：回答的不是 HTTP`);
  });

  test("a port on which nobody listens", async () => {
    const port = await serve(answers(200, "text/plain", ""));
    await new Promise((resolve) => servers.at(-1)?.close(resolve));
    const { text } = await ping(`http://127.0.0.1:${port}/v1`);
    expect(text).toContain(`127.0.0.1:${port} 拒绝连接`);
  });

  test("a name that does not exist", async () => {
    const { text } = await ping("http://no-such-host.invalid/v1");
    expect(text).toContain("找不到主机 no-such-host.invalid");
  });

  test("https spoken to a port that does not", async () => {
    const port = await serve(answers(200, "text/plain", ""));
    const { text } = await ping(`https://127.0.0.1:${port}/v1`);
    expect(text).toContain("TLS 握手失败");
  });

  test("a secret that is not set is told before anything is sent", async () => {
    const { code, text } = await ping(
      "http://127.0.0.1:9/v1",
      "auth: {scheme: bearer, env: V_KEY}",
    );
    expect(text).toContain("环境变量 V_KEY 未设置");
    expect(code).toBe(3);
  });

  test("a secret that the server repeats is not shown", async () => {
    const key = "sk-a-very-secret-value";
    const port = await serve(answers(401, "application/json", vendorError("bad", `key ${key}`)));
    const auth = "auth: {scheme: bearer, env: V_KEY}";
    const { text } = await ping(`http://127.0.0.1:${port}/v1`, auth, { V_KEY: key });
    expect(text).toContain("密钥不对");
    expect(text).not.toContain(key);
  });
});

/** How servers say that they have nothing at a path: vLLM and SGLang, Ollama, nginx, LM Studio, Express, Open WebUI, one-api. */
const unknownPaths: readonly (readonly [number, string, string])[] = [
  [404, "application/json", '{"detail":"Not Found"}'],
  [404, "text/plain", "404 page not found"],
  [
    404,
    "text/html",
    "<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not Found</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>",
  ],
  [200, "application/json", '{"error":"Unexpected endpoint or method. (POST /chat/completions)"}'],
  [
    404,
    "text/html",
    "<!DOCTYPE html><html><body><pre>Cannot POST /chat/completions</pre></body></html>",
  ],
  [405, "application/json", '{"detail":"Method Not Allowed"}'],
  [404, "application/json", '{"error":{"message":"Invalid URL (POST /chat/completions)"}}'],
  [
    404,
    "application/json",
    '{"error":{"code":404,"message":"File Not Found","type":"not_found_error"}}',
  ],
];

describe.each(unknownPaths)("HTTP %d %s %s: the address is wrong, not the model", (...answer) => {
  test("without /v1, with the whole path, and with a version that it has not", async () => {
    const port = await serve(answers(...answer));
    const host = `http://127.0.0.1:${port}`;
    const at = async (path: string): Promise<string> => (await ping(`${host}${path}`)).text;
    for (const path of ["", "/"]) {
      const text = await at(path);
      expect(text).toContain("地址不对");
      expect(text).toContain(`base_url 多半少了 /v1：改成 ${host}/v1`);
      expect(text).not.toContain("没有 m 这个模型");
    }
    expect(await at("/v1/chat/completions")).toContain(`改成 ${host}/v1\n`);
    const versioned = await at("/v1");
    expect(versioned).toContain(`核对 base_url（现在是 ${host}/v1）`);
    expect(versioned).not.toContain("少了 /v1");
  });
});

test("a model that the server lacks: those that it lists are named, the one most likely meant first", async () => {
  const port = await serve((request, response) => {
    const isList = request.url === "/v1/models";
    response.writeHead(isList ? 200 : 404, { "content-type": "application/json" });
    response.end(
      isList && request.headers.authorization === "Bearer k-1"
        ? JSON.stringify({ data: [{ id: "bge-m3" }, { id: "glm-4" }, { id: "m2" }] })
        : vendorError("model_not_found", "The model `m` does not exist."),
    );
  });
  const keyed = "auth: {scheme: bearer, env: MINE_KEY}";
  const { text, code } = await ping(`http://127.0.0.1:${port}/v1`, keyed, { MINE_KEY: "k-1" });
  expect(text).toContain("没有 m 这个模型");
  expect(text).toContain("把型号改成服务有的：m2、bge-m3、glm-4");
  expect(text).not.toContain("地址不对");
  expect(code).toBe(3);
});

test("the simulator stands for any vendor, without its key", async () => {
  const folder = newFolder();
  const { code, text } = await runCommand(command, folder, [], {
    model: ["baseline/random", "qwen/qwen-plus"],
    "via-sim": true,
  });
  // What is asked about stands before baselines, which answer at once.
  expect(text.indexOf("qwen/qwen-plus")).toBeLessThan(text.indexOf("baseline/random"));
  expect(text).toMatch(/✓ qwen\/qwen-plus .*模拟/);
  expect(text).toContain("✓ baseline/random  基线");
  expect(code).toBe(0);
});

test("a model without its provider: the target that it may be is named", async () => {
  const folder = newFolder();
  writeFileSync(
    join(folder, "baimo.yaml"),
    "schema: baimo/1\ntargets: [mine/my-model]\nproviders:\n  mine: {protocol: openai-chat, base_url: 'http://127.0.0.1:9/v1', auth: {scheme: none}}\n",
  );
  const { code, error } = await runCommand(command, folder, [], { model: ["my-model"] });
  expect(code).toBe(2);
  expect(error).toBe("目标 my-model 应写成 服务商/模型，例如 mine/my-model");
});

test("the same in the config's own list", async () => {
  const folder = newFolder();
  writeFileSync(
    join(folder, "baimo.yaml"),
    "schema: baimo/1\ntargets: [my-model]\nproviders:\n  mine: {protocol: openai-chat, base_url: 'http://127.0.0.1:9/v1', auth: {scheme: none}, models: [{id: my-model}]}\n",
  );
  const { code, error } = await runCommand(command, folder, []);
  expect([code, error]).toEqual([2, "目标 my-model 应写成 服务商/模型，例如 mine/my-model"]);
});
