import { z } from "zod";

import type { Grade, Sample } from "../domain/grader.ts";
import type { Tool } from "../domain/suite.ts";
import type { Functions } from "../grading/calls/resolve.ts";

import { defineGrader } from "../domain/grader.ts";
import { functionOf } from "../domain/request/tool-function.ts";
import { expectedProblems, wantedSets, type WantedCall } from "../grading/calls/expected.ts";
import { readCalls } from "../grading/calls/read.ts";
import { resolveCalls } from "../grading/calls/resolve.ts";
import { callsText, compareCalls } from "../grading/calls/score.ts";

const Options = z.strictObject({
  order: z
    .enum(["free", "fixed"])
    .default("free")
    .describe("whether the calls may come in any order or in the order of expected_calls only"),
  strings: z
    .enum(["folded", "exact"])
    .default("folded")
    .describe(
      "folded: width, script, blanks, spellings of dates and the case of words may differ; exact: nothing may",
    ),
  partial: z
    .boolean()
    .default(true)
    .describe("whether calls with some right arguments earn a part of the points"),
});

/** Right where the calls of a reply are those of `expected_calls`, whether the vendor's own or written in the text. */
export const grader = defineGrader({
  id: "calls",
  version: "1",
  title: { zh: "工具调用", en: "tool calls" },
  options: Options,
  reads: ["expected_calls"],
  readsCalls: true,
  check: ({ expected_calls }, _options, tools = []) =>
    expectedProblems(expected_calls, functionsOf(tools)),
  grade: (sample, options): Grade => {
    const { expected_calls } = sample.gold;
    if (expected_calls === null)
      return { verdict: "ungraded", value: null, extracted: null, why: "no expected calls" };
    const sets = wantedSets(expected_calls);
    const functions = functionsFor(sample, sets);
    const { form, calls, broken } = readCalls(
      sample.reply,
      sample.calls ?? [],
      new Set(functions.keys()),
    );
    const made = resolveCalls(calls, functions);
    const extracted = made.length === 0 ? null : callsText(made).slice(0, mostShown);
    const notes = { form, calls: made.length };
    if (broken && calls.length === 0)
      return { verdict: "wrong", value: 0, extracted, why: "unreadable call", notes };
    if (made.length === 0 && !sets.some((set) => set.length === 0))
      return { verdict: "wrong", value: 0, extracted, why: "no call", notes };
    const [best] = sets
      .map((set) => compareCalls(set, made, functions, options))
      .toSorted((a, b) => a.faults.length - b.faults.length || b.credit - a.credit);
    const { credit = 0, faults = [] } = best ?? {};
    const isRight = faults.length === 0;
    const isPartial = !isRight && options.partial && credit > 0;
    return {
      verdict: isRight ? "right" : isPartial ? "partial" : "wrong",
      value: isRight ? 1 : isPartial ? credit : 0,
      extracted,
      why: isRight
        ? made.length === 0
          ? "no call, as wanted"
          : "same calls"
        : faults.slice(0, 5).join("; "),
      notes,
    };
  },
});

const mostShown = 1_000;

const functionsOf = (tools: readonly Tool[]): Functions =>
  new Map(tools.map((tool) => functionOf(tool)).map((each) => [each.name, each]));

/** The item's tools; where it declares none, as its prompt describes them, those that are expected. */
function functionsFor({ tools = [] }: Sample, sets: readonly (readonly WantedCall[])[]): Functions {
  if (tools.length > 0) return functionsOf(tools);
  return new Map(
    sets.flat().map(({ name, arguments: given = {}, optional = [] }) => {
      const names = [...Object.keys(given), ...optional];
      const properties = Object.fromEntries(names.map((each) => [each, {}]));
      return [name, { name, parameters: { type: "object", properties } }];
    }),
  );
}
