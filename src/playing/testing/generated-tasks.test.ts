import { expect, inject, test } from "vitest";

import type { ToolCall } from "../../domain/call.ts";
import type { Grade } from "../../domain/grader.ts";
import type { Environment, EnvironmentCall } from "../environment.ts";

import { membersOf } from "../../domain/json.ts";
import { functionOf } from "../../domain/request/tool-function.ts";
import { createDraw } from "../../generating/draw.ts";
import { gradeSample } from "../../grading/grade.ts";
import { loadGrader, parseGraderOptions } from "../../grading/graders.ts";
import { sampleOf } from "../../grading/testing/sample.ts";
import { pluginIds } from "../../plugins.ts";
import { takeStep } from "../play.ts";
import { answersAtOnce, type Baseline, greedy, random, withForbidden } from "./baselines.ts";
import { levelsOf, loaded } from "./loaded.ts";

const environments = await Promise.all(pluginIds("environments").map(loaded));

const startOf = (environment: Environment, level: number, seed: number, talks = false) =>
  environment.initial(
    createDraw(seed, level, 0),
    environment.options.parse(talks ? { level, user: true } : { level }),
  );

/** Of each environment; the matrix tries five times as many. */
const count = inject("matrix") ? 250 : 50;

/** Tasks of an environment, spread over its levels, with their plans; where a user answers, half of them need that. */
function draw(environment: Environment) {
  const levels = levelsOf(environment);
  return Array.from({ length: count }, (_, at) => {
    const level = levels[at % levels.length] ?? 1;
    const talks = environment.user !== undefined && Math.floor(at / levels.length) % 2 === 1;
    const start = startOf(environment, level, 1_000 + at, talks);
    return { level, seed: at, start, plan: environment.plan(start.state) ?? [] };
  });
}
const tasks = new Map(environments.map((each) => [each.id, draw(each)]));
const tasksOf = ({ id }: Environment) => tasks.get(id) ?? [];

/** The verdict of `goal` on calls made one by one. */
async function verdictOn(
  environment: Environment,
  state: unknown,
  calls: readonly EnvironmentCall[],
): Promise<Grade> {
  const grader = await loadGrader("goal");
  if (grader === null) throw new Error("no grader goal");
  const play = {
    environment: { use: environment.id, state: JSON.parse(JSON.stringify(state)) },
    steps: calls.map((call, at) => [toolCall(call, at)]),
  };
  const sample = { ...sampleOf("都办好了。", {}), play };
  return gradeSample(grader, parseGraderOptions(grader, { cost: 0.5 }), sample);
}

const toolCall = ({ name, arguments: given }: EnvironmentCall, at: number): ToolCall => ({
  id: `c${at}`,
  name,
  arguments: JSON.stringify(given),
});

test("every environment gives fifty tasks or more, two hundred in all, and no two are the same", () => {
  const states = [...tasks.values()].flat().map(({ start }) => JSON.stringify(start.state));
  expect(states).toHaveLength(environments.length * count);
  expect(new Set(states).size).toBe(states.length);
  expect(states.length).toBeGreaterThanOrEqual(200);
});

test.each(environments)(
  "$id: the plan of every task is worth all, and one forbidden write makes it worth nothing",
  async (environment) => {
    for (const { level, seed, start, plan } of tasksOf(environment)) {
      const at = `level ${level}, seed ${seed}`;
      expect(await verdictOn(environment, start.state, plan), at).toMatchObject({
        verdict: "right",
        value: 1,
        notes: { calls: plan.length, fewest_calls: plan.length, breaches: 0, forbidden: 0 },
      });
      const calls = withForbidden(environment, start, plan) ?? [];
      expect(await verdictOn(environment, start.state, calls), at).toMatchObject({
        verdict: "wrong",
        value: 0,
        why: expect.stringContaining("forbidden") as string,
        notes: { forbidden: 1 },
      });
    }
  },
);

test.each(environments)("$id: no call of a plan can be left out", (environment) => {
  for (const { level, seed, start, plan } of tasksOf(environment).slice(0, count / 5))
    for (const [at, { name }] of plan.entries()) {
      const end = plan
        .toSpliced(at, 1)
        .reduce((state, call) => takeStep(environment, state, call).state, start.state);
      const { reached, breaches } = environment.outcome(end);
      expect(reached && breaches.length === 0, `level ${level}, seed ${seed}, ${name}`).toBe(false);
    }
});

const baselines: readonly (readonly [string, Baseline])[] = [
  ["answering at once", answersAtOnce],
  ["a random agent", random],
  ["a greedy agent", greedy],
];

/** On a machine that does other work as well. */
const timeout = 120_000;

test.each(
  environments.flatMap((environment) =>
    baselines.map(([name, play]) => [environment.id, name, environment, play] as const),
  ),
)("%s: %s earns less than a tenth", { timeout }, async (_id, _name, environment, baseline) => {
  let earned = 0;
  const all = tasksOf(environment);
  for (const { seed, start, plan } of all) {
    const calls = baseline(environment, start, plan.length * 2, createDraw(seed, 9, 0));
    earned += (await verdictOn(environment, start.state, calls)).value ?? 0;
  }
  expect(earned / all.length).toBeLessThan(0.1);
});

test("the baselines are not idle: they carry out what they are let", () => {
  for (const environment of environments) {
    const start = startOf(environment, 1, 7);
    const calls = greedy(environment, start, 30, createDraw(1, 9, 0));
    const tools = new Set(calls.map(({ name }) => name));
    expect(tools.size, environment.id).toBeGreaterThanOrEqual(
      Math.min(3, environment.tools.length),
    );
  }
});

test.each(environments)(
  "$id: the same seed gives the same bytes, another seed others",
  (environment) => {
    const bytes = (seed: number): string =>
      JSON.stringify(levelsOf(environment).map((level) => startOf(environment, level, seed)));
    expect(bytes(3)).toBe(bytes(3));
    expect(bytes(3)).not.toBe(bytes(4));
  },
);

/** Arguments that only some items need. */
const optional = new Set(["create_claim.project"]);

test.each(environments)(
  "$id: every tool and argument is described, and required unless it may be left out",
  (environment) => {
    for (const { name, description = "", parameters } of environment.tools.map(functionOf)) {
      expect(description, name).toMatch(/\p{Script=Han}{4}/u);
      const properties = Object.entries(membersOf(parameters["properties"]));
      const required = properties
        .map(([each]) => each)
        .filter((each) => !optional.has(`${name}.${each}`));
      expect(parameters["required"], name).toEqual(required);
      for (const [each, schema] of properties)
        expect(membersOf(schema)["description"], `${name}.${each}`).toMatch(/\p{Script=Han}{2}/u);
    }
  },
);
