import { expect, test } from "vitest";

import type {
  RunLine,
  Settings,
  SuiteEntry,
  TargetEntry,
} from "../../../domain/run-file/header.ts";
import type { Coverage, Side } from "../pairing.ts";
import type { ComparabilityFinding } from "./comparable.ts";

import { answerLine, endLine, itemLine, runLine, targetEntry } from "../../testing/lines.ts";
import { createView, step } from "../../view/view.ts";
import { findingsOf, relateSuites } from "./comparable.ts";

type Given = {
  readonly run?: Partial<RunLine>;
  readonly settings?: Partial<Settings>;
  readonly entry?: Partial<TargetEntry>;
  readonly simulated?: boolean;
  readonly model?: string;
  readonly status?: "complete" | "budget";
};

const base = runLine([]);
const suite = (id: string, more: Partial<SuiteEntry> = {}): SuiteEntry => ({
  id,
  title: id,
  license: null,
  source: null,
  data_class: "公开",
  digest: `digest of ${id}`,
  items: 1,
  seeds: {},
  ...more,
});

/** One side with one answer. */
function sideOf({ run, settings, entry, simulated, model, status = "complete" }: Given = {}): Side {
  const target = targetEntry("qwen/a", entry);
  const view = createView();
  step(view, runLine([target], { settings: { ...base.settings, ...settings }, ...run }));
  step(view, itemLine("s/t/1"));
  const call = model === undefined ? {} : { model_returned: model };
  step(
    view,
    answerLine({ item: "s/t/1", target: target.ref, simulated: simulated ?? false, call }),
  );
  step(view, endLine({ status, answers: 1 }));
  const [only] = view.targets;
  if (only === undefined) throw new Error("no target");
  return { view, target: only };
}

const whole: Coverage = {
  base: 1,
  new: 1,
  common: 1,
  compared: 1,
  base_not_counted: 0,
  new_not_counted: 0,
  other_prompt: 0,
  other_gold: 0,
  other_grader: 0,
};

function findings(before: Given, after: Given, coverage: Partial<Coverage> = {}) {
  const [a, b] = [sideOf(before), sideOf(after)];
  return findingsOf(a, b, relateSuites(a, b), { ...whole, ...coverage });
}

const { limits } = targetEntry("qwen/a");

const told = ({ level, touches, message }: ComparabilityFinding): string =>
  `${level} ${touches}: ${message.en}`;

test("the same twice: nothing speaks against it", () => {
  expect(findings({}, {})).toEqual([]);
});

test("limits that an option for the whole run overrules, and those of a baseline, make no difference", () => {
  const other = { entry: { limits: { ...limits, concurrency: 32 } } };
  expect(findings({}, other)).toEqual([]);
  const settings = { concurrency: null };
  expect(findings({ settings }, { settings, entry: { ...other.entry, baseline: true } })).toEqual(
    [],
  );
});

test("a baseline may be compared with a simulated target and with a real one", () => {
  const guesses: Given = { entry: { baseline: true } };
  const refused = [{ simulated: true }, {}].flatMap((other: Given) =>
    findings(guesses, other).filter(({ level }) => level === "refuse"),
  );
  expect(refused).toEqual([]);
});

test("suites are the same, reseeded, changed, or on one side only", () => {
  const drawn = (seed: number, recipe?: string): SuiteEntry =>
    suite("drawn", {
      digest: `drawn ${seed}`,
      seeds: { date: seed },
      ...(recipe === undefined ? {} : { recipe }),
    });
  const relate = (before: readonly SuiteEntry[], after: readonly SuiteEntry[]) =>
    relateSuites(sideOf({ run: { suites: before } }), sideOf({ run: { suites: after } }));
  expect(
    relate(
      [suite("kept"), suite("gone"), suite("edited"), drawn(1)],
      [suite("kept"), suite("added"), suite("edited", { digest: "another" }), drawn(2)],
    ),
  ).toEqual({
    same: ["kept"],
    reseeded: ["drawn"],
    changed: ["edited"],
    only_base: ["gone"],
    only_new: ["added"],
  });
  // Other seeds of another recipe are another suite.
  expect(relate([drawn(1, "x")], [drawn(2, "y")]).changed).toEqual(["drawn"]);
  expect(relate([drawn(1, "x")], [drawn(2, "x")]).reseeded).toEqual(["drawn"]);
});

test.each<[string, Given, Given, string]>([
  [
    "an edited suite",
    { run: { suites: [suite("a")] } },
    { run: { suites: [suite("a", { digest: "x" })] } },
    "refuse all: the content of these suites differs: a",
  ],
  ["simulated", { simulated: true }, {}, "refuse all: one side was simulated"],
  [
    "another model under the same name",
    { model: "m-1" },
    { model: "m-2" },
    "warn score: the model that answered changed: m-1 → m-2",
  ],
  [
    "other parameters",
    { entry: { params: { temperature: 0 } } },
    { entry: { params: { temperature: 1 } } },
    'warn score: the parameters differ: {"temperature":0} → {"temperature":1}',
  ],
  [
    "other trials",
    { settings: { trials: 1 } },
    { settings: { trials: 3 } },
    "warn score: the trials",
  ],
  [
    "other concurrency",
    { settings: { concurrency: 1 } },
    { settings: { concurrency: 9 } },
    "warn latency: the concurrency differs (base up to 1, new up to 9): times are not comparable, so neither faster nor slower is said; run both with --concurrency 1",
  ],
  [
    "other limits of the servers",
    { settings: { concurrency: null }, entry: { limits: { ...limits, concurrency: 8 } } },
    { settings: { concurrency: null }, entry: { limits: { ...limits, concurrency: 32 } } },
    "(base up to 8, new up to 32): times are not comparable, so neither faster nor slower is said; give both the same limits: {concurrency: 8} and run again",
  ],
  [
    "another endpoint",
    { entry: { base_url: "http://a.example/v1" } },
    { entry: { base_url: "http://b.example/v1" } },
    "warn latency: the endpoint or proxy differs",
  ],
  ["an unfinished run", {}, { status: "budget" }, "warn all: a run is not complete"],
])("%s", (_, before, after, expected) => {
  const all = findings(before, after).map(told);
  expect(all).toHaveLength(1);
  expect(all[0]).toContain(expected);
});

test.each([
  ["other_prompt", "2 answers were asked with another prompt"],
  ["other_gold", "2 answers have another gold"],
  ["other_grader", "2 answers were graded by another grader or version"],
] as const)("%s refuses", (name, expected) => {
  expect(findings({}, {}, { [name]: 2 }).map(told)).toEqual([
    expect.stringContaining(`refuse all: ${expected}`),
  ]);
});

test("no suite in common: refused, and each side's own is named", () => {
  const all = findings({ run: { suites: [suite("a")] } }, { run: { suites: [suite("b")] } });
  expect(all.map(told)).toEqual([
    "refuse all: the runs have no suite in common",
    "warn score: only in the base: a",
    "warn score: only in the new run: b",
  ]);
});

test("what forbids comes before what warns", () => {
  const all = findings(
    { settings: { trials: 2 }, simulated: true },
    { status: "budget" },
    { other_gold: 1 },
  );
  expect(all.map(({ level }) => level)).toEqual(["refuse", "refuse", "warn", "warn"]);
});
