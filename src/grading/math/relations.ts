import type { FormulaClaim } from "./claims.ts";
import type { FormulaSigns } from "./evidence.ts";

import { formulaKey } from "../../text/formula.ts";

/** How each formula stands to the others of its reply, by name; `own` is the evidence on each by itself. */
export function standingOf(
  claims: readonly FormulaClaim[],
  own: readonly FormulaSigns[],
): readonly FormulaSigns[] {
  const last = claims.at(-1)?.at ?? 0;
  const keys = claims.map(({ formula }) => formulaKey(formula));
  const has = (index: number, ...names: readonly string[]): boolean =>
    names.some((name) => own[index]?.[name] !== undefined);
  const answered = claims.findIndex(
    ({ concludes, announced }, index) =>
      (concludes || announced) && has(index, "fits") && !has(index, "unsolved"),
  );
  const named = claims.findIndex((_, index) => has(index, "named"));
  const fitting = claims.flatMap((_, index) =>
    has(index, "fits") && !has(index, "unsolved", "given", "checks", "supposes") ? [index] : [],
  );
  const alike = own.map((each) => each["words"] ?? 0);
  const mostAlike = Math.max(...alike);
  return claims.map((claim, index) => {
    const key = keys[index] ?? "";
    const next = claims[index + 1];
    const flags: Readonly<Record<string, boolean | number>> = {
      later: last === 0 ? 0 : claim.at / last,
      lastSentence: claim.at === last,
      lastClaim: index === claims.length - 1,
      onlyClaim: claims.length === 1,
      laterInSentence: -Math.min(1, claim.fromEnd / 4),
      lastFitting: index === fitting.at(-1),
      firstFitting: index === fitting[0],
      onlyFitting: fitting.length === 1 && index === fitting[0],
      afterAnswer:
        answered >= 0 &&
        index > answered &&
        !claim.concludes &&
        claim.at > (claims[answered]?.at ?? 0),
      afterNamed: named >= 0 && index > named && !has(index, "named"),
      beforeNamed: named > index,
      stepBefore:
        next !== undefined &&
        !has(index, "named") &&
        next.at - claim.at <= 1 &&
        has(index + 1, "goesOn", "concludes"),
      again: keys.some((each, other) => each === key && claims[other]?.at !== claim.at),
      within:
        key.length > 1 &&
        keys.some((each, other) => other > index && each.length > key.length && each.includes(key)),
      mostAlike: mostAlike > 0 && alike[index] === mostAlike,
      lessAlike: mostAlike - (alike[index] ?? 0) >= 2,
      foreignAfter:
        index > 0 && has(index, "foreignShare", "tellsOther") && fitting.some((at) => at < index),
    };
    return Object.fromEntries(
      Object.entries(flags).flatMap(([name, value]) =>
        Number(value) === 0 ? [] : [[name, Number(value)]],
      ),
    );
  });
}
