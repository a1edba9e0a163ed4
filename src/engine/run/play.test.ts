import { expect, test } from "vitest";

import type { AnswerLine, ItemLine, RunFileLine, ScoreLine } from "../../domain/run-file/lines.ts";

import { makeRig, type RigOptions } from "../../cli/testing/rig.ts";

const suite = (maxSteps: number, items: number): string => `schema: suite/1
id: office
tasks:
  - id: expenses
    dimension: [智能体]
    grader: {use: goal}
    max_steps: ${maxSteps}
    items: {generate: expenses, n: ${items}, seed: 3, with: {level: 4}}
`;

type Played = {
  readonly items: readonly ItemLine[];
  readonly answers: readonly AnswerLine[];
  readonly scores: readonly ScoreLine[];
  readonly requests: number;
  readonly lines: readonly RunFileLine[];
};

async function played(
  maxSteps: number,
  { items = 12, ...options }: RigOptions = {},
): Promise<Played> {
  const rig = await makeRig({
    suite: suite(maxSteps, items),
    params: { max_tokens: 2_000 },
    ...options,
  });
  try {
    const end = await rig.run();
    const lines = await rig.lines();
    const failed = lines.flatMap((line) =>
      line.kind === "answer" && line.outcome !== "ok" ? [line] : [],
    );
    expect(
      failed.map(({ target, turns }) => [target, turns.at(-1)?.attempts.at(-1)?.message]),
    ).toEqual([]);
    expect(end).toMatchObject({ status: "complete", failed: 0 });
    return {
      lines,
      items: lines.filter((line) => line.kind === "item"),
      answers: lines.filter((line) => line.kind === "answer"),
      scores: lines.filter((line) => line.kind === "score"),
      requests: rig.simulator.stats().requests,
    };
  } finally {
    await rig.close();
  }
}

test("every request, call and result of a conversation is in its answer, and the goal is graded", async () => {
  const { items, answers, scores, requests } = await played(40, { models: ["yuanshan", "xiliu"] });
  expect(items.every(({ environment }) => environment?.use === "expenses")).toBe(true);
  expect(answers).toHaveLength(24);
  expect(answers.reduce((sum, { turns }) => sum + turns.length, 0)).toBe(requests);
  for (const { turns, outcome } of answers) {
    expect(outcome).toBe("ok");
    for (const [at, turn] of turns.entries()) {
      const isLast = at === turns.length - 1;
      expect(turn.results?.map(({ name }) => name)).toEqual(
        turn.tool_calls?.map(({ name }) => name),
      );
      expect(turn.tool_calls === undefined).toBe(isLast);
      // The conversation grows, and the vendor counts all of it each time.
      expect(turn.usage.input).toBeGreaterThan(turns[at - 1]?.usage.input ?? 0);
    }
  }
  const right = scores.filter(({ verdict }) => verdict === "right");
  expect(right.length).toBeGreaterThan(10);
  expect(right.length).toBeLessThan(24);
  expect(new Set(scores.map(({ verdict }) => verdict))).toEqual(new Set(["right", "wrong"]));
  for (const { notes } of right) expect(notes?.["calls"]).toBe(notes?.["fewest_calls"]);
});

/** One vendor for each protocol that carries tools; Zhipu and Qianfan speak OpenAI's chat. */
const vendors = [
  "openai",
  "openai-responses",
  "anthropic",
  "gemini",
  "bedrock",
  "cohere",
  "dashscope",
  "zhipu",
  "hunyuan-tc3",
  "qianfan",
  "ollama",
];

test("the same model plays the same through every protocol, and all of its tokens are counted", async () => {
  const { answers, scores } = await played(40, {
    // Vendors' own limits hold here too.
    items: 1,
    models: ["yuanshan"],
    viaSim: vendors.map((vendor) => `${vendor}/yuanshan`),
    settings: { via_sim: true },
  });
  const trajectories = Map.groupBy(answers, ({ target }) => target);
  expect(trajectories.size).toBe(1 + vendors.length);
  const trajectoryOf = (target: string) =>
    (trajectories.get(target) ?? [])
      .toSorted((a, b) => a.item.localeCompare(b.item))
      .map(({ item, turns }) => ({
        item,
        steps: turns.map(({ tool_calls = [], results = [] }) => [
          tool_calls.map(({ name, arguments: given }) => [name, JSON.parse(given)]),
          results.map(({ content }) => content),
        ]),
      }));
  const usageOf = (target: string): number =>
    (trajectories.get(target) ?? [])
      .flatMap(({ turns }) => turns)
      .reduce((sum, { usage }) => sum + (usage.input ?? 0), 0);
  const [own, input] = [trajectoryOf("sim/yuanshan"), usageOf("sim/yuanshan")];
  for (const vendor of vendors) {
    const target = `${vendor}/yuanshan`;
    expect(trajectoryOf(target), target).toEqual(own);
    expect(usageOf(target), target).toBe(input);
  }
  expect(scores).toHaveLength(answers.length);
});

test("an agent is stopped after max_steps requests, and the results of its last calls are kept", async () => {
  const { answers, scores } = await played(3, { models: ["yuanshan"] });
  expect(answers.map(({ turns }) => turns.length)).toEqual(answers.map(() => 3));
  expect(answers.every(({ turns }) => (turns.at(-1)?.results ?? []).length > 0)).toBe(true);
  expect(scores.every(({ verdict, value }) => verdict === "wrong" && value === 0)).toBe(true);
});

test("failing requests are repeated within a conversation, and change nothing of it", async () => {
  const script = {
    schema: "faults/1" as const,
    rules: [{ attempts: 1, share: 0.4, do: [{ fault: "status" as const, status: 500 }] }],
  };
  const [plain, troubled] = [await played(40), await played(40, { script })];
  const callsOf = ({ answers }: Played) =>
    answers
      .map(({ key, turns }) => [key, turns.map(({ tool_calls }) => tool_calls)] as const)
      .toSorted(([a], [b]) => a.localeCompare(b));
  expect(callsOf(troubled)).toEqual(callsOf(plain));
  expect(troubled.requests).toBeGreaterThan(plain.requests);
});
