import { expect, test } from "vitest";

import type { Params } from "../domain/params.ts";
import type { RequestQuirks } from "../domain/provider.ts";

import { applyParams, merged, type ParamNames } from "./params.ts";
import { isThinking } from "./thinking-switch.ts";

const names: ParamNames = {
  temperature: "temperature",
  top_p: "topP",
  presence_penalty: "presence_penalty",
  frequency_penalty: false,
  max_tokens: "max_tokens",
  seed: "seed",
  stop: "stop",
};

type Row = readonly [
  name: string,
  params: Params,
  quirks: RequestQuirks,
  values: object,
  extra: object,
  /** param, requested, effective */
  dropped: readonly (readonly [string, unknown, unknown])[],
];

const effort = { on: { e: "medium" }, low: { e: "low" }, off: { e: "none" } };
const rows: readonly Row[] = [
  ["nothing requested", {}, {}, {}, {}, []],
  [
    "sent under the protocol's names",
    { temperature: 0, top_p: 0.5, seed: 1, stop: ["。"], max_tokens: 7 },
    {},
    { temperature: 0, topP: 0.5, seed: 1, stop: ["。"], max_tokens: 7 },
    {},
    [],
  ],
  [
    "the vendor's own names",
    { seed: 1, max_tokens: 7 },
    { seed: "random_seed", max_tokens: "max_completion_tokens" },
    { random_seed: 1, max_completion_tokens: 7 },
    {},
    [],
  ],
  [
    "what the vendor does not take",
    { temperature: 0.3, seed: 1, max_tokens: 7, stop: ["。"] },
    { temperature: false, seed: false, max_tokens: false, stop: false },
    {},
    {},
    [
      ["temperature", 0.3, null],
      ["max_tokens", 7, null],
      ["seed", 1, null],
      ["stop", ["。"], null],
    ],
  ],
  [
    "what the protocol does not have",
    { frequency_penalty: 1 },
    {},
    {},
    {},
    [["frequency_penalty", 1, null]],
  ],
  [
    "clamped into a closed range",
    { temperature: 1.5 },
    { temperature: { min: 0, max: 1 } },
    { temperature: 1 },
    {},
    [["temperature", 1.5, 1]],
  ],
  [
    "clamped into an open range",
    { temperature: 0, top_p: 1 },
    { temperature: { min: 0, exclusive_min: true }, top_p: { max: 1, exclusive_max: true } },
    { temperature: 0.01, topP: 0.99 },
    {},
    [
      ["temperature", 0, 0.01],
      ["top_p", 1, 0.99],
    ],
  ],
  [
    "fixed by the vendor at another value",
    { temperature: 0.2 },
    { temperature: { fixed: 1 } },
    {},
    {},
    [["temperature", 0.2, 1]],
  ],
  [
    "fixed by the vendor at the same value",
    { temperature: 1 },
    { temperature: { fixed: 1 } },
    {},
    {},
    [],
  ],
  [
    "too many stop texts",
    { stop: ["a", "b", "c"] },
    { stop: { max_items: 2 } },
    { stop: ["a", "b"] },
    {},
    [["stop", ["a", "b", "c"], ["a", "b"]]],
  ],
  ["a thinking level", { thinking: "low" }, { thinking: effort }, {}, { e: "low" }, []],
  [
    "a level that the vendor does not have",
    { thinking: "high" },
    { thinking: effort },
    {},
    { e: "medium" },
    [["thinking", "high", "on"]],
  ],
  [
    "off, if it cannot be switched off",
    { thinking: "off" },
    { thinking: { on: { e: 1 }, default: "on" } },
    {},
    {},
    [["thinking", "off", "on"]],
  ],
  [
    "off, if it is off anyway",
    { thinking: "off" },
    { thinking: { on: { e: 1 }, default: "off" } },
    {},
    {},
    [],
  ],
  ["no switch known", { thinking: "on" }, {}, {}, {}, [["thinking", "on", null]]],
  ["no switch needed", { thinking: "off" }, {}, {}, {}, []],
  [
    "a budget at a path, merged with the switch",
    { thinking: 2000 },
    { body: { a: { b: 1 } }, thinking: { on: { a: { t: "on" } }, budget: "a.budget" } },
    {},
    { a: { b: 1, t: "on", budget: 2000 } },
    [],
  ],
  [
    "a budget that the vendor does not take",
    { thinking: "on", thinking_budget: 2000 },
    { thinking: effort },
    {},
    { e: "medium" },
    [["thinking_budget", 2000, null]],
  ],
  [
    "sampling refused while thinking",
    { temperature: 0, top_p: 0.5 },
    { thinking: { ...effort, default: "on", refuses: ["temperature"] } },
    { topP: 0.5 },
    {},
    [["temperature", 0, null]],
  ],
  [
    "sampling that the vendor sets itself while thinking",
    { temperature: 0, top_p: 0.95, presence_penalty: 1 },
    { thinking: { ...effort, default: "on", refuses: { temperature: 1, top_p: 0.95 } } },
    { presence_penalty: 1 },
    {},
    [["temperature", 0, 1]],
  ],
  [
    "sampling accepted with thinking off",
    { temperature: 0, thinking: "off" },
    { thinking: { ...effort, default: "on", refuses: ["temperature"] } },
    { temperature: 0 },
    { e: "none" },
    [],
  ],
  [
    "reasoning counted in max_tokens",
    { max_tokens: 100 },
    { counts_reasoning: true, thinking: { ...effort, default: "on" } },
    { max_tokens: 8292 },
    {},
    [["max_tokens", 100, 8292]],
  ],
  [
    "reasoning counted, with a requested budget",
    { max_tokens: 100, thinking: 50 },
    { counts_reasoning: true, thinking: { on: {}, budget: "b" } },
    { max_tokens: 150 },
    { b: 50 },
    [["max_tokens", 100, 150]],
  ],
  [
    "reasoning counted, but thinking switched off",
    { max_tokens: 100, thinking: "off" },
    { counts_reasoning: true, thinking: { ...effort, default: "on" } },
    { max_tokens: 100 },
    { e: "none" },
    [],
  ],
  [
    "reasoning counted, but off by default",
    { max_tokens: 100 },
    { counts_reasoning: true, thinking: { ...effort, default: "off" } },
    { max_tokens: 100 },
    {},
    [],
  ],
  [
    "reasoning counted, off requested but not possible",
    { max_tokens: 100, thinking: "off" },
    { counts_reasoning: true, thinking: { on: {}, default: "on" } },
    { max_tokens: 8292 },
    {},
    [
      ["thinking", "off", "on"],
      ["max_tokens", 100, 8292],
    ],
  ],
];

