import type { Lang } from "../../domain/text.ts";
import type { Table } from "../render/table.ts";
import type { LengthBin, PairReport, Share } from "./pairs.ts";
import type { CascadeLine, JudgeLine, JudgeReport, ReadingLine } from "./report.ts";

import { clean, percent, points, fixed, money } from "../render/format.ts";
import { faultCounts } from "./missing-text.ts";

/** What one should know about the judges before believing their scores. */
export function judgeLines(report: JudgeReport, lang: Lang): readonly string[] {
  const zh = lang === "zh";
  const { judges, graded, ungraded, panel, pairs, cascade, readings } = report;
  return [
    ...judges.map((each) => judgeText(each, lang)),
    ...(ungraded > 0
      ? [
          zh
            ? `裁判未能判定 ${ungraded}/${graded + ungraded}，不进分母。`
            : `Judges reached no verdict on ${ungraded}/${graded + ungraded}; these leave the denominator.`,
        ]
      : []),
    ...(panel === null
      ? []
      : [
          zh
            ? `裁判分歧：${panel.n} 条有多票，${panel.split} 条不一致，最高与最低平均相差 ${points(panel.spread)} 分。`
            : `Panel: ${panel.n} replies with several votes, ${panel.split} not unanimous, ${points(panel.spread)} points between highest and lowest on average.`,
        ]),
    ...(pairs === null ? [] : pairLines(pairs, lang)),
    ...(report.doubted.length === 0 ? [] : [doubtedText(report, lang)]),
    ...cascade.map((each) => cascadeText(each, lang)),
    ...readings.map((each) => readingText(each, lang)),
  ];
}

function judgeText(line: JudgeLine, lang: Lang): string {
  const { judge, simulated, votes, invalid, mean, kin } = line;
  const zh = lang === "zh";
  const name = `${clean(judge)}${simulated ? (zh ? " [模拟]" : " [simulated]") : ""}`;
  const marks = mean === null ? "—" : points(mean);
  const own = kin.map((each) => clean(each)).join(zh ? "、" : ", ");
  if (zh) {
    const family = kin.length === 0 ? "" : `；评了同系模型 ${own}，可能偏袒`;
    return `裁判 ${name}：${votes} 票，无效 ${invalid}${faultsText(line, lang)}，平均 ${marks} 分${reasksText(line, lang)}${family}。`;
  }
  const family = kin.length === 0 ? "" : `; it graded models of its own family, ${own}`;
  return `Judge ${name}: ${votes} votes, ${invalid} invalid${faultsText(line, lang)}, ${marks} points on average${reasksText(line, lang)}${family}.`;
}

/** `（拒评 2、改判 1）` */
function faultsText({ faults }: JudgeLine, lang: Lang): string {
  const list = faultCounts(faults, lang);
  if (list === "") return "";
  return lang === "zh" ? `（${list}）` : ` (${list})`;
}

/** `；因格式重问 3 次，费用 ¥0.01；替别的裁判投 2 票` */
function reasksText({ reasks, stood_in }: JudgeLine, lang: Lang): string {
  const zh = lang === "zh";
  const cost = reasks.cost.map((each) => money(each, lang)).join(" + ");
  const paid = cost === "" ? "" : zh ? `，费用 ${cost}` : `, ${cost}`;
  const asked = zh
    ? `；因格式重问 ${reasks.calls} 次${paid}`
    : `; asked again for the form ${reasks.calls} times${paid}`;
  const stood = zh
    ? `；替拒评的裁判投 ${stood_in} 票`
    : `; ${stood_in} votes for judges that refused`;
  return `${reasks.calls === 0 ? "" : asked}${stood_in === 0 ? "" : stood}`;
}

/** How many doubted references are named. */
const mostDoubted = 10;

function doubtedText({ doubted, judges }: JudgeReport, lang: Lang): string {
  const list = doubted
    .slice(0, mostDoubted)
    .map(({ item, votes, of }) => `${clean(item)} (${votes}/${of})`)
    .join(lang === "zh" ? "、" : ", ");
  const more = doubted.length - mostDoubted;
  const rest = more <= 0 ? "" : lang === "zh" ? `，另 ${more} 道` : `, ${more} more`;
  if (judges.every(({ simulated }) => simulated)) {
    return lang === "zh"
      ? `[模拟] 裁判怀疑参考答案有错，它的话不说明什么：${list}${rest}。`
      : `References that [simulated] judges doubt, which means nothing: ${list}${rest}.`;
  }
  return lang === "zh"
    ? `裁判怀疑参考答案有错，请核对：${list}${rest}。`
    : `References that judges doubt, to be checked: ${list}${rest}.`;
}

function pairLines({ position, length }: PairReport, lang: Lang): readonly string[] {
  const zh = lang === "zh";
  const { ballots, consistent, flipped, first } = position;
  const bias = biasOf(
    first,
    lang,
    zh
      ? ["偏爱先出现的回答", "偏爱后出现的回答"]
      : ["it favours the answer shown first", "it favours the answer shown second"],
  );
  const longer = biasOf(
    length.longer,
    lang,
    zh
      ? ["较长的回答更常获胜", "较短的回答更常获胜"]
      : ["longer answers win more", "shorter answers win more"],
  );
  const bins = length.bins
    .flatMap(({ label, win_rate }) =>
      win_rate === null ? [] : [`${binText[label][lang]} ${shareText(win_rate)} (n=${win_rate.n})`],
    )
    .join(zh ? "，" : ", ");
  return [
    zh
      ? `位置偏差：${ballots} 次两序比较，两序一致 ${shareText(consistent)}，换序即反转 ${shareText(flipped)}，选先出现的 ${shareText(first)}：${bias}。`
      : `Position bias: ${ballots} comparisons in both orders, consistent ${shareText(consistent)}, reversed with the order ${shareText(flipped)}, for the first shown ${shareText(first)}: ${bias}.`,
    zh
      ? `长度偏差：分出胜负时，较长的回答获胜 ${shareText(length.longer)}：${longer}；胜率按长度 ${bins}。较长的回答也可能确实更好。`
      : `Length bias: the longer answer wins ${shareText(length.longer)} of decided ones: ${longer}; win rate by length: ${bins}. Longer may also be better.`,
  ];
}

