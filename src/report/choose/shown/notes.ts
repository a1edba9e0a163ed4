import type { Lang, Text } from "../../../domain/text.ts";
import type { ChoiceResult, ChoiceRow, ChoiceTarget } from "../choose.ts";

import { egressWords } from "../../../domain/life/host-place.ts";
import { colon } from "../../../domain/text.ts";
import { globMatches } from "../../../text/glob.ts";
import { didYouMean, show } from "../../../validation/suggest.ts";
import { clean, points } from "../../render/format.ts";
import { nameOfTarget, rankedOf } from "./names.ts";

/** Who is out or not ranked, and why: one line each. */
export const findingLines = (choice: ChoiceResult, lang: Lang): readonly string[] =>
  choice.targets.flatMap((target) => {
    const reasons =
      target.state === "incomplete"
        ? [incompleteText(choice, target, lang)]
        : target.findings.map(({ text }) => text[lang]);
    if (target.state === "ranked" || reasons.length === 0) return [];
    return [
      `${nameOfTarget(target, lang)}${colon[lang]}${clean(reasons.join(lang === "zh" ? "；" : "; "))}`,
    ];
  });

function incompleteText(choice: ChoiceResult, { cells, bounds }: ChoiceTarget, lang: Lang): string {
  const zh = lang === "zh";
  const lacking = choice.rows.flatMap((row, at) =>
    row.dropped === null && (cells[at]?.value ?? null) === null
      ? [`${row.title[lang]}${reasonBehind(cells[at]?.remark ?? null, lang)}`]
      : [],
  );
  if (bounds === null) return zh ? "没有一项可算" : "nothing can be counted";
  const best = rankedOf(choice)[0]?.total ?? null;
  const names = lacking.join(zh ? "、" : ", ");
  const overtakes = best !== null && bounds.high > best;
  return zh
    ? `缺测 ${names}；按 0 分算 ${points(bounds.low)}，按满分算 ${points(bounds.high)}${overtakes ? "，补测后可能居首" : ""}`
    : `not measured: ${names}; ${points(bounds.low)} with nothing there, ${points(bounds.high)} with all${overtakes ? ", which may make it first" : ""}`;
}

const reasonBehind = (remark: Text | null, lang: Lang): string =>
  remark === null ? "" : lang === "zh" ? `（${remark.zh}）` : ` (${remark.en})`;

/** How totals and intervals were made, what was left out, what the user entered. */
export function choiceNotes(choice: ChoiceResult, lang: Lang): readonly string[] {
  return [
    ...droppedLines(choice, lang),
    ...zeroLines(choice, lang),
    ...unrankedLines(choice, lang),
    ...remarkLines(choice, lang),
    ...statedLines(choice, lang),
    ...unknownNameLines(choice, lang),
    ...methodLines(choice, lang),
  ];
}

function droppedLines({ rows, targets }: ChoiceResult, lang: Lang): readonly string[] {
  const zh = lang === "zh";
  const left = (row: ChoiceRow, at: number): readonly string[] => {
    if (row.dropped === null) return [];
    const title = row.title[lang];
    const why = targets.flatMap(({ cells }) => cells[at]?.remark ?? [])[0] ?? null;
    const behind = reasonBehind(why, lang);
    if (row.dropped === "nobody")
      return [
        zh
          ? `${title}：谁都没有测${behind}，不计分，权重按比例分给其余各项。`
          : `${title}: measured of nobody${behind}; left out, its weight goes to the others in proportion.`,
      ];
    return [
      zh
        ? `${title}：有目标没有测${behind}，按计分卡的 leave-out 对所有目标不计，权重按比例分给其余各项。`
        : `${title}: some target lacks it${behind}; left out for all (leave-out), its weight goes to the others in proportion.`,
    ];
  };
  return rows.flatMap(left).map((line) => clean(line));
}

function zeroLines(choice: ChoiceResult, lang: Lang): readonly string[] {
  return choice.rows.flatMap((row, at) => {
    if (row.missing !== "zero" || row.dropped !== null) return [];
    const names = rankedOf(choice)
      .filter(({ cells }) => (cells[at]?.value ?? null) === null)
      .map((target) => nameOfTarget(target, lang));
    if (names.length === 0) return [];
    return [
      lang === "zh"
        ? `${clean(row.title.zh)}：${names.join("、")} 没有测，按计分卡的 missing: zero 记 0 分。`
        : `${clean(row.title.en)}: ${names.join(", ")} not measured; no points by the card's missing: zero.`,
    ];
  });
}

