import type { Lang } from "../../domain/text.ts";
import type { Ladder, LadderScore } from "./ladders.ts";
import type { SliceSection } from "./text.ts";

import { clean, fixed, points } from "../render/format.ts";

/** A ladder: 半数水平 of every target, below it the scores by level. */
export function ladderSection(
  { suite, task, levels, scores }: Ladder,
  names: readonly string[],
  decimals: number,
  lang: Lang,
): SliceSection {
  const zh = lang === "zh";
  const shown = scores.slice(0, names.length);
  const of = `${clean(suite)}/${clean(task)}`;
  return {
    title: zh
      ? `阶梯 ${of}：半数水平（括号里是 95% 区间）与各级得分`
      : `Ladder ${of}: half level (95% intervals), and scores by level`,
    table: {
      columns: [
        { title: zh ? "级" : "level", shrink: 8 },
        ...names.map((title) => ({ title, align: "right" as const, drop: 1 })),
      ],
      rows: [
        [zh ? "半数水平" : "half level", ...shown.map((score) => midpointText(score, levels))],
        ...levels.map((level, at) => [
          String(level),
          ...shown.map((score) => levelText(score, at, decimals)),
        ]),
      ],
    },
    notes: shown.some(({ broken }) => broken)
      ? [
          zh
            ? "‡ 难的级反而答得更好，超出了偶然的范围：这条阶梯不是越往上越难，半数水平不作数。"
            : "‡ Harder levels went better than easier ones, by more than chance: this ladder does not rise, so its half level does not count.",
        ]
      : [],
  };
}

/** `5.3 [4.6, 6.1]`, `<1 [<1, 2.0]`, `—`. */
export function midpointText({ midpoint, broken }: LadderScore, levels: readonly number[]): string {
  if (midpoint === null) return "—";
  const [least, most] = [levels[0] ?? 1, levels.at(-1) ?? 1];
  const text = (value: number): string =>
    value < least ? `<${least}` : value > most ? `>${most}` : fixed(value, 1);
  const { low, high } = midpoint.interval;
  return `${text(midpoint.value)} [${text(low)}, ${text(high)}]${broken ? "‡" : ""}`;
}

function levelText({ levels }: LadderScore, at: number, decimals: number): string {
  const { n = 0, right = 0 } = levels[at] ?? {};
  return n === 0 ? "—" : `${points(right / n, decimals)} n${n}`;
}
