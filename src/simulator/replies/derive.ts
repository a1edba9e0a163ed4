export type Equation = { readonly text: string; readonly result: number };

/** Numbers that word problems use without stating them. */
const implied: readonly number[] = [2, 10, 100, 60];

/** One or two true equations that lead from the known numbers to `wanted`, or null where more would be needed. */
export function derive(
  known: readonly number[],
  wanted: number,
): readonly [Equation, Equation?] | null {
  const first = pairs(known);
  const direct = first.find(({ result }) => equal(result, wanted));
  if (direct !== undefined) return [direct];
  for (const equation of first) {
    for (const other of [...known, ...implied]) {
      const second = operations(equation.result, other).find(({ result }) => equal(result, wanted));
      if (second !== undefined) return [equation, second];
    }
  }
  return null;
}

const equal = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9 * Math.max(1, Math.abs(b));

const pairs = (known: readonly number[]): readonly Equation[] =>
  known.flatMap((a, index) => known.slice(index + 1).flatMap((b) => operations(a, b)));

function operations(a: number, b: number): readonly Equation[] {
  const [x, y] = [short(a), short(b)];
  const all = [
    { text: `${x} × ${y}`, result: a * b },
    { text: `${x} + ${y}`, result: a + b },
    { text: `${x} - ${y}`, result: a - b },
    { text: `${y} - ${x}`, result: b - a },
    { text: `${x} ÷ ${y}`, result: a / b },
  ];
  // An inexact result would have to be rounded, which would make the equation false.
  return all.filter(
    ({ result }) => Number.isFinite(result) && Number(result.toFixed(6)) === result,
  );
}

const short = (value: number): string => String(Number(value.toFixed(6)));
