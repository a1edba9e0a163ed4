import { join } from "node:path";

import { expect, test } from "vitest";

import type { TargetSetting } from "../../domain/config.ts";
import type { TargetOptions } from "./targets.ts";

import { readConfig } from "../config.ts";
import { errorOf, folderWith, told } from "../testing/files.ts";
import { splitRef } from "./target-ref.ts";
import { resolveTargets } from "./targets.ts";

const vendor = `schema: provider/1
id: acme
title: {zh: 顶点, en: Acme}
protocol: openai-chat
base_url: \${ACME_URL:-https://acme.example/v1}
path: /chat
query: {region: "\${REGION:-cn}"}
headers: {x-org: "\${ACME_ORG:-none}"}
auth: {scheme: bearer, env: ACME_KEY}
egress: 境内
limits: {scope: model, concurrency: 4, rpm: 60}
request: {seed: false, temperature: {min: 0, max: 2}}
usage: {input: prompt_tokens, output: completion_tokens}
errors: [{status: 429, outcome: rate-limited}]
models:
  - match: "big-*"
    limits: {rpm: 10}
    request: {temperature: {max: 1}}
    errors: [{status: 429, code: busy, outcome: overloaded}]
  - id: big-one
    vendor: 别家
    base_model: one
    context: 1000
    request: {temperature: false}
    errors: [{status: 429, code: broke, outcome: quota}]
    usage: {output: [completion_tokens, extra]}
    variants: {think: {title: 思考, params: {thinking: "on", temperature: 1}}}
    price:
      - {currency: CNY, until: 2026-06-30, tiers: [{input: 1, output: 2}]}
      - {currency: CNY, since: 2026-07-01, tiers: [{input: 3, output: 4}]}
  - match: "*-one"
    limits: {tpm: 500}
`;
const baseline = `schema: provider/1
id: baseline
protocol: baseline
base_url: "none:"
models: [{id: first}]
`;

async function resolved(
  settings: readonly TargetSetting[],
  more: { readonly config?: string } & Partial<Omit<TargetOptions, "config">> = {},
) {
  const { config, ...options } = more;
  const folder = await folderWith({
    "providers/acme.yaml": vendor,
    "providers/baseline.yaml": baseline,
    ...(config === undefined ? {} : { "baimo.yaml": `schema: baimo/1\n${config}` }),
  });
  return resolveTargets(settings, {
    config: await readConfig(folder, null),
    env: {},
    builtin: join(folder, "providers"),
    now: new Date("2026-11-21T00:00:00Z"),
    ...options,
  });
}

test("overrides apply in order: provider, globs in file order, exact id", async () => {
  expect(await resolved(["acme/big-one"])).toEqual([
    {
      entry: {
        ref: "acme/big-one",
        provider: "acme",
        model: "big-one",
        variant: null,
        vendor: { zh: "别家", en: "别家" },
        base_model: "one",
        protocol: "openai-chat",
        base_url: "https://acme.example/v1",
        egress: "境内",
        params: {},
        limits: { scope: "model", concurrency: 4, rpm: 10, tpm: 500 },
        price: {
          currency: "CNY",
          since: "2026-07-01",
          verified: false,
          tiers: [{ input: 3, output: 4 }],
        },
        reference: false,
        baseline: false,
        proof: { kind: "simulated", on: null },
      },
      endpoint: {
        provider: "acme",
        base_url: "https://acme.example/v1",
        path: "/chat",
        query: { region: "cn" },
        headers: { "x-org": "none" },
        auth: { scheme: "bearer", env: "ACME_KEY" },
        request: { seed: false, temperature: false },
        usage: { input: "prompt_tokens", output: ["completion_tokens", "extra"] },
        errors: [
          { status: 429, code: "broke", outcome: "quota" },
          { status: 429, code: "busy", outcome: "overloaded" },
          { status: 429, outcome: "rate-limited" },
        ],
      },
      priceOf: expect.any(Function),
    },
  ]);
});

test("the price is the row in force on that day", async () => {
  const now = new Date("2026-06-30T15:59:00Z");
  const [target] = await resolved(["acme/big-one"], { now });
  expect(target?.entry.price?.tiers).toEqual([{ input: 1, output: 2 }]);
});

test("a model outside the catalogue runs without a price", async () => {
  const [target] = await resolved(["acme/org/new:model"]);
  expect(target?.entry).toMatchObject({
    ref: "acme/org/new:model",
    provider: "acme",
    model: "org/new:model",
    price: null,
    vendor: { zh: "顶点", en: "Acme" },
    limits: { rpm: 60, tpm: null },
  });
});