const binText: Readonly<Record<LengthBin, { readonly zh: string; readonly en: string }>> = {
  shorter: { zh: "较短", en: "shorter" },
  similar: { zh: "相近（±10%）", en: "similar (±10%)" },
  longer: { zh: "较长", en: "longer" },
};

/** A bias is called one only where its interval excludes one half. */
function biasOf(share: Share | null, lang: Lang, [high, low]: readonly string[]): string {
  if (share !== null && share.interval.low > 0.5) return high ?? "";
  if (share !== null && share.interval.high < 0.5) return low ?? "";
  return lang === "zh" ? "看不出偏差" : "no bias can be seen";
}

function cascadeText(
  { target, n, by_rule, rule, both, ungraded }: CascadeLine,
  lang: Lang,
): string {
  const zh = lang === "zh";
  const alone = points(rule?.value ?? null);
  if (ungraded > 0 && by_rule + ungraded === n) {
    return zh
      ? `先规则后裁判 ${clean(target)}：${n} 条中规则判定 ${by_rule} 条，其余 ${ungraded} 条没有裁判的判定，待裁，不计入得分；假如都按错算，则为 ${alone} 分。配好裁判后用 baimo score 补判，或用 baimo review 由人裁定。`
      : `Rule, then judge, ${clean(target)}: the rule decided ${by_rule} of ${n}, and no judge the other ${ungraded}, which wait and are not in the score; were all of them wrong, it would be ${alone}. Have judges and say baimo score, or let people rule in baimo review.`;
  }
  const left =
    ungraded === 0
      ? ""
      : zh
        ? `，仍有 ${ungraded} 条待裁`
        : `, ${ungraded} still wait for a ruling`;
  return zh
    ? `先规则后裁判 ${clean(target)}：${n} 条中规则判定 ${by_rule} 条；只用规则 ${alone} 分，加上裁判 ${points(both?.value ?? null)} 分${left}。裁判只看规则没有定下来的，所以只会加分，不会减分。`
    : `Rule, then judge, ${clean(target)}: the rule decided ${by_rule} of ${n}; rule alone ${alone}, with the judge ${points(both?.value ?? null)}${left}. The judge only sees what the rule did not settle, so it can add points and never take any.`;
}

const shareText = (share: Share | null): string =>
  share === null
    ? "—"
    : `${percent(share.value)} [${percent(share.interval.low)}, ${percent(share.interval.high)}]`;

/** Battles against the baseline with both OPEN formulas and the Bradley–Terry strength. */
export function battleTable({ rows, strengths }: PairReport, lang: Lang): Table {
  const zh = lang === "zh";
  const right = (title: string, drop = 0) => ({ title, align: "right" as const, drop });
  return {
    columns: [
      { title: zh ? "与基准比较" : "Against the baseline", shrink: 12 },
      right(zh ? "赢" : "Win"),
      right(zh ? "平（都好/都差）" : "Tie (both good/bad)"),
      right(zh ? "输" : "Loss"),
      right(zh ? "胜率（平局算半）" : "Win rate (tie ½)"),
      right(zh ? "两序一致" : "Consistent"),
      right(zh ? "OPEN 胜和率" : "OPEN not lost", 2),
      right("OPEN 3/1/0", 1),
      ...(strengths === null ? [] : [right("Bradley–Terry", 3)]),
    ],
    rows: rows.map((row) => {
      const strength = strengths?.find(({ player }) => player === row.target);
      return [
        `${clean(row.target)} / ${clean(row.baseline)}`,
        String(row.win),
        `${row.tie} (${row.both_good}/${row.both_bad})`,
        String(row.loss),
        row.win_rate === null
          ? "—"
          : `${percent(row.win_rate.value)} [${percent(row.win_rate.interval.low)}, ${percent(row.win_rate.interval.high)}]`,
        row.consistent === null ? "—" : percent(row.consistent.value),
        pointsText(row.open_not_lost),
        pointsText(row.open_three_one),
        ...(strength === undefined
          ? []
          : [
              `${signed(strength.theta)} [${signed(strength.interval.low)}, ${signed(strength.interval.high)}]`,
            ]),
      ];
    }),
  };
}

const pointsText = (value: number | null): string => (value === null ? "—" : fixed(value, 2));

const signed = (value: number): string => `${value >= 0 ? "+" : ""}${fixed(value, 2)}`;

function readingText(
  { target, by_rule, by_reader, same, unresolved, unread }: ReadingLine,
  lang: Lang,
): string {
  const name = clean(target);
  if (lang === "zh") {
    const lost = unread === 0 ? "" : `；读取模型有 ${unread} 条没读成，这些仍按规则`;
    const inSense = same === 0 ? "" : `（其中同义 ${same}）`;
    return `读取 ${name}：规则判定 ${by_rule}，读取模型 ${by_reader}${inSense}，未决 ${unresolved}${lost}。`;
  }
  const lost =
    unread === 0 ? "" : `; ${unread} readings did not count, where the rule stands as it is`;
  const inSense = same === 0 ? "" : ` (the same in other words: ${same})`;
  return `Reading ${name}: decided by rule ${by_rule}, by the reader ${by_reader}${inSense}, unresolved ${unresolved}${lost}.`;
}
