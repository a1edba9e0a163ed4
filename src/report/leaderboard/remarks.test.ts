import { describe, expect, test } from "vitest";

import type { AnswerFacts } from "../testing/lines.ts";

import { unrecognisedReply } from "../../domain/run-file/unrecognised-reply.ts";
import { leaderboardReport } from "../page/first-view.ts";
import { answerLine, endLine, itemLine, runLine, scoreLine, timingOf } from "../testing/lines.ts";
import { createView, step } from "../view/view.ts";
import { leaderboardCsv } from "./csv.ts";
import { leaderboardJson } from "./json.ts";
import { leaderboardOf } from "./leaderboard.ts";
import { leaderboardMarkdown } from "./markdown.ts";
import { leaderboardTerminal } from "./text.ts";

type Reply = Partial<AnswerFacts> & { readonly verdict?: "right" | "wrong" | "unresolved" };

/** A target's replies, item by item; without a verdict the call decides. */
function shown(replies: readonly Reply[], target = "mine/big-72b") {
  const view = createView();
  step(view, runLine([target]));
  for (const [index, { verdict, ...facts }] of replies.entries()) {
    const item = `s/t/${index}`;
    step(view, itemLine(item));
    const call = { model_returned: "big-72b", ...facts.call };
    step(view, answerLine({ item, target, ...facts, call }));
    if (verdict === undefined) continue;
    const extracted = verdict === "unresolved" ? null : "A";
    const value = verdict === "right" ? 1 : 0;
    step(view, { ...scoreLine({ item, target }, verdict, value), extracted });
  }
  step(view, endLine());
  const board = leaderboardOf(view);
  const summary = board.entries[0]?.summary;
  if (summary === undefined) throw new Error("no entry");
  return {
    summary,
    board,
    reports: {
      terminal: (lang: "zh" | "en") => leaderboardTerminal(view, board, { lang, width: 80 }),
      markdown: () => leaderboardMarkdown(view, board, "zh"),
      csv: () => leaderboardCsv(board, "zh"),
      page: () => JSON.stringify(leaderboardReport(view, board, { board: null, now: new Date() })),
      json: () => JSON.stringify(leaderboardJson(view, board)),
    },
  };
}

const many = (n: number, reply: Reply): readonly Reply[] => Array.from({ length: n }, () => reply);
const right: Reply = { verdict: "right" };
const named = (model_returned: string): Reply => ({ verdict: "right", call: { model_returned } });

describe("the model that came back", () => {
  test("another name stands in every report, as it came", () => {
    const { reports } = shown([...many(3, right), ...many(2, named("tiny-0.5b"))]);
    expect(reports.terminal("zh")).toContain(
      "mine/big-72b：作答的是另一个型号，2 次；返回的模型名：big-72b ×3、tiny-0.5b ×2（请求 big-72b）",
    );
    expect(reports.terminal("en")).toContain(
      "model name returned: big-72b ×3, tiny-0.5b ×2 (asked for big-72b)",
    );
    for (const report of [reports.markdown, reports.csv, reports.page]) {
      expect(report()).toContain("tiny-0.5b ×2");
      expect(report()).toContain("另一型号");
    }
    expect(reports.json()).toContain('"not_as_asked":["model"]');
    expect(reports.json()).toContain('"models_returned":[{"id":"big-72b","answers":3}');
  });

  test("a date behind the name is told as such; the name itself is not told", () => {
    const dated = shown(many(4, named("big-72b-2026-11-02"))).reports;
    expect(dated.terminal("zh")).toContain(
      "只差日期或版本号：mine/big-72b → big-72b-2026-11-02 ×4",
    );
    const same = shown(many(4, right)).reports;
    expect(same.terminal("zh")).not.toContain("返回的模型名");
    expect(same.csv()).not.toContain("返回的模型名");
  });

  test("of many names the first five are listed; what could move a cursor or be HTML is made harmless", () => {
    const names = ["a", "b", "c", "d", "e", "f", "\u001B[2J<img src=x>"];
    const { reports } = shown(names.map(named));
    expect(reports.terminal("zh")).toContain("另 2 个");
    expect(reports.terminal("zh")).not.toContain("\u001B");
    const few = shown(names.slice(-1).map(named)).reports;
    expect(few.markdown()).toContain(String.raw`\<img src=x>`);
  });
});