test.each<[TargetSetting, string, string | null, object]>([
  ["acme/big-one@think", "big-one", "think", { thinking: "on", temperature: 1 }],
  ["acme/big-one@20260101", "big-one@20260101", null, {}],
  ["acme/plain@x", "plain@x", null, {}],
  [{ ref: "acme/plain", as: "x", thinking: "on" }, "plain", "x", { thinking: "on" }],
  [{ ref: "acme/plain@x", as: "x", seed: 3 }, "plain", "x", { seed: 3 }],
  [{ ref: "acme/plain@y", as: "x" }, "plain@y", "x", {}],
  [
    { ref: "acme/big-one", as: "think", temperature: 0.5 },
    "big-one",
    "think",
    { thinking: "on", temperature: 0.5 },
  ],
  [
    { ref: "acme/big-one@think", as: "deep", thinking: "high" },
    "big-one",
    "deep",
    { thinking: "high", temperature: 1 },
  ],
  ["acme/big-one@constructor", "big-one@constructor", null, {}],
])("%j is model %s, variant %s", async (setting, model, variant, params) => {
  const [target] = await resolved([setting]);
  const ref = `acme/${model}${variant === null ? "" : `@${variant}`}`;
  expect(target?.entry).toMatchObject({ ref, model, variant });
  expect(target?.entry.params).toEqual(params);
});

test("a name on the command line gets the params of the config's target of that name", async () => {
  const config =
    "targets: [{ref: acme/m, as: cold, temperature: 0, reference: true}, {ref: acme/n, seed: 5}]\n";
  const [cold, n] = await resolved(["acme/m@cold", "acme/n"], { config });
  expect(cold?.entry).toMatchObject({
    ref: "acme/m@cold",
    params: { temperature: 0 },
    reference: true,
  });
  expect(n?.entry).toMatchObject({ ref: "acme/n", params: { seed: 5 }, reference: false });
});

test("the config's providers override built-in ones, and new ones work on their own", async () => {
  const config = `providers:
  acme: {base_url: "http://127.0.0.1:9/v1", limits: {rpm: 1}, models: [{id: big-one, context: 7}]}
  mine:
    protocol: openai-chat
    base_url: "\${MINE}/v1"
    models: [{id: m, price: {currency: CNY, tiers: [{input: 1, output: 2}]}}]
`;
  const env = { MINE: "http://127.0.0.1:8000" };
  const [acme, mine] = await resolved(["acme/big-one", "mine/m"], { config, env });
  expect(acme?.entry).toMatchObject({
    base_url: "http://127.0.0.1:9/v1",
    limits: { concurrency: 4, rpm: 10 },
    base_model: "one",
  });
  expect(mine).toMatchObject({
    entry: {
      base_url: "http://127.0.0.1:8000/v1",
      vendor: { zh: "mine", en: "mine" },
      egress: null,
      limits: { scope: "account", concurrency: 32, assumed: true, rpm: null, tpm: null },
      price: { currency: "CNY" },
    },
    endpoint: { auth: { scheme: "none" }, path: null, query: {}, headers: {} },
  });
});

test("the environment fills addresses, headers and queries; possible secrets stay out of the entry", async () => {
  const env = {
    ACME_URL: "https://user:pass@proxy.example/v1?sig=abc",
    REGION: "us",
    ACME_ORG: "o1",
  };
  const [target] = await resolved(["acme/m"], { env });
  expect(target?.endpoint).toMatchObject({
    base_url: "https://user:pass@proxy.example/v1?sig=abc",
    query: { region: "us" },
    headers: { "x-org": "o1" },
  });
  expect(target?.entry.base_url).toBe("https://proxy.example/v1");
});

test("via the simulator every vendor gets its address, except baselines, which send nothing", async () => {
  const via_sim_url = "http://127.0.0.1:4000/v1";
  const config = 'providers: {mine: {protocol: openai-chat, base_url: "${NOT_SET}"}}\n';
  const targets = await resolved(["acme/m", "mine/m", "baseline/first"], { via_sim_url, config });
  expect(targets.map(({ endpoint }) => endpoint.base_url)).toEqual([
    "http://127.0.0.1:4000/via/acme/v1",
    "http://127.0.0.1:4000/via/mine/v1",
    "none:",
  ]);
  expect(targets.map(({ entry }) => entry.egress)).toEqual(["内网", "内网", null]);
  expect(targets.map(({ entry }) => entry.baseline)).toEqual([false, false, true]);
  expect(targets[0]?.endpoint).toMatchObject({ headers: {}, query: {}, path: "/chat" });
});

