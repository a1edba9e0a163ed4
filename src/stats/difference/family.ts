/**
 * Holm's step-down adjustment (Scand. J. Stat. 6, 1979): p-values in, adjusted p-values out in the same
 * order. Null (no test was made) stays null and is not counted.
 */
export function holm(pValues: readonly (number | null)[]): readonly (number | null)[] {
  const order = pValues
    .map((p, index) => ({ p, index }))
    .filter((each): each is { p: number; index: number } => each.p !== null)
    .toSorted((a, b) => a.p - b.p);
  const adjusted: (number | null)[] = pValues.map(() => null);
  let worst = 0;
  for (const [rank, { p, index }] of order.entries()) {
    worst = Math.max(worst, Math.min(1, p * (order.length - rank)));
    adjusted[index] = worst;
  }
  return adjusted;
}

/**
 * Which hypotheses of a family can be tested at all (Tarone, Biometrics 46, 1990): the smallest K such that at most K of
 * them could reach level / K, by the least p-value that each could give; those are the testable ones. What can never be
 * rejected must not cost the others power. The least p-values depend on the data only through what a randomisation test
 * holds fixed, so that any adjustment over the testable ones keeps its level.
 */
export function testable(leastPs: readonly number[], level: number): readonly boolean[] {
  for (let k = 1; k <= leastPs.length; k++) {
    const reaching = leastPs.filter((least) => least <= level / k).length;
    if (reaching <= k) return leastPs.map((least) => least <= level / k);
  }
  return leastPs.map(() => false);
}

/** A test with the smallest p that its data could have given. */
export type FamilyTest = { readonly p: number; readonly least_p: number };

/**
 * Adjusted p-values of a family that together keeps `level`: Holm's over the tests that could reach it at all (Tarone);
 * null of the others.
 */
export function adjusted(tests: readonly FamilyTest[], level: number): readonly (number | null)[] {
  const isTestable = testable(
    tests.map(({ least_p }) => least_p),
    level,
  );
  return holm(tests.map(({ p }, index) => (isTestable[index] === true ? p : null)));
}
