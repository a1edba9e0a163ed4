import type { Lang, Text } from "../../domain/text.ts";
import type { ItemAnalysis, ItemStatistics } from "./analysis.ts";
import type { ItemColumn } from "./table.ts";

import { targetName, percent } from "../render/format.ts";
import { leastRespondents } from "./analysis.ts";
import { priorDoubt } from "./gold-doubt.ts";
import { itemColumns } from "./table.ts";

/** A part of the report: items in columns, or names of items in a list. */
export type ItemSection = {
  readonly title: string;
  readonly columns: readonly ItemColumn[];
  /** At most as many as asked for. */
  readonly items: readonly ItemStatistics[];
  /** How many there are in all. */
  readonly of: number;
  /** Sentences below it. */
  readonly notes: readonly string[];
};

/** Below this many respondents a negative discrimination is mostly chance. */
const fewRespondents = 10;

/** What the runs hold, in sentences. */
export function itemHeading(analysis: ItemAnalysis, lang: Lang): readonly string[] {
  const { items, respondents, targets, baselines } = analysis;
  const suites = new Set(items.map(({ suite }) => suite)).size;
  const zh = lang === "zh";
  if (items.length === 0) return [zh ? "没有一条计分的回答。" : "No answer counts."];
  const shown = targets
    .toSorted((a, b) => b.share - a.share)
    .map(
      ({ target, simulated, share }) => `${targetName(target, simulated, lang)} ${percent(share)}`,
    );
  const versions = new Set(items.filter(({ version }) => version > 1).map(({ item }) => item)).size;
  return [
    zh
      ? `${suites} 个题集 ${items.length} 题，${targets.length} 个目标共 ${respondents} 份作答：${shown.join("、")}`
      : `${items.length} items of ${suites} ${suites === 1 ? "suite" : "suites"}, answered by ${respondents} respondents (${targets.length} targets): ${shown.join(", ")}`,
    ...(baselines.length === 0
      ? []
      : [
          zh
            ? `基线不算作答者：${baselines.join("、")}（--baselines 可计入）`
            : `Baselines are no respondents: ${baselines.join(", ")} (--baselines counts them)`,
        ]),
    ...(versions === 0
      ? []
      : [
          zh
            ? `${versions} 个题号在各次运行中题面或标准答案不同，分开统计，题号后标 (2)、(3)……`
            : `${versions} ids stand for different prompts or golds in these runs; each is an item of its own, marked (2), (3) …`,
        ]),
  ];
}

/** The lists that a person goes through to mend a suite: golds to doubt first. */
export function itemSections(
  analysis: ItemAnalysis,
  limit: number,
  lang: Lang,
): readonly ItemSection[] {
  const { items } = analysis;
  const take = (
    title: Text,
    columns: readonly ItemColumn[],
    found: readonly ItemStatistics[],
    notes: readonly Text[] = [],
    isJudged = true,
  ): ItemSection => ({
    title: `${title[lang]}${isJudged ? countText(found.length, limit, lang) : tooFew[lang]}`,
    columns: columns.filter((column) => column !== interval || found.some(hasInterval)),
    items: found.slice(0, limit),
    of: found.length,
    notes: notes.map((note) => note[lang]),
  });
  const negative = negativeItems(items);
  // None of 0 would say that they were looked for.
  const isJudged = items.some(({ answers: n }) => n >= leastRespondents);
  return [
    take(titles.doubted, doubtColumns, doubtedItems(items), doubtNotes(analysis)),
    take(titles.negative, negativeColumns, negative, negativeNotes(analysis, negative), isJudged),
    take(titles.allWrong, deadColumns, deadItems(items, "all_wrong"), [], isJudged),
    take(titles.allRight, deadColumns, deadItems(items, "all_right"), [], isJudged),
    take(titles.hardest, itemListColumns, byShare(items), [
      {
        zh: "每题的全部数字：--format csv 或 json",
        en: "Every figure of every item: --format csv or json",
      },
    ]),
  ];
}

/**
 * Doubts below this are left out: a quarter of what every gold has before anybody answers. Between the two lie golds that
 * only one strong model contradicts, among which there are still false ones.
 */
const leastDoubt = priorDoubt / 4;

/** Of two models that differ one is wrong, which says little of the gold. */
const leastModels = 3;

