import type { Text } from "../../domain/text.ts";

/** A word of a report and what it means. */
export type Definition = { readonly name: Text; readonly text: Text };

/** What every figure of the page means; formulas and sources are in docs/metrics.md. */
export const definitions: readonly Definition[] = [
  {
    name: { zh: "效果分", en: "Score" },
    text: {
      zh: "每题的得分（0 到 1）按榜单的规则合成，乘 100。失败的调用不算作答错：它不进分母，但会拉低覆盖率；被内容过滤、上下文超长按 0 计。",
      en: "The value of each item (0 to 1), combined by the board's rules, times 100. A failed call is no wrong answer: it counts in the coverage alone. What a vendor filtered, and what was too long for the context, counts 0.",
    },
  },
  {
    name: { zh: "95% 区间", en: "95% interval" },
    text: {
      zh: "按题组聚类估计；重复同样的出题和作答，100 次里约有 95 次会盖住真值。两个目标谁高谁低，不看区间是否重叠：答的是同一批题，要逐题相比。",
      en: "Estimated with items in clusters: of 100 repetitions with new items and replies, some 95 would cover the true value. Which of two targets is better does not follow from whether their intervals overlap: they answered the same items, which are compared one by one.",
    },
  },
  {
    name: { zh: "名次与奖牌", en: "Rank and medals" },
    text: {
      zh: "一个目标排在另一个之上，须逐题相比超出偶然（随机化检验，全部各对按 Holm 校正）；名次范围是这些检验允许的名次。奖牌只给前三名里名次确定的：没有别的目标能拿到同一名次，排在前面的名次也都确定。",
      en: "A target is above another where the difference item by item is beyond chance (randomisation tests, all pairs adjusted by Holm); the rank range holds the ranks that these tests allow. A medal needs a certain rank among the first three, behind certain ones only: no other target can have it.",
    },
  },
  {
    name: { zh: "首字延迟、首个答案字延迟", en: "TTFT, TTFA" },
    text: {
      zh: "从发出请求到第一个非空文字（思考也算）、到第一个答案文字（思考不算）。在本机排队的时间不算；最终超时的调用排在所有延迟之后，不从统计里去掉。",
      en: "From dispatch to the first text, reasoning included, and to the first text of the answer. Waiting in our own queue is left out. A call that timed out for good ranks above every latency instead of being left out.",
    },
  },
  {
    name: { zh: "费用", en: "Cost" },
    text: {
      zh: "厂商报告的用量乘以运行时的单价。用量自相矛盾的回答过多，或单价不明，费用就是未知，不写 0。",
      en: "The vendor's counts times the price at the run. Where too many counts contradict themselves or the price is not known, the cost is unknown and never 0.",
    },
  },
  {
    name: { zh: "判断（比较）", en: "Verdicts of comparisons" },
    text: {
      zh: "同题配对的随机化检验，各维度按 Holm 校正；“持平”是指差的区间整个落在容许范围之内，不是“没看出差别”。",
      en: "Randomisation tests on paired items, dimensions adjusted by Holm. Tied means that the whole interval of the difference lies within the margin, not that no difference was seen.",
    },
  },
];
