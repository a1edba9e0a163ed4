import type { Lang } from "../../domain/text.ts";
import type { NightlyReport, TargetHistory } from "./nightly.ts";
import type { TargetNight } from "./record.ts";

import { remarkLines } from "../leaderboard/remarks.ts";
import { percent, targetName } from "../render/format.ts";
import { zeroReasons } from "../score/zero-reasons.ts";
import { missingOf } from "./answering.ts";
import { missingText } from "./trouble-text.ts";

/** What a reader must know of tonight's answers beside their scores. */
export const nightRemarks = ({ targets }: NightlyReport, lang: Lang): readonly string[] =>
  remarkLines(
    targets.map(({ target, tonight }) => ({
      ...tonight.facts,
      zero_reasons: notable(tonight.facts),
      name: targetName(target, tonight.simulated, lang),
      cost: null,
    })),
    1,
    lang,
  );

/** Every model is cut off or refuses now and then: such answers are told where they are no small part. */
function notable({ zero_reasons, counted }: TargetNight["facts"]): typeof zero_reasons {
  const kept = zeroReasons.map((reason) => {
    const count = zero_reasons[reason];
    return [reason, count < leastReason * counted ? 0 : count] as const;
  });
  return Object.fromEntries(kept) as typeof zero_reasons;
}

const leastReason = 0.03;

/** Above this share of anchors a target's missing answers are told apart, with why. */
const fewMissing = 0.02;

const hasFew = ({ tonight: { answering } }: TargetHistory): boolean =>
  missingOf(answering) < fewMissing * answering.asked;

const lacking = ({ targets }: NightlyReport): readonly TargetHistory[] =>
  targets.filter(({ trouble, tonight }) => trouble === null && missingOf(tonight.answering) > 0);

/** Where a good part of tonight's anchors was not answered and is left out. */
export const missingLines = (report: NightlyReport, lang: Lang): readonly string[] =>
  lacking(report)
    .filter((each) => !hasFew(each))
    .map(({ target, tonight: { answering } }) =>
      lang === "zh"
        ? `${target}：${missingText(answering, lang)}，不计入`
        : `${target}: ${missingText(answering, lang)}; they are left out`,
    );

/** The few answers that are missing nearly every night, in one line. */
export function fewMissingLines(report: NightlyReport, lang: Lang): readonly string[] {
  const few = lacking(report).filter(hasFew);
  if (few.length === 0) return [];
  const count = few.reduce((sum, { tonight }) => sum + missingOf(tonight.answering), 0);
  const share = percent(fewMissing);
  if (lang === "zh") {
    return [`${few.length} 个目标共 ${count} 次锚题作答没有回答（各不到 ${share}），不计入`];
  }
  const who = few.length === 1 ? "1 target" : `${few.length} targets`;
  return [
    `${count} anchor calls of ${who} brought no answer (below ${share} each); they are left out`,
  ];
}