describe("why answers count 0", () => {
  const empty = { verdict: "unresolved", text: "" } as const;
  const length = { reason: "length", raw: "length" } as const;
  const replies: readonly Reply[] = [
    ...many(10, right),
    ...many(3, { ...empty, outcome: "length", call: { reasoning: "想", finish: length } }),
    ...many(2, { verdict: "unresolved", text: "甲项说的", outcome: "length" }),
    empty,
    ...many(4, { ...empty, call: { reasoning: "答案：A" } }),
    { verdict: "unresolved", text: "抱歉，我无法回答。" },
    { verdict: "unresolved", text: "抱歉，恕难作答。" },
    { verdict: "unresolved", text: "这个问题我拿不准，为了不误导你，就不随便作答了。" },
    { verdict: "wrong", text: "抱歉，我不能完全确定。答案：B" },
    { verdict: "unresolved", text: "题目不完整。" },
    { outcome: "filtered-output" },
    { outcome: "context-overflow" },
    { verdict: "wrong", text: "答案：B" },
  ];
  const { summary, reports } = shown(replies);

  test("each reason apart; a wrong answer is none", () => {
    expect(summary.zero_reasons).toEqual({
      cut_thinking: 3,
      cut_answer: 2,
      empty: 1,
      reasoning_only: 4,
      refused: 3,
      no_answer: 1,
      filtered: 1,
      overflow: 1,
    });
  });

  test("every report counts them and says what to do", () => {
    for (const text of [reports.terminal("zh"), reports.markdown(), reports.page()]) {
      expect(text).toContain("思考时被截断 3、作答时被截断 2、空回复 1、只在思考里作答 4");
      expect(text).toContain("拒绝作答 3");
      expect(text).toContain("思考时被截断：把 max_tokens 调大，或者关掉思考");
    }
    expect(reports.terminal("en")).toContain("cut while thinking: raise max_tokens");
    expect(reports.csv()).toContain(
      "思考时被截断,作答时被截断,空回复,只在思考里作答,拒绝作答,没读出答案",
    );
    expect(reports.json()).toContain('"zero_reasons":{"cut_thinking":3');
  });

  test("a simulator that does not know the items is told apart, with what to do", () => {
    const strange: Reply = {
      text: `我是模拟模型“甲”，${unrecognisedReply}（共 40 个字），所以不作回答。`,
      call: { simulated: true },
    };
    const { summary, reports } = shown([
      ...many(3, { ...right, call: { simulated: true } }),
      { ...strange, verdict: "unresolved" },
      { ...strange, verdict: "wrong" },
    ]);
    expect([summary.unrecognised, summary.zero_reasons.no_answer]).toEqual([2, 0]);
    for (const text of [reports.terminal("zh"), reports.markdown(), reports.page()]) {
      expect(text).toContain("模拟器不认得其中 2 题");
      expect(text).toContain("用 --suites 指明题集");
    }
    expect(reports.terminal("en")).toContain("with --suites for them");
    expect(shown(many(3, right)).reports.terminal("zh")).not.toContain("模拟器不认得");
  });

  test("a refusal of what is to be refused is no reason", () => {
    const view = createView();
    const key = { item: "s/t/1", target: "a/b" };
    step(view, runLine(["a/b"]));
    step(view, itemLine("s/t/1", { turns: [{ expect: "refuse" }] }));
    step(view, answerLine({ ...key, text: "抱歉，我无法回答。" }));
    step(view, { ...scoreLine(key, "wrong"), extracted: null });
    expect(leaderboardOf(view).entries[0]?.summary.zero_reasons.refused).toBe(0);
  });
});

