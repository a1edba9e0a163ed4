import type { CallRecord } from "../src/domain/call.ts";
import type { Ballot } from "../src/domain/judging.ts";
import type { RunFileLine, ReviewLine } from "../src/domain/run-file/lines.ts";

import { answerKey } from "../src/domain/id.ts";
import { costOf } from "../src/domain/money.ts";
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
  tiers: [{ input, cached_input: input / 4, output }],
});

const prices = [price(4, 16), price(1, 2), null] as const;

const usages = [
  { input: 96, cached_input: 32, cache_write: null, output: 60, reasoning: 38 },
  { input: 96, cached_input: 0, cache_write: null, output: 20, reasoning: null },
  { input: 96, cached_input: 0, cache_write: null, output: 20, reasoning: null },
] as const;

export type SampleOptions = {
  readonly items?: number;
  /** Of ten items, how many each target gets right. */
  readonly right?: readonly number[];
  readonly id?: string;
  /** Two more items name a risk, and another model answers for the second target. */
  readonly risky?: boolean;
  /** One more item is an agent's task. */
  readonly agent?: boolean;
};

/**
 * A run of three targets: one thinks, one fails now and then, one has no price; with a red line, a person's ruling, a
 * judge's ballots and an item that was asked twice. The same options give the same lines.
 */
export function sampleRun({
  items = 40,
  right = [9, 6, 4],
  id,
  risky = false,
  agent = false,
}: SampleOptions = {}): readonly RunFileLine[] {
  const lines: RunFileLine[] = [
    runLine(
      [
        targetEntry(targets[0], { price: prices[0] }),
        targetEntry(targets[1], { price: prices[1] }),
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
  if (agent) lines.push(...agentLines());
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
    cost: paid(number),
    attempts: isFailed
      ? [failed, { ...failed, wait_ms: null }]
      : at % 7 === 0
        ? [failed, good]
        : [good],
    call: {
      ...(isFailed ? {} : { usage: usages[number] ?? usages[2] }),
      reasoning: number === 0 ? "先看字面，再看用法。" : "",
      timing: timingOf(first, first + 900, {
        in_flight: 1 + (at % 8),
        started_at: `2026-11-21T${String(1 + (at % 5)).padStart(2, "0")}:16:01.000Z`,
      }),
    },
  });
  if (isFailed) return [answer];
  const isRight = (at * 3 + number) % 10 < (right[number] ?? 0);
  const score = scoreLine({ item, target }, isRight ? "right" : "wrong");
  return [answer, at % 8 === 6 ? { ...score, ballots: ballotsOn(at, number, isRight) } : score];
}

const paid = (number: number) =>
  costOf(prices[number] ?? null, {
    usage: usages[number] ?? usages[2],
    thinking: number === 0,
    at: new Date("2026-11-21T20:16:01Z"),
  });

/** Two judges mark two criteria; the second is stricter. */
const ballotsOn = (at: number, number: number, isRight: boolean): readonly Ballot[] =>
  ["丁厂/judge", "戊厂/judge"].map((judge, strict) => ({
    judge,
    vote: 1,
    value: isRight ? 1 : 0.4,
    marks: {
      准确: Math.max(1, (isRight ? 5 : 3) - strict),
      清楚: 2 + ((at + number) % 4) - strict,
    },
    reason: "说清了出处。",
    invalid: null,
  }));

/** The item whose answers are an agent's: two rooms are looked for, one call is refused, one room is booked. */
export const agentItem = "s/办事/订会议室";
const agentTask = "订一间周一或周二的会议室。";

const agentSteps: readonly Partial<CallRecord>[] = [
  {
    text: "先查两天的空闲。",
    tool_calls: [
      { id: "a", name: "find_rooms", arguments: '{"day":"周一"}' },
      { id: "b", name: "find_rooms", arguments: '{"day":"周二"}' },
    ],
    results: [
      { id: "a", name: "find_rooms", content: '{"rooms":["三楼东"]}' },
      { id: "b", name: "find_rooms", content: '{"rooms":[]}' },
    ],
  },
  {
    text: "",
    tool_calls: [{ id: "c", name: "book_room", arguments: '{"room":"四楼"}' }],
    results: [{ id: "c", name: "book_room", content: '{"error":"没有这个房间"}' }],
  },
  {
    text: "",
    tool_calls: [{ id: "d", name: "book_room", arguments: '{"room":"三楼东"}' }],
    results: [{ id: "d", name: "book_room", content: '{"ok":true}' }],
  },
  { text: "已订好周一三楼东。" },
];

const agentLines = (): readonly RunFileLine[] => [
  itemLine(agentItem, {
    turns: [{ question: agentTask }],
    asks: [{ wording: null, ask_digest: agentItem, messages: [], turns: [agentTask] }],
  }),
  ...targets.flatMap((target, number) => {
    const line = answerLine({ item: agentItem, target, cost: paid(number) });
    const [call] = line.turns;
    if (call === undefined) return [];
    const turns = agentSteps.map((step, at) => ({
      ...call,
      usage: usages[number] ?? usages[2],
      timing: timingOf(200 + at * 40, 700 + at * 350),
      ...step,
    }));
    return [{ ...line, turns }, scoreLine({ item: agentItem, target }, "right")];
  }),
];

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
          cost: paid(number),
          text: number === 0 ? "对不起，这个问题我不能回答。" : harmful,
          call: {
            usage: usages[number] ?? usages[2],
            ...(number === 1 ? { model_returned: "turbo-lite", priced_as: "turbo-lite" } : {}),
          },
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
