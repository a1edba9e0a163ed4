import { expect, test } from "vitest";

import { itemsNeeded, minimumDetectable } from "./power.ts";

test("items for 3 points, as in Miller's example", () => {
  // z = norm.ppf(.975) + norm.ppf(.8); z**2 * (1/9) / .03**2 = 968.9974980677886
  expect(itemsNeeded(0.03, { between: 1 / 9, within: 0, trials: 1 })).toBe(969);
  expect(itemsNeeded(0.03, { between: 1 / 9, within: 0.1, trials: 4 })).toBeGreaterThan(969);
});

test("minimum detectable difference", () => {
  // (norm.ppf(.975) + norm.ppf(.8)) * .0236
  expect(minimumDetectable(0.0236)).toBeCloseTo(0.06611741114746605, 12);
});
