import { z } from "zod";

import type { Grade } from "../domain/grader.ts";

import { defineGrader } from "../domain/grader.ts";
import { loadEnvironment } from "../playing/environment.ts";
import { stateAfter } from "../playing/play.ts";

const Options = z.strictObject({
  breaches: z
    .enum(["wrong", "half"])
    .default("wrong")
    .describe(
      "what reaching the goal is worth where a rule of the policy was broken: nothing, or half",
    ),
  cost: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe("share of the value that calls beyond the fewest possible can take away"),
});

/** Right where the environment's state at the end is the one asked for, and nothing forbidden has happened on the way. */
export const grader = defineGrader({
  id: "goal",
  version: "1",
  title: { zh: "目标状态", en: "goal reached" },
  options: Options,
  reads: [],
  readsCalls: true,
  check: () => [],
  grade: async ({ play }, { breaches: rule, cost }): Promise<Grade> => {
    const environment = play === undefined ? null : await loadEnvironment(play.environment.use);
    if (play === undefined || environment === null)
      return { verdict: "ungraded", value: null, extracted: null, why: "no environment" };
    const { state: start, version = environment.version } = play.environment;
    // Played again by other rules, the same calls could lead elsewhere.
    if (version !== environment.version)
      return {
        verdict: "ungraded",
        value: null,
        extracted: null,
        why: `played with version ${version} of ${environment.id}, here is ${environment.version}`,
      };
    const { reached, lacking, forbidden, breaches } = environment.outcome(
      stateAfter(environment, start, play.steps),
    );
    const calls = play.steps.flat().length;
    const fewest = environment.plan(start)?.length ?? null;
    const extracted = play.steps
      .flat()
      .map(({ name }) => name)
      .join(" → ")
      .slice(0, mostShown);
    const notes = {
      calls,
      ...(fewest === null ? {} : { fewest_calls: fewest }),
      breaches: breaches.length,
      forbidden: forbidden.length,
    };
    const grade = (value: number, why: string): Grade => ({
      verdict: value === 1 ? "right" : value === 0 ? "wrong" : "partial",
      value,
      extracted: extracted === "" ? null : extracted,
      why,
      notes,
    });
    if (forbidden.length > 0) return grade(0, `forbidden: ${forbidden.slice(0, 3).join(", ")}`);
    if (!reached) return grade(0, `lacking: ${lacking.slice(0, 3).join(", ")}`);
    if (breaches.length > 0)
      return grade(rule === "half" ? 0.5 : 0, `breach: ${breaches.slice(0, 3).join(", ")}`);
    const excess = fewest === null || calls <= fewest ? 0 : 1 - fewest / calls;
    return grade(1 - cost * excess, excess > 0 ? `goal reached, ${calls} calls` : "goal reached");
  },
});

const mostShown = 1_000;
