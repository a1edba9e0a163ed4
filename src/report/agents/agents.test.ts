import { expect, test } from "vitest";

import type { AnswerLine } from "../../domain/run-file/lines.ts";

import { leaderboardOf } from "../leaderboard/leaderboard.ts";
import { remarkedOf, remarkLines } from "../leaderboard/remarks.ts";
import { answerLine, itemLine, runLine, scoreLine } from "../testing/lines.ts";
import { createView, step } from "../view/view.ts";

const target = "a/a";

type Agent = {
  readonly requests: number;
  readonly calls: number;
  readonly fewest?: number;
  readonly breaches?: number;
  readonly forbidden?: number;
};

function boardOf(agents: readonly Agent[], grader = "goal") {
  const view = createView();
  step(view, runLine([target]));
  for (const [
    index,
    { requests, calls, fewest, breaches = 0, forbidden = 0 },
  ] of agents.entries()) {
    const item = `s/t/${index}`;
    step(view, itemLine(item));
    const one = answerLine({ item, target, total_ms: 500 });
    const turns = Array.from({ length: requests }, () => one.turns[0]);
    step(view, { ...one, turns } as AnswerLine);
    step(view, {
      ...scoreLine({ item, target }, "right"),
      grader: { id: grader, version: "1", digest: `${grader} 1` },
      notes: {
        calls,
        breaches,
        forbidden,
        ...(fewest === undefined ? {} : { fewest_calls: fewest }),
      },
    });
  }
  return leaderboardOf(view);
}

const agents = [
  { requests: 4, calls: 6, fewest: 6 },
  { requests: 8, calls: 11, fewest: 8, breaches: 2 },
  { requests: 3, calls: 4, fewest: 7, forbidden: 1 },
];

test("requests, calls, rules broken and the time of whole answers", () => {
  const { summary } = boardOf(agents).entries[0] ?? {};
  expect(summary?.agents).toMatchObject({
    answers: 3,
    requests: 5,
    calls: 7,
    fewest_calls: 7,
    breached: 1,
    forbidden: 1,
    total_ms: { n: 3, p50: { value: 2_000 } },
  });
  const unplanned = boardOf([...agents, { requests: 1, calls: 0 }]).entries[0]?.summary.agents;
  expect(unplanned?.fewest_calls).toBeNull();
  expect(boardOf(agents, "choice").entries[0]?.summary.agents).toBeNull();
});

test.each([
  [
    "zh",
    "a/a：智能体作答 3 次，平均 5.0 次请求、7.0 次调用（最少 7.0 次），耗时中位数 2.00 秒；1 次违反制度，1 次做了禁止的事",
  ],
  [
    "en",
    "a/a: 3 answers of agents, on average 5.0 requests and 7.0 calls (fewest possible 7.0), median time 2.00 s; 1 broke the policy, 1 did what is forbidden",
  ],
] as const)("a line below the leaderboard tells it: %s", (lang, text) => {
  expect(remarkLines(remarkedOf(boardOf(agents), lang), 1, lang)).toContain(text);
});
