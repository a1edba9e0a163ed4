import { expect, test } from "vitest";

import { widthOf } from "../../report/render/width.ts";
import { errorOf, folderWith, told } from "../../store/testing/files.ts";
import { call } from "../testing/call.ts";
import { command as models } from "./models.ts";
import { command as providers } from "./providers.ts";

const config = `schema: baimo/1
providers:
  mine:
    title: 本地推理
    protocol: openai-chat
    base_url: \${MINE_URL:-http://127.0.0.1:8000/v1}
    auth: {scheme: bearer, env: MINE_KEY}
    egress: 内网
    limits: {concurrency: 4, rpm: 60}
    models:
      - match: "m-*"
        context: 32768
      - id: m-1
        life: {alias: m-0902, source: "说明页", read: 2026-11-01}
        variants: {think: {params: {thinking: "on"}}}
        price:
          currency: CNY
          tiers: [{up_to_input: 1000, input: 0.5, output: 2}, {input: 1, output: 2}]
      - id: 无价
        life: {released: 2025-01-01, retires: 2026-12-31, successor: m-1, source: "说明页", read: 2026-11-01}
        context: 4096
`;

test("models with prices, limits and context, aligned for wide characters", async () => {
  const cwd = await folderWith({ "baimo.yaml": config });
  const { code, text } = await call(models, { cwd, values: { provider: "mine" } });
  expect(code).toBe(0);
  expect(text.split("\n")).toEqual([
    "模型       状态              输入  缓存命中  输出  币种  核实    上下文  最长输出  限额              变体",
    "─────────  ───────────────  ─────  ────────  ────  ────  ──────  ──────  ────────  ────────────────  ──────",
    "mine/m-1   别名             0.5–1      未知     2  CNY   未核实  32,768      未知  60/分钟 4 路并发  @think",
    "mine/无价  2026-12-31 下线   未知      未知  未知                 4,096      未知  60/分钟 4 路并发",
    "",
    "价格：每百万 tokens；分档计价的写成“最低–最高”，各档见 --json。不在表中的模型同样可用，费用记为未知。",
    "· mine/m-1 是别名，厂商可随时改指另一个模型（2026-11-01 指向 m-0902）；来源：说明页，2026-11-01",
    "· mine/无价 还有 32 天（2026-12-31）下线；通知之后限额会逐步收紧，延迟不宜与早先的相比；厂商建议改用 m-1；来源：说明页，2026-11-01",
  ]);
});

test("no line is wider than the terminal, in either language", async () => {
  const cwd = await folderWith({});
  for (const lang of ["zh", "en"] as const) {
    const where = { cwd, lang, columns: 80 };
    for (const { text } of [await call(models, where), await call(providers, where)]) {
      const table = text.split("\n\n")[0] ?? "";
      const wide = table.split("\n").filter((line) => widthOf(line) > 80);
      expect(wide).toEqual([]);
    }
  }
});

test("--json holds every tier, and null for what is unknown", async () => {
  const cwd = await folderWith({ "baimo.yaml": config });
  const { text } = await call(models, { cwd, values: { provider: "mine", json: true } });
  expect(JSON.parse(text)).toEqual([
    {
      ref: "mine/m-1",
      title: null,
      vendor: null,
      base_model: null,
      context: 32768,
      max_output: null,
      limits: { concurrency: 4, rpm: 60, tpm: null },
      variants: ["think"],
      price: {
        currency: "CNY",
        verified: false,
        tiers: [
          { up_to_input: 1000, input: 0.5, output: 2 },
          { input: 1, output: 2 },
        ],
      },
      released: null,
      standing: {
        stage: "current",
        alias: "m-0902",
        noticed: false,
        retires: null,
        successor: null,
        rerouted_to: null,
        source: "说明页",
        read: "2026-11-01",
      },
    },
    {
      ref: "mine/无价",
      title: null,
      vendor: null,
      base_model: null,
      context: 4096,
      max_output: null,
      limits: { concurrency: 4, rpm: 60, tpm: null },
      variants: [],
      price: null,
      released: "2025-01-01",
      standing: {
        stage: "retiring",
        alias: null,
        noticed: true,
        retires: "2026-12-31",
        successor: "m-1",
        rerouted_to: null,
        source: "说明页",
        read: "2026-11-01",
      },
    },
  ]);
});

test("words pick models by name, title, maker or provider, and none are said to be none", async () => {
  const cwd = await folderWith({ "baimo.yaml": config });
  const refs = async (...args: readonly string[]) => {
    const { text } = await call(models, { cwd, args, values: { json: true } });
    return (JSON.parse(text) as readonly { ref: string }[]).map(({ ref }) => ref);
  };
  const all = await refs();
  const max = await refs("QWEN", "max");
  expect(max).not.toEqual([]);
  expect(max).toEqual(expect.arrayContaining(all.filter((ref) => /^qwen\/.*max/.test(ref))));
  expect(max.length).toBeLessThan((await refs("qwen")).length);
  const none = await errorOf(() => call(models, { cwd, args: ["没有这个"] }));
  expect(told(none, "zh")).toEqual([expect.stringContaining("没有名称含“没有这个”的模型")]);
  const typo = await errorOf(() => call(models, { cwd, args: ["qwen-pluss"] }));
  expect(told(typo, "zh")[0]).toContain('没有名称含“qwen-pluss”的模型；是否应为 "qwen-plus"');
});

