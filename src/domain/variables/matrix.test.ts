import * as fc from "fast-check";
import { expect, test } from "vitest";

import { Id } from "../id.ts";
import { cellsOf, idInCell, Matrix } from "./matrix.ts";

test("every combination, by names and values", () => {
  expect(cellsOf({ length: [400, 200], depth: [1, 0.5] })).toEqual([
    { depth: 0.5, length: 200 },
    { depth: 0.5, length: 400 },
    { depth: 1, length: 200 },
    { depth: 1, length: 400 },
  ]);
  expect(cellsOf(undefined)).toEqual([{}]);
});

test.each([
  [{ depth: 0.5, length: 4000 }, "i1.depth-0.5.length-4000"],
  [{ language: "法语" }, "i1.language-法语"],
  [{ on: true }, "i1.on-true"],
  [{ n: -2 }, "i1.n--2"],
])("%j names its items %s", (cell, id) => {
  expect(idInCell("i1", cell)).toBe(id);
});

const value = fc.oneof(fc.string(), fc.integer(), fc.boolean());
const axis = fc.uniqueArray(value, { minLength: 1, maxLength: 4, selector: String });
const name = fc.stringMatching(/^[a-z_]{1,6}$/);
const matrix = fc.dictionary(name, axis, { minKeys: 1, maxKeys: 3 });

test("ids are valid, differ, and do not depend on the order of axes and values", () => {
  fc.assert(
    fc.property(matrix, (axes) => {
      const turned = Object.fromEntries(
        Object.entries(axes)
          .toReversed()
          .map(([each, values]) => [each, values.toReversed()]),
      );
      const ids = cellsOf(axes).map((cell) => idInCell("i1", cell));
      expect(cellsOf(turned)).toEqual(cellsOf(axes));
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect(Id.safeParse(id).success).toBe(true);
    }),
  );
});

test.each([{}, { a: [] }, { a: ["1", 1] }, { "1a": [1] }])("%j is no matrix", (given) => {
  expect(Matrix.safeParse(given).success).toBe(false);
});
