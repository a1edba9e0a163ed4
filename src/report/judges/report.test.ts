import { describe, expect, test } from "vitest";

import type { Ballot } from "../../domain/judging.ts";
import type { TargetEntry } from "../../domain/run-file/header.ts";
import type { TurnScore } from "../../domain/run-file/lines.ts";

import { pointsOfBattle, resultOf } from "../../grading/judge/pair.ts";
import { answerLine, itemLine, runLine, scoreLine, targetEntry } from "../testing/lines.ts";
import { createView, step } from "../view/view.ts";
import { pairReport } from "./pairs.ts";
import { judgeReport, type JudgeReport } from "./report.ts";
import { battleTable, judgeLines } from "./text.ts";

type Said = Pick<TurnScore, "value" | "ballots" | "notes">;

const ballot = (judge: string, value: number | null, more: Partial<Ballot> = {}): Ballot => ({
  judge,
  vote: 1,
  value,
  reason: null,
  invalid: value === null ? "格式不符" : null,
  ...more,
});

/** A run of one target with one score an item, and the judges of its header. */
function reportOf(said: readonly Said[], judges: readonly TargetEntry[] = []): JudgeReport {
  const view = createView();
  step(view, runLine(["a/one"], { judges }));
  for (const [index, each] of said.entries()) {
    step(view, itemLine(`s/t/i${index}`));
    const answer = answerLine({ item: `s/t/i${index}`, target: "a/one" });
    step(view, answer);
    const verdict = each.value === null ? "ungraded" : "partial";
    step(view, { ...scoreLine(answer, verdict, each.value), ...each });
  }
  const report = judgeReport(view);
  if (report === null) throw new Error("no report");
  return report;
}

test("a run without judges has no report", () => {
  const view = createView();
  step(view, runLine(["a/one"]));
  expect(judgeReport(view)).toBeNull();
});

test("votes, invalid ones, the spread of a panel, and what stays without a verdict", () => {
  const report = reportOf([
    { value: 0.8, ballots: [ballot("x/j", 1), ballot("y/k", 0.6)] },
    { value: 0.4, ballots: [ballot("x/j", 0.4), ballot("y/k", 0.4)] },
    { value: null, ballots: [ballot("x/j", null), ballot("y/k", null)] },
  ]);
  const plain = { simulated: false, votes: 3, invalid: 1, faults: { format: 1 }, kin: [] };
  const asked = { reasks: { calls: 0, cost: [] }, stood_in: 0 };
  expect(report.judges).toEqual([
    { judge: "x/j", mean: 0.7, ...plain, ...asked },
    { judge: "y/k", mean: 0.5, ...plain, ...asked },
  ]);
  expect([report.graded, report.ungraded]).toEqual([2, 1]);
  expect(report.panel).toEqual({ n: 2, spread: 0.2, split: 1 });
  const text = judgeLines(report, "zh").join("\n");
  expect(text).toContain("裁判未能判定 1/3");
  expect(text).toContain("2 条有多票，1 条不一致，最高与最低平均相差 20.0 分");
});

test("references that judges doubt are golds to look at, the most doubted first", () => {
  const doubts = { doubts_reference: true } as const;
  const view = createView();
  step(view, runLine(["a/one"]));
  const votes = [
    [{}, {}],
    [doubts, {}],
    [doubts, doubts],
  ];
  for (const [index, each] of votes.entries()) {
    const item = itemLine(`s/t/i${index}`);
    const turns = item.turns.map((turn) => ({ ...turn, grader: { use: "judge" } }));
    step(view, { ...item, turns });
    const answer = answerLine({ item: `s/t/i${index}`, target: "a/one" });
    step(view, answer);
    const ballots = each.map((more, judge) => ballot(`x/${judge}`, 0.6, more));
    step(view, { ...scoreLine(answer, "partial", 0.6), ballots });
  }
  const report = judgeReport(view);
  expect(report?.doubted).toEqual([
    { item: "s/t/i2", votes: 2, of: 2 },
    { item: "s/t/i1", votes: 1, of: 2 },
  ]);
  const text = report === null ? "" : judgeLines(report, "zh").join("\n");
  expect(text).toContain("请核对：s/t/i2 (2/2)、s/t/i1 (1/2)。");
  if (report === null) throw new Error("no report");
  const judges = report.judges.map((each) => ({ ...each, simulated: true }));
  expect(judgeLines({ ...report, judges }, "zh").join("\n")).toContain(
    "[模拟] 裁判怀疑参考答案有错，它的话不说明什么：s/t/i2 (2/2)",
  );
});

