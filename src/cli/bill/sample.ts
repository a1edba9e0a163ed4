import type { Text } from "../../domain/text.ts";

/** The traffic that `baimo cost --sample` prints: customer service, 60,000 字 of replies a day. */
export const sampleTraffic: Text = {
  zh: `schema: traffic/1
title: 客服，每天写 60,000 字
month: 2026-12                       # 按这个月的日历计费：星期、峰谷（北京时间）
holidays: []                         # 当作周末的日子，如 [2027-01-01]
calls: {weekday: [160, 200, 300], weekend: 80}     # 每天的调用数：一个数，或低、中、高
hours: {"09:00-12:00": 40, "12:00-14:00": 10, "14:00-18:00": 40, "18:00-22:00": 10}   # 各时段的份额
length: {input: 1200, output: 300, unit: characters}   # 一次调用的字数；不写就取评测里的平均值
cached: 0.5                          # 输入 token 里命中缓存的份额
batch: 0                             # 可以等一天的份额；厂商有批量接口的按批量价
growth: {per_month: 0.05, months: 12}
# fx: {USD_CNY: {rate: 7.1, date: 2026-11-29, source: "…"}}
# options:
#   - {kind: reserved, name: 预留, targets: [qwen/qwen-plus], per_day: 6049, currency: CNY, input_tpm: 200000, output_tpm: 100000, source: 报价单}
#   - {kind: self-hosted, name: 八卡自建, gpu_hour: 12, gpus: 8, currency: CNY, calls_per_minute: 410}   # 每分钟的次数取自 baimo load
person: {per_day: [100, 200], calls_per_day: 200}   # 一个人一天的费用，和一天做得完的活（折合调用数）
`,
  en: `schema: traffic/1
title: Customer service, 60,000 characters written a day
month: 2026-12                       # billed by this month's calendar: weekdays, peak hours (Beijing time)
holidays: []                         # days that count as a weekend, such as [2027-01-01]
calls: {weekday: [160, 200, 300], weekend: 80}     # calls a day: one number, or low, middle, high
hours: {"09:00-12:00": 40, "12:00-14:00": 10, "14:00-18:00": 40, "18:00-22:00": 10}   # shares of the hours
length: {input: 1200, output: 300, unit: characters}   # of one call; without it the mean of the run
cached: 0.5                          # share of the input tokens that the cache holds
batch: 0                             # share that can wait a day; at the batch price where the vendor has a batch interface
growth: {per_month: 0.05, months: 12}
# fx: {USD_CNY: {rate: 7.1, date: 2026-11-29, source: "…"}}
# options:
#   - {kind: reserved, name: Reserved, targets: [qwen/qwen-plus], per_day: 6049, currency: CNY, input_tpm: 200000, output_tpm: 100000, source: offer}
#   - {kind: self-hosted, name: Eight cards of our own, gpu_hour: 12, gpus: 8, currency: CNY, calls_per_minute: 410}   # calls a minute as baimo load measures them
person: {per_day: [100, 200], calls_per_day: 200}   # what a person costs a day, and the work done in a day (as calls)
`,
};

/** The prices that `baimo reprice --sample` prints: a price, a discount and a package. */
export const samplePrices: Text = {
  zh: `schema: prices/1
source: 合同 2026-11 补充协议            # 合同或报价单，金额由此可查
read: 2026-11-01                      # 合同或报价单的日期
rows:                                 # 先对上的一行算数；target 可以用通配
  - {target: mine/*, price: {currency: CNY, tiers: [{input: 1, output: 2}]}}     # 元/百万 tokens
  - {target: qwen/*, discount: 0.8}                                              # 刊例价的八折
  # - {target: zhipu/*, package: {tokens: 100000000, amount: 300, currency: CNY}}  # 资源包：三百元一亿 tokens，假定用得完
`,
  en: `schema: prices/1
source: contract 2026-11, supplement  # the contract or offer in which the amounts can be looked up
read: 2026-11-01                      # its date
rows:                                 # the first row that fits counts; target may hold wildcards
  - {target: mine/*, price: {currency: CNY, tiers: [{input: 1, output: 2}]}}     # CNY per million tokens
  - {target: qwen/*, discount: 0.8}                                              # 80% of the list price
  # - {target: zhipu/*, package: {tokens: 100000000, amount: 300, currency: CNY}}  # a package: 300 CNY for 100 million tokens, taken as used up
`,
};
