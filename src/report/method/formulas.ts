import type { Lang, Text } from "../../domain/text.ts";
import type { Table } from "../render/table.ts";

/** How a figure is made, and what it is divided by. docs/metrics.md holds the same at length, with its sources. */
type Formula = {
  readonly name: Text;
  readonly formula: Text;
  readonly denominator: Text;
  /** What does not count, and how what is doubtful counts. */
  readonly apart: Text;
};

const formulas: readonly Formula[] = [
  {
    name: { zh: "效果分", en: "Score" },
    formula: {
      zh: "100 × Σ 权重 × 得分；题 → 任务 → 维度 → 题集逐层合成，默认各层等权平均",
      en: "100 × Σ weight × value; items make tasks, tasks dimensions, dimensions suites, by plain means at each level unless a board says otherwise",
    },
    denominator: {
      zh: "计分的作答（原问法）",
      en: "answers that count, in the base wording",
    },
    apart: {
      zh: "调用失败、未判不进分母；被过滤、超长、未解析按 0 计",
      en: "failed calls and ungraded replies are in no denominator; filtered, too long and unresolved count 0",
    },
  },
  {
    name: { zh: "95% 区间", en: "95% interval" },
    formula: {
      zh: "Wilson 区间，有效样本量由按题组聚类的标准误得出",
      en: "Wilson's interval at the effective size that the cluster-robust standard error leaves",
    },
    denominator: { zh: "有效样本量 n_eff", en: "effective size n_eff" },
    apart: {
      zh: "同一题组的题算一个单位，同一题的各次重复先取平均",
      en: "items of one cluster are one unit; trials of an item are averaged first",
    },
  },
  {
    name: { zh: "覆盖率", en: "Coverage" },
    formula: { zh: "计分的作答 ÷ 计划的作答", en: "answers that count / planned answers" },
    denominator: { zh: "计划的作答", en: "planned answers" },
    apart: {
      zh: "低于 98%（榜单可另定）不排名；缺答超过 2% 时另列缺答全按错、全按对的分数",
      en: "below 98% (unless a board says otherwise) there is no rank; above 2% missing, the score with all of them wrong and all right is shown as well",
    },
  },
  {
    name: { zh: "首字延迟、整答耗时", en: "TTFT, total time" },
    formula: {
      zh: "从发出请求到第一个非空文字（含思考）、到回复自己声明的结束；p50、p95 用第 7 型分位数",
      en: "from dispatch to the first text, reasoning included, and to the end that the reply declares; percentiles of type 7",
    },
    denominator: {
      zh: "成功的调用与最终超时的调用",
      en: "answered calls and those that timed out",
    },
    apart: {
      zh: "最终超时按 ∞ 计入；其他失败没有延迟；排队、重试等待、批处理不计",
      en: "a final timeout counts as ∞; other failures have no latency; queues, waits between attempts and batches are left out",
    },
  },
  {
    name: { zh: "吐字速度", en: "Speed" },
    formula: {
      zh: "(全部字符 − 第一次到达的字符) ÷ (最后一次 − 第一次到达的时间)，取中位数",
      en: "(all characters − those of the first delivery) / (last − first delivery), the median",
    },
    denominator: { zh: "真正流式的调用", en: "calls that really streamed" },
    apart: {
      zh: "到达少于 8 次、首尾相隔不到 100 毫秒、首次超过全文 80% 的不计",
      en: "fewer than 8 deliveries, less than 100 ms, or more than 80% in the first: left out",
    },
  },
  {
    name: { zh: "首次成功率", en: "First-try success" },
    formula: {
      zh: "第一次尝试就得到回答的调用 ÷ 全部调用",
      en: "calls answered at the first attempt / all calls",
    },
    denominator: { zh: "全部调用", en: "all calls" },
    apart: { zh: "厂商的内容过滤算得到回答", en: "a block by the vendor is an answer" },
  },
  {
    name: { zh: "费用", en: "Cost" },
    formula: {
      zh: "Σ 厂商报告的 tokens × 运行时记录的单价（带日期）",
      en: "Σ the vendor's tokens × the dated price that the run recorded",
    },
    denominator: { zh: "—（合计）", en: "— (a sum)" },
    apart: {
      zh: "≥：失败的尝试可能也计费；*：价格未核实；单价或用量不明即为未知，不写 0；裁判另计",
      en: "≥: a failed attempt may have been billed; *: the price was not verified; an unknown price or count makes it unknown, never 0; judges are apart",
    },
  },
  {
    name: { zh: "元/千次、元/答对", en: "CNY/1k calls, CNY/correct" },
    formula: { zh: "费用 ÷ 次数（× 1,000）", en: "cost / number (× 1,000)" },
    denominator: {
      zh: "没有失败的作答；判为“对”的作答",
      en: "answers that did not fail; answers with the verdict right",
    },
    apart: { zh: "两种货币从不相加", en: "two currencies are never added" },
  },
  {
    name: { zh: "元/万字、元/百万 tokens", en: "CNY/10k 字, CNY/1M tokens" },
    formula: { zh: "费用 ÷ 字数、tokens", en: "cost / words, tokens" },
    denominator: {
      zh: "回答的字数（与 Word、WPS 相同的数法）；输入加输出的 tokens",
      en: "words of the answers, counted as Word and WPS do; input and output tokens",
    },
    apart: { zh: "思考的文字不算字数", en: "reasoning is no word" },
  },
  {
    name: { zh: "应拒答率、误拒率", en: "Refusal and false refusal rate" },
    formula: {
      zh: "拒答的作答 ÷ 判定了的作答，各带 Wilson 区间；是否达标看单侧 95% 精确界",
      en: "refused / graded answers, with Wilson's intervals; whether a mark is met is said by the exact one-sided 95% bound",
    },
    denominator: {
      zh: "应拒答题的作答；应答题的作答",
      en: "answers to items that must be refused; to items that must not",
    },
    apart: {
      zh: "厂商过滤与模型自己拒答分开列；未判的单列",
      en: "blocks by the vendor stand apart from the model's refusals; ungraded ones too",
    },
  },
  {
    name: { zh: "差异与显著性", en: "Differences" },
    formula: {
      zh: "同题相减取平均；随机化检验，各维度按 Holm 校正",
      en: "mean of differences on the same items; randomisation tests, dimensions adjusted by Holm",
    },
    denominator: { zh: "双方都有得分的题", en: "items that both have" },
    apart: {
      zh: "“持平”指差的区间整个落在容许范围内",
      en: "tied: the whole interval of the difference lies within the margin",
    },
  },
];

/** Every formula with its denominator, as a table. */
export const formulaTable = (lang: Lang): Table => ({
  columns: [
    { title: { zh: "指标", en: "Figure" }[lang], width: 18 },
    { title: { zh: "公式", en: "Formula" }[lang], width: 48 },
    { title: { zh: "分母", en: "Denominator" }[lang], width: 28 },
    { title: { zh: "不计与另计", en: "Left out, and counted apart" }[lang], width: 48 },
  ],
  rows: formulas.map(({ name, formula, denominator, apart }) =>
    [name, formula, denominator, apart].map((each) => each[lang]),
  ),
});
