/** A number as a fraction of whole numbers, so that integers of any length and decimals stay exact. `d` is positive. */
export type Rational = { readonly n: bigint; readonly d: bigint };

export const whole = (n: bigint): Rational => ({ n, d: 1n });

/** A decimal as JavaScript and people write it: -3.14, .5, 6.02e23. Null for anything else. */
export function decimal(text: string): Rational | null {
  if (plainDigits.test(text)) return whole(BigInt(text));
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text);
  const [, sign = "", units = "", decimals = "", exponent = "0"] = match ?? [];
  if (match === null || units + decimals === "") return null;
  const n = BigInt(`${units}${decimals}`);
  return times({ n: sign === "-" ? -n : n, d: 1n }, power(10n, Number(exponent) - decimals.length));
}

const plainDigits = /^\d{1,15}$/;

/** base^exponent for any whole exponent. A base of 0 needs a positive one. */
export const power = (base: bigint, exponent: number): Rational =>
  exponent >= 0
    ? whole(base ** BigInt(exponent))
    : positive({ n: 1n, d: base ** BigInt(-exponent) });

export const plus = (a: Rational, b: Rational): Rational =>
  a.d === b.d ? { n: a.n + b.n, d: a.d } : { n: a.n * b.d + b.n * a.d, d: a.d * b.d };
export const times = (a: Rational, b: Rational): Rational => ({ n: a.n * b.n, d: a.d * b.d });
/** Throws a `RangeError` where b is 0. */
export function over(a: Rational, b: Rational): Rational {
  if (b.n === 0n) throw new RangeError("division by zero");
  return positive({ n: a.n * b.d, d: a.d * b.n });
}
export const negative = (a: Rational): Rational => ({ n: -a.n, d: a.d });
export const minus = (a: Rational, b: Rational): Rational => plus(a, negative(b));
export const magnitude = (a: Rational): Rational => (a.n < 0n ? negative(a) : a);

export const equals = (a: Rational, b: Rational): boolean => a.n * b.d === b.n * a.d;
export const isBelow = (a: Rational, b: Rational): boolean => a.n * b.d < b.n * a.d;
/** True where a is a whole multiple of b, which is not 0. */
export const isMultiple = (a: Rational, b: Rational): boolean => (a.n * b.d) % (a.d * b.n) === 0n;

/** The nearest JavaScript number; infinite beyond its range. */
export function approximate({ n, d }: Rational): number {
  const [upper, lower] = [Number(n), Number(d)];
  if (Number.isFinite(upper) && Number.isFinite(lower)) return upper / lower;
  const excess = Math.max(0, Math.min(bits(n), bits(d)) - 64);
  return Number(n >> BigInt(excess)) / Number(d >> BigInt(excess));
}

const bits = (n: bigint): number => (n < 0n ? -n : n).toString(16).length * 4;

const positive = ({ n, d }: Rational): Rational => (d < 0n ? { n: -n, d: -d } : { n, d });
