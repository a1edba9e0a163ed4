import type { CardCriterion, Scorecard } from "../../domain/choosing/scorecard.ts";
import type { Text } from "../../domain/text.ts";
import type { ChoiceCandidate, ChooseSource, CriterionMeasure } from "./criterion.ts";

import { measuredCriteria } from "../../domain/choosing/criteria.ts";
import { betterOf, criterionKey, weightOfGroup } from "../../domain/choosing/scorecard.ts";
import { criteria } from "./criteria.ts";
import { fixedMeasure, notMeasured } from "./criterion.ts";

/** One criterion of a card with its weight in the whole. */
export type CardRow = {
  readonly key: string;
  readonly group: string;
  readonly title: Text;
  readonly unit: Text;
  readonly better: "higher" | "lower";
  readonly criterion: CardCriterion;
  /** In the card's own points. */
  readonly weight: number;
};

/** The criteria of a card, in its order. A group's weight is shared by its criteria in proportion to theirs. */
export const cardRows = ({ groups }: Pick<Scorecard, "groups">): readonly CardRow[] =>
  groups.flatMap((group) => {
    const own = group.criteria.reduce((sum, { weight }) => sum + weight, 0);
    const scale = own === 0 ? 0 : weightOfGroup(group) / own;
    return group.criteria.map((criterion) => ({
      key: criterionKey(criterion),
      group: group.name,
      ...wordsOf(criterion),
      better: betterOf(criterion),
      criterion,
      weight: criterion.weight * scale,
    }));
  });

function wordsOf(criterion: CardCriterion): { readonly title: Text; readonly unit: Text } {
  const { name } = criterion;
  if (criterion.use === "stated") {
    const { unit = "" } = criterion;
    return { title: { zh: criterion.name, en: criterion.name }, unit: { zh: unit, en: unit } };
  }
  const { title, unit } = measuredCriteria[criterion.use];
  if (name !== undefined) return { title: { zh: name, en: name }, unit };
  const part = criterion.of === undefined ? "" : `·${criterion.of}`;
  return { title: { zh: `${title.zh}${part}`, en: `${title.en}${part}` }, unit };
}

/** What a target shows under a row. Throws a `UserError` where the row names a part that the runs do not hold. */
export function measureRow(
  { criterion }: CardRow,
  source: ChooseSource,
  candidate: ChoiceCandidate,
): CriterionMeasure {
  if (criterion.use !== "stated")
    return criteria[criterion.use](source, candidate, criterion.of ?? null);
  const value = criterion.values[candidate.ref];
  if (value === undefined) return notMeasured("用户没有填写", "the user entered nothing");
  return fixedMeasure(value, null, {
    zh: "用户填写，未核实",
    en: "entered by the user, unverified",
  });
}
