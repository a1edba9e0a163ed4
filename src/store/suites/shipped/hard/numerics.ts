/** Tools of the second solvers: counting, trying and stepping, not the formulas that the golds came from. */

export const upTo = (n: number, from = 1): readonly number[] =>
  Array.from({ length: Math.max(0, n - from + 1) }, (_, index) => from + index);

export const sum = (values: readonly number[]): number =>
  values.reduce((total, each) => total + each, 0);

export const count = <Value>(values: readonly Value[], fits: (value: Value) => boolean): number =>
  values.filter(fits).length;

export function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

/** Calls `visit` with every arrangement of `values`; the array is reused between calls. */
export function eachPermutation(
  values: readonly number[],
  visit: (permutation: readonly number[]) => void,
): void {
  const now: number[] = [];
  const step = (): void => {
    if (now.length === values.length) visit(now);
    for (const value of values) {
      if (now.includes(value)) continue;
      now.push(value);
      step();
      now.pop();
    }
  };
  step();
}

/** All ways to take `k` of `values`, in order. */
export function subsets<Value>(values: readonly Value[], k: number): readonly (readonly Value[])[] {
  if (k === 0) return [[]];
  return values.flatMap((first, index) =>
    subsets(values.slice(index + 1), k - 1).map((rest) => [first, ...rest]),
  );
}

/** Simpson's rule. */
export function integral(f: (x: number) => number, from: number, to: number, n = 4000): number {
  const h = (to - from) / n;
  const inner = upTo(n - 1).map((i) => (i % 2 === 0 ? 2 : 4) * f(from + i * h));
  return ((f(from) + f(to) + sum(inner)) * h) / 3;
}

/** Where `f` changes sign between `from` and `to`. */
export function zero(f: (x: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  const sign = Math.sign(f(low));
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (Math.sign(f(middle)) === sign) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The largest value of `f`, by a grid that is refined around its best point. */
export function largest(f: (x: number) => number, from: number, to: number): number {
  return f(peak(f, from, to));
}

/** Where `f` is largest between `from` and `to`. */
export function peak(f: (x: number) => number, from: number, to: number): number {
  let [low, high, best] = [from, to, from];
  // Around a peak a function of 16 digits is flat over the root of what one digit is.
  while (high - low > 1e-10 * (to - from)) {
    const h = (high - low) / 200;
    let most = -Infinity;
    for (const x of upTo(200, 0).map((i) => low + i * h)) {
      const value = f(x);
      if (value > most) [best, most] = [x, value];
    }
    [low, high] = [Math.max(from, best - h), Math.min(to, best + h)];
  }
  return best;
}

/** The largest value of `f` over pairs, each coordinate refined in turn. */
export const largestOfTwo = (
  f: (x: number, y: number) => number,
  [x0, x1]: readonly [number, number],
  [y0, y1]: readonly [number, number],
): number => largest((x) => largest((y) => f(x, y), y0, y1), x0, x1);

export type Rates = (t: number, y: readonly number[]) => readonly number[];

/** One step of the classical Runge-Kutta method. */
function rungeKutta(f: Rates, t: number, y: readonly number[], h: number) {
  const moved = (k: readonly number[], by: number) => y.map((each, i) => each + by * at(k, i));
  const k1 = f(t, y);
  const k2 = f(t + h / 2, moved(k1, h / 2));
  const k3 = f(t + h / 2, moved(k2, h / 2));
  const k4 = f(t + h, moved(k3, h));
  return y.map(
    (each, i) => each + (h / 6) * (at(k1, i) + 2 * at(k2, i) + 2 * at(k3, i) + at(k4, i)),
  );
}

/** The state at `to`, from `y` at 0. */
export function solved(f: Rates, y: readonly number[], to: number, n = 4000): readonly number[] {
  let now = y;
  for (let i = 0; i < n; i++) now = rungeKutta(f, (i * to) / n, now, to / n);
  return now;
}

/** The first time at which `event` is no longer of the sign that it has after the first step. */
export function timeUntil(
  f: Rates,
  y: readonly number[],
  event: (y: readonly number[]) => number,
  h: number,
): number {
  let now = rungeKutta(f, 0, y, h);
  const sign = Math.sign(event(now));
  for (let t = h; t < 10_000_000 * h; t += h) {
    const next = rungeKutta(f, t, now, h);
    if (Math.sign(event(next)) !== sign) {
      return t + (h * event(now)) / (event(now) - event(next));
    }
    now = next;
  }
  return Number.NaN;
}

/** A fixed point of a vector rule, by repetition. */
export function settled(
  rule: (now: readonly number[]) => readonly number[],
  start: readonly number[],
  times = 20_000,
): readonly number[] {
  let now = start;
  for (let i = 0; i < times; i++) now = rule(now);
  return now;
}

export const at = (values: readonly number[], index: number): number => values[index] ?? 0;

export type Complex = readonly [re: number, im: number];
export const plus = ([a, b]: Complex, [c, d]: Complex): Complex => [a + c, b + d];
const times = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];
export const over = ([a, b]: Complex, [c, d]: Complex): Complex => {
  const size = c * c + d * d;
  return [(a * c + b * d) / size, (b * c - a * d) / size];
};
export const power = (base: Complex, n: number): Complex =>
  upTo(n).reduce<Complex>((all) => times(all, base), [1, 0]);
export const turn = (angle: number): Complex => [Math.cos(angle), Math.sin(angle)];
export const product = (all: readonly Complex[]): Complex => all.reduce(times, [1, 0]);

/** All roots of a monic polynomial, its lower coefficients from the highest down (Durand-Kerner). */
export function rootsOf(lower: readonly number[]): readonly Complex[] {
  const value = (x: Complex): Complex =>
    lower.reduce<Complex>((all, each) => plus(times(all, x), [each, 0]), [1, 0]);
  let roots = lower.map((_, i) => power([0.4, 0.9], i));
  for (let round = 0; round < 500; round++) {
    roots = roots.map((root, i) => {
      const others = roots.filter((_, j) => j !== i).map(([a, b]) => plus(root, [-a, -b]));
      const [a, b] = over(value(root), product(others));
      return plus(root, [-a, -b]);
    });
  }
  return roots;
}
