/** Two raters' labels of one item. */
export type Rated<Label> = readonly [first: Label, second: Label];

/** How the distance of two labels on an ordered scale counts: by steps, or by steps squared. */
export type KappaWeights = "linear" | "quadratic";

export type Kappa = {
  /** 1 is perfect, 0 is chance level. Null if chance alone gives full agreement. */
  readonly kappa: number | null;
  /** Large-sample standard error of `kappa`. */
  readonly se: number | null;
  /** Items rated by both. */
  readonly n: number;
  /** Share of agreement, with partial credit if the labels are weighted. Null without items. */
  readonly observed: number | null;
};

/**
 * Cohen's κ of unordered labels: (po - pe) / (1 - pe), with pe from each rater's own shares (Educ. Psychol.
 * Meas. 20, 1960). Labels are compared with `===`.
 */
export function cohenKappa<Label>(pairs: readonly Rated<Label>[]): Kappa {
  const labels = [...new Set(pairs.flat())];
  return kappaOf(tableOf(pairs, labels), (i, j) => (i === j ? 1 : 0));
}

/**
 * Weighted κ of labels on an ordered scale (Cohen, Psychol. Bull. 70, 1968): the i-th and j-th of k labels agree to
 * 1 - |i - j| / (k - 1), or 1 - (i - j)² / (k - 1)². `scale` lists every label in order, used or not, because
 * an unused one still separates its neighbours. Throws a RangeError for a label that is not on the scale.
 */
export function weightedKappa<Label>(
  pairs: readonly Rated<Label>[],
  scale: readonly Label[],
  weights: KappaWeights,
): Kappa {
  const power = weights === "linear" ? 1 : 2;
  const most = Math.max(1, scale.length - 1) ** power;
  return kappaOf(tableOf(pairs, scale), (i, j) => 1 - Math.abs(i - j) ** power / most);
}

/** Shares of items with label i by the first rater and label j by the second, row by row. */
type Crossed = { readonly n: number; readonly size: number; readonly shares: Float64Array };

function tableOf<Label>(pairs: readonly Rated<Label>[], labels: readonly Label[]): Crossed {
  const positions = new Map(labels.map((label, index) => [label, index] as const));
  const positionOf = (label: Label): number => {
    const position = positions.get(label);
    if (position === undefined) throw new RangeError(`${String(label)} is not on the scale`);
    return position;
  };
  const size = labels.length;
  const shares = new Float64Array(size * size);
  for (const [first, second] of pairs) {
    const cell = positionOf(first) * size + positionOf(second);
    shares[cell] = (shares[cell] ?? 0) + 1;
  }
  return { n: pairs.length, size, shares: shares.map((count) => count / pairs.length) };
}

/** Standard error: Fleiss, Cohen and Everitt, Psychol. Bull. 72, 1969, eq. 13; unweighted κ is the case of weights 0 and 1. */
function kappaOf({ n, size, shares }: Crossed, weight: (i: number, j: number) => number): Kappa {
  if (n === 0) return { kappa: null, se: null, n, observed: null };
  const at = (i: number, j: number): number => shares[i * size + j] ?? 0;
  const rows = sums(size, (i) => sum(size, (j) => at(i, j)));
  const columns = sums(size, (j) => sum(size, (i) => at(i, j)));
  const rowMean = sums(size, (i) => sum(size, (j) => (columns[j] ?? 0) * weight(i, j)));
  const columnMean = sums(size, (j) => sum(size, (i) => (rows[i] ?? 0) * weight(i, j)));
  const po = sum(size, (i) => sum(size, (j) => at(i, j) * weight(i, j)));
  const pe = sum(size, (i) => (rows[i] ?? 0) * (rowMean[i] ?? 0));
  const observed = Math.min(1, po);
  if (1 - pe < 1e-12) return { kappa: null, se: null, n, observed };
  const spread = sum(size, (i) =>
    sum(size, (j) => {
      const chance = ((rowMean[i] ?? 0) + (columnMean[j] ?? 0)) * (1 - po);
      return at(i, j) * (weight(i, j) * (1 - pe) - chance) ** 2;
    }),
  );
  const variance = (spread - (po * pe - 2 * pe + po) ** 2) / (n * (1 - pe) ** 4);
  return { kappa: (po - pe) / (1 - pe), se: Math.sqrt(Math.max(0, variance)), n, observed };
}

const sum = (size: number, term: (index: number) => number): number => {
  let total = 0;
  for (let index = 0; index < size; index++) total += term(index);
  return total;
};

const sums = (size: number, term: (index: number) => number): Float64Array =>
  Float64Array.from({ length: size }, (_, index) => term(index));
