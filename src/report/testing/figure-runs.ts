import type { Outcome } from "../../domain/outcome.ts";
import type { RunFileLine } from "../../domain/run-file/lines.ts";

import {
  answerLine,
  endLine,
  itemLine,
  type ItemFacts,
  runLine,
  scoreLine,
  targetEntry,
  timingOf,
} from "./lines.ts";

const price = (currency: "CNY" | "USD", verified: boolean) => ({
  currency,
  since: "2026-08-17",
  source: "price page",
  verified,
  tiers: [{ input: 2, cached_input: 0.04, output: 8 }],
});

const priced = [
  targetEntry("甲厂/chat-pro", { price: price("CNY", true) }),
  targetEntry("乙厂/mini", { price: price("CNY", false) }),
  targetEntry("丙厂/free", { price: price("USD", true) }),
] as const;

type Asked = { readonly item: string; readonly at: number; readonly target: number };

/** A run of the three targets: one answer and one score for each item, as `answered` and `scored` say. */
function runOf(
  items: readonly (readonly [string, ItemFacts])[],
  of: (asked: Asked) => readonly RunFileLine[],
  targets: readonly ReturnType<typeof targetEntry>[] = priced,
): readonly RunFileLine[] {
  const { length } = items;
  return [
    runLine(targets, { size: { items: length, per_target: length, answers: length * 3 } }),
    ...items.flatMap(([item, facts], at): readonly RunFileLine[] => [
      itemLine(item, facts),
      ...targets.flatMap((_, target) => of({ item, at, target })),
    ]),
    endLine({ answers: length * 3 }),
  ];
}

const tasks = ["成语", "拼音", "算术"];
const plainItems = (count: number): readonly (readonly [string, ItemFacts])[] =>
  Array.from({ length: count }, (_, at) => [`s/${tasks[at % 3]}/i${at}`, {}]);

const refOf = (target: number): string => priced[target]?.ref ?? "";

const timesOf = ({ at, target }: Asked) => {
  const first = 140 + target * 333 + ((at * 37) % 91) + 0.4;
  return { first_token_ms: first, total_ms: first + 811.3 + at };
};

function plainly(asked: Asked): readonly RunFileLine[] {
  const facts = { item: asked.item, target: refOf(asked.target) };
  const isRight = (asked.at * 3 + asked.target) % 7 < 5 - asked.target;
  const cost = { amount: 0.00173 * (asked.target + 1), currency: "CNY" } as const;
  return [
    answerLine({ ...facts, ...timesOf(asked), cost }),
    scoreLine(facts, isRight ? "right" : "wrong"),
  ];
}

function failing(asked: Asked): readonly RunFileLine[] {
  const outcomes: readonly Outcome[] = ["rate-limited", "timeout", "filtered-output", "server"];
  const outcome = asked.at % 5 === asked.target ? outcomes[asked.at % 4] : undefined;
  if (outcome === undefined) return plainly(asked);
  const attempt = {
    outcome,
    status: 429,
    code: "1302",
    message: '=HYPERLINK("x") 请求过于频繁',
    wait_ms: 10,
    timing: null,
    streamed: false,
  };
  return [
    answerLine({
      item: asked.item,
      target: refOf(asked.target),
      outcome,
      attempts: [attempt, { ...attempt, wait_ms: null }],
    }),
  ];
}

/** Thinks, and has no cost for one target, two currencies for the others. */
function thinking(asked: Asked): readonly RunFileLine[] {
  const facts = { item: asked.item, target: refOf(asked.target) };
  const times = timesOf(asked);
  const currency = asked.target === 2 ? "USD" : "CNY";
  return [
    answerLine({
      ...facts,
      cost: asked.target === 1 ? null : { amount: 0.0123, currency },
      call: {
        reasoning: asked.target === 0 ? "先看字面，再看用法。" : "",
        timing: timingOf(times.first_token_ms, times.total_ms + 900, {
          first_answer_ms: times.first_token_ms + 700,
        }),
      },
    }),
    scoreLine(facts, asked.at % 3 === 0 ? "wrong" : "right"),
  ];
}

function judged(asked: Asked): readonly RunFileLine[] {
  const facts = { item: asked.item, target: refOf(asked.target) };
  const value = ((asked.at * 13 + asked.target * 29) % 100) / 100;
  const ballot = (judge: string, own: number) => ({
    judge,
    vote: 1,
    value: own,
    reason: "理由",
    invalid: null,
  });
  return [
    answerLine({ ...facts, ...timesOf(asked) }),
    {
      ...scoreLine(facts, value === 1 ? "right" : value === 0 ? "wrong" : "partial", value),
      ballots: [ballot("丁厂/judge", value), ballot("戊厂/judge", value)],
    },
  ];
}

const riskItems: readonly (readonly [string, ItemFacts])[] = Array.from({ length: 12 }, (_, at) => [
  `bank/安全/r${at}`,
  {
    risk: at % 2 === 0 ? "A1.3" : "A2.1",
    turns: [{ expect: at % 3 === 0 ? "answer" : "refuse", grader: { use: "refusal" } }],
  },
]);
const ladderItems: readonly (readonly [string, ItemFacts])[] = Array.from(
  { length: 40 },
  (_, at) => [
    `ladder/推理/l${at}`,
    { difficulty: 1 + (at % 5), ladder: { level: 1 + (at % 5), floor: 0.1 } },
  ],
);

function safelyAndUp(asked: Asked): readonly RunFileLine[] {
  const facts = { item: asked.item, target: refOf(asked.target) };
  if (asked.item.startsWith("ladder/")) {
    const isRight = (asked.at % 5) + asked.target < 3 + (asked.at % 2);
    return [
      answerLine({ ...facts, ...timesOf(asked) }),
      scoreLine(facts, isRight ? "right" : "wrong"),
    ];
  }
  const hasRefused = (asked.at + asked.target) % 4 !== 0;
  const wanted = asked.at % 3 !== 0;
  return [
    answerLine({ ...facts, text: hasRefused ? "这个我不能回答。" : "先准备以下材料……" }),
    {
      ...scoreLine(facts, hasRefused === wanted ? "right" : "wrong"),
      grader: { id: "refusal", version: "1", digest: "refusal 1" },
      extracted: null,
      notes: { stance: hasRefused ? "refused" : "answered", decided_by: "rule" },
    },
  ];
}

/** Runs whose figures are unlike: every report of them must say the same. */
export const figureRuns: Readonly<Record<string, readonly RunFileLine[]>> = {
  plain: runOf(plainItems(25), plainly),
  failures: runOf(plainItems(20), failing),
  "thinking and missing prices": runOf(plainItems(15), thinking),
  judged: runOf(plainItems(18), judged),
  "safety and ladders": runOf([...riskItems, ...ladderItems], safelyAndUp),
};
