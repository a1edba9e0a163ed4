import type { TargetView } from "../view/model.ts";

/** How often constraints of one kind were kept. */
type ConstraintRate = { readonly check: string; readonly kept: number; readonly n: number };

/** 指令遵循率: how often a target kept the constraints that a program checked, in all and by kind. */
export type ConstraintRates = {
  readonly kept: number;
  readonly n: number;
  /** The most frequent kind first. */
  readonly kinds: readonly ConstraintRate[];
};

/** Over the items that `counts` accepts; null where no constraint was checked. What no judge answered counts nowhere. */
export function constraintRates(
  { checked, rows }: Pick<TargetView, "checked" | "rows">,
  counts: (item: number) => boolean,
): ConstraintRates | null {
  const marks = [...checked]
    .filter(([row]) => counts(rows.at.item[row] ?? 0))
    .flatMap(([, own]) => own)
    .filter(({ ok }) => ok !== null);
  if (marks.length === 0) return null;
  const kinds = [...Map.groupBy(marks, ({ check }) => check)].map(([check, own]) => ({
    check,
    kept: own.filter(({ ok }) => ok === true).length,
    n: own.length,
  }));
  return {
    kept: marks.filter(({ ok }) => ok === true).length,
    n: marks.length,
    kinds: kinds.toSorted((a, b) => b.n - a.n || (a.check < b.check ? -1 : 1)),
  };
}
