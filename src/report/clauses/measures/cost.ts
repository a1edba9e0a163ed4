import type { Money } from "../../../domain/money.ts";
import type { Text } from "../../../domain/text.ts";
import type { Summary } from "../../score/summary.ts";
import type { MeasuredFigure, ClauseMeasure, MoneyPer } from "./measure.ts";

import { counted, notMeasured, ofScope } from "./measure.ts";

const common = { unit: "money", better: "lower", view: "#/cost" } as const;

const invalid: Text = {
  zh: "失败的调用若产生了费用也计入；用量明显不对的超过 2% 时不给数",
  en: "failed calls count with what they cost; no figure where more than 2% of the counts cannot be true",
};

type CostKind = {
  readonly id: string;
  readonly per: MoneyPer;
  readonly name: Text;
  readonly aliases: readonly string[];
  readonly formula: Text;
  readonly of: (summary: Summary) => Money | null;
};

/** The same amounts for a part of what they are told for. */
const part = (money: Money | null, share: number): Money | null =>
  money === null ? null : { ...money, amount: money.amount * share };

const kinds: readonly CostKind[] = [
  {
    id: "cost-per-item",
    per: "item",
    name: { zh: "每次作答费用", en: "cost of an answer" },
    aliases: [
      "每次作答费用",
      "单次调用成本",
      "单次成本",
      "单次费用",
      "每次费用",
      "每题费用",
      "单题成本",
      "每题成本",
      "单次问答成本",
      "单次对话成本",
      "costperitem",
      "costperanswer",
      "costpercall",
    ],
    formula: { zh: "总费用 / 有结果的作答", en: "cost in all / answers that came back" },
    of: ({ cost_per }) => part(cost_per.thousand_calls, 1 / 1_000),
  },
  {
    id: "cost-per-right",
    per: "right",
    name: { zh: "每个正确答案费用", en: "cost of a right answer" },
    aliases: [
      "每个正确答案费用",
      "每正确题费用",
      "正确答案成本",
      "单个正确答案成本",
      "costperright",
    ],
    formula: { zh: "总费用 / 判定为“对”的作答", en: "cost in all / answers ruled right" },
    of: ({ cost_per }) => cost_per.right,
  },
  {
    id: "cost-per-thousand-chars",
    per: "thousand-chars",
    name: { zh: "每千字费用", en: "cost of a thousand characters" },
    aliases: [
      "每千字费用",
      "千字费用",
      "千字成本",
      "每千字成本",
      "每千字价格",
      "costperthousandchars",
    ],
    formula: {
      zh: "总费用 / 回答字数 × 1,000（字数按 Word 口径）",
      en: "cost in all / characters of the answers × 1,000 (as Word counts)",
    },
    of: ({ cost_per }) => part(cost_per.ten_thousand_words, 1 / 10),
  },
  {
    id: "cost-per-million-tokens",
    per: "million-tokens",
    name: { zh: "每百万 token 费用", en: "cost of a million tokens" },
    aliases: [
      "每百万token费用",
      "百万token费用",
      "百万token成本",
      "每百万token成本",
      "百万token价格",
      "costpermilliontokens",
    ],
    formula: {
      zh: "总费用 /（输入 + 输出 token）× 100 万",
      en: "cost in all / (input + output tokens) × a million",
    },
    of: ({ cost_per }) => cost_per.million_tokens,
  },
];

/** What answers cost in the run, and what a month of one's own traffic would. */
export const costMeasures: readonly ClauseMeasure[] = [
  ...kinds.map(({ of, ...kind }): ClauseMeasure => ({
    ...common,
    ...kind,
    takes: ["of"],
    invalid,
    figureOf: ofScope((summary) => costFigure(summary, of(summary))),
  })),
  {
    ...common,
    id: "cost-per-month",
    per: "month",
    name: { zh: "每月费用", en: "cost of a month" },
    aliases: [
      "每月费用",
      "月费用",
      "月成本",
      "月度费用",
      "月度成本",
      "每月成本",
      "costpermonth",
      "monthlycost",
    ],
    takes: [],
    formula: {
      zh: "按 --traffic 的流量逐刻计价后加总（按量）；区间是流量写明的低、高两档，不是置信区间",
      en: "the traffic of --traffic priced by the quarter of an hour (on demand); the interval is the low and high traffic it states, not a confidence interval",
    },
    invalid: {
      zh: "每次调用的长度取自本次运行或流量文件",
      en: "lengths of calls are those of the run or of the traffic file",
    },
    figureOf: ({ bill }) => {
      if (bill === null)
        return notMeasured(
          "没有给出流量文件（--traffic）",
          "no traffic file was given (--traffic)",
        );
      if (bill.month === null)
        return bill.why === "length"
          ? notMeasured("不知道每次调用的长度", "the length of a call is not known")
          : notMeasured("不知道价格", "the price is not known");
      if (bill.currency !== "CNY") return foreign();
      const { low, middle, high } = bill.month;
      return {
        value: middle,
        interval: low === high ? null : { low, high },
        sampled: false,
        n: null,
        n_of: null,
        invalid: null,
        remarks: [],
      };
    },
  },
];

function costFigure(summary: Summary, found: Money | null): MeasuredFigure {
  if (found === null)
    return notMeasured(
      "费用未知：没有价格，或厂商没有给出用量",
      "the cost is not known: no price, or no counts from the vendor",
    );
  if (found.currency !== "CNY") return foreign();
  return {
    value: found.amount,
    interval: null,
    sampled: false,
    n: summary.answers - summary.verdicts.failed,
    n_of: counted.answers,
    invalid: null,
    remarks: [
      ...(summary.unverified_price
        ? [{ zh: "价格没有核实过", en: "nobody has checked the price" }]
        : []),
      ...(summary.cost_incomplete
        ? [
            {
              zh: "费用可能不全：有失败的尝试可能也计费",
              en: "the cost may be incomplete: attempts that failed may be billed too",
            },
          ]
        : []),
    ],
  };
}

const foreign = (): MeasuredFigure =>
  notMeasured(
    "费用以美元计，没有写明汇率（fx），不能与元比较",
    "the cost is in dollars and no rate (fx) is stated, so that it cannot be compared with yuan",
  );
