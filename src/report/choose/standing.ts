/** Sums that differ by less than this are equal: decimal fractions have no exact sums. */
export const tieSlack = 1e-9;

/** Places by sum, the highest first; equal sums share the better place (1, 1, 3). */
export const placesBySum = (sums: readonly number[]): readonly number[] =>
  sums.map((own) => 1 + sums.filter((other) => other > own + tieSlack).length);

/** Each one's chance of a place among the first `places` where equal sums are parted by lot. */
export function chancesAmong(sums: ArrayLike<number>, places: number): readonly number[] {
  return Array.from(sums, (own) => {
    let [above, equal] = [0, 0];
    for (let at = 0; at < sums.length; at++) {
      const other = sums[at] ?? 0;
      if (other > own + tieSlack) above++;
      else if (other >= own - tieSlack) equal++;
    }
    return Math.min(1, Math.max(0, (places - above) / equal));
  });
}