/** Points of targets that have no place yet. */
function unrankedLines({ rows, targets }: ChoiceResult, lang: Lang): readonly string[] {
  const isWaiting = targets.some(({ state }) => state === "open" || state === "incomplete");
  const hasLowest = rows.some(
    ({ criterion, dropped }) => criterion.points === "lowest-price" && dropped === null,
  );
  if (!isWaiting) return [];
  const lowest = hasLowest
    ? {
        zh: "；低价优先的得分要看排上名次的目标里谁最低，所以先写 —",
        en: "; points by lowest price rest on the lowest among the ranked, so they are — until then",
      }
    : { zh: "", en: "" };
  return [
    lang === "zh"
      ? `待定或缺测的目标也列出各项得分，名次定下来以后不变${lowest.zh}。`
      : `Targets that are pending or lack a measurement show points as well, which stay as they are once they have a place${lowest.en}.`,
  ];
}

/** Each remark once, with the targets that it is about. */
function remarkLines({ rows, targets }: ChoiceResult, lang: Lang): readonly string[] {
  return rows.flatMap((row, at) => {
    if (row.dropped !== null) return [];
    const said = targets.flatMap((target) => {
      const cell = target.cells[at];
      return cell === undefined || cell.value === null || cell.remark === null
        ? []
        : [{ text: cell.remark[lang], name: nameOfTarget(target, lang) }];
    });
    return [...Map.groupBy(said, ({ text }) => text)].map(([text, about]) => {
      const whose =
        about.length === targets.length
          ? ""
          : ` (${about.map(({ name }) => name).join(lang === "zh" ? "、" : ", ")})`;
      return clean(`${row.title[lang]}${whose}${colon[lang]}${text}${lang === "zh" ? "。" : "."}`);
    });
  });
}

function statedLines({ card, targets }: ChoiceResult, lang: Lang): readonly string[] {
  return card.facts
    .filter(({ target }) => targets.some(({ ref }) => globMatches(target, ref)))
    .map(({ target, egress, license, filing, source, read }) => {
      const said = [
        ...(egress === undefined ? [] : [`egress ${egressWords[egress][lang]}`]),
        ...(license === undefined ? [] : [`${{ zh: "许可", en: "licence" }[lang]} ${license}`]),
        ...(filing === undefined ? [] : [`${{ zh: "备案号", en: "备案 number" }[lang]} ${filing}`]),
      ].join(", ");
      return lang === "zh"
        ? clean(`用户填写，未核实：${target}：${said}（${source}，${read}）`)
        : clean(`Entered by the user, unverified: ${target}: ${said} (${source}, ${read})`);
    });
}

/** Names of the card that no target has: a fact that nobody gets is a mistake of typing more often than not. */
function unknownNameLines({ card, targets }: ChoiceResult, lang: Lang): readonly string[] {
  const refs = targets.map(({ ref }) => ref);
  const stated = card.groups
    .flatMap(({ criteria }) => criteria)
    .flatMap((criterion) => (criterion.use === "stated" ? Object.keys(criterion.values) : []));
  const unmet = [
    ...new Set([
      ...stated.filter((name) => !refs.includes(name)),
      ...card.facts
        .map(({ target }) => target)
        .filter((glob) => !refs.some((ref) => globMatches(glob, ref))),
    ]),
  ];
  return unmet.map((name) => {
    const meant = didYouMean(name, refs)[lang];
    return lang === "zh"
      ? `计分卡里写了 ${show(name)}，这些运行里没有这个目标${meant}`
      : `The card names ${show(name)}, which no target of these runs is${meant}`;
  });
}

/** Prices are certain; how much traffic there is need not be. */
function priced(rows: readonly ChoiceRow[], lang: Lang): string {
  if (rows.every(({ share, criterion }) => share === 0 || criterion.use !== "month_cost"))
    return "";
  return lang === "zh"
    ? "；价格不抽，流量在低值和高值之间抽，各目标相同"
    : "; prices are not drawn, the traffic is, between low and high and the same for all";
}

function methodLines({ rows, draws, ranges }: ChoiceResult, lang: Lang): readonly string[] {
  const zh = lang === "zh";
  const unpaired = rows.some(
    ({ share, criterion: { use } }) =>
      share > 0 && ["must_refuse", "over_refusal", "midpoint", "capacity"].includes(use),
  );
  const count = draws.toLocaleString("en-US");
  return [
    zh
      ? `总分是各项分数按权重的平均，满 100 分；区间和“居首”来自 ${count} 次模拟：每次重抽题目，各目标用同一批题${unpaired ? "；拒答率、半数水平、承载能力按各自的误差抽" : ""}${priced(rows, lang)}。填写的数不抽。`
      : `A total is the weighted mean of the criteria, of 100 points; intervals and first places come from ${count} simulations, each of which draws the items anew, the same for all targets${unpaired ? "; refusal rates, halfway levels and capacity are drawn by their own errors" : ""}${priced(rows, lang)}. What was entered is not drawn.`,
    ...(ranges.length === 0
      ? []
      : [
          zh
            ? "换人的界限是解出来的，不是试出来的：这一项占全部权重的份额改变，其余按比例缩放；括号里是其余权重不动时，这一项该写的数。"
            : "Where the winner changes is solved, not searched: the weight's share of all changes and the others are scaled in proportion; in brackets what to write there with the others unchanged.",
        ]),
  ];
}
