import type { BankDraw } from "../../engine/plan/draw.ts";

import { banks } from "../../domain/risk/bank.ts";
import { UserError } from "../../domain/text.ts";
import { amount, choice, flag, number, type OptionsOf, parsed, text } from "../options.ts";
import { readShard, shared } from "../shared-options.ts";

const positive = { whole: true, least: 1 } as const;
const natural = { whole: true, least: 0 } as const;

/** The options of `baimo run`. */
export const runOptions = {
  model: shared.model,
  config: shared.config,
  out: {
    ...text({ zh: "写入或续跑这个运行文件", en: "write or continue this run file" }),
    short: "o",
  },
  resume: text({ zh: "续跑这个运行文件", en: "continue this run file" }),
  trials: number({ zh: "每题重复次数", en: "trials of each item" }, positive, null),
  limit: shared.limit,
  draw: parsed(
    {
      zh: "从安全题库里抽检，如 refuse=300,answer=300,generated=1000；各类风险平均",
      en: "draw from safety banks, such as refuse=300,answer=300,generated=1000; evenly over the risks",
    },
    drawOf,
    null,
  ),
  filter: shared.filter,
  shard: parsed(
    {
      zh: "只跑 n 份中的第 k 份，如 2/8；各份用 baimo merge 合并",
      en: "run part k of n alone, such as 2/8; baimo merge puts the parts together",
    },
    readShard,
    null,
  ),
  queue: shared.queue,
  waitWorkers: number(
    {
      zh: "有 --queue 时，一个目标多少秒没有工作进程就不再问它，默认 300",
      en: "with --queue, seconds after which a target that no worker asks is given up (default 300)",
    },
    { least: 0 },
    300,
  ),
  wordings: flag({ zh: "也问其他问法", en: "ask the alternative wordings too" }),
  cold: flag({
    zh: "在每个系统提示词开头加一个随机标记，让厂商的前缀缓存都不命中",
    en: "begin every system prompt with a random mark, so that no vendor's prefix cache answers",
  }),
  batch: flag({
    zh: "用厂商的批量接口提问，多为半价：最迟 24 小时出结果，没有延迟数据",
    en: "ask through the vendors' batch interfaces, mostly at half the price: within 24 hours, without latencies",
  }),
  concurrency: shared.concurrency,
  attempts: number(
    { zh: "每次调用最多尝试几次", en: "attempts of each call at most" },
    positive,
    null,
  ),
  seed: number({ zh: "随机种子", en: "random seed" }, natural, null),
  reseed: number(
    { zh: "用这个种子重新生成题目", en: "seed from which generated items are drawn anew" },
    natural,
    null,
  ),
  maxCost: amount({
    zh: "全部目标合计最多花多少钱，如 20CNY",
    en: "most money for all targets, such as 20CNY",
  }),
  maxCostPerTarget: amount({ zh: "每个目标最多花多少钱", en: "most money for each target" }),
  maxTokensTotal: number(
    { zh: "全部目标合计最多多少 token", en: "most tokens for all targets" },
    positive,
    null,
  ),
  maxTokensPerTarget: number(
    { zh: "每个目标最多多少 token", en: "most tokens for each target" },
    positive,
    null,
  ),
  allowUnknownPrice: flag({
    zh: "有金额上限时，也问价格未知的目标",
    en: "ask targets of unknown price under a cap on money too",
  }),
  force: shared.forceRetired,
  dryRun: flag({ zh: "只列出计划，不提问", en: "show the plan, ask nothing" }),
  retryFailed: flag({ zh: "把失败的调用重问一遍", en: "ask failed calls again" }),
  reporter: choice(
    {
      zh: "tui（终端界面）、log（逐行日志）或 silent",
      en: "tui (terminal), log (lines) or silent",
    },
    ["tui", "log", "silent"],
    null,
  ),
  junit: shared.junit,
  report: text({
    zh: "跑完写出报告页，如 report.html",
    en: "write the report page at the end, such as report.html",
  }),
  viaSim: shared.viaSim,
};

export type RunOptions = OptionsOf<typeof runOptions>;

/** `refuse=300,answer=300` as numbers by bank. Throws a `UserError` for any other form. */
function drawOf(given: string): BankDraw {
  const draw: Partial<Record<(typeof banks)[number], number>> = {};
  for (const part of given.split(",")) {
    const [, name = "", digits = ""] = /^\s*(\w+)=(\d{1,7})\s*$/.exec(part) ?? [];
    const bank = banks.find((each) => each === name);
    if (bank === undefined || Number(digits) < 1 || draw[bank] !== undefined) throw notADraw(given);
    draw[bank] = Number(digits);
  }
  return draw;
}

const notADraw = (given: string): UserError =>
  new UserError({
    zh: `--draw 写成 refuse=300,answer=300,generated=1000 这样，每个题库至多写一次，不是“${given}”`,
    en: `--draw is written as refuse=300,answer=300,generated=1000, each bank once at most, not "${given}"`,
  });
