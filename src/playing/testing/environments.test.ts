import { expect, test } from "vitest";

import type { ToolCall } from "../../domain/call.ts";
import type { Environment, EnvironmentCall } from "../environment.ts";

import { functionOf } from "../../domain/request/tool-function.ts";
import { createDraw } from "../../generating/draw.ts";
import { gradeSample } from "../../grading/grade.ts";
import { loadGrader, parseGraderOptions } from "../../grading/graders.ts";
import { sampleOf } from "../../grading/testing/sample.ts";
import { pluginIds } from "../../plugins.ts";
import { loadEnvironment } from "../environment.ts";
import { answerCalls, takeStep } from "../play.ts";

const levels = [1, 2, 3, 4];
const seeds = Array.from({ length: 15 }, (_, seed) => seed);

async function loaded(id: string): Promise<Environment> {
  const environment = await loadEnvironment(id);
  if (environment === null) throw new Error(`no environment ${id}`);
  return environment;
}

const startOf = (environment: Environment, level: number, seed: number) =>
  environment.initial(createDraw(seed, level, 0), environment.options.parse({ level }));

const toolCall = ({ name, arguments: given }: EnvironmentCall, at: number): ToolCall => ({
  id: `c${at}`,
  name,
  arguments: JSON.stringify(given),
});

/** The verdict of `goal` on calls made one by one. */
async function verdictOn(
  environment: Environment,
  state: unknown,
  calls: readonly EnvironmentCall[],
) {
  const grader = await loadGrader("goal");
  if (grader === null) throw new Error("no grader goal");
  const play = {
    environment: { use: environment.id, state: JSON.parse(JSON.stringify(state)) },
    steps: calls.map((call, at) => [toolCall(call, at)]),
  };
  const sample = { ...sampleOf("都办好了。", {}), play };
  return gradeSample(grader, parseGraderOptions(grader, { cost: 0.5 }), sample);
}

const cases = pluginIds("environments").flatMap((id) =>
  levels.map((level) => [id, level] as const),
);

test.each(cases)(
  "%s, level %i: the plan reaches the goal in the fewest calls",
  async (id, level) => {
    const environment = await loaded(id);
    for (const seed of seeds) {
      const { state, instruction, policy } = startOf(environment, level, seed);
      expect(instruction).not.toBe("");
      expect(policy).not.toBe("");
      const plan = environment.plan(state) ?? [];
      const before = JSON.stringify(state);
      expect(await verdictOn(environment, state, plan)).toMatchObject({
        verdict: "right",
        value: 1,
        notes: { calls: plan.length, fewest_calls: plan.length, breaches: 0 },
      });
      expect(JSON.stringify(state)).toBe(before);
      // None of its calls can be left out.
      for (const [at] of plan.entries()) {
        const { verdict } = await verdictOn(environment, state, plan.toSpliced(at, 1));
        expect(verdict, `${id} ${level} ${seed} without ${plan[at]?.name}`).toBe("wrong");
      }
    }
  },
);

test.each(cases)("%s, level %i: from any place on its way the plan goes on", async (id, level) => {
  const environment = await loaded(id);
  for (const seed of seeds.slice(0, 5)) {
    let { state } = startOf(environment, level, seed);
    for (let left = environment.plan(state)?.length ?? 0; left > 0; left -= 1) {
      const plan = environment.plan(state) ?? [];
      expect(plan).toHaveLength(left);
      const [next] = plan;
      if (next !== undefined) ({ state } = takeStep(environment, state, next));
      expect(environment.state.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
    }
    expect(environment.outcome(state)).toMatchObject({ reached: true, forbidden: [] });
  }
});

test.each(pluginIds("environments"))(
  "%s: guessing and answering at once reach nothing",
  async (id) => {
    const environment = await loaded(id);
    let reached = 0;
    let tried = 0;
    for (const level of levels) {
      for (const seed of seeds) {
        const { state } = startOf(environment, level, seed);
        const plan = environment.plan(state) ?? [];
        const draw = createDraw(seed, 99, level);
        // Any tool, with arguments that were right for it in this item or in others.
        const others = seeds
          .slice(0, 8)
          .flatMap((each) => environment.plan(startOf(environment, level, each + 100).state) ?? []);
        const guesses = Array.from({ length: plan.length * 2 }, () => {
          const { name } = functionOf(draw.pick(environment.tools));
          const known = [...plan, ...others].filter((call) => call.name === name);
          return known.length === 0 ? { name, arguments: {} } : draw.pick(known);
        });
        for (const calls of [[], guesses, guesses.slice(0, 8)]) {
          tried += 1;
          reached += (await verdictOn(environment, state, calls)).value ?? 0;
        }
      }
    }
    expect(reached / tried).toBeLessThan(0.1);
  },
);

test("what another version played is not graded by this one", async () => {
  const grader = await loadGrader("goal");
  if (grader === null) throw new Error("no grader goal");
  const { state } = startOf(await loaded("expenses"), 1, 1);
  const environment = { use: "expenses", version: "0", state: JSON.parse(JSON.stringify(state)) };
  const sample = { ...sampleOf("都办好了。", {}), play: { environment, steps: [] } };
  expect(await gradeSample(grader, parseGraderOptions(grader, {}), sample)).toMatchObject({
    verdict: "ungraded",
    value: null,
  });
});

test("a call that cannot be read, or of no tool, changes nothing and says so", async () => {
  const environment = await loaded("expenses");
  const { state } = startOf(environment, 1, 1);
  const calls = [
    { id: "a", name: "list_receipts", arguments: "{" },
    { id: "b", name: "fly", arguments: "{}" },
    { id: "c", name: "get_receipt", arguments: "[1]" },
  ];
  const played = answerCalls(environment, state, calls);
  expect(played.state).toEqual(state);
  expect(played.results.map(({ id, content }) => [id, Object.keys(JSON.parse(content))])).toEqual(
    ["a", "b", "c"].map((each) => [each, ["error"]]),
  );
});
