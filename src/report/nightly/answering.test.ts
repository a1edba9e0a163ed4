import { describe, expect, test } from "vitest";

import type { AnswerFacts } from "../testing/lines.ts";
import type { NightRecord } from "./record.ts";

import { answerLine, endLine, itemLine, runLine, scoreLine } from "../testing/lines.ts";
import { createView, step } from "../view/view.ts";
import { judgeHistory, suspects } from "./nightly.ts";
import { nightOf } from "./of-run.ts";
import { withSecond } from "./record.ts";
import { replyOf, type ReplyFacts } from "./replies.ts";
import { newsLines, nightlyHeadline, nightlyMarkdown } from "./text.ts";

const items = 40;
const trials = [1, 2, 3];
const target = "gw/m";

/** What an item gets in place of an answer; null where it is answered as usual. */
type Fault = (item: number, trial: number) => (Partial<AnswerFacts> & { unresolved?: true }) | null;
const page = { acks: [], budget: null, probe: [] };
const noAnswer = { unresolved: true } as const;

const usual: Fault = () => null;
const say = (text: string): Partial<AnswerFacts> => ({ text });

/** A night in which the model is right on 30 of 40 items, and the vendor plays a fault. */
function night(day: number, fault: Fault = usual, right = 30): NightRecord {
  const view = createView();
  const replies = new Map<string, ReplyFacts>();
  const started_at = new Date(Date.UTC(2026, 10, day, 18)).toISOString();
  step(view, runLine([target], { started_at, id: `night-${day}` }));
  for (let item = 0; item < items; item++) {
    const name = `s/t/${item}`;
    step(view, itemLine(name));
    for (const trial of trials) {
      const faulty = fault(item, trial);
      const facts = { item: name, target, trial, text: `第 ${item} 题的答案是甲乙丙丁` };
      const line = answerLine({ ...facts, ...faulty });
      step(view, line);
      replies.set(line.key, replyOf(line));
      const good = faulty === null && (item + trial) % items < right;
      const bad = faulty?.unresolved === true ? "unresolved" : "wrong";
      if (line.outcome === "ok") step(view, scoreLine(facts, good ? "right" : bad));
    }
  }
  step(view, endLine());
  const record = nightOf(view, replies);
  if (record === null) throw new Error("no run");
  return record;
}

const nights = (...last: readonly NightRecord[]): readonly NightRecord[] => [
  ...[1, 2, 3, 4, 5, 6].map((day) => night(day)),
  ...last,
];

const judged = (...last: readonly NightRecord[]) =>
  judgeHistory("b", nights(...last)).targets[0]?.judgement;

const every =
  (facts: Partial<AnswerFacts>): Fault =>
  () =>
    facts;
const half =
  (facts: Partial<AnswerFacts>): Fault =>
  (item) =>
    item % 2 === 0 ? facts : null;

describe("a night of a broken endpoint is no decline of the model", () => {
  test.each<[string, Fault, string]>([
    ["every call fails", every({ outcome: "server" }), "服务器出错 120"],
    ["the key is refused", every({ outcome: "auth" }), "密钥无效 120"],
    ["half of the calls fail", half({ outcome: "overloaded" }), "过载 60"],
    ["every answer is empty", every(say("")), "空回复、中断或乱码 120"],
    ["half of the answers are blank", half(say(" \n")), "空回复、中断或乱码 60"],
    [
      "broken off by an error",
      half({ text: "我来", call: { finish: { reason: "other", raw: "network_error" } } }),
      "空回复、中断或乱码 60",
    ],
    ["one notice", every(say("服务繁忙，请稍后再试")), "通知 120"],
    [
      "notices with the number of the request",
      (item, trial) =>
        item % 3 === 0 ? say(`系统开小差了，请稍候 (req-${item}${trial}f${item * 7})`) : null,
      "通知 42",
    ],
    ["an English notice", half(say("Service is temporarily unavailable.")), "通知 60"],
    ["an error as text", half(say('{"error":{"message":"upstream"}}')), "通知 60"],
    ["null as text", half(say("null")), "通知 60"],
    ["bytes that are no text", half(say("\uFFFD\uFFFD答\uFFFD\uFFFD")), "乱码 60"],
    [
      "one advertisement to half",
      half({ ...say("欢迎关注公众号，领取专属福利"), ...noAnswer }),
      "得到同一个回复 60",
    ],
    ["the same greeting to all", every(say("您好，有什么可以帮您？")), "得到同一个回复 120"],
    [
      "some of each",
      (item) => [say(""), { outcome: "timeout" as const }, null, null][item % 4] ?? null,
      "超时 30，空回复、中断或乱码 30",
    ],
  ])("%s", (_, fault, told) => {
    const report = judgeHistory("b", nights(night(7, fault)));
    expect(nightlyHeadline(report, "zh")).toBe("昨夜：1 个目标，1 数据不足");
    expect(newsLines(report, "zh").join("\n")).toContain(told);
    expect(nightlyMarkdown(report, page, "en")).toContain("no drift is judged");
    expect(report.targets[0]?.drift.delta).toBeNull();
    expect(report.targets[0]?.scores.at(-1)?.value).toBeNull();
    expect(suspects(nights(night(7, fault))).changed).toEqual([]);
  });

  test("it is no reference for the nights after it", () => {
    const broken = half(say(""));
    const after = judgeHistory("b", nights(night(7, broken), night(8, broken), night(9)));
    expect(after.targets[0]?.judgement).toBe("unchanged");
    expect(after.targets[0]?.drift).toMatchObject({ delta: 0, reference: 6 });
    const fallen = nights(night(7, broken), night(8, usual, 20));
    expect(suspects(fallen)).toEqual({ changed: [target], troubled: [] });
    const [only] = judgeHistory("b", fallen).targets;
    expect(only?.judgement).toBe("looks down");
    expect(only?.changes).toEqual([]);
  });

  test("the first night too", () => {
    const first = (fault: Fault) => judgeHistory("b", [night(1, fault)]).targets[0]?.judgement;
    expect(first(every(say("")))).toBe("not enough data");
    expect(first(usual)).toBe("too short");
  });
});

