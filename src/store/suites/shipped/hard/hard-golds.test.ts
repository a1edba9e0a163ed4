import { join } from "node:path";

import { describe, expect, inject, test } from "vitest";

import type { GoldTurn } from "../../../../domain/run-file/lines.ts";

import { itemLine } from "../../../../domain/prompt.ts";
import { expressionOf } from "../../../../grading/math/algebra.ts";
import { builtinFolder } from "../../../builtin.ts";
import { eachItem } from "../../items.ts";
import { parseSuite } from "../../suites.ts";
import { chances } from "./math-chances.ts";
import { forms } from "./math-forms.ts";
import { integers } from "./math-integers.ts";
import { classical, thermal } from "./science-classical.ts";
import { life } from "./science-life.ts";
import { modern } from "./science-modern.ts";

/*
 * Golds of these suites came from formulas. The second solver of each item counts, tries or integrates instead, and has to
 * find the same number.
 */
type Gold = { readonly item: string; readonly turn: GoldTurn };

const solvers: Readonly<Record<string, Readonly<Record<string, () => number>>>> = {
  "math-hard": { ...integers, ...forms, ...chances },
  "science-hard": { ...classical, ...thermal, ...modern, ...life },
};

/** Those that count or search for long are solved again in the matrix. */
const long: ReadonlySet<string> = new Set([
  "algebra/i007",
  "algebra/i010",
  "counting/i001",
  "counting/i012",
  "extremum/i004",
  "number-theory/i004",
  "number-theory/i012",
]);

describe.each(Object.entries(solvers))("%s", (id, solved) => {
  const golds = goldsOf(id);

  test("every item has a second solver, and no other", async () => {
    const items = (await golds).map(({ item }) => item);
    expect(Object.keys(solved).toSorted()).toEqual(items.toSorted());
    expect(items.length).toBeGreaterThanOrEqual(60);
  });

  test.each(Object.entries(solved).filter(([item]) => inject("matrix") || !long.has(item)))(
    "%s",
    async (item, solve) => {
      const [gold, ...others] = (await golds).filter((each) => each.item === item);
      if (gold === undefined) throw new Error(`no item ${item}`);
      expect(others).toEqual([]);
      const value = valueOf(gold.turn);
      const found = solve();
      const off = Math.abs(found - value) / Math.max(1e-12, Math.abs(value));
      // A gold of few digits is given to half of its last; a grid or a long sum is as good.
      expect(off, `gold ${value}, found ${found}`).toBeLessThan(
        Number.isInteger(value) && Number.isInteger(found) ? 1e-12 : 1e-3,
      );
    },
  );
});

/** The value of a number or of a closed form. */
function valueOf({ answer, grader }: GoldTurn): number {
  if (grader?.use !== "math") return Number(answer);
  const value: unknown = expressionOf(String(answer))?.eval();
  if (typeof value !== "number") throw new Error(`not a number: ${String(answer)}`);
  return value;
}

async function goldsOf(id: string): Promise<readonly Gold[]> {
  const found: Gold[] = [];
  const suite = await parseSuite(join(builtinFolder("suites"), `${id}.yaml`));
  for (const task of suite.suite.tasks) {
    for await (const { item } of eachItem(suite, task)) {
      const line = itemLine(suite.suite, task, item, [null]);
      for (const turn of line.turns) found.push({ item: line.item.slice(id.length + 1), turn });
    }
  }
  return found;
}