test("an explicit concurrency overrides the provider's", async () => {
  const [target] = await resolved(["acme/m"], { concurrency: 32 });
  expect(target?.entry.limits).toEqual({ scope: "model", concurrency: 32, rpm: 60, tpm: null });
});

test.each<[readonly TargetSetting[], string, string, string]>([
  [
    ["acne/m"],
    "",
    '未知的服务商 "acne"；是否应为 "acme"？',
    'unknown provider "acne"; did you mean "acme"?',
  ],
  [
    ["zzz/m"],
    "",
    '未知的服务商 "zzz"；可用：acme、baseline',
    'unknown provider "zzz"; known: acme, baseline',
  ],
  [
    ["nosuch/x"],
    "providers: {mine: {protocol: openai-chat, base_url: 'http://a.example'}, theirs: {like: acme}}\n",
    '未知的服务商 "nosuch"；可用的有 4 个，如 mine、theirs、baseline',
    'unknown provider "nosuch"; there are 4, such as mine, theirs, baseline',
  ],
  [
    ["acme"],
    "",
    "目标 acme 应写成 服务商/模型，例如 qwen/qwen-plus",
    "the target acme must be provider/model, such as qwen/qwen-plus",
  ],
  [
    ["acme/m", { ref: "acme/m", seed: 2 }],
    "",
    "有两个目标都叫 acme/m；请用 as: 给其中一个起名",
    "two targets are named acme/m; give one of them a name with as:",
  ],
  [
    ["mine/m"],
    'providers: {mine: {protocol: openai-chat, base_url: "${MINE_URL}"}}',
    "缺少环境变量 MINE_URL（服务商 mine 的设置用到了它）",
    "the environment variable MINE_URL is not set (provider mine uses it)",
  ],
  [
    ["mine/m"],
    "providers: {mine: {protocol: openai-chat, base_url: 127.0.0.1/v1}}",
    "baimo.yaml:2:53  providers.mine.base_url  不是 http(s) 网址：127.0.0.1/v1；是否应为 http://127.0.0.1/v1？",
    "baimo.yaml:2:53  providers.mine.base_url  is no http(s) address: 127.0.0.1/v1; did you mean http://127.0.0.1/v1?",
  ],
  [
    ["mine/m"],
    "providers:\n  mine: {protocol: openai-chat}\n",
    "baimo.yaml:3:9  providers.mine.base_url  缺少必填项 base_url（新的服务商要写 protocol 与 base_url）",
    "baimo.yaml:3:9  providers.mine.base_url  missing required base_url (a new provider needs protocol and base_url)",
  ],
  [
    ["mine/m"],
    "providers:\n  mine: {protocol: openai-caht, base_url: http://127.0.0.1}\n",
    expect.stringMatching(
      /^baimo.yaml:3:20 {2}providers.mine.protocol {2}未知的协议 "openai-caht"；是否应为 "openai-chat"？$/,
    ),
    expect.stringMatching(/did you mean "openai-chat"\?$/),
  ],
  [
    ["mine/m"],
    "providers:\n  mine: {protocol: openai-chat, base_url: http://127.0.0.1, auth: {scheme: baerer, env: K}}\n",
    expect.stringMatching(
      /providers.mine.auth.scheme {2}未知的认证方式 "baerer"；是否应为 "bearer"？$/,
    ),
    expect.stringMatching(/did you mean "bearer"\?$/),
  ],
  [
    ["mine/m"],
    "providers:\n  mine: {protocol: openai-chat, base_url: http://127.0.0.1, auth: {scheme: bearer}}\n",
    "baimo.yaml:3:67  providers.mine.auth  缺少 env：写明存放密钥的环境变量名",
    "baimo.yaml:3:67  providers.mine.auth  env is missing: name the environment variable that holds the secret",
  ],
])("%j with %j is reported", async (settings, config, zh, en) => {
  const error = await errorOf(() =>
    resolved(settings, { config: config === "" ? "suites: [x]\n" : config }),
  );
  const short = (line: string) => line.replace(/^\S*\/(?=baimo\.yaml)/, "");
  expect(told(error, "zh").map(short)).toEqual([zh]);
  expect(told(error, "en").map(short)).toEqual([en]);
  expect(error.exitCode).toBe(2);
});

test.each([
  ["a/b", "a", "b"],
  ["a/b/c@d", "a", "b/c@d"],
])("%s is %s and %s", (ref, provider, model) => {
  expect(splitRef(ref)).toEqual({ provider, model });
});
