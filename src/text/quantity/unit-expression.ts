import type { Rational } from "./rational.ts";
import type { Atom, Dimensions } from "./units.ts";

import { over, power, times, whole } from "./rational.ts";
import { atomAt } from "./units.ts";

/** A unit of measure: what it measures, and how many base units it holds. Units of one kind can be converted. */
export type Unit = { readonly kind: string; readonly scale: Rational };
/** A unit as an item names it. `prefix`: the 10,000 of 万元, which is part of the scale. */
export type NamedUnit = Unit & { readonly prefix: Rational };
export type FoundUnit = { readonly unit: Unit; readonly end: number };

const joint = /\s?(?:([/·*])\s?(\()?|(每)|( per ))/y;
const square = /平方|立方|(?:square|cubic|sq|cu)\.? /iy;
const exponent = /\s?\^[({]?(-?\d)[)}]?/y;

/** The unit at a position of a folded text, with what it is multiplied by or divided into: kg·m/s^2, 元/千克, 米每秒. */
export function unitAt(text: string, at: number): FoundUnit | null {
  const first = factorAt(text, text.charAt(at) === " " ? at + 1 : at, false);
  if (first === null) return null;
  let { dimensions, scale, end } = first;
  let inside = false;
  for (let n = 0; n < 5; n++) {
    joint.lastIndex = end;
    const match = joint.exec(text);
    if (match === null) break;
    const divides = inside || match[1] === "/" || match[3] !== undefined || match[4] !== undefined;
    const next = factorAt(text, joint.lastIndex, divides);
    if (next === null) break;
    inside ||= match[2] !== undefined;
    dimensions = joined(dimensions, next.dimensions, divides ? -1 : 1);
    scale = divides ? over(scale, next.scale) : times(scale, next.scale);
    end = next.end;
  }
  if (inside && text.charAt(end) === ")") end += 1;
  return { unit: { kind: kindOf(dimensions), scale }, end };
}

/** A unit by its name, such as 元, km/h or 万元; 万 alone is a plain number's. Null for one that is not known. */
export function unitNamed(name: string): NamedUnit | null {
  const text = name.trim();
  const [, word = "", rest = ""] = prefixed.exec(text) ?? [];
  const prefix = power(10n, powersOfTen[word] ?? 0);
  if (word !== "" && rest === "") return { kind: "number", scale: prefix, prefix };
  const found = unitAt(rest, 0);
  if (found === null || found.end !== rest.length) return null;
  return { kind: found.unit.kind, scale: times(found.unit.scale, prefix), prefix };
}

const prefixed = /^(万亿|亿|千万|百万|万|千(?![克米瓦卡帕伏欧赫焦牛字])|百(?!分))?(.*)$/u;
/** Powers of ten that Chinese numbers and units are written with. */
export const powersOfTen: Readonly<Record<string, number>> = {
  万亿: 12,
  亿: 8,
  千万: 7,
  百万: 6,
  万: 4,
  千: 3,
  百: 2,
};

type Factor = Atom & { readonly end: number };

function factorAt(text: string, at: number, isBelow: boolean): Factor | null {
  square.lastIndex = at;
  const word = square.exec(text)?.[0];
  const found = atomAt(text, at + (word?.length ?? 0), isBelow);
  if (found === null) return null;
  if (word !== undefined) return raised(found.atom, /^(?:平|s)/i.test(word) ? 2 : 3, found.end);
  exponent.lastIndex = found.end;
  const match = exponent.exec(text);
  if (match !== null) return raised(found.atom, Number(match[1]), exponent.lastIndex);
  // cm2 and m3, where a superscript was lost.
  const digit = /^[23](?![\d.A-Za-z])/.exec(text.slice(found.end, found.end + 2))?.[0];
  return digit !== undefined &&
    found.atom.dimensions["length"] === 1 &&
    /m$/i.test(text.slice(at, found.end))
    ? raised(found.atom, Number(digit), found.end + 1)
    : { ...found.atom, end: found.end };
}

function raised({ dimensions, scale }: Atom, by: number, end: number): Factor {
  const raisedScale = over(power(scale.n, Math.abs(by)), power(scale.d, Math.abs(by)));
  return {
    dimensions: joined({}, dimensions, by),
    scale: by < 0 ? over(whole(1n), raisedScale) : raisedScale,
    end,
  };
}

function joined(a: Dimensions, b: Dimensions, by: number): Dimensions {
  const sum: Record<string, number> = { ...a };
  for (const [name, exponentOf] of Object.entries(b))
    sum[name] = (sum[name] ?? 0) + exponentOf * by;
  return sum;
}

/** length·time-1 for metres per second; kinds are compared as text. */
const kindOf = (dimensions: Dimensions): string =>
  Object.entries(dimensions)
    .filter(([, by]) => by !== 0)
    .map(([name, by]) => (by === 1 ? name : `${name}${by}`))
    .toSorted()
    .join("·");
