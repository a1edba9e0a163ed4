import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

import { describe, expect, inject, test } from "vitest";

import { pluginIds } from "../plugins.ts";
import { drawn } from "./testing/drawn.ts";
import { solvers } from "./testing/solvers/solvers.ts";
import { frequentGolds, overLevels, trivialRates } from "./testing/trivial.ts";

const own = Object.keys(solvers);
/** Families whose hardest items take long to draw or to solve, with how many the matrix draws. */
const slow: ReadonlyMap<string, number> = new Map([
  ["billing", 330],
  ["kinship", 330],
  ["ledger", 220],
  ["liars", 220],
  ["verse-faults", 110],
  ["zebra", 55],
]);
/** `npm run verify:generators` draws 12,500 of each and demands two standard errors. */
const countOf = (id: string): number =>
  inject("matrix") ? (slow.get(id) ?? 2_000) : slow.has(id) ? 6 : 20;
/** Of the hard levels of a slow family one is enough outside the matrix. */
const isTakenOf =
  (id: string) =>
  (level: number): boolean =>
    inject("matrix") || !slow.has(id) || level < 5 || level === 6 || level === 8;
const itemsOf = (id: string, firstSeed: number): ReturnType<typeof drawn> =>
  drawn(id, countOf(id), firstSeed, isTakenOf(id));
/** An interpreter of Python takes two seconds to start; the same programs in JavaScript are run beside their generator. */
const isSolvedHere = (id: string): boolean => inject("matrix") || id !== "program";
/** Some thirty strategies that are at chance exactly are tried: the fewer items, the wider a margin they need. */
const margin = inject("matrix") ? 3 : 4;

test("every generator has a second solver here or beside it", () => {
  const src = join(import.meta.dirname, "..");
  const files = readdirSync(join(src, "generators"));
  const without = pluginIds("generators").filter(
    (id) => !own.includes(id) && !files.includes(`${id}.test.ts`),
  );
  expect(without).toEqual([]);
});

test("solvers import nothing of the generators", () => {
  const folder = join(import.meta.dirname, "testing/solvers");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const imported = files
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) =>
      [...readFileSync(join(folder, file), "utf8").matchAll(/from "(\.[^"]+)"/g)].map(
        ([, from = ""]) => relative(folder, join(folder, dirname(file), from)),
      ),
    );
  const allowed = /^(?!\.\.)|^\.\.\/computed-(?:months|terms)\.ts$/;
  expect(imported.filter((from) => !allowed.test(from))).toEqual([]);
});

describe.each(own)("%s", (id) => {
  test.runIf(isSolvedHere(id))("both solvers find every gold", async () => {
    const wrong: unknown[] = [];
    for await (const { gold, digest: _d, floor: _f, ...asked } of itemsOf(id, 1_000)) {
      const found = await solvers[id]?.(asked);
      if (found !== gold) wrong.push([asked.question, gold, found]);
    }
    expect(wrong).toEqual([]);
  });

  test("what solves nothing is right no more often than the floors say", async () => {
    const frequent = await frequentGolds(itemsOf(id, 500_000));
    const rates = overLevels(await trivialRates(itemsOf(id, 900_000), frequent));
    const above = rates.filter(
      ({ rate, floor, standardError }) => rate > floor + margin * standardError,
    );
    expect(rates.length).toBeGreaterThan(0);
    expect(above).toEqual([]);
  });
});
