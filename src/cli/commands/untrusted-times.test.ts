import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { beforeEach, describe, expect, test } from "vitest";

import type { Timing } from "../../domain/call.ts";
import type { RunFileLine } from "../../domain/run-file/lines.ts";
import type { LoopHealth, ResumeLine, TimingError } from "../../domain/run-file/session.ts";

import {
  answerLine,
  endLine,
  itemLine,
  runLine,
  scoreLine,
  timingOf,
} from "../../report/testing/lines.ts";
import { newFolder, runCommand, writeRun } from "../testing/command-context.ts";
import { command as compare } from "./compare.ts";
import { command as gate } from "./gate.ts";
import { command as leaderboard } from "./leaderboard.ts";

const target = "qwen/a";
const items = 300;
const calm: LoopHealth = endLine().loop;
const busy: LoopHealth = {
  utilisation: 0.93,
  lag_p99_ms: 61.5,
  send_lag_p50_ms: 7.2,
  trusted: false,
};

let folder = "";
beforeEach(() => {
  folder = newFolder();
  writeFileSync(
    join(folder, "baimo.yaml"),
    "schema: baimo/1\ngate: {max_first_token_p95: 1s, regression: {latency: true}}\n",
  );
});

/** As the canary measured it; p99 null where it could not. */
const measured = (p99_ms: number | null, more: Partial<TimingError> = {}): LoopHealth => ({
  ...calm,
  timing_error: {
    samples: p99_ms === null ? 0 : 400,
    p50_ms: p99_ms === null ? null : 0.4,
    p99_ms,
    max_ms: p99_ms,
    allowed_ms: 5,
    ...more,
  },
  trusted: p99_ms !== null && p99_ms <= 5,
});

/** A session: how busy the machine was, null where it was cut off, and how many items it asked. */
type SessionFacts = { readonly loop: LoopHealth | null; readonly asked: number };

type RunFacts = {
  readonly sessions?: readonly SessionFacts[];
  readonly first?: number;
  readonly timing?: (item: number) => Partial<Timing>;
  readonly lagged?: (item: number) => boolean;
  readonly concurrency?: number;
};

const whole = (loop: LoopHealth | null): readonly SessionFacts[] => [{ loop, asked: items }];

function linesOf({
  sessions = whole(calm),
  first = 200,
  timing = () => ({}),
  lagged = () => false,
  concurrency = 8,
}: RunFacts): readonly RunFileLine[] {
  const header = runLine([target], {
    size: { items, per_target: items, answers: items },
    settings: { ...runLine([]).settings, concurrency },
  });
  const lines: RunFileLine[] = [header];
  let item = 0;
  for (const [index, { loop, asked }] of sessions.entries()) {
    if (index > 0) lines.push(resumed);
    for (const until = item + asked; item < until; item++) {
      const facts = { item: `s/t/${item}`, target };
      lines.push(itemLine(facts.item));
      const call = { timing: timingOf(first, first + 1_000, timing(item)) };
      const line = answerLine({ ...facts, call });
      lines.push(lagged(item) ? { ...line, lagged: true } : line);
      lines.push(scoreLine(facts, item % 10 < 8 ? "right" : "wrong"));
    }
    if (loop !== null) lines.push(endLine({ loop, answers: item }));
  }
  return lines;
}

const resumed: ResumeLine = {
  kind: "resume",
  when: "2026-11-21T21:00:00.000Z",
  tool: runLine([]).tool,
  settings: runLine([]).settings,
};

function files(base: RunFacts, fresh: RunFacts) {
  const names = ["base.jsonl", "new.jsonl"];
  writeRun(folder, "base.jsonl", linesOf(base));
  writeRun(folder, "new.jsonl", linesOf({ first: 400, ...fresh }));
  return names;
}

const compared = (base: RunFacts, fresh: RunFacts, flags = {}) =>
  runCommand(compare, folder, files(base, fresh), { "fail-on": "latency", ...flags });

const told = async (base: RunFacts, fresh: RunFacts) => {
  const { text } = await compared(base, fresh);
  return /首字延迟 p50.*/.exec(text)?.[0].trim() ?? "";
};

