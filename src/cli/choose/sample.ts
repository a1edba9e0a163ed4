import type { Text } from "../../domain/text.ts";

/** The card that `baimo choose --sample` prints: customer service. */
export const sampleScorecard: Text = {
  zh: `schema: scorecard/1
title: 客服选型
missing: unranked        # 缺测时：unranked 不排名；zero 记 0 分；leave-out 这一项对所有目标都不计
vetoes:                  # 一票否决，先于打分
  red_lines: true        # 触及红线
  coverage: 0.98         # 计分的回答至少占这么多
  price: true            # 价格要知道：未知的待定，不排名
  egress: [内网, 境内]   # 题目和回答只许到这些地方
  # filing: true         # 要有备案号（写在 facts）
  # license: [商用, Apache-2.0]
  limits:                # 按 95% 区间不利的一端判断；by: value 按测得的值
    - {use: effect, at_least: 40}
# facts:                 # 百模查不到、由用户填写的，报告里注明未核实
#   - {target: qwen/*, filing: 备案号, license: 商用, source: 厂商回函, read: 2026-11-01}
#   - {target: mine/*, egress: 内网, source: 运维确认, read: 2026-11-01}
groups:                  # 权重可以用任何单位；合成 100 分最好读
  - name: 技术
    criteria:
      - {use: effect, weight: 45, points: {worst: 30, best: 95}}
      - {use: first_try, weight: 10, points: {worst: 0.95, best: 1}}
      - {use: ttft_p95, weight: 10, points: {worst: 5, best: 0.5}}
      - {use: speed, weight: 5, points: {steps: [{from: 20, points: 60}, {from: 40, points: 100}]}}
  - name: 价格
    criteria:
      - {use: month_cost, weight: 30, points: lowest-price}     # 低价优先法：最低价 / 报价；要给 --traffic
  # - name: 商务
  #   criteria:
  #     - {use: steadiness, weight: 10, points: {worst: 0.95, best: 1}}            # 用户口径的可用率；要给 --history
  #     - {use: migration, weight: 5, points: {worst: 10, best: 0}}                # 要给 --incumbent 和各家改写的提示词
  #     - {use: stated, name: 接口改造, unit: 人日, better: lower, weight: 10, points: {worst: 30, best: 0}, values: {qwen/qwen-plus: 3}}
`,
  en: `schema: scorecard/1
title: Customer service
missing: unranked        # where a measurement is missing: unranked, no rank; zero, no points; leave-out, counted for no target
vetoes:                  # these rule out before any points are given
  red_lines: true        # a red line was crossed
  coverage: 0.98         # least share of answers that count
  price: true            # the price has to be known: without one it is pending, not ranked
  egress: [in-house, mainland]   # questions and answers may go to these places alone: in-house, mainland (of China), abroad
  # filing: true         # a 备案 number (filing with the Chinese regulator) is needed, stated under facts
  # license: [commercial, Apache-2.0]
  limits:                # the worse end of the 95% interval has to keep it; by: value takes the value itself
    - {use: effect, at_least: 40}
# facts:                 # what baimo cannot find out and you state; the report marks it as unverified
#   - {target: qwen/*, filing: number, license: commercial, source: letter of the vendor, read: 2026-11-01}
#   - {target: mine/*, egress: in-house, source: confirmed by operations, read: 2026-11-01}
groups:                  # weights may be of any unit; a sum of 100 reads best
  - name: Technology
    criteria:
      - {use: effect, weight: 45, points: {worst: 30, best: 95}}
      - {use: first_try, weight: 10, points: {worst: 0.95, best: 1}}
      - {use: ttft_p95, weight: 10, points: {worst: 5, best: 0.5}}
      - {use: speed, weight: 5, points: {steps: [{from: 20, points: 60}, {from: 40, points: 100}]}}
  - name: Price
    criteria:
      - {use: month_cost, weight: 30, points: lowest-price}     # the lowest price over the target's own; needs --traffic
  # - name: Business
  #   criteria:
  #     - {use: steadiness, weight: 10, points: {worst: 0.95, best: 1}}            # availability as users meet it; needs --history
  #     - {use: migration, weight: 5, points: {worst: 10, best: 0}}                # needs --incumbent and prompts rewritten for each vendor
  #     - {use: stated, name: Work on interfaces, unit: person-days, better: lower, weight: 10, points: {worst: 30, best: 0}, values: {qwen/qwen-plus: 3}}
`,
};
