import type { DeadlineSettings } from "../../domain/config.ts";
import type { Money } from "../../domain/money.ts";
import type { ConfigFile } from "../../store/config.ts";
import type { Parsed } from "../command.ts";

import { durationMs } from "../../domain/config.ts";
import { UserError } from "../../domain/text.ts";
import { textOf } from "../../domain/json.ts";
import type { Settings } from "../../domain/run-file/header.ts";

/** First byte: a model that thinks for ten minutes before it says anything is slow, not dead. */
const defaultSettings = {
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
  const ms = (name: keyof DeadlineSettings): number =>
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
