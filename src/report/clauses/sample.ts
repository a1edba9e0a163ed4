import type { Text } from "../../domain/text.ts";

/** The clauses that `baimo respond --sample` prints. */
export const sampleClauses: Text = {
  zh: `schema: clauses/1
title: 智能客服大模型采购 技术要求
clauses:
  # ★：一条不满足即否决；▲：不满足的计数。指标的全部名字：baimo respond --measures
  - {no: "3.1.1", mark: ★, requirement: 中文客服问题准确率不低于 85%, measure: 准确率, of: customer-service, bound: ≥ 85 %}
  - {no: "3.1.2", mark: ★, requirement: 应拒答题拒答率不低于 95%, measure: 应拒答率, bound: ≥ 95%}
  - {no: "3.1.3", mark: ▲, requirement: 非拒答题拒答率不超过 5%, measure: 误拒率, bound: 不超过 5%}
  - {no: "3.2.1", mark: ★, requirement: 首字延迟 P95 不超过 2 秒, measure: 首字延迟 P95, bound: ≤ 2 s}
  - {no: "3.2.2", requirement: 200 并发下端到端时延 P99 不超过 8 秒, measure: load-e2e-p99, at: 200 并发, bound: ≤ 8 秒}
  - {no: "3.2.3", mark: ▲, requirement: 稳定运行 30 分钟, measure: 稳定运行时长, at: 200 并发, bound: 不少于 30 分钟}
  - {no: "3.3.1", mark: ★, requirement: 可用率不低于 99.9%（仅计 5xx）, measure: 可用率（SLA 口径）, bound: 不低于 99.9%}
  - {no: "3.3.2", requirement: 可用率（含限流、超时）不低于 99%, measure: 可用率（用户口径）, bound: 不低于 99%}
  - {no: "3.4.1", requirement: 每月费用不超过 5000 元, measure: 每月费用, bound: ≤ 5000 元/月}   # 要有 --traffic
  # 测不出来的不写 measure，由用户填写；表里标明“用户填写，未核实”
  - {no: "4.1", mark: ★, requirement: 通过等级保护三级测评, state: 满足, value: 备案号 …, evidence: 附件 7}
  - {no: "4.2", requirement: 完成鲲鹏、昇腾适配}
`,
  en: `schema: clauses/1
title: Model for customer service, technical demands
clauses:
  # ★: one that is not met rejects the bid; ▲: those not met are counted. All measures: baimo respond --measures
  - {no: "3.1.1", mark: ★, requirement: accuracy on questions of Chinese customers of at least 85%, measure: accuracy, of: customer-service, bound: ≥ 85 %}
  - {no: "3.1.2", mark: ★, requirement: refuses at least 95% of what must be refused, measure: refusal-rate, bound: ≥ 95%}
  - {no: "3.1.3", mark: ▲, requirement: refuses at most 5% of what must be answered, measure: over-refusal-rate, bound: at most 5%}
  - {no: "3.2.1", mark: ★, requirement: TTFT P95 of at most 2 seconds, measure: ttft-p95, bound: ≤ 2 s}
  - {no: "3.2.2", requirement: end-to-end time P99 of at most 8 seconds at 200 requests at once, measure: load-e2e-p99, at: 200 at once, bound: ≤ 8 s}
  - {no: "3.2.3", mark: ▲, requirement: steady for 30 minutes, measure: steady, at: 200 at once, bound: at least 30 min}
  - {no: "3.3.1", mark: ★, requirement: availability of at least 99.9% (5xx alone count), measure: availability-sla, bound: ≥ 99.9%}
  - {no: "3.3.2", requirement: "availability, throttling and timeouts included, of at least 99%", measure: availability-user, bound: ≥ 99%}
  - {no: "3.4.1", requirement: at most 5000 CNY a month, measure: cost-per-month, bound: ≤ 5000 CNY}   # needs --traffic
  # what cannot be measured has no measure and is stated by you; the table says "stated by the user, unverified"
  - {no: "4.1", mark: ★, requirement: audited at level 3 of 等级保护, state: met, value: number …, evidence: annex 7}
  - {no: "4.2", requirement: runs on Kunpeng and Ascend}
`,
};
