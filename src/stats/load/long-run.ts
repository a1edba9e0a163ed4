/**
 * The inflation of a mean's variance by autocorrelation, from residuals of several series of one scale: the long-run variance over that
 * of single values. The window is Politis and Romano's flat-top (J. Time Ser. Anal. 16, 1995), its width by Politis's rule (J.
 * Nonparametr. Stat. 15, 2003): twice the lag from which correlations no longer differ from zero. Never below 1: a load
 * whose errors repel each other is not believed.
 */
export function inflationOf(series: readonly Float64Array[]): number {
  const n = series.reduce((sum, { length }) => sum + length, 0);
  const longest = Math.max(0, ...series.map(({ length }) => length));
  const variance = meanProduct(series, 0);
  if (n < 8 || variance <= 0) return 1;
  const known: number[] = [1];
  const at = (lag: number): number => (known[lag] ??= meanProduct(series, lag) / variance);
  const width = windowOf(n, Math.floor(longest / 4), at);
  let sum = 1;
  for (let lag = 1; lag < width; lag += 1) {
    const share = lag / width;
    sum += 2 * (share <= 0.5 ? 1 : 2 * (1 - share)) * at(lag);
  }
  return Math.max(1, sum);
}

/** Twice the first lag after which a run of correlations lies within what chance gives. */
function windowOf(n: number, most: number, correlation: (lag: number) => number): number {
  const bound = 2 * Math.sqrt(Math.log10(n) / n);
  const run = Math.max(5, Math.ceil(Math.sqrt(Math.log10(n))));
  let quiet = 0;
  for (let lag = 1; lag <= most; lag += 1) {
    quiet = Math.abs(correlation(lag)) < bound ? quiet + 1 : 0;
    if (quiet === run) return Math.max(2, 2 * (lag - run + 1));
  }
  return Math.max(1, most);
}

/** The mean product of residuals that lie `lag` apart within their series, over all values. */
function meanProduct(series: readonly Float64Array[], lag: number): number {
  let sum = 0;
  let n = 0;
  for (const values of series) {
    n += values.length;
    for (let at = lag; at < values.length; at += 1)
      sum += (values[at] ?? 0) * (values[at - lag] ?? 0);
  }
  return n === 0 ? 0 : sum / n;
}
