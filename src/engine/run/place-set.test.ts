import fc from "fast-check";
import { expect, test } from "vitest";

import { createPlaceSet } from "./place-set.ts";

test("holds the places that were added, at the ends of words as well, and no others", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat({ max: 99 })), (added) => {
      const places = createPlaceSet(100);
      for (const place of added) places.add(place);
      for (let place = 0; place < 100; place += 1)
        expect([place, places.has(place)]).toEqual([place, added.includes(place)]);
    }),
  );
});
