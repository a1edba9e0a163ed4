import type { Deadlines } from "../domain/config.ts";
import type { Money } from "../domain/money.ts";
import type { Settings } from "../domain/record.ts";
import type { ConfigFile } from "../store/config.ts";
import type { Parsed } from "./command.ts";

import { durationMs } from "../domain/config.ts";
import { UserError } from "../domain/text.ts";
import { commonOptions } from "./common-options.ts";

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

/** First byte: a model that thinks for ten minutes before it says anything is slow, not dead. */
export const defaultSettings = {
  trials: 1,
  seed: 7,
  attempts: 5,
  deadlines: { connect: "10s", first_byte: "900s", idle: "120s", total: "1800s" },
} as const;

/**
 * Flags over the config over `base` (the settings of the run file that is continued, else the defaults); the board's
 * own limit stands over that of the config.
 * Throws UserError for a number that is none.
 */
export function settingsOf(
  { values }: Parsed,
  config: ConfigFile | null,
  base: Settings | null,
  boardLimit: number | null = null,
): Settings {
  const own = config?.config.run ?? {};
  const { deadlines } = defaultSettings;
  const ms = (name: keyof Deadlines): number =>
    own.deadlines?.[name] === undefined
      ? (base?.deadlines_ms[name] ?? durationMs(deadlines[name]))
      : durationMs(own.deadlines[name]);
  const count = (name: string): number | undefined => wholeNumber(name, values[name], 1);
  return {
    trials: count("trials") ?? base?.trials ?? own.trials ?? defaultSettings.trials,
    seed: wholeNumber("seed", values["seed"], 0) ?? base?.seed ?? own.seed ?? defaultSettings.seed,
    limit: count("limit") ?? base?.limit ?? boardLimit ?? own.limit ?? null,
    filter: textOf(values["filter"]) ?? base?.filter ?? null,
    wordings: values["wordings"] === true || (base?.wordings ?? own.wordings ?? false),
    concurrency: count("concurrency") ?? own.concurrency ?? null,
    attempts: count("attempts") ?? own.attempts ?? defaultSettings.attempts,
    deadlines_ms: {
      connect: ms("connect"),
      first_byte: ms("first_byte"),
      idle: ms("idle"),
      total: ms("total"),
    },
    params: base?.params ?? own.params ?? {},
    max_cost: amount("max-cost", values["max-cost"]) ?? own.max_cost ?? null,
    max_tokens_total: count("max-tokens-total") ?? own.max_tokens_total ?? null,
    max_cost_per_target:
      amount("max-cost-per-target", values["max-cost-per-target"]) ??
      own.max_cost_per_target ??
      null,
    max_tokens_per_target: count("max-tokens-per-target") ?? own.max_tokens_per_target ?? null,
    via_sim: values["via-sim"] === true || (base?.via_sim ?? false),
    reseed: wholeNumber("reseed", values["reseed"], 0) ?? base?.reseed ?? null,
  };
}

/** A flag's text, or null where it was not given. */
export const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** Such as `20CNY`, `20 元`, `1.5USD`. */
function amount(name: string, value: unknown): Money | undefined {
  const text = textOf(value);
  if (text === null) return undefined;
  const [, number = "", unit = ""] =
    /^(\d+(?:\.\d+)?)\s*(CNY|USD|元|¥|\$)$/i.exec(text.trim()) ?? [];
  const currency = { CNY: "CNY", 元: "CNY", "¥": "CNY", USD: "USD", $: "USD" }[unit.toUpperCase()];
  if (currency === "CNY" || currency === "USD") return { amount: Number(number), currency };
  throw new UserError({
    zh: `--${name} 应是金额加币种，例如 20CNY，得到 "${text}"`,
    en: `--${name} must be an amount with its currency, such as 20CNY; got "${text}"`,
  });
}

function wholeNumber(name: string, value: unknown, least: number): number | undefined {
  const text = textOf(value);
  if (text === null) return undefined;
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(number) && number >= least) return number;
  throw new UserError({
    zh: `--${name} 应是不小于 ${least} 的整数，得到 "${text}"`,
    en: `--${name} must be a whole number of at least ${least}; got "${text}"`,
  });
}
