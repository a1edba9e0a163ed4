import {
  Abs,
  Add,
  Const,
  Eq,
  Float,
  Int,
  Log,
  Mul,
  Pow,
  Rational as KasRational,
  Trig,
  Var,
} from "@khanacademy/kas";

import type { Rational } from "../../text/quantity/rational.ts";

import { decimal, over, plus, power, times, whole } from "../../text/quantity/rational.ts";

type Expression = Add["terms"][number];

/** The value of an expression of whole numbers, decimals and whole powers; null for any other. */
export function exactly(expression: Expression): Rational | null {
  if (expression instanceof Int) {
    return Number.isSafeInteger(expression.n) ? whole(BigInt(expression.n)) : null;
  }
  if (expression instanceof KasRational) {
    const { n, d } = expression;
    return Number.isSafeInteger(n) && Number.isSafeInteger(d) && d !== 0
      ? over(whole(BigInt(n)), whole(BigInt(d)))
      : null;
  }
  if (expression instanceof Float) return decimal(String(expression.n));
  if (expression instanceof Add) return folded(expression.terms, whole(0n), plus);
  if (expression instanceof Mul) return folded(expression.terms, whole(1n), times);
  return expression instanceof Pow ? powerOf(expression) : null;
}

function folded(
  terms: readonly Expression[],
  start: Rational,
  join: (a: Rational, b: Rational) => Rational,
): Rational | null {
  let value: Rational | null = start;
  for (const term of terms) {
    const next = exactly(term);
    value = value === null || next === null ? null : join(value, next);
  }
  return value;
}

/** Larger exponents are left to the algebra system. */
const largestExponent = 400;

function powerOf({ base, exp }: Pow): Rational | null {
  const [of, by] = [exactly(base), exactly(exp)];
  if (of === null || by === null || by.d !== 1n) return null;
  const exponent = Number(by.n);
  if (Math.abs(exponent) > largestExponent || (of.n === 0n && exponent <= 0)) return null;
  const value = over(power(of.n, Math.abs(exponent)), power(of.d, Math.abs(exponent)));
  return exponent < 0 ? over(whole(1n), value) : value;
}

type Complex = { readonly re: number; readonly im: number };

/** At how many values of the variables two expressions are compared, and at how many of them both must have a value. */
const samples = [1, 2, 3, 4, 5, 6, 7, 8];
const fewest = 4;

/** True where two expressions have the same value with i as the imaginary unit, at several values of the other variables. */
export function sameComplex(a: Expression, b: Expression): boolean {
  const pairs = samples.flatMap((sample) => {
    const [left, right] = [complexOf(a, sample), complexOf(b, sample)];
    return left === null || right === null ? [] : [{ left, right }];
  });
  return (
    pairs.length >= fewest &&
    pairs.every(({ left, right }) => {
      const scale = Math.max(1, Math.hypot(left.re, left.im));
      return Math.hypot(left.re - right.re, left.im - right.im) <= 1e-9 * scale;
    })
  );
}

const turned: Readonly<Record<string, string>> = { "<": ">", ">": "<", "<=": ">=", ">=": "<=" };

/**
 * True where two equations or inequalities differ by a factor only: 2x = 6 and x - 3 = 0. Their sides are compared at
 * several values of the variables, because expanding them may take forever.
 */
export function sameRelation(a: Eq, b: Eq): boolean {
  const ratios = samples.flatMap((sample) => {
    const [left, right] = [differenceOf(a, sample), differenceOf(b, sample)];
    return left === null || right === null || Math.abs(right) < 1e-9 ? [] : [left / right];
  });
  const [first = 0] = ratios;
  if (ratios.length < fewest || first === 0) return false;
  if (a.type !== (first < 0 ? (turned[b.type] ?? b.type) : b.type)) return false;
  return ratios.every((ratio) => Math.abs(ratio - first) <= 1e-7 * Math.abs(first));
}

function differenceOf({ left, right }: Eq, sample: number): number | null {
  const [a, b] = [complexOf(left, sample), complexOf(right, sample)];
  if (a === null || b === null || a.im !== 0 || b.im !== 0) return null;
  const difference = a.re - b.re;
  return Number.isFinite(difference) ? difference : null;
}

/** A value between 0.3 and 3.3 that depends on the name and the sample only. */
function valueFor(name: string, sample: number): number {
  const code = Array.from(name).reduce((sum, char) => sum * 31 + (char.codePointAt(0) ?? 0), 7);
  const noise = Math.sin((code % 9_973) * 12.9898 + sample * 78.233) * 43_758.5453;
  return 0.3 + 3 * (noise - Math.floor(noise));
}

function complexOf(expression: Expression, sample: number): Complex | null {
  if (expression instanceof Var) {
    const name = expression.print();
    return name === "i" ? { re: 0, im: 1 } : { re: valueFor(name, sample), im: 0 };
  }
  if (expression instanceof Int || expression instanceof Float) return { re: expression.n, im: 0 };
  if (expression instanceof KasRational) return { re: expression.n / expression.d, im: 0 };
  if (expression instanceof Const)
    return { re: expression.symbol === "e" ? Math.E : Math.PI, im: 0 };
  if (expression instanceof Add) {
    return reduced(expression.terms, sample, { re: 0, im: 0 }, (a, b) => ({
      re: a.re + b.re,
      im: a.im + b.im,
    }));
  }
  if (expression instanceof Mul)
    return reduced(expression.terms, sample, { re: 1, im: 0 }, product);
  if (expression instanceof Abs) {
    const inner = complexOf(expression.arg, sample);
    return inner === null ? null : { re: Math.hypot(inner.re, inner.im), im: 0 };
  }
  if (expression instanceof Pow) return raisedTo(expression, sample);
  if (expression instanceof Trig) {
    const of = complexOf(expression.arg, sample);
    return of === null ? null : real(expression.functions[expression.type]?.eval(of.re), of.im);
  }
  if (!(expression instanceof Log)) return null;
  const [base, of] = [complexOf(expression.base, sample), complexOf(expression.power, sample)];
  if (base === null || of === null) return null;
  return real(Math.log(of.re) / Math.log(base.re), base.im || of.im);
}

/** A real value; null where it is none or its argument was not real. */
const real = (value: number | undefined, imaginary: number): Complex | null =>
  value === undefined || imaginary !== 0 || !Number.isFinite(value) ? null : { re: value, im: 0 };

function reduced(
  terms: readonly Expression[],
  sample: number,
  start: Complex,
  join: (a: Complex, b: Complex) => Complex,
): Complex | null {
  let value: Complex | null = start;
  for (const term of terms) {
    const next = complexOf(term, sample);
    value = value === null || next === null ? null : join(value, next);
  }
  return value;
}

const product = (a: Complex, b: Complex): Complex => ({
  re: a.re * b.re - a.im * b.im,
  im: a.re * b.im + a.im * b.re,
});

/** Whole powers of anything, roots of what is not negative. */
function raisedTo({ base, exp }: Pow, sample: number): Complex | null {
  const [of, by] = [complexOf(base, sample), complexOf(exp, sample)];
  if (of === null || by === null || by.im !== 0) return null;
  if (of.im === 0 && of.re >= 0) return { re: of.re ** by.re, im: 0 };
  if (!Number.isInteger(by.re) || Math.abs(by.re) > 64) return null;
  let value: Complex = { re: 1, im: 0 };
  for (let n = 0; n < Math.abs(by.re); n++) value = product(value, of);
  if (by.re >= 0) return value;
  const size = value.re ** 2 + value.im ** 2;
  return size === 0 ? null : { re: value.re / size, im: -value.im / size };
}
