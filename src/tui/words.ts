/** The rows of a table that are shown, counted from 1, and how many there are. */
type RowRange = { readonly from: number; readonly to: number; readonly of: number };

/** All texts on the screen other than names and numbers. */
export const words = {
  tabs: [
    { zh: "目标", en: "Targets" },
    { zh: "维度", en: "Dimensions" },
    { zh: "失败", en: "Failures" },
    { zh: "作答", en: "Answers" },
  ],
  inFlight: { zh: "进行中", en: "in flight" },
  left: { zh: "剩余约", en: "left about" },
  leftUnknown: { zh: "剩余时间未知，在等", en: "time left unknown, waiting for" },
  leftGone: { zh: "服务断开了，在等", en: "server gone, waiting for" },
  budget: { zh: "预算", en: "Budget" },
  paused: {
    zh: "已暂停，不再提问；已排队的请求会继续完成。按 p 继续。",
    en: "Paused: no new questions; those in the queue finish. p goes on.",
  },
  stopping: {
    interrupt: {
      zh: "正在结束，等进行中的请求。再按 q 或 Ctrl-C 立即中止：续跑时重问，可能重复计费。",
      en: "Ending after those in flight. q/Ctrl-C drops them, to be asked and paid again.",
    },
    budget: {
      zh: "预算用尽：等进行中的请求结束。",
      en: "Budget reached: waiting for those in flight.",
    },
    failed: {
      zh: "失败过多：等进行中的请求结束。",
      en: "Too many failures: waiting for those in flight.",
    },
  },
  keys: {
    zh: "1-4 切换  ↑↓ 选择  回车 看对话  p 暂停  q 结束",
    en: "1-4 view  ↑↓ choose  Enter read  p pause  q quit",
  },
  keysPaused: {
    zh: "1-4 切换  ↑↓ 选择  回车 看对话  p 继续  q 结束",
    en: "1-4 view  ↑↓ choose  Enter read  p go on  q quit",
  },
  keysReading: {
    zh: "↑↓ 滚动  空格 翻页  Esc 返回  q 结束",
    en: "↑↓ scroll  Space page  Esc back  q quit",
  },
  target: { zh: "目标", en: "Target" },
  progress: { zh: "进度", en: "Progress" },
  score: { zh: "效果分 (95%)", en: "Score (95%)" },
  mean: { zh: "逐题均分", en: "Item mean" },
  firstToken: { zh: "首字秒 p50/p95", en: "TTFT p50/p95 s" },
  speed: { zh: "字符/秒", en: "chars/s" },
  cost: { zh: "费用", en: "Cost" },
  errors: { zh: "错误", en: "Errors" },
  limit: { zh: "限额", en: "Limit" },
  /** Before the share of the target that is furthest behind. */
  slowest: { zh: "最慢", en: "slowest" },
  cut: { zh: "已降", en: "cut" },
  dimension: { zh: "维度", en: "Dimension" },
  all: { zh: "全部", en: "All" },
  outcome: { zh: "结果", en: "Outcome" },
  code: { zh: "代码", en: "Code" },
  message: { zh: "厂商的说明", en: "The vendor's words" },
  item: { zh: "题目", en: "Item" },
  verdict: { zh: "判定", en: "Verdict" },
  extracted: { zh: "提取", en: "Extracted" },
  simulated: { zh: "模拟", en: "sim" },
  recentFailures: { zh: "最近的失败", en: "Latest failures" },
  onlyWaiting: {
    zh: "还没有失败的调用，但有目标在等：",
    en: "No call has failed for good, but targets wait:",
  },
  noFailures: { zh: "没有失败。", en: "No failures." },
  noAnswers: { zh: "还没有回答。", en: "No answers yet." },
  noNewAnswers: {
    zh: (had: string): string => `本次还没有回答（之前的 ${had} 条见报告页，或用 review 查看）。`,
    en: (had: string): string =>
      `No answers yet in this session (the ${had} before it: the report page, or review).`,
  },
  noScores: { zh: "正在算分……", en: "Scoring…" },
  tooLarge: {
    zh: "这次运行很大，边跑边算会影响计时；分数在结束后给出，也可以另开终端用 baimo leaderboard 查看。",
    en: "This run is large: scoring it live would bend the timings. Scores come at the end, or from baimo leaderboard in another terminal.",
  },
  tooSmall: { zh: "窗口太小", en: "The window is too small" },
  reading: { zh: "正在读运行文件……", en: "Reading the run file…" },
  notFound: { zh: "运行文件里还没有这个回答。", en: "The run file does not hold this answer yet." },
  more: {
    zh: (n: number): string => `${n} 个目标放不下，拉宽窗口可见`,
    en: (n: number): string =>
      n === 1
        ? "1 target does not fit; widen the window"
        : `${n} targets do not fit; widen the window`,
  },
  moreColumns: {
    zh: (names: readonly string[]): string =>
      `另有 ${names.length} 列放不下（${names.join("、")}），拉宽窗口可见`,
    en: (names: readonly string[]): string =>
      `${names.length} more ${names.length === 1 ? "column" : "columns"} in a wider window: ${names.join(", ")}`,
  },
  rows: {
    zh: ({ from, to, of }: RowRange): string =>
      `第 ${from}–${to} 行，共 ${of} 行；其余按 ↑↓ 或翻页键查看`,
    en: ({ from, to, of }: RowRange): string =>
      `rows ${from}–${to} of ${of}; ↑↓ or Page Up/Down for the others`,
  },
  inAll: { zh: "合计", en: "in all" },
  stopped: { zh: "不再提问", en: "stopped" },
  redLines: { zh: "触及红线", en: "red lines" },
  toRule: { zh: "红线待裁定", en: "to be ruled on" },
  retries: { zh: "重试", en: "retries" },
  attempts: { zh: "次尝试", en: "attempts" },
  roles: {
    system: { zh: "系统", en: "system" },
    user: { zh: "提问", en: "user" },
    assistant: { zh: "回答", en: "answer" },
    reasoning: { zh: "思考", en: "reasoning" },
    passages: { zh: "检索到的段落", en: "retrieved passages" },
  },
  gold: { zh: "标准答案", en: "Gold" },
  grader: { zh: "评分器", en: "Grader" },
  seconds: { zh: "秒", en: "s" },
  ttft: { zh: "首字延迟", en: "TTFT" },
  total: { zh: "整答耗时", en: "total" },
  tokens: { zh: "tokens 入/出", en: "tokens in/out" },
  empty: { zh: "（空）", en: "(empty)" },
} as const;