test("an unknown provider is told with the nearest", async () => {
  const cwd = await folderWith({});
  const error = await errorOf(() => call(models, { cwd, values: { provider: "qwne" } }));
  expect(told(error, "zh")[0]).toMatch(/^未知的服务商 "qwne"；是否应为 "qwen"？$/m);
});

test("providers say which secrets are set, .env included, and never what they are", async () => {
  const cwd = await folderWith({ "baimo.yaml": config, ".env": "MINE_KEY=very-secret\n" });
  const env = { DEEPSEEK_API_KEY: "also-secret", MINE_URL: "http://10.0.0.1/v1" };
  const { code, text } = await call(providers, { cwd, env, columns: 400 });
  expect(code).toBe(0);
  expect(text).not.toContain("very-secret");
  expect(text).not.toContain("also-secret");
  const line = (id: string) => text.split("\n").find((each) => each.startsWith(id)) ?? "";
  expect(line("mine").split(/ {2,}/)).toEqual([
    "mine",
    "本地推理",
    "✓ MINE_KEY",
    "2",
    "openai-chat",
    "http://10.0.0.1/v1",
  ]);
  expect(line("deepseek")).toContain("✓ DEEPSEEK_API_KEY");
  expect(line("qwen")).toContain("✗ DASHSCOPE_API_KEY");
  expect(line("baseline")).toContain("不需要");
});

test.each([80, 160])(
  "providers at %i columns: by where data goes, each with its check",
  async (columns) => {
    const cwd = await folderWith({ "baimo.yaml": config });
    const { text } = await call(providers, { cwd, columns });
    const lines = text.split("\n");
    expect(lines.every((line) => widthOf(line) <= columns)).toBe(true);
    const at = (start: string) => lines.findIndex((line) => line.startsWith(start));
    const order = [
      "境内 (",
      "deepseek ",
      "境外 (",
      "openai ",
      "本机或内网 (",
      "mine ",
      "核实情况",
    ].map(at);
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(lines.slice(at("核实情况")).join(" ")).toMatch(/官方文档与价格页.* deepseek/);
  },
);

test("providers --json", async () => {
  const cwd = await folderWith({ "baimo.yaml": config });
  const { text } = await call(providers, { cwd, values: { json: true } });
  expect(JSON.parse(text)).toContainEqual({
    id: "mine",
    title: "本地推理",
    protocol: "openai-chat",
    egress: "内网",
    base_url: "http://127.0.0.1:8000/v1",
    secrets: { MINE_KEY: false },
    models: 2,
    proof: null,
    standing: null,
    facts: [],
    verified: null,
    docs: null,
  });
});

test("every vendor's row says how far its interface is proven, and dead platforms are marked", async () => {
  const cwd = await folderWith({});
  const { text } = await call(providers, { cwd, columns: 400 });
  const line = (id: string) => text.split("\n").find((each) => each.startsWith(`${id} `)) ?? "";
  expect(line("openai")).toContain("SDK 验证");
  expect(line("spark")).toContain("仅模拟");
  expect(text).not.toContain("已实测");
  expect(line("wenxin")).toContain("[已停] 百度 文心");
  expect(text).toContain("· wenxin 已于 2026-08-31 下线；厂商建议改用 qianfan；来源：https://");
});

test("--stale lists what was read more than 90 days ago, oldest first, and no price of one's own without a day", async () => {
  const dated = (source: string) =>
    `price: {currency: CNY, source: "${source}", tiers: [{input: 1, output: 2}]}`;
  const cwd = await folderWith({
    "baimo.yaml": `schema: baimo/1
providers:
  old:
    protocol: openai-chat
    base_url: http://127.0.0.1:9/v1
    facts:
      - {about: {zh: 思考默认开, en: thinks by default}, source: 说明, read: 2026-08-30}
      - {about: {zh: 新的, en: new}, source: 说明, read: 2026-08-31}
    models:
      - {id: a, ${dated("价目，2026-05-01")}}
      - {id: b, ${dated("价目，2026-05-01")}}
      - {id: c, ${dated("听说的")}}
      - {id: d, ${dated("价目，2026-11-01")}}
`,
  });
  const { code, text } = await call(providers, { cwd, values: { stale: true } });
  expect(code).toBe(0);
  expect(text.slice(text.indexOf("\nold\n"))).toMatch(
    /^\nold\n {2}2026-05-01 {2}a 的价格、b 的价格\n.*\n {2}2026-08-30 {2}思考默认开\n/,
  );
  expect(text).not.toMatch(/新的|[cd] 的价格/);
  expect(text).toContain("自己的价格改 baimo.yaml");
});