describe("times that were not trusted make no verdict", () => {
  test("trusted, the same times are one", async () => {
    const { code } = await compared({}, {});
    expect(code).toBe(1);
    expect(await told({}, {})).toMatch(/增加$/);
  });

  test.each<[string, RunFacts, RunFacts, string]>([
    [
      "the new run",
      {},
      { sessions: whole(busy) },
      "新 20261121T201600Z-ab12cd 本机过忙（事件循环占用 93%，滞后 p99 61.5 毫秒",
    ],
    ["the base", { sessions: whole(busy) }, {}, "基准 20261121T201600Z-ab12cd 本机过忙"],
    [
      "a run whose times were off",
      {},
      { sessions: whole(measured(42)) },
      "新 20261121T201600Z-ab12cd 本机过忙（时间误差 p50 0.4、p99 42.0 毫秒，容许 5.0 毫秒，事件循环占用 10%）",
    ],
    [
      "a run without a canary",
      {},
      { sessions: whole(measured(null, { failure: "EAGAIN" })) },
      "时间误差的样本太少，无从判断是否准确（时间误差没有测到，采样中断：EAGAIN，事件循环占用 10%）",
    ],
    [
      "a run that was cut off",
      {},
      { sessions: whole(null) },
      "没有 end 行，无从得知本机当时是否过忙",
    ],
    [
      "an earlier session of a resumed run",
      {},
      {
        sessions: [
          { loop: busy, asked: 100 },
          { loop: calm, asked: 200 },
        ],
      },
      "事件循环占用 93%",
    ],
    [
      "an earlier session that was cut off",
      {
        sessions: [
          { loop: null, asked: 30 },
          { loop: calm, asked: items - 30 },
        ],
      },
      {},
      "基准 20261121T201600Z-ab12cd 没有 end 行",
    ],
  ])("%s", async (_, base, fresh, why) => {
    const { code, text } = await compared(base, fresh);
    expect(code).toBe(3);
    expect(text).toContain("时间不可信，不判断快慢：");
    expect(text).toContain(why);
    const rows = text.split("\n").filter((line) => /首字延迟 p50|吐字速度/.test(line));
    expect(rows).toHaveLength(2);
    for (const row of rows) {
      expect(row).toMatch(/时间不可信$/);
      expect(row).not.toMatch(/增加|减少|不变/);
    }
    const english = await runCommand(compare, folder, files(base, fresh), {}, { lang: "en" });
    expect(english.text).toContain("times not trusted, so neither faster nor slower is said: ");
    expect(english.code).toBe(0);
  });

  test("times that were measured and hardly off are a verdict", async () => {
    const sessions = whole(measured(2.6));
    expect((await compared({ sessions }, { sessions })).code).toBe(1);
  });

  test("a session that answered nothing does not matter", async () => {
    const sessions = [{ loop: busy, asked: 0 }, ...whole(calm)];
    expect((await compared({}, { sessions })).code).toBe(1);
  });

  test.each(["md", "html", "json"])("%s says so too", async (format) => {
    await compared({}, { sessions: whole(busy) }, { format, out: "out" });
    const text = readFileSync(join(folder, "out"), "utf8");
    expect(text).toMatch(format === "json" ? /"first_token_ms": "untrusted"/ : /时间不可信/);
    expect(text).not.toMatch(/增加|减少/);
    expect(text).toContain("事件循环占用 93%");
  });

  test("the gate cannot tell: exit 3, neither passed nor failed", async () => {
    const [base = "", fresh = ""] = files({}, { sessions: whole(busy) });
    const { code, text } = await runCommand(gate, folder, [fresh], { baseline: base });
    expect(code).toBe(3);
    expect(text.split("\n")[0]).toBe("门禁未定：2 条凭这些数据无法判断。");
    expect(text).toMatch(/\? .*max_first_token_p95 .*时间不可信，不作判断/);
    expect(text).toMatch(/\? .*regression latency .*×2\.00；时间不可信，不作判断/);
    const trusted = files({}, {});
    expect((await runCommand(gate, folder, [trusted[1] ?? ""], { baseline: base })).code).toBe(1);
  });
});

