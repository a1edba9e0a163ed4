import { expect, test } from "vitest";

import type { RigOptions } from "../../cli/testing/rig.ts";
import type { RunFileLine } from "../../domain/run-file/lines.ts";
import type { FaultScriptInput } from "../../simulator/faults/script.ts";

import { withRig } from "../../cli/testing/rig.ts";
import { createView, step } from "../../report/view/view.ts";

/** Answers come so fast that requests stand by all the time. */
const fast = { threaded: true, speed: 1_000 } satisfies RigOptions;

const refusing = (from: number, status: number): FaultScriptInput => ({
  schema: "faults/1",
  rules: [{ requests: { from }, do: { fault: "status", status } }],
});

const answersOf = (lines: readonly RunFileLine[]) => lines.filter((line) => line.kind === "answer");

test.each([1, 6])("%i at once: never more, each asked once", (concurrency) =>
  withRig({ ...fast, items: 150, limits: { concurrency } }, async (rig) => {
    const view = createView();
    let most = 0;
    const end = await rig.run({
      observe: (event) => {
        step(view, event);
        most = Math.max(most, view.targets[0]?.inFlight ?? 0);
      },
    });
    expect(end).toMatchObject({ status: "complete", answers: 150, failed: 0 });
    expect(end.lanes).toMatchObject([{ requests: 150, refused: 0 }]);
    const { requests, in_flight_max, items } = await rig.stats();
    expect([requests, Object.keys(items).length]).toEqual([150, 150]);
    expect(in_flight_max).toBeLessThanOrEqual(concurrency);
    expect(most).toBe(concurrency);
    const said = answersOf(await rig.lines()).map(({ turns }) => turns[0]?.timing?.in_flight ?? 0);
    expect(Math.max(...said)).toBe(concurrency);
  }),
);

test.each([
  ["no quota", 402],
  ["a key that is refused", 401],
])("%s: not one request more than without any that stands by", (_, status) =>
  withRig(
    { ...fast, items: 80, limits: { concurrency: 1 }, script: refusing(31, status) },
    async (rig) => {
      const end = await rig.run();
      expect(end.status).toBe("failed");
      expect((await rig.stats()).requests).toBe(31);
      expect(end.lanes).toMatchObject([{ requests: 31 }]);
      expect(answersOf(await rig.lines())).toHaveLength(31);
    },
  ),
);

test("a run that is stopped leaves nothing half asked, and going on asks nothing twice", () =>
  withRig({ ...fast, items: 120, limits: { concurrency: 16 } }, async (rig) => {
    for (const after of [10, 50]) {
      const stop = new AbortController();
      let answers = 0;
      const end = await rig.run({
        stopping: stop.signal,
        observe: ({ kind }) => {
          if (kind === "answer" && (answers += 1) === after) stop.abort();
        },
      });
      expect(end.status).toBe("interrupted");
      expect((await rig.stats()).requests).toBe(answersOf(await rig.lines()).length);
    }
    expect((await rig.run()).status).toBe("complete");
    expect((await rig.stats()).requests).toBe(120);
    const keys = answersOf(await rig.lines()).map(({ key }) => key);
    expect([keys.length, new Set(keys).size]).toEqual([120, 120]);
  }));
