/** The traffic that `baimo cost --sample` prints: customer service, 60,000 字 of replies a day. */
export const sampleTraffic = `schema: traffic/1
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
`;

/** The prices that `baimo reprice --sample` prints: a price, a discount and a package. */
export const samplePrices = `schema: prices/1
source: 合同 2026-11 补充协议            # 合同或报价单，金额由此可查
read: 2026-11-01                      # 合同或报价单的日期
rows:                                 # 先对上的一行算数；target 可以用通配
  - {target: mine/*, price: {currency: CNY, tiers: [{input: 1, output: 2}]}}     # 元/百万 tokens
  - {target: qwen/*, discount: 0.8}                                              # 刊例价的八折
  # - {target: zhipu/*, package: {tokens: 100000000, amount: 300, currency: CNY}}  # 资源包：三百元一亿 tokens，假定用得完
`;
