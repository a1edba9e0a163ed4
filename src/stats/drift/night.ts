/** Sums over the repeats of one anchor item in one night. */
export type Repeats = { readonly n: number; readonly sum: number; readonly squares: number };

/**
 * One night of a target: for the anchor item `names[i]`, how often it was answered, and the sums of values and of their
 * squares. An item with `n[i]` of 0 was not answered. Nights of the same items share one array of names.
 */
export type Night = {
  readonly names: readonly string[];
  readonly n: Uint16Array;
  readonly sum: NightSums;
  readonly squares: NightSums;
};

/** Sums over repeats: mostly whole numbers, which take a quarter of the memory. A year of a board has millions. */
export type NightSums = Float64Array | Uint16Array;

/** The same numbers in as little memory as they fit in. */
export const nightSums = (values: readonly number[] | Float64Array): NightSums =>
  values.every((value) => Number.isInteger(value) && value >= 0 && value < 1 << 16)
    ? Uint16Array.from(values)
    : Float64Array.from(values);

/** A night from its items by name. */
export function nightOfItems(items: ReadonlyMap<string, Repeats>): Night {
  const all = [...items.values()];
  return {
    names: [...items.keys()],
    n: Uint16Array.from(all, ({ n }) => n),
    sum: nightSums(all.map(({ sum }) => sum)),
    squares: nightSums(all.map(({ squares }) => squares)),
  };
}

/** Answers of a night. */
export function countOf({ n }: Night): number {
  let count = 0;
  for (let at = 0; at < n.length; at++) count += n[at] ?? 0;
  return count;
}

/** Two measurements of one night combined. */
export function addedNights(first: Night, second: Night): Night {
  const items = new Map<string, Repeats>();
  for (const { names, ...night } of [first, second]) {
    for (const [at, name] of names.entries()) {
      const known = items.get(name) ?? { n: 0, sum: 0, squares: 0 };
      items.set(name, {
        n: known.n + (night.n[at] ?? 0),
        sum: known.sum + (night.sum[at] ?? 0),
        squares: known.squares + (night.squares[at] ?? 0),
      });
    }
  }
  return nightOfItems(items);
}

/** Sums of many nights by column of a table that holds every item of a history once. */
export type ItemSums = {
  readonly n: Float64Array;
  readonly sum: Float64Array;
  readonly squares: Float64Array;
};

/** A night with the table's column of each of its items. */
export type NightRow = { readonly night: Night; readonly columns: Int32Array };

export type NightTable = { readonly names: readonly string[]; readonly rows: readonly NightRow[] };

/** Gives every item of the nights a column. */
export function tableOf(nights: readonly Night[]): NightTable {
  const numbers = new Map<string, number>();
  const known = new Map<readonly string[], Int32Array>();
  const columnsOf = (names: readonly string[]): Int32Array =>
    Int32Array.from(names, (name) => {
      const number = numbers.get(name) ?? numbers.size;
      numbers.set(name, number);
      return number;
    });
  const rows = nights.map((night) => {
    const columns = known.get(night.names) ?? columnsOf(night.names);
    known.set(night.names, columns);
    return { night, columns };
  });
  return { names: [...numbers.keys()], rows };
}

/** Sums of no night. */
export const emptySums = (width: number): ItemSums => ({
  n: new Float64Array(width),
  sum: new Float64Array(width),
  squares: new Float64Array(width),
});

/** Sets sums to none again, in place. */
export function clearSums(sums: ItemSums): void {
  sums.n.fill(0);
  sums.sum.fill(0);
  sums.squares.fill(0);
}

/** Adds a night to sums in place. */
export function addRow(sums: ItemSums, { night, columns }: NightRow): void {
  const { n, sum, squares } = night;
  for (let at = 0; at < columns.length; at++) {
    const column = columns[at] ?? 0;
    sums.n[column] = (sums.n[column] ?? 0) + (n[at] ?? 0);
    sums.sum[column] = (sums.sum[column] ?? 0) + (sum[at] ?? 0);
    sums.squares[column] = (sums.squares[column] ?? 0) + (squares[at] ?? 0);
  }
}

/** The nights of a table added up. */
export function sumsOf(width: number, rows: readonly NightRow[]): ItemSums {
  const sums = emptySums(width);
  for (const row of rows) addRow(sums, row);
  return sums;
}
