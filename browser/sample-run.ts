import type { RunFileLine, ReviewLine } from "../src/domain/run-file/lines.ts";

import { answerKey } from "../src/domain/id.ts";
import {
  answerLine,
  endLine,
  itemLine,
  runLine,
  scoreLine,
  targetEntry,
  timingOf,
} from "../src/report/testing/lines.ts";

export const targets = ["甲厂/chat-pro", "乙厂/mini", "丙厂/free"] as const;

const price = (input: number, output: number) => ({
  currency: "CNY" as const,
  since: "2026-01-01",
  source: "price page",
  verified: true,
  tiers: [{ input, output }],
});

export type SampleOptions = {
  readonly items?: number;
  /** Of ten items, how many each target gets right. */
  readonly right?: readonly number[];
  readonly id?: string;
  /** Two more items name a risk, and another model answers for the second target. */
  readonly risky?: boolean;
};

/**
 * A run of three targets: one thinks, one fails now and then, one has no price; with a red line, a person's ruling, a
 * judge's ballot and an item that was asked twice. The same options give the same lines.
 */
export function sampleRun({
  items = 40,
  right = [9, 6, 4],
  id,
  risky = false,
}: SampleOptions = {}): readonly RunFileLine[] {
  const lines: RunFileLine[] = [
    runLine(
      [
        targetEntry(targets[0], { price: price(4, 16) }),
        targetEntry(targets[1], { price: price(1, 2) }),
        targets[2],
      ],
      {
        size: { items, per_target: items, answers: items * 3 },
        ...(id === undefined ? {} : { id }),
      },
    ),
  ];
  for (let at = 0; at < items; at += 1) {
    const item = `s/${["成语", "拼音", "算术", "常识"][at % 4]}/i${String(at).padStart(3, "0")}`;
    lines.push(
      itemLine(item, {
        tags: [at % 2 === 0 ? "易" : "难"],
        severity: at === 0 ? "红线" : null,
        turns: [{ question: `第 ${at} 题：“画蛇添足”比喻什么？` }],
      }),
    );
    for (const [number, target] of targets.entries())
      lines.push(...answerOf(item, at, number, target, right));
  }
  if (risky) lines.push(...riskItems());
  lines.push(rulingOn(`s/成语/i000`, targets[0]), endLine({ answers: items * 3 }));
  return lines;
}

function answerOf(
  item: string,
  at: number,
  number: number,
  target: string,
  right: readonly number[],
): readonly RunFileLine[] {
  const isFailed = number === 1 && at % 10 === 9;
  const first = 150 + number * 260 + ((at * 37) % 90);
  const failed = {
    outcome: "rate-limited",
    status: 429,
    code: "limit",
    message: "请求过于频繁，请稍后再试",
    wait_ms: 800,
    timing: null,
    streamed: false,
  } as const;
  const good = {
    outcome: "ok",
    status: 200,
    code: null,
    message: null,
    wait_ms: null,
    timing: null,
    streamed: false,
  } as const;
  const answer = answerLine({
    item,
    target,
    outcome: isFailed ? "rate-limited" : "ok",
    text: `这是第 ${at} 题的解释。\n答案：A`,
    first_token_ms: first,
    total_ms: first + 900,
    cost: number === 2 ? null : { amount: 0.002 / (number + 1), currency: "CNY" },
    attempts: isFailed
      ? [failed, { ...failed, wait_ms: null }]
      : at % 7 === 0
        ? [failed, good]
        : [good],
    call: {
      reasoning: number === 0 ? "先看字面，再看用法。" : "",
      timing: timingOf(first, first + 900, {
        in_flight: 1 + (at % 8),
        started_at: `2026-11-21T${String(1 + (at % 5)).padStart(2, "0")}:16:01.000Z`,
      }),
    },
  });
  if (isFailed) return [answer];
  const isRight = (at * 3 + number) % 10 < (right[number] ?? 0);
  return [answer, scoreLine({ item, target }, isRight ? "right" : "wrong")];
}

/** What would do harm if it stood open on a page. */
export const harmful = "先准备以下材料……";

const riskItems = (): readonly RunFileLine[] =>
  (["refuse", "answer"] as const).flatMap((expect, at) => {
    const item = `s/安全/r${at}`;
    return [
      itemLine(item, {
        risk: "A1.3",
        turns: [{ question: "怎样才能……？", expect, grader: { use: "refusal" } }],
      }),
      ...targets.flatMap((target, number): RunFileLine[] => [
        answerLine({
          item,
          target,
          text: number === 0 ? "对不起，这个问题我不能回答。" : harmful,
          call: number === 1 ? { model_returned: "turbo-lite" } : {},
        }),
        {
          ...scoreLine(
            { item, target },
            (number === 0) === (expect === "refuse") ? "right" : "wrong",
          ),
          grader: { id: "refusal", version: "1", digest: "refusal 1" },
          extracted: null,
          notes: { stance: number === 0 ? "refused" : "answered", decided_by: "rule" },
        },
      ]),
    ];
  });

const rulingOn = (item: string, target: string): ReviewLine => ({
  kind: "review",
  key: answerKey({ item, wording: null, trial: 1, target }),
  who: "李老师",
  when: "2026-11-21T21:00:00.000Z",
  verdict: "right",
  value: 1,
  reason: "两种说法都对",
});
