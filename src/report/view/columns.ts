/** The arrays of numbers in which a column may be stored. */
type Numbers =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** Typed arrays of one length, addressed by row number, that grow together by doubling. */
export type ColumnStore<Shape extends Readonly<Record<string, Numbers>>> = {
  length: number;
  /** How many rows there is room for. */
  capacity: number;
  at: Shape;
};

/** Columns with the array types of `shape` and no rows. */
export const createColumns = <Shape extends Readonly<Record<string, Numbers>>>(
  shape: Shape,
): ColumnStore<Shape> => ({ length: 0, capacity: 0, at: shape });

/** Adds a row of zeros and returns its number. Arrays taken from `at` before may be stale afterwards. */
export function addRow<Shape extends Readonly<Record<string, Numbers>>>(
  columns: ColumnStore<Shape>,
): number {
  const row = columns.length;
  if (row >= columns.capacity) {
    columns.capacity = Math.max(16, row * 2);
    columns.at = grown(columns.at, columns.capacity);
  }
  columns.length = row + 1;
  return row;
}

function grown<Shape extends Readonly<Record<string, Numbers>>>(at: Shape, size: number): Shape {
  const entries = Object.entries(at).map(([name, old]) => {
    const larger = largerThan(old, size);
    larger.set(old);
    return [name, larger];
  });
  return Object.fromEntries(entries) as Shape;
}

function largerThan(old: Numbers, size: number): Numbers {
  const Type = old.constructor as new (size: number) => Numbers;
  return new Type(size);
}
