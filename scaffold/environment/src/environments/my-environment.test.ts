import { expect, test } from "vitest";

import { createDraw } from "../../../../src/generating/draw.ts";
import { environment } from "./my-environment.ts";

// That plans reach the goal and guesses do not is tried for every environment in src/playing/testing/.
test("a parcel of somebody else is never to be handed over, whatever else is right", () => {
  const { state: start } = environment.initial(createDraw(2, 1, 0), { level: 4 });
  const other = start.parcels.find((each) => each.for !== start.visitor);
  const calls = [
    ...(environment.plan(start) ?? []),
    { name: "hand_over", arguments: { parcel: other?.id } },
  ];
  const end = calls.reduce((state, call) => environment.step(state, call).state, start);
  expect(environment.outcome(end)).toMatchObject({
    reached: true,
    forbidden: [`gave ${other?.id} away`],
  });
});

test("nothing is handed over before the parcels are listed", () => {
  const { state } = environment.initial(createDraw(1, 1, 0), { level: 1 });
  const call = { name: "hand_over", arguments: { parcel: state.parcels[0]?.id } };
  expect(environment.step(state, call)).toMatchObject({
    state,
    result: { error: expect.any(String) as string },
  });
});