test.each(rows)("%s", (_, params, quirks, values, extra, dropped) => {
  const sent = applyParams(params, quirks, names);
  expect(sent.values).toEqual(values);
  expect(sent.extra).toEqual(extra);
  expect(sent.dropped.map(({ param, asked, effective }) => [param, asked, effective])).toEqual(
    dropped,
  );
  expect(sent.dropped.every(({ reason }) => reason !== "")).toBe(true);
});

test.each<[Params, RequestQuirks, boolean]>([
  [{}, {}, false],
  [{ thinking: "on" }, {}, false],
  [{}, { thinking: { default: "on" } }, true],
  [{}, { thinking: { default: "off" } }, false],
  [{ thinking: "low" }, { thinking: {} }, true],
  [{ thinking: "off" }, { thinking: { off: {}, default: "on" } }, false],
  [{ thinking: "off" }, { thinking: { default: "on" } }, true],
])("whether %j with %j thinks: %s", (params, quirks, expected) => {
  expect(isThinking(params, quirks)).toBe(expected);
});

test("members that the vendor's file sets to null are left out, nested ones too", () => {
  const body = { model: "m", stream: true, stream_options: { include_usage: true } };
  const { extra } = applyParams(
    { thinking: "high" },
    {
      body: { model: null, stream_options: { include_usage: null, chunks: 1 } },
      thinking: { high: { thinking: null, effort: "high" } },
    },
  );
  expect(merged({ ...body, thinking: { type: "on" } }, extra)).toEqual({
    stream: true,
    stream_options: { chunks: 1 },
    effort: "high",
  });
});
