import { expect, test } from "vitest";

import type { Environment, EnvironmentCall } from "../environment.ts";

import { listOf, membersOf } from "../../domain/json.ts";
import { functionOf } from "../../domain/request/tool-function.ts";
import { createDraw } from "../../generating/draw.ts";
import { pluginIds } from "../../plugins.ts";
import { takeStep } from "../play.ts";
import { acceptedCall } from "./baselines.ts";
import { levelsOf, loaded } from "./loaded.ts";

const environments = await Promise.all(pluginIds("environments").map(loaded));

const startOf = (environment: Environment, level: number, seed: number) =>
  environment.initial(createDraw(seed, level, 0), environment.options.parse({ level }));

/** What a user, and not the backend, knows: any text will do. */
const freeTexts = new Set([
  "create_claim.project",
  "create_meeting.title",
  "reject_receipt.reason",
]);

/** A state on the way, and a call of every tool that would have been right there or elsewhere. */
function placesOf(environment: Environment) {
  return [1, 4].flatMap((level) =>
    [1, 2].flatMap((seed) => {
      const start = startOf(environment, level, seed);
      const plan = environment.plan(start.state) ?? [];
      return [0, Math.floor(plan.length / 2), plan.length].map((made) => {
        const calls = plan.slice(0, made);
        const state = calls.reduce(
          (now, call) => takeStep(environment, now, call).state,
          start.state,
        );
        return { state, examples: examplesIn(environment, start, plan) };
      });
    }),
  );
}

const examplesIn = (
  environment: Environment,
  start: ReturnType<typeof startOf>,
  plan: readonly EnvironmentCall[],
): readonly EnvironmentCall[] =>
  environment.tools
    .map(functionOf)
    .map(
      ({ name }) =>
        plan.find((each) => each.name === name) ??
        acceptedCall(environment, start, plan, name) ?? { name, arguments: {} },
    );

/** The error that a call is answered with; it changes nothing. */
function errorOf(environment: Environment, state: unknown, call: EnvironmentCall): string {
  const { state: after, result } = takeStep(environment, state, call);
  const error = membersOf(result)["error"];
  expect(error, JSON.stringify(call)).toBeTypeOf("string");
  expect(after, JSON.stringify(call)).toBe(state);
  return String(error);
}

const wrongValues: Readonly<Record<string, readonly unknown[]>> = {
  string: [7, true, ["a"], { a: 1 }, "", " "],
  number: ["12", "十二", true, [12], -1, 0.001, Number.NaN],
  integer: ["2", 1.5, -3, true, [2]],
};

test.each(environments)(
  "$id: an argument of a wrong type, or a missing one, is named, with what was expected",
  (environment) => {
    for (const { state, examples } of placesOf(environment))
      for (const { name, parameters } of environment.tools.map(functionOf))
        for (const [argument, schema] of Object.entries(membersOf(parameters["properties"]))) {
          // Arguments before the one in question have to be right.
          const given = {
            ...fillers(parameters),
            ...examples.find((each) => each.name === name)?.arguments,
          };
          const { [argument]: _, ...rest } = given;
          const isRequired = listOf(parameters["required"]).includes(argument);
          for (const missing of isRequired ? [rest, { ...rest, [argument]: null }] : []) {
            const said = errorOf(environment, state, { name, arguments: missing });
            expect(said).toMatch(new RegExp(`^缺少参数 ${argument}：.*重新调用 ${name}`));
          }
          for (const wrong of wrongValues[String(membersOf(schema)["type"])] ?? []) {
            const call = { name, arguments: { ...given, [argument]: wrong } };
            const said = errorOf(environment, state, call);
            expect(said).toMatch(
              new RegExp(`^参数 ${argument} 不合要求：应为.*收到的是.*重新调用 ${name}`),
            );
          }
        }
  },
);

/** Well-formed values for tools that a plan never uses. */
const fillers = (parameters: ReturnType<typeof functionOf>["parameters"]) =>
  Object.fromEntries(
    Object.entries(membersOf(parameters["properties"])).map(([name, schema]) => {
      const { type, enum: choices, description } = membersOf(schema);
      if (Array.isArray(choices)) return [name, choices[0]];
      if (type !== "string") return [name, 1];
      const text = String(description);
      return [name, text.includes("YYYY") ? "2026-03-01" : text.includes("HH") ? "10:00" : "X"];
    }),
  );

test.each(environments)(
  "$id: what does not exist is named, with how to find what does",
  (environment) => {
    for (const { state, examples } of placesOf(environment))
      for (const { name, arguments: given } of examples) {
        const tool = environment.tools.map(functionOf).find((each) => each.name === name);
        const properties = membersOf(tool?.parameters["properties"]);
        for (const [argument, schema] of Object.entries(properties)) {
          const { type, enum: choices, description } = membersOf(schema);
          const isFree = freeTexts.has(`${name}.${argument}`);
          if (type !== "string" || isFree || /YYYY|HH/.test(String(description))) continue;
          for (const unknown of ["无此项-9", "__proto__", "constructor"]) {
            const all = { ...(tool === undefined ? {} : fillers(tool.parameters)), ...given };
            const said = errorOf(environment, state, {
              name,
              arguments: { ...all, [argument]: unknown },
            });
            // It says what to do, by a tool, a value or an advice.
            expect(said, `${name}.${argument}`).toMatch(/请|只能|不用|不能/);
            if (Array.isArray(choices)) for (const each of choices) expect(said).toContain(each);
          }
        }
      }
  },
);

test.each(environments)("$id: arguments that a tool does not take are named", (environment) => {
  const { state } = startOf(environment, 1, 1);
  for (const { name, parameters } of environment.tools.map(functionOf)) {
    const call = { name, arguments: { ...fillers(parameters), 备注: "急" } };
    expect(errorOf(environment, state, call)).toMatch(/备注/);
  }
});

test.each(environments)(
  "$id: a busy system fails once or twice, changes nothing else, and works again",
  (environment) => {
    let failures = 0;
    for (let seed = 0; seed < 10; seed += 1) {
      let { state } = startOf(environment, levelsOf(environment).at(-1) ?? 1, seed);
      for (const call of environment.plan(state) ?? []) {
        const { state: after, result } = takeStep(environment, state, call);
        const error = membersOf(result)["error"];
        if (error !== undefined) {
          failures += 1;
          expect(error).toContain("重试");
          const changed = Object.entries(membersOf(after)).filter(
            ([name, value]) => JSON.stringify(value) !== JSON.stringify(membersOf(state)[name]),
          );
          expect(changed.map(([name]) => name).toSorted()).toEqual(["busy", "clock"]);
        }
        state = after;
      }
      expect(environment.outcome(state).reached).toBe(true);
    }
    expect(failures).toBeGreaterThan(9);
  },
);