describe("time to think", () => {
  const thought = (first: number, answer: number): Reply => ({
    verdict: "right",
    call: { reasoning: "想", timing: timingOf(first, 9_000, { first_answer_ms: answer }) },
  });
  test("its median over the calls that thought", () => {
    const { summary, reports } = shown([
      thought(200, 1_200),
      thought(300, 3_300),
      thought(250, 8_250),
      ...many(9, right),
    ]);
    expect(summary.thinking_ms).toMatchObject({ n: 3, p50: { value: 3_000 } });
    expect(reports.csv()).toContain("思考时间 p50 (秒)");
    expect(shown(many(3, right)).summary.thinking_ms).toBeNull();
  });
});

describe("usage that cannot be true", () => {
  const usage = (output: number, input = 40) => ({
    input,
    cached_input: null,
    cache_write: null,
    output,
    reasoning: null,
  });
  const zero: Reply = { verdict: "right", call: { usage: usage(0, 0) } };

  test("many doubted counts: the cost is unknown, not cheap", () => {
    const { summary, reports } = shown([...many(9, right), zero]);
    expect(summary).toMatchObject({ cost: null, usage_doubt: { answers: 1, kinds: { zero: 1 } } });
    expect(summary.cost_per.right).toBeNull();
    for (const text of [reports.terminal("zh"), reports.markdown(), reports.page()]) {
      expect(text).toContain("用量不可信（有回答却报 0 ×1），费用按未知处理");
    }
    expect(reports.csv()).toContain("不可信：有回答却报 0 ×1");
    expect(reports.terminal("en")).toContain("usage cannot be believed (0 beside an answer ×1)");
  });

  test("one in a hundred: the cost is a lower bound", () => {
    const { summary, reports } = shown([...many(99, right), zero]);
    expect(summary).toMatchObject({ cost_incomplete: true, usage_doubt: { answers: 1 } });
    expect(summary.cost).not.toBeNull();
    expect(reports.csv()).toMatch(/≥¥0\.1,≥1\.00,/);
    expect(reports.terminal("zh")).toMatch(/^≥ 费用至少这么多：/mu);
    expect(reports.terminal("en")).toMatch(/^≥ at least so much: /mu);
  });
});

describe("missing answers", () => {
  const failed: Reply = { outcome: "server" };
  test("above 2% every report shows both bounds, and the target is not ranked", () => {
    const { board, reports } = shown([...many(7, right), failed]);
    expect(board.entries[0]).toMatchObject({ rank: null, unranked: "coverage" });
    for (const text of [reports.terminal("zh"), reports.markdown(), reports.page()]) {
      expect(text).toContain("87.5–100.0");
      expect(text).toContain("缺 1 次（12.5%）；缺的全按错算得 87.5 分，全按对算得 100.0 分");
    }
    expect(reports.csv()).toContain("87.5–100.0");
    expect(reports.json()).toContain('"shortfall":{"planned":8,"missing":1');
    expect(reports.terminal("en")).toContain("87.5 if all of them are wrong");
  });

  test("where other wordings are complete and the base wording is not", () => {
    const view = createView();
    const target = "a/b";
    step(view, runLine([target]));
    for (let index = 0; index < 10; index++) {
      const item = `s/t/${index}`;
      step(view, itemLine(item));
      for (const wording of [null, ...Array.from({ length: 9 }, (_, at) => `w${at}`)]) {
        const outcome = index === 0 && wording === null ? "server" : "ok";
        step(view, answerLine({ item, target, wording, outcome }));
        if (outcome === "ok") step(view, scoreLine({ item, target, wording }, "right"));
      }
    }
    const [entry] = leaderboardOf(view).entries;
    expect(entry?.summary.coverage).toBe(0.99);
    expect(entry).toMatchObject({ unranked: "coverage", summary: { shortfall: { missing: 1 } } });
  });
});