test("a judge of the candidate's family is named", () => {
  const vendor = { zh: "某厂", en: "Some vendor" };
  const kin = targetEntry("x/j", { vendor });
  const [line] = reportOf([{ value: 1, ballots: [ballot("x/j", 1)] }], [kin]).judges;
  expect(line?.kin).toEqual(["a/one"]);
  const report = reportOf([{ value: 1, ballots: [ballot("x/j", 1)] }], [kin]);
  expect(judgeLines(report, "zh").join("\n")).toContain("评了同系模型 a/one");
  const stranger = targetEntry("x/j", { vendor: { zh: "别家", en: "Another" } });
  expect(reportOf([{ value: 1, ballots: [ballot("x/j", 1)] }], [stranger]).judges[0]?.kin).toEqual(
    [],
  );
});

describe("a cascade", () => {
  const byRule = (value: number): Said => ({
    value,
    notes: { rule: "numeric", rule_value: value, decided_by: "rule" },
  });
  const byJudge = (value: number | null): Said => ({
    value,
    ballots: [ballot("x/j", value)],
    notes: { rule: "numeric", rule_value: 0, decided_by: "judge" },
  });

  test("shows the rule alone beside rule and judge", () => {
    const report = reportOf([byRule(1), byRule(0), byJudge(1), byJudge(null)]);
    const [line] = report.cascade;
    expect(line).toMatchObject({ target: "a/one", n: 4, by_rule: 2, ungraded: 1 });
    expect([line?.rule?.value, line?.rule?.n]).toEqual([0.25, 4]);
    expect(line?.both?.value).toBeCloseTo(2 / 3, 12);
    expect(judgeLines(report, "zh").join("\n")).toContain(
      "4 条中规则判定 2 条；只用规则 25.0 分，加上裁判 66.7 分，仍有 1 条待裁",
    );
  });

  test("says what waits where no judge was there", () => {
    const waiting: Said = {
      value: null,
      notes: { rule: "exact", rule_value: 0, decided_by: "judge" },
    };
    const text = judgeLines(reportOf([byRule(1), waiting]), "zh").join("\n");
    expect(text).toContain(
      "2 条中规则判定 1 条，其余 1 条没有裁判的判定，待裁，不计入得分；假如都按错算，则为 50.0 分",
    );
  });
});