describe("what is the model's own is judged as before", () => {
  test("a real fall", () => {
    expect(judged(night(7, usual, 15))).toBe("looks down");
  });

  test("a few empty answers are left out and said", () => {
    const few: Fault = (item) => (item % 8 === 0 ? say("") : null);
    const report = judgeHistory("b", nights(night(7, few)));
    expect(report.targets[0]).toMatchObject({ judgement: "unchanged", drift: { delta: 0 } });
    expect(nightlyMarkdown(report, page, "zh")).toContain(
      "gw/m：锚题 120 次作答中 15 次没有回答（空回复、中断或乱码 15），不计入",
    );
  });

  test.each<[string, Fault]>([
    ["refusals in one wording", half(say("抱歉，这个问题我不能回答。"))],
    [
      "refusals in which no answer was found",
      half({ ...say("抱歉，这个问题我不能回答。"), ...noAnswer }),
    ],
    ["one wrong answer in one wording to half", half(say("综合以上分析，答案是零"))],
    ["one letter", half(say("B"))],
    ["thought until the limit", half({ outcome: "length", text: "" })],
  ])("%s", (_, fault) => {
    expect(judged(night(7, fault))).not.toBe("not enough data");
  });

  test("what was always so is the model's way and no fault", () => {
    const often: Fault = (item) => (item % 3 === 0 ? say("") : null);
    const all = [1, 2, 3, 4, 5, 6].map((day) => night(day, often));
    expect(judgeHistory("b", all).targets[0]?.judgement).toBe("unchanged");
  });

  test("right answers that speak of a busy service are answers", () => {
    const view = createView();
    const replies = new Map<string, ReplyFacts>();
    step(view, runLine([target]));
    for (let item = 0; item < 10; item++) {
      const facts = { item: `s/t/${item}`, target, text: "系统繁忙，请稍后再试" };
      step(view, itemLine(facts.item));
      const line = answerLine(facts);
      step(view, line);
      replies.set(line.key, replyOf(line));
      step(view, scoreLine(facts, item < 6 ? "right" : "wrong"));
    }
    step(view, endLine());
    expect(nightOf(view, replies)?.targets.get(target)?.answering).toMatchObject({
      notices: 0,
      same: 0,
    });
  });
});

describe("two measurements of one night", () => {
  const broken = half(say(""));
  const fallen = (day: number) => night(day, usual, 15);

  test.each<[string, NightRecord, string]>([
    [
      "the second was broken, so the first stands alone",
      withSecond(fallen(7), night(7, broken)),
      "looks down",
    ],
    [
      "the first was broken, so the second counts",
      withSecond(night(7, broken), night(7)),
      "unchanged",
    ],
    ["both were broken", withSecond(night(7, broken), night(7, broken)), "not enough data"],
    ["both fell", withSecond(fallen(7), fallen(7)), "down"],
  ])("%s", (_, last, judgement) => {
    expect(judged(last)).toBe(judgement);
  });
});
