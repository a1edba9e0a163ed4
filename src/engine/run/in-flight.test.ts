import { expect, test } from "vitest";

import type { FaultScriptInput } from "../../simulator/faults/script.ts";

import { withRig } from "../../cli/testing/rig.ts";
import { createView, step } from "../../report/view/view.ts";

const refusals: FaultScriptInput = {
  schema: "faults/1",
  rules: [{ attempts: 1, share: 0.3, do: { fault: "status", status: 500 } }],
};

test.each([
  ["at two slots", {}],
  ["where the server fails at times", { script: refusals }],
])("in flight are requests under way, not those that wait: %s", (_, more) =>
  withRig({ items: 30, limits: { concurrency: 2 }, ...more }, async (rig) => {
    const view = createView();
    const seen = new Set<number>();
    await rig.run({
      observe: (event) => {
        step(view, event);
        seen.add(view.targets[0]?.inFlight ?? 0);
      },
    });
    expect([...seen].toSorted((a, b) => a - b)).toEqual([0, 1, 2]);
    expect(view.targets[0]?.inFlight).toBe(0);
  }),
);
