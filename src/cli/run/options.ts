import { commonOptions } from "../options.ts";

const option = (zh: string, en: string, type: "string" | "boolean" = "string") =>
  ({ type, help: { zh, en } }) as const;

/** The flags of `baimo run`. */
export const runOptions = {
  model: {
    type: "string",
    short: "m",
    multiple: true,
    help: { zh: "目标 服务商/模型，可重复", en: "target provider/model, repeatable" },
  },
  config: commonOptions.config,
  out: option("写入或续跑这个运行文件", "write or continue this run file"),
  resume: option("续跑这个运行文件", "continue this run file"),
  trials: option("每题重复次数", "trials of each item"),
  limit: option("每个任务最多几题", "items of each task at most"),
  filter: option(
    "只跑选中的题：dimension=中文特性/* tag=易 id=i0*",
    "only these items: dimension=中文特性/* tag=易 id=i0*",
  ),
  wordings: option("也跑其他问法", "ask the alternative wordings too", "boolean"),
  concurrency: option("每条通道的并发路数", "requests under way in each lane"),
  attempts: option("每次调用最多尝试几次", "attempts of each call at most"),
  seed: option("随机种子", "random seed"),
  reseed: option("生成的题目按这个种子重出", "seed from which generated items are drawn anew"),
  "max-cost": option(
    "全部目标合计最多花多少钱，如 20CNY",
    "most money for all targets, such as 20CNY",
  ),
  "max-cost-per-target": option("每个目标最多花多少钱", "most money for each target"),
  "max-tokens-total": option("全部目标合计最多多少 token", "most tokens for all targets"),
  "max-tokens-per-target": option("每个目标最多多少 token", "most tokens for each target"),
  "allow-unknown-price": option(
    "有金额上限时，也问价格未知的目标",
    "ask targets of unknown price under a cap on money too",
    "boolean",
  ),
  "dry-run": option("只列出计划，不提问", "show the plan, ask nothing", "boolean"),
  "retry-failed": option("把失败的调用重问一遍", "ask failed calls again", "boolean"),
  reporter: option(
    "tui（终端界面）、log（逐行日志）或 silent",
    "tui (terminal), log (lines) or silent",
  ),
  junit: option("把检查结果写成 JUnit XML", "write the checks as JUnit XML"),
  "via-sim": option("把所有目标都接到本机模拟器", "send every target to the simulator", "boolean"),
} as const;
