import type { Lang } from "../../domain/text.ts";
import type { Interval } from "../../stats/interval.ts";
import type { CorrectedMean, CorrectedMeans } from "./corrected.ts";

import { colon } from "../../domain/text.ts";
import { clean, fixed, points } from "../render/format.ts";

/** The judges' mean and what people would give, target by target, in lines. */
export function correctedLines(
  { targets, drawn, ruled }: CorrectedMeans,
  lang: Lang,
): readonly string[] {
  const zh = lang === "zh";
  const unfinished = targets.some(({ why }) => why === "unfinished");
  if (!unfinished) return targets.map((each) => targetText(each, lang));
  return [
    zh
      ? `随机抽样尚未裁完（${ruled}/${drawn}），没裁的往往是难的，所以不作校正。`
      : `The random sample is not ruled on to its end (${ruled}/${drawn}); what is left is often the hard part, so nothing is corrected.`,
  ];
}

function targetText(each: CorrectedMean, lang: Lang): string {
  const zh = lang === "zh";
  const { target, raw, judged, answers, ruled, corrected, corrected_interval, lambda } = each;
  const { alone, alone_interval } = each;
  const refused = answers - judged;
  const own = raw === null ? "—" : points(raw);
  const beside =
    refused === 0
      ? ""
      : zh
        ? `（另有 ${refused} 条裁判未判）`
        : ` (${refused} more without a verdict)`;
  const head = zh
    ? `裁判评分校正 ${clean(target)}${colon.zh}裁判均分 ${own}（${judged} 条）${beside}`
    : `Judges corrected, ${clean(target)}${colon.en}judges' mean ${own} (${judged} answers)${beside}`;
  if (corrected === null || corrected_interval === null) {
    return zh
      ? `${head}；随机抽样裁定只有 ${ruled} 条，校正至少要 10 道题。`
      : `${head}; only ${ruled} rulings on the random sample, a correction needs 10 questions.`;
  }
  const people = `${alone === null ? "—" : points(alone)} ${bounds(alone_interval)}`;
  const follow = lambda === null ? "—" : fixed(lambda, 2);
  return zh
    ? `${head}；按 ${ruled} 条随机裁定校正为 ${points(corrected)} ${bounds(corrected_interval)}（只用裁定 ${people}，采信裁判 λ ${follow}）。`
    : `${head}; corrected by ${ruled} random rulings ${points(corrected)} ${bounds(corrected_interval)} (rulings alone ${people}, judges followed λ ${follow}).`;
}

const bounds = (interval: Interval | null): string =>
  interval === null ? "" : `[${points(interval.low)}, ${points(interval.high)}]`;
