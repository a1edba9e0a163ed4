import type { Lang, Text } from "../../../domain/text.ts";

import { clean, percent } from "../../render/format.ts";
import { type SuiteDifference, swayingSuite } from "./suite-scores.ts";

/** Where the sentence stands: what the suite is a part of, and how to look at these other suites alone. */
export type SwayPlace = {
  readonly whole: Text;
  readonly without: (suites: readonly string[]) => Text;
};

const flagsOf = (suites: readonly string[]): string =>
  suites.map((suite) => `--suite ${suite}`).join(" ");

const total: Text = { zh: "总分", en: "the total" };

/** In `compare`, which the reader has just called. */
export const inCompare: SwayPlace = {
  whole: total,
  without: (suites) => ({
    zh: `只看 ${suites.join("、")} 加 ${flagsOf(suites)}`,
    en: `for ${suites.join(" and ")} alone add ${flagsOf(suites)}`,
  }),
};

/** On a board, at the end of a run and on a page: a note below says how. */
export const onBoard: SwayPlace = { whole: total, without: () => ({ zh: "", en: "" }) };

/** In `choose`, whose card names what counts; it has no name for two suites together. */
export const inChoice: SwayPlace = {
  whole: { zh: "效果分", en: "the score" },
  without: ([suite, ...more]) =>
    suite === undefined || more.length > 0
      ? { zh: "", en: "" }
      : {
          zh: `只看 ${suite}：计分卡里写 {use: effect, of: ${suite}, …}`,
          en: `for ${suite} alone write {use: effect, of: ${suite}, …} into the card`,
        },
};

/** Whoever asked for more suites than these and the small one wants them all. */
const mostLeft = 2;

/** Beside a verdict on two totals: the small suite that sways their difference, and how to look without it; empty where none does. */
export function swaySentence(
  suites: readonly SuiteDifference[],
  { whole, without }: SwayPlace,
  lang: Lang,
): string {
  const heavy = swayingSuite(suites);
  if (heavy === null) return "";
  const { suite, items, share } = heavy.small;
  const left = suites.flatMap((each) => (each.suite === suite ? [] : [clean(each.suite)]));
  const cure = left.length > mostLeft ? "" : without(left)[lang];
  const [few, part] = [clean(suite), percent(share, 0)];
  if (lang === "zh") {
    const then = cure === "" ? "" : `；${cure}`;
    return `${few} 只有 ${items} 题，却占${whole.zh}的 ${part}，这个差多半由它左右${then}。`;
  }
  const then = cure === "" ? "" : `; ${cure}`;
  const has = items === 1 ? "1 item" : `${items} items`;
  return ` ${few} has ${has} alone but makes ${part} of ${whole.en}, and sways this difference${then}.`;
}
