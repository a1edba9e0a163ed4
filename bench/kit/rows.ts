/** One line of the table. `ratio` is to the reference loop of the same run; `met` tells whether it is within its bound. */
export type Row = {
  readonly row: string;
  readonly value: number;
  readonly unit: string;
  readonly reference: number | null;
  readonly ratio: number | null;
  readonly bound: string | null;
  readonly met: boolean | null;
  readonly note: string;
};

type Bound = { readonly most: number } | { readonly least: number };

/** A row that is judged by its ratio to the reference, or by its value where it has none or the bound is `absolute`. */
export function rowOf(
  row: string,
  given: {
    readonly value: number;
    readonly unit: string;
    readonly reference?: number;
    /** Ratio from paired rounds; default: that of the two values. */
    readonly ratio?: number;
    readonly bound?: Bound;
    readonly absolute?: boolean;
    readonly note?: string;
  },
): Row {
  const { value, unit, reference = null, bound, note = "" } = given;
  const ratio = given.ratio ?? (reference === null ? null : value / reference);
  const judged = given.absolute === true ? value : (ratio ?? value);
  return {
    row,
    value,
    unit,
    reference,
    ratio,
    bound: bound === undefined ? null : "most" in bound ? `≤ ${bound.most}` : `≥ ${bound.least}`,
    met:
      bound === undefined ? null : "most" in bound ? judged <= bound.most : judged >= bound.least,
    note,
  };
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** Both sides alternately, `rounds` times, so that other load on the machine affects both. */
export async function alternated<Value>(
  rounds: number,
  reference: () => Promise<Value>,
  ours: () => Promise<Value>,
): Promise<{ readonly reference: readonly Value[]; readonly ours: readonly Value[] }> {
  const both: { reference: Value[]; ours: Value[] } = { reference: [], ours: [] };
  for (let round = 0; round < rounds; round += 1) {
    both.reference.push(await reference());
    both.ours.push(await ours());
  }
  return both;
}

/** The median over the rounds of a value computed from each pair. */
export function paired<Value>(
  { reference, ours }: { readonly reference: readonly Value[]; readonly ours: readonly Value[] },
  measure: (value: Value) => number,
): { readonly value: number; readonly reference: number; readonly ratio: number } {
  const mine = ours.map(measure);
  const theirs = reference.map(measure);
  return {
    value: median(mine),
    reference: median(theirs),
    ratio: median(mine.map((value, round) => value / (theirs[round] ?? Number.NaN))),
  };
}

/** The table as text, one line per row. */
export function table(rows: readonly Row[]): string {
  const head = ["", "value", "reference", "ratio", "bound", "", "note"];
  const lines = rows.map(({ row, value, unit, reference, ratio, bound, met, note }) => [
    row,
    `${shown(value)} ${unit}`,
    reference === null ? "" : shown(reference),
    ratio === null ? "" : ratio.toFixed(2),
    bound ?? "",
    met === null ? "" : met ? "met" : "NOT MET",
    note,
  ]);
  const widths = head.map((_, at) =>
    Math.max(...[head, ...lines].map((cells) => (cells[at] ?? "").length)),
  );
  return [head, ...lines]
    .map((cells) =>
      cells
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

const shown = (value: number): string =>
  Math.abs(value) >= 100
    ? value.toFixed(0)
    : Math.abs(value) >= 10
      ? value.toFixed(1)
      : value.toFixed(3);
