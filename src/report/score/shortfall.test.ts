import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { RunLine } from "../../domain/run-file/header.ts";
import type { Method } from "./tree.ts";

import { answerLine, itemLine, runLine, scoreLine } from "../testing/lines.ts";
import { createView, step } from "../view/view.ts";
import { itemValues, scoreOf } from "./score.ts";
import { answerPlanOf, shortfallOf } from "./shortfall.ts";
import { buildTree } from "./tree.ts";

const target = "a/b";

/** Per item its values by trial: a number, `null` for a failed call, `undefined` for one that was never asked. */
type Trials = readonly (number | null | undefined)[];

/** Items by task; the run states `items` of the suite, if more than are named. */
function viewOf(tasks: Readonly<Record<string, readonly Trials[]>>, trials = 1, items = 0) {
  const view = createView();
  const run = runLine([target, "c/d"]);
  step(view, {
    ...run,
    suites: run.suites.map((suite) => Object.assign({}, suite, { items })),
    settings: { ...run.settings, trials },
  } satisfies RunLine);
  for (const [task, list] of Object.entries(tasks)) {
    for (const [index, values] of list.entries()) {
      const item = `s/${task}/${index}`;
      step(view, itemLine(item));
      for (const [at, value] of values.entries()) {
        if (value === undefined) continue;
        const key = { item, target, trial: at + 1 };
        step(view, answerLine({ ...key, outcome: value === null ? "server" : "ok" }));
        if (value === null) continue;
        const verdict = value === 1 ? "right" : value === 0 ? "wrong" : "partial";
        step(view, scoreLine(key, verdict, value));
      }
    }
  }
  return view;
}

function shortfall(view: ReturnType<typeof viewOf>, method: Method = "macro") {
  const found = view.byRef.get(target);
  if (found === undefined) throw new Error("no target");
  const plan = answerPlanOf(view, target);
  return shortfallOf(view, found, buildTree(view, null), { plan, method });
}

const all = (n: number, value: number | null | undefined): readonly Trials[] =>
  Array.from({ length: n }, () => [value]);

describe("the bounds have the tree's weights", () => {
  test("nothing is missing, or little", () => {
    expect(shortfall(viewOf({ t: all(50, 1) }))).toBeNull();
    expect(shortfall(viewOf({ t: [...all(49, 1), [null]] }))).toBeNull();
    expect(shortfall(viewOf({ t: [...all(48, 1), [null]] }))?.missing).toBe(1);
  });

  // Task t has 8 items, u has 2, and each makes half of the total: a failed item of u moves it by 25 points.
  const tasks = { t: all(8, 1), u: [[1], [null]] };
  test.each([
    ["macro", 0.75, 1],
    ["micro", 0.9, 1],
  ] as const)("%s", (method, low, high) => {
    const found = shortfall(viewOf(tasks), method);
    expect(found).toMatchObject({ planned: 10, missing: 1, share: 0.1 });
    expect(found?.bounds?.low).toBeCloseTo(low, 12);
    expect(found?.bounds?.high).toBeCloseTo(high, 12);
  });

  test("a suite that a run did not come to before it stopped is missing whole", () => {
    const view = viewOf({ t: [[1], [1], [1], [null]] }, 1, 4);
    const [run] = view.runs;
    if (run === undefined) throw new Error("no run");
    const more = { ...run.suites[0], id: "later", items: 2 } as RunLine["suites"][number];
    view.runs[0] = { ...run, suites: [...run.suites, more], size: { ...run.size, per_target: 6 } };
    const found = shortfall(view);
    expect(found).toMatchObject({ planned: 6, missing: 3 });
    expect(found?.bounds?.low).toBeCloseTo(0.375, 12);
    expect(found?.bounds?.high).toBeCloseTo(1, 12);
  });

  test("what was never asked is missing too", () => {
    const found = shortfall(viewOf({ t: [...all(5, 1), ...all(3, 0), ...all(2, undefined)] }));
    expect(found).toMatchObject({ planned: 10, missing: 2 });
    expect(found?.bounds).toEqual({ low: 0.5, high: 0.7 });
  });

  test("a task without any answer has a place in the bounds", () => {
    const found = shortfall(viewOf({ t: all(4, 1), u: all(4, null) }));
    expect(found?.bounds).toEqual({ low: 0.5, high: 1 });
  });

  test("a missing trial is averaged with those that are there", () => {
    const found = shortfall(
      viewOf(
        {
          t: [
            [1, 1, null],
            [0, null, undefined],
          ],
        },
        3,
      ),
    );
    expect(found).toMatchObject({ planned: 6, missing: 3 });
    expect(found?.bounds?.low).toBeCloseTo((2 / 3 + 0) / 2, 12);
    expect(found?.bounds?.high).toBeCloseTo((1 + 2 / 3) / 2, 12);
  });

  test("items that the file does not name are like those it names", () => {
    // 4 of 10 are named: 3 right of 10 at least, 9 at most.
    const found = shortfall(viewOf({ t: [[1], [1], [1], [0]] }, 1, 10));
    expect(found).toMatchObject({ planned: 10, missing: 6 });
    expect(found?.bounds?.low).toBeCloseTo(0.3, 12);
    expect(found?.bounds?.high).toBeCloseTo(0.9, 12);
  });

  test("items that another run named for other targets alone were not planned", () => {
    const view = viewOf({ t: all(4, 1) });
    step(view, runLine(["c/d"]));
    step(view, itemLine("s/t/other"));
    expect(shortfall(view)).toBeNull();
  });
});

test("whatever the missing answers would have been, the score lies within its bounds", () => {
  const value = fc.constantFrom(0, 0.25, 0.5, 1);
  const item = fc.record({ value, missing: fc.boolean() });
  const task = fc.array(item, { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(
      task,
      task,
      fc.constantFrom<Method>("macro", "micro", "weighted"),
      (t, u, method) => {
        const trials = (cells: typeof t, hide: boolean): readonly Trials[] =>
          cells.map((each) => [hide && each.missing ? null : each.value]);
        const found = shortfall(viewOf({ t: trials(t, true), u: trials(u, true) }), method);
        const whole = viewOf({ t: trials(t, false), u: trials(u, false) });
        const [only] = whole.targets;
        if (found?.bounds == null || only === undefined) return;
        const root = buildTree(whole, null);
        const score = scoreOf(root, itemValues(whole, only), whole.items, method).value ?? 0;
        expect(score).toBeGreaterThanOrEqual(found.bounds.low - 1e-9);
        expect(score).toBeLessThanOrEqual(found.bounds.high + 1e-9);
      },
    ),
  );
});
