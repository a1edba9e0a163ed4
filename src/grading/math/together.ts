import type { WantedFormula } from "./asked.ts";
import type { FormulaClaim } from "./claims.ts";

import { onlyApproximates } from "./evidence.ts";
import { isReadable } from "./same.ts";

/** x=3, y=2 put together from the last statements about each, where no list has them. */
export function unknownsIn(
  claims: readonly FormulaClaim[],
  names: readonly string[],
): string | null {
  const isOf = (formula: string, name: string): boolean =>
    new RegExp(`^${name}\\s*=\\s*[^=a-z]+$`).test(formula);
  if (claims.some(({ formula }) => names.every((name) => new RegExp(`${name}\\s*=`).test(formula))))
    return null;
  const values = names.map(
    (name) => claims.findLast(({ formula }) => isOf(formula, name))?.formula,
  );
  return values.every((value) => value !== undefined) ? values.join(", ") : null;
}

/** The unknowns that a question gives to what it counts (鸡x只、兔y只), as the reply tells them: 兔有12只，鸡有23只. */
export function countedFor(reply: string, { unknowns, squeezed }: WantedFormula): string | null {
  const nouns = new Map(
    Array.from(
      squeezed.matchAll(
        /([\p{Script=Han}]{1,2})(?:有|为|是)?([a-z])(?=[只个名人件元头条张本支辆岁])/gu,
      ),
      ([, noun = "", name = ""]) => [name, noun.replace(/^[设有和与共]/u, "")] as const,
    ),
  );
  const values = unknowns.map((name) => {
    const noun = nouns.get(name);
    if (noun === undefined || noun === "") return null;
    const told = new RegExp(
      `${noun}(?:子|数)?(?:就|便|则|也|一共|共)?(?:有|是|为|=)(?:[^,，。;；\\n]{0,30}=)?\\s?(\\d+(?:\\.\\d+)?)\\s?[只个名人件元头条张本支辆岁]`,
      "gu",
    );
    const value = Array.from(reply.matchAll(told), ([, each = ""]) => each).at(-1);
    return value === undefined ? null : `${name}=${value}`;
  });
  return values.length > 1 && values.every((value) => value !== null) ? values.join(", ") : null;
}

/** Both bounds, an interval or a union: what a system of inequalities comes to. */
const joint = /[<>≤≥].*[<>≤≥]|^\s*(?:\\left\s?)?[[(].*[,，].*[\])]|∪|\\cup|∅|\||\\mid/;
const region = /[<>≤≥∈]|\\(?:le|ge|lt|gt|in)(?![a-z])/;

/**
 * The claims without those that another one stands for: an approximation right after the exact value, and, where a system
 * of inequalities is to be solved, one inequality or the whole numbers beside the common part.
 */
export function withoutPartial(
  claims: readonly FormulaClaim[],
  wanted: WantedFormula,
): readonly FormulaClaim[] {
  const exact = claims.filter(
    (claim, index) =>
      !(
        onlyApproximates(claim, wanted) &&
        claims
          .slice(0, index)
          .some(
            (other) =>
              other.at === claim.at &&
              isReadable(other.formula) &&
              !onlyApproximates(other, wanted),
          )
      ),
  );
  if (!wanted.kinds.has("region") || !/不等式组|不等式.*且|system/i.test(wanted.squeezed))
    return exact;
  const given = (formula: string): boolean =>
    wanted.squeezed.includes(formula.replaceAll(/\s/g, ""));
  const whole = exact.filter(
    ({ formula, before }) => joint.test(formula) && !given(formula) && !points.test(before),
  );
  return whole.length === 0
    ? exact
    : exact.filter(
        (claim) =>
          whole.includes(claim) ||
          (!region.test(claim.formula) && !points.test(claim.before) && claim.announced),
      );
}

/** 整数解有, 在数轴上 -1 处 */
const points = /整数解|数轴上?(?:表示|画)|空心|实心|端点/;
