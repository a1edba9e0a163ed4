import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { AnswerLine, RunFileLine } from "../../domain/run-file/lines.ts";

import { command as gate } from "../commands/gate.ts";
import { command as leaderboard } from "../commands/leaderboard.ts";
import { command as run } from "../commands/run.ts";
import { call } from "../testing/call.ts";
import { newFolder } from "../testing/command-context.ts";
import { startSwappingServer, type SwappingServer } from "../testing/swapping-server.ts";

const items = 8;
let folder: string;
let server: SwappingServer;
let ran: { readonly code: number; readonly text: string };

const config = (url: string): string => `schema: baimo/1
providers:
  mine:
    protocol: openai-chat
    base_url: ${url}
    request:
      thinking:
        off: {thinking: {type: disabled}}
        low: {reasoning_effort: low}
        medium: {reasoning_effort: medium}
        high: {reasoning_effort: high}
        levels: {max: {reasoning_effort: max}}
        treated_as: {medium: high}
    models:
      - {id: big-pro, price: {currency: USD, verified: true, tiers: [{input: 10, output: 40}]}}
      - {id: small-flash, price: {currency: USD, verified: true, tiers: [{input: 1, output: 4}]}}
      - {id: deployment-7, like: big-pro}
      - {id: dear, price: {currency: USD, verified: true, tiers: [{input: 10, output: 40}]}}
targets:
  - mine/honest
  - mine/big-pro
  - mine/dear
  - mine/deployment-7
  - {ref: mine/stubborn, as: nothink, thinking: "off"}
  - {ref: mine/quiet-thinker, as: nothink, thinking: "off"}
  - {ref: mine/obedient, as: nothink, thinking: "off"}
  - {ref: mine/lazy, as: max, thinking: max}
  - {ref: mine/level, as: low, thinking: low}
  - {ref: mine/level, as: high, thinking: high}
  - {ref: mine/graded, as: low, thinking: low}
  - {ref: mine/graded, as: max, thinking: max}
  - {ref: mine/silent-swap, as: medium, thinking: medium}
  - {ref: mine/picky, as: cold, temperature: 0.2}
gate: {same_model: true}
`;

const suite = `schema: suite/1
id: months
tasks:
  - id: pick
    dimension: [常识, 历法]
    prompt: "{{question}}\\n{{options}}\\n请在最后一行用“答案：X”给出选项字母。"
    grader: {use: choice}
    items:
${Array.from({ length: items }, (_, at) => `      - {id: q${at}, question: 第 ${at + 1} 问：一年有几个月？, options: {A: 十个, B: 十二个}, answer: B}`).join("\n")}
`;

beforeAll(async () => {
  folder = newFolder();
  server = await startSwappingServer({
    "big-pro": { model: "small-flash" },
    dear: { model: "some-other-model" },
    "deployment-7": { model: "big-pro-2026-05-01" },
    stubborn: { reasoning: 50 },
    "quiet-thinker": { reasoning: 300, hidden: true },
    lazy: { reasoning: 0 },
    level: { reasoning: 120 },
    "silent-swap": { reasoning: 400 },
    picky: { refuses: "temperature" },
  });
  writeFileSync(join(folder, "baimo.yaml"), config(server.url));
  writeFileSync(join(folder, "months.yaml"), suite);
  ran = await call(run, {
    cwd: folder,
    args: ["months.yaml"],
    values: { out: "run.jsonl", reporter: "silent" },
  });
});

afterAll(() => server.close());

