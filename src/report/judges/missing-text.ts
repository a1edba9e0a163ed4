import type { BallotFault } from "../../domain/judging.ts";
import type { Lang, Text } from "../../domain/text.ts";
import type { JudgeMissing } from "./missing.ts";

import { ballotFaults } from "../../domain/judging.ts";
import { percent, points } from "../render/format.ts";

const words: Readonly<Record<BallotFault, Text>> = {
  refused: { zh: "拒评", en: "refused" },
  format: { zh: "格式不符", en: "unreadable" },
  changed: { zh: "重问改判", en: "changed when asked again" },
  unreachable: { zh: "没有答复", en: "no reply" },
  kin: { zh: "同系回避", en: "own family" },
};

/** `拒评 25、格式不符 1`; empty where nothing is counted. */
export const faultCounts = (
  counts: Readonly<Partial<Record<BallotFault, number>>>,
  lang: Lang,
): string =>
  ballotFaults
    .flatMap((fault) => {
      const count = counts[fault] ?? 0;
      return count === 0 ? [] : [`${words[fault][lang]} ${count}`];
    })
    .join(lang === "zh" ? "、" : ", ");

/** What judges left open, and between which scores that leaves the target. */
export function judgeMissingText(
  { asked, missing, share, kinds, bounds }: JudgeMissing,
  decimals: number,
  lang: Lang,
): string {
  const why = faultCounts(kinds, lang);
  const [low, high] = [bounds?.low ?? null, bounds?.high ?? null].map((each) =>
    points(each, decimals),
  );
  return lang === "zh"
    ? `裁判要判 ${asked} 次作答，${missing} 次没有判定（${percent(share)}：${why}）；分数只按判了的算，缺的全按 0 是 ${low} 分，全按 1 是 ${high} 分`
    : `judges gave no verdict on ${missing} of ${asked} answers (${percent(share)}: ${why}); the score leaves them out and is ${low} with all of them 0, ${high} with all of them 1`;
}

/** `5/50 (90.0–100.0)`: verdicts that are missing, and the score with them 0 and 1. */
export function unjudgedCell(found: JudgeMissing | null, decimals: number): string {
  if (found === null) return "—";
  const { missing, asked, bounds } = found;
  if (bounds === null) return `${missing}/${asked}`;
  return `${missing}/${asked} (${points(bounds.low, decimals)}–${points(bounds.high, decimals)})`;
}
