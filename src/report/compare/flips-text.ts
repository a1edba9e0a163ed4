import type { Lang } from "../../domain/text.ts";
import type { Comparison } from "./comparison.ts";
import type { FlipText } from "./flips.ts";

import { colon } from "../../domain/text.ts";
import { clean } from "../render/format.ts";
import { truncate } from "../render/width.ts";

/** Items in each direction that Markdown lists. */
export const mostInMarkdown = 20;
/** And the report page. */
export const mostOnPage = 50;

type ShownFlips = {
  readonly comparison: Comparison;
  readonly lost: readonly FlipText[];
  readonly won: readonly FlipText[];
};

/** Items that were right on one side only, at most `most` in each direction, with what both sides said. */
export function flipLines(
  { comparison, lost, won }: ShownFlips,
  lang: Lang,
  most: number,
  width: number,
): readonly string[] {
  const zh = lang === "zh";
  const list = (title: string, all: number, texts: readonly FlipText[]) =>
    all === 0
      ? []
      : [
          `${title} (${all})`,
          ...texts.slice(0, most).flatMap((flip) => flipText(flip, lang, width)),
          ...unlisted(all - Math.min(texts.length, most), lang),
        ];
  return [
    ...list(zh ? "由对变错" : "Right before, not after", comparison.lost.length, lost),
    ...list(zh ? "由错变对" : "Right after, not before", comparison.won.length, won),
  ];
}

const unlisted = (rest: number, lang: Lang): readonly string[] =>
  rest === 0
    ? []
    : [
        lang === "zh"
          ? `  其余 ${rest} 题没有列出：--format md 列到 ${mostInMarkdown} 题，报告页（report 加 --baseline）列到 ${mostOnPage} 题`
          : `  ${rest} more are not listed: --format md lists up to ${mostInMarkdown}, the page of report --baseline up to ${mostOnPage}`,
      ];

function flipText(flip: FlipText, lang: Lang, width: number): readonly string[] {
  const [before, after] = lang === "zh" ? ["前", "后"] : ["before", "after"];
  const line = (text: string) => truncate(text, width);
  const gold = flip.gold === "" ? "" : `  [${clean(flip.gold)}]`;
  return [
    line(`  ${clean(flip.item)}  ${clean(flip.question)}${gold}`),
    line(`    ${before}${colon[lang]}${tail(flip.base, width)}`),
    line(`    ${after}${colon[lang]}${tail(flip.new, width)}`),
  ];
}

/** The end of a reply, where the answer usually is. */
function tail(text: string, width: number): string {
  const whole = clean(text, 20_000);
  const most = Math.max(20, Math.floor(width / 2) - 8);
  return whole.length <= most ? whole : `…${whole.slice(-most).toWellFormed()}`;
}