const answersOf = (target: string): readonly AnswerLine[] =>
  readFileSync(join(folder, "run.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as RunFileLine)
    .filter((line): line is AnswerLine => line.kind === "answer" && line.target === target);

const shown = async (format: string, values = {}): Promise<string> =>
  (await call(leaderboard, { cwd: folder, args: ["run.jsonl"], values: { format, ...values } }))
    .text;

/** The marks of a row in the CSV, by target. */
async function marks(values = {}): Promise<ReadonlyMap<string, readonly string[]>> {
  const [head = "", ...rows] = (await shown("csv", values))
    .replace("\uFEFF", "")
    .split("\n")
    .map((row) => row.split(","));
  const column = head.indexOf("与请求不符");
  const rank = head.indexOf("排名");
  return new Map(
    rows
      .filter((row) => row.length > 2)
      .map((row) => [row[1] ?? "", [row[column] ?? "", row[rank] ?? ""]]),
  );
}

describe("a server that keeps its own counsel", () => {
  test("every row that did not get what it asked for is marked, and no other", async () => {
    const found = new Map([...(await marks())].map(([target, [mark]]) => [target, mark]));
    expect(Object.fromEntries(found)).toEqual({
      "mine/honest": "—",
      "mine/big-pro": "另一型号",
      "mine/dear": "另一型号",
      "mine/deployment-7": "—",
      "mine/stubborn@nothink": "未按要求思考",
      "mine/quiet-thinker@nothink": "未按要求思考",
      "mine/obedient@nothink": "—",
      "mine/lazy@max": "未按要求思考",
      "mine/level@low": "思考强度未生效",
      "mine/level@high": "思考强度未生效",
      "mine/graded@low": "—",
      "mine/graded@max": "—",
      "mine/silent-swap@medium": "未按要求思考",
      "mine/picky@cold": "参数被拒",
    });
  });

  test.each(["table", "md", "html", "csv"])("the report %s says it", async (format) => {
    const text = await shown(format);
    for (const mark of ["另一型号", "未按要求思考", "思考强度未生效", "参数被拒"]) {
      expect(text).toContain(mark);
    }
    if (format === "csv") return;
    expect(text).toContain("small-flash ×8");
    expect(text).toContain("要求不思考的 8 次作答里，8 次有思考");
    expect(text).toContain("medium 实际按 high 处理");
    expect(text).toContain("temperature ×8");
  });

  test("the report of the run itself says it too", () => {
    expect(ran.text).toContain("mine/big-pro：作答的是另一个型号，8 次");
    expect(ran.text).toContain("mine/stubborn@nothink：未按要求思考");
  });

  test("as data", async () => {
    const { targets } = JSON.parse(await shown("json")) as {
      targets: { target: string; unranked: string | null }[];
    };
    const of = (ref: string) => targets.find(({ target }) => target === ref);
    expect(of("mine/stubborn@nothink")).toMatchObject({
      unranked: "misnamed",
      not_as_asked: ["thinking"],
      thinking_kept: { own: "off", asked_off: 8, despite: 8 },
    });
    expect(of("mine/big-pro")).toMatchObject({ unranked: null, not_as_asked: ["model"] });
    expect(of("mine/picky@cold")).toMatchObject({
      unranked: "misnamed",
      refused_params: [{ param: "temperature", answers: 8 }],
    });
  });

  test("who is not what the name says has no rank, unless forced", async () => {
    const rank = async (values = {}) => (await marks(values)).get("mine/stubborn@nothink")?.[1];
    expect(await rank()).toBe("-");
    expect(await rank({ force: true })).not.toBe("-");
  });

  test("the price is that of the model that answered, and unknown where it has none", () => {
    const costs = (ref: string) => answersOf(ref).map(({ turns }) => turns[0]?.cost ?? null);
    const flash = (60 * 1 + 12 * 4) / 1_000_000;
    const pro = (60 * 10 + 12 * 40) / 1_000_000;
    expect(new Set(costs("mine/big-pro").map((cost) => cost?.amount))).toEqual(new Set([flash]));
    expect(new Set(costs("mine/deployment-7").map((cost) => cost?.amount))).toEqual(new Set([pro]));
    expect(new Set(costs("mine/dear"))).toEqual(new Set([null]));
    expect(answersOf("mine/big-pro")[0]?.turns[0]).toMatchObject({ priced_as: "small-flash" });
  });

  test("what was sent is on record", () => {
    const thinking = (ref: string) => answersOf(ref)[0]?.turns[0]?.thinking;
    expect(thinking("mine/lazy@max")).toEqual({ asked: "max", sent: { reasoning_effort: "max" } });
    expect(thinking("mine/stubborn@nothink")).toEqual({
      asked: "off",
      sent: { thinking: { type: "disabled" } },
    });
    expect(thinking("mine/honest")).toBeUndefined();
    expect(server.bodies.find(({ model }) => model === "lazy")).toMatchObject({
      reasoning_effort: "max",
    });
  });

  test("the gate's rule same_model names what answered", async () => {
    const { code, text } = await call(gate, { cwd: folder, args: ["run.jsonl"] });
    expect(code).toBe(1);
    expect(text).toContain("请求 big-pro，作答的是 small-flash ×8");
    expect(text).toContain("same_model");
  });

  test("a level that the model's row does not list is refused, with those it lists", async () => {
    writeFileSync(
      join(folder, "slip.yaml"),
      config(server.url).replace("thinking: max}", "thinking: maxi}"),
    );
    await expect(
      call(run, {
        cwd: folder,
        args: ["months.yaml"],
        values: { config: "slip.yaml", out: "slip.jsonl", reporter: "silent" },
      }),
    ).rejects.toThrow(
      /thinking: maxi is not among the levels listed for this model \(off, low, medium, high, max\)/,
    );
  });
});
