import type { Money } from "../../../domain/money.ts";
import type { Leaderboard } from "../../leaderboard/leaderboard.ts";
import type { TokenCosts } from "../token-costs.ts";

import { tokenKinds } from "../../../domain/money.ts";
import { nameOf } from "../../leaderboard/table.ts";
import { clean, count, money } from "../../render/format.ts";
import { tokenKindWords, unsplitWords } from "../../render/words.ts";
import { type ReportSection, sectionsIn } from "./section.ts";

/** What calls cost, and of which kinds of tokens that is made. */
export const costSections = (
  leaderboard: Leaderboard,
  costs: readonly TokenCosts[],
): readonly ReportSection[] => [...costTable(leaderboard), ...kindTable(leaderboard, costs)];

const costTable = ({ entries }: Leaderboard): readonly ReportSection[] =>
  sectionsIn("cost", (lang) => {
    const asked = entries.filter(({ summary }) => summary.cost === null || summary.cost.length > 0);
    const right = (zh: string, en: string) => ({
      title: { zh, en }[lang],
      align: "right" as const,
    });
    const each = (amount: Money | null): string => (amount === null ? "—" : money(amount, lang));
    const columns = [
      { title: { zh: "模型", en: "Model" }[lang] },
      right("合计", "In all"),
      right("其中作废的回答", "Of it replaced"),
      right("裁判另计", "Judges, apart"),
      right("千次调用", "Per 1k calls"),
      right("每答对一题", "Per correct"),
      right("万字", "Per 10k 字"),
      right("百万 tokens", "Per 1M tokens"),
      right("输入 tokens", "Input tokens"),
      right("其中命中缓存", "Of them cached"),
      right("输出 tokens", "Output tokens"),
      right("其中思考", "Of them reasoning"),
    ];
    const rows = asked.map(({ summary }) => {
      const { cost, cost_incomplete, unverified_price, cost_per, tokens } = summary;
      const marks = [cost_incomplete ? "≥" : "", unverified_price ? "*" : ""];
      return [
        nameOf(summary, lang),
        cost === null ? money(cost, lang) : `${marks[0]}${money(cost, lang)}${marks[1]}`,
        money(summary.replaced_cost, lang),
        money(summary.judge_cost, lang),
        each(cost_per.thousand_calls),
        each(cost_per.right),
        each(cost_per.ten_thousand_words),
        each(cost_per.million_tokens),
        count(tokens.input, lang),
        count(tokens.cached_input, lang),
        count(tokens.output, lang),
        count(tokens.reasoning, lang),
      ];
    });
    return rows.length === 0
      ? []
      : [{ title: { zh: "费用构成", en: "What it cost" }[lang], table: { columns, rows } }];
  });

function kindTable(
  { entries }: Leaderboard,
  costs: readonly TokenCosts[],
): readonly ReportSection[] {
  if (costs.length === 0) return [];
  const names = new Map(entries.map(({ summary }) => [summary.target, summary]));
  const kinds = tokenKinds.filter((kind) => costs.some(({ parts }) => parts[kind] > 0));
  const isUnsplit = costs.some(({ unsplit }) => unsplit > 0);
  return sectionsIn("cost", (lang) => {
    const right = (title: string) => ({ title, align: "right" as const });
    return [
      {
        title: { zh: "按 token 种类", en: "By kind of token" }[lang],
        table: {
          columns: [
            { title: { zh: "模型", en: "Model" }[lang] },
            right({ zh: "费用已知的调用", en: "Calls of known cost" }[lang]),
            ...kinds.map((kind) => right(tokenKindWords[kind][lang])),
            ...(isUnsplit ? [right(unsplitWords[lang])] : []),
          ],
          rows: costs.map(({ target, currency, calls, parts, unsplit }) => {
            const summary = names.get(target);
            const each = (amount: number): string => money({ amount, currency }, lang);
            return [
              summary === undefined ? clean(target) : nameOf(summary, lang),
              count(calls, lang),
              ...kinds.map((kind) => each(parts[kind])),
              ...(isUnsplit ? [each(unsplit)] : []),
            ];
          }),
        },
        notes: [
          {
            zh: "把记录下来的费用按 token 种类拆开，不含作废的回答和裁判。厂商没有报告思考 tokens 的，思考的费用在“输出”里。",
            en: "The recorded cost by kind of token, without replaced answers and judges. Where a vendor does not count reasoning tokens, they are part of the output.",
          }[lang],
          ...(isUnsplit
            ? [
                {
                  zh: "拆不开的：单价不在运行文件里（例如由别的模型作答），只有总额。",
                  en: "Not split: paid by a price that the run file does not hold, such as another model's.",
                }[lang],
              ]
            : []),
        ],
      },
    ];
  });
}