describe("pairs", () => {
  const pair = (orders: NonNullable<Ballot["orders"]>, value: number, chars: number): Said => ({
    value,
    ballots: [ballot("x/j", value, { orders })],
    notes: { baseline: "b/base", chars, baseline_chars: 100 },
  });

  test("battles, places and lengths are counted as defined", () => {
    const { pairs } = reportOf([
      pair(["win", "win"], 1, 150),
      pair(["win", "loss"], 0.5, 100),
      pair(["loss", "loss"], 0, 60),
      pair(["tie", "win"], 0.5, 105),
    ]);
    expect(pairs?.rows).toMatchObject([
      {
        target: "a/one",
        baseline: "b/base",
        win: 1,
        tie: 2,
        loss: 1,
        open_not_lost: 75,
        open_three_one: 62.5,
      },
    ]);
    expect(pairs?.rows[0]?.win_rate?.value).toBe(0.5);
    const { ballots, consistent, flipped, first } = pairs?.position ?? {};
    expect([ballots, consistent?.value, flipped?.value]).toEqual([4, 0.5, 0.25]);
    // For the first shown: 1 and 0, 1 and 1, 0 and 1, none and 0.
    expect([first?.n, first?.value]).toEqual([7, 4 / 7]);
    expect(pairs?.length.longer).toMatchObject({ value: 1, n: 2 });
    expect(pairs?.length.bins.map(({ win_rate }) => win_rate?.value)).toEqual([0, 0.5, 1]);
    expect(pairs?.strengths).toBeNull();
  });

  test("ties tell both good from both bad, and the share that is not lost stands beside the consistency", () => {
    const tie = (both?: "good" | "bad"): Said => ({
      value: 0.5,
      ballots: [
        ballot("x/j", 0.5, { orders: ["tie", "tie"], ...(both === undefined ? {} : { both }) }),
      ],
      notes: { baseline: "b/base", chars: 100, baseline_chars: 100 },
    });
    const report = reportOf([tie("good"), tie("good"), tie("bad"), tie()]);
    expect(report.pairs?.rows[0]).toMatchObject({ tie: 4, both_good: 2, both_bad: 1 });
    // A judge that always likes the first: nothing is lost, and nothing was found out.
    const swayed = reportOf(Array.from({ length: 4 }, () => pair(["win", "loss"], 0.5, 100)));
    const [row] = swayed.pairs?.rows ?? [];
    expect([row?.open_not_lost, row?.consistent?.value]).toEqual([100, 0]);
    const { columns, rows } =
      swayed.pairs === null ? { columns: [], rows: [] } : battleTable(swayed.pairs, "zh");
    const at = (title: string): string | undefined =>
      rows[0]?.[columns.findIndex((column) => column.title === title)];
    expect([at("OPEN 胜和率"), at("两序一致"), at("平（都好/都差）")]).toEqual([
      "100.00",
      "0%",
      "4 (0/0)",
    ]);
  });

  test("strengths come from both orders, so that two votes for the place cancel out", () => {
    const strengths = (orders: NonNullable<Ballot["orders"]>[]) =>
      pairReport(
        orders.map((each, item) => ({
          target: "a/one",
          baseline: "b/base",
          item,
          value: pointsOfBattle[resultOf(each)],
          chars: 1,
          baseline_chars: 1,
          orders: [each],
        })),
        true,
      )?.strengths?.find(({ player }) => player === "a/one");
    const many = <T>(n: number, value: T): T[] => Array.from({ length: n }, () => value);
    const even = strengths(many(20, ["win", "loss"]));
    expect(even?.theta).toBeCloseTo(0, 9);
    // A win and a tie are a tie by the conservative rule; the order that was won still counts.
    const ahead = strengths([
      ...many(15, ["win", "tie"] as const),
      ...many(5, ["tie", "tie"] as const),
    ]);
    expect(ahead?.theta).toBeGreaterThan(0.2);
    expect(ahead?.interval.low).toBeLessThan(ahead?.theta ?? 0);
    expect(ahead?.interval.high).toBeGreaterThan(ahead?.theta ?? 0);
  });
});

test("of two scores the last counts, and one that is pending counts nothing but its money", () => {
  const view = createView();
  step(view, runLine(["a/one"]));
  step(view, itemLine("s/t/i0"));
  const answer = answerLine({ item: "s/t/i0", target: "a/one" });
  step(view, answer);
  const score = scoreLine(answer, "partial", 0.6);
  step(view, { ...score, ballots: [ballot("x/j", 0.6)] });
  step(view, { ...score, verdict: "ungraded", value: null, pending: true });
  expect(judgeReport(view)?.graded).toBe(1);
  expect(view.targets[0]?.totals.counted).toBe(1);
  step(view, { ...score, value: 1 });
  expect(judgeReport(view)).toBeNull();
});