describe("times of another concurrency make no verdict", () => {
  const gap = "并发路数不同（基准最多 8，新最多 16）：时间不宜直接比，不判断快慢";

  test("both figures stand in every language and format, and nothing is faster or slower", async () => {
    const { code, text } = await compared({}, { concurrency: 16 });
    expect(code).toBe(3);
    expect(text).toContain(`! ${gap}；两边都用 --concurrency 8 再跑`);
    const rows = text.split("\n").filter((line) => /首字延迟 p50|吐字速度/.test(line));
    expect(rows.map((row) => /\S+$/.exec(row)?.[0])).toEqual(["并发不同", "并发不同"]);
    const names = files({}, { concurrency: 16 });
    const json = await runCommand(compare, folder, names, { json: true });
    expect(JSON.parse(json.text)).toMatchObject([
      {
        concurrency_gap: { base: 8, new: 16 },
        ratios: { verdicts: { first_token_ms: "unlike", speed: "unlike" } },
      },
    ]);
  });

  test("the gate cannot tell either, and says why", async () => {
    const [base = "", fresh = ""] = files({}, { concurrency: 16, first: 200 });
    const { code, text } = await runCommand(gate, folder, [fresh], { baseline: base });
    expect(code).toBe(3);
    expect(text).toMatch(new RegExp(`\\? .*regression latency .*×1\\.00；${gap}`, "u"));
  });
});

describe("what is not the vendor's stays out of the ratio", () => {
  test("calls of a busy moment", async () => {
    const lagged = (item: number) => item % 3 === 0;
    const slow = (item: number) => (lagged(item) ? { first_token_ms: 5_000 } : {});
    const { text } = await compared({}, { first: 200, lagged, timing: slow });
    expect(text).toContain("时间比较略去 100 次作答时本机过忙的调用");
    expect(/首字延迟 p50.*/.exec(text)?.[0]).toMatch(/×1\.00.*不变/);
  });

  test("new connections on one side: compared only where both did alike, both figures said", async () => {
    const opened = (item: number) =>
      item % 2 === 0 ? { connect_ms: 300, first_token_ms: 500 } : {};
    const { text } = await compared({}, { first: 200, timing: opened });
    expect(text).toContain(
      "新建连接（含在首字延迟里）的调用：基准 0%，新 50% (p50 300 ms)；首字延迟只比同为新建或同为复用的，略去 150 次",
    );
    expect(/首字延迟 p50.*/.exec(text)?.[0]).toMatch(/×1\.00.*不变/);
  });

  test("nothing alike is left: no verdict, and exit 3 where one is asked for", async () => {
    const opened = () => ({ connect_ms: 300, first_token_ms: 500 });
    const { code, text } = await compared({}, { timing: opened });
    expect(code).toBe(3);
    expect(/首字延迟 p50.*/.exec(text)?.[0]).toMatch(/—\s+不明/);
  });

  test("the leaderboard says it where it is noticeable", async () => {
    const [, fresh = ""] = files(
      {},
      {
        lagged: (item) => item < 30,
        timing: (item) => (item % 4 === 0 ? { connect_ms: 120 } : {}),
        sessions: [
          { loop: null, asked: 30 },
          { loop: calm, asked: items - 30 },
        ],
      },
    );
    const { text } = await runCommand(leaderboard, folder, [fresh]);
    expect(text).toContain(
      "qwen/a：300 次调用（多轮对话每轮一次）中 30 次进行时本机过忙，这 30 次的时间可能偏长",
    );
    expect(text).toContain("qwen/a：25% 的调用新建连接，p50 120 毫秒，含在首字延迟里");
    expect(text).toContain("有一次会话中断，无从判断时间是否可信");
    const quiet = await runCommand(leaderboard, folder, ["base.jsonl"]);
    expect(quiet.text).not.toMatch(/新建连接|进行时本机过忙/);
  });
});