/** Items whose answers speak against their gold, the most doubtful first; none that fewer than three models answered. */
export const doubtedItems = (items: readonly ItemStatistics[]): readonly ItemStatistics[] =>
  items
    .filter(
      ({ doubt }) => doubt !== null && doubt.of >= leastModels && doubt.probability >= leastDoubt,
    )
    .toSorted((a, b) => (b.doubt?.log_odds ?? 0) - (a.doubt?.log_odds ?? 0));

const hasInterval = ({ discrimination_interval: bounds }: ItemStatistics): boolean =>
  bounds !== null;

const negativeItems = (items: readonly ItemStatistics[]): readonly ItemStatistics[] =>
  items
    .filter(({ discrimination }) => discrimination !== null && discrimination < 0)
    .toSorted((a, b) => (a.discrimination ?? 0) - (b.discrimination ?? 0));

const deadItems = (
  items: readonly ItemStatistics[],
  how: NonNullable<ItemStatistics["dead"]>,
): readonly ItemStatistics[] => items.filter(({ dead }) => dead === how);

const byShare = (items: readonly ItemStatistics[]): readonly ItemStatistics[] =>
  items.toSorted((a, b) => (a.share ?? 0) - (b.share ?? 0));

const titles = {
  doubted: { zh: "存疑的标准答案", en: "Golds to doubt" },
  negative: { zh: "区分度为负", en: "Negative discrimination" },
  allWrong: { zh: "全错", en: "All wrong" },
  allRight: { zh: "全对", en: "All right" },
  hardest: { zh: "各题，得分率由低到高", en: "Items, the hardest first" },
} as const satisfies Readonly<Record<string, Text>>;

/** Behind a title, where no item has answers enough to be judged. */
const tooFew: Text = {
  zh: `（不足 ${leastRespondents} 份作答，不判断）`,
  en: ` (fewer than ${leastRespondents} answers: not judged)`,
};
const { item, gold, instead, supporters, doubt, share, discrimination, interval } = itemColumns;
const { targets: who, question, answers, chosen } = itemColumns;
const doubtColumns = [item, gold, instead, supporters, doubt, share, who, question];
const negativeColumns = [item, answers, share, discrimination, interval, chosen, question];
const deadColumns = [item, answers, chosen, question];
const itemListColumns = [item, answers, share, discrimination, interval, chosen, question];

function countText(of: number, limit: number, lang: Lang): string {
  const zh = lang === "zh";
  if (of <= limit) return zh ? `（${of} 题）` : ` (${of})`;
  return zh ? `（前 ${limit} 题，共 ${of} 题）` : ` (${limit} of ${of})`;
}

function doubtNotes({ items }: ItemAnalysis): readonly Text[] {
  const isPossible = items.some(({ doubt: found }) => found !== null && found.of >= leastModels);
  if (!isPossible) {
    return [
      {
        zh: "至少要有三个不同的模型答同一题，其中有与标准答案不同的，才看得出存疑。",
        en: "Doubts need at least three different models on an item, and answers that differ from the gold.",
      },
    ];
  }
  return [
    {
      zh: "“存疑”是标准答案有误的概率：强的模型一致给出同一个别的答案时升高，题难或某个干扰项特别有吸引力时压低。先核对最前面的几题。",
      en: "Doubt is the probability that the gold is wrong: strong models that agree on one other answer raise it, a hard item or a popular distractor lowers it. Check the first ones.",
    },
  ];
}

function negativeNotes(
  { items }: ItemAnalysis,
  negative: readonly ItemStatistics[],
): readonly Text[] {
  const least = Math.min(...negative.map(({ answers: n }) => n));
  const short = items.filter(({ answers: n }) => n < leastRespondents).length;
  const notes: Text[] = [];
  if (least < fewRespondents) {
    notes.push({
      zh: `最少的只有 ${least} 份作答：不到 ${fewRespondents} 份时，负的区分度多半出自偶然。`,
      en: `Some have ${least} answers only: below ${fewRespondents}, a negative discrimination is mostly chance.`,
    });
  }
  if (short > 0) {
    notes.push({
      zh: `${short} 题不足 ${leastRespondents} 份作答，没有区分度（—），也不判断全对全错。`,
      en: `${short} items have fewer than ${leastRespondents} answers: no discrimination (—), and none is called all right or all wrong.`,
    });
  }
  return notes;
}
