import type { Lang, Text } from "../../domain/text.ts";
import type { Timings } from "../score/timings.ts";

import { untrustedTexts } from "../compare/timings.ts";
import { percent } from "../render/format.ts";

/** `unknown` counts as failed, because a gate fails closed; `undecided` means that there are not enough data. */
export type CheckResult = "passed" | "failed" | "unknown" | "undecided";

export type Check = {
  /** Null for rules of the whole run. */
  readonly target: string | null;
  readonly rule: string;
  readonly result: CheckResult;
  /** What was measured, what the rule allows, and by how much it was missed. */
  readonly message: Text;
  /** What it rests on, such as replies; too long for a cell. */
  readonly details?: readonly Text[];
};

/** The message with its details in one line. */
export const fullMessage = ({ message, details = [] }: Check, lang: Lang): string =>
  [message[lang], ...details.map((detail) => detail[lang])].join(lang === "zh" ? "；" : "; ");

/** What a rule said; a boolean is passed or failed. */
export const check = (
  target: string | null,
  rule: string,
  result: CheckResult | boolean,
  zh: string,
  en: string,
): Check => ({
  target,
  rule,
  result: typeof result === "boolean" ? (result ? "passed" : "failed") : result,
  message: { zh, en },
});

/** Tolerance for the rounding error of adding many small parts. */
const dust = 1e-9;

/** Null fails closed: it cannot be told. */
export function atMost(
  target: string | null,
  rule: string,
  name: Text,
  value: number | null,
  limit: number,
  show: (value: number) => string,
): Check {
  if (value === null) return check(target, rule, "unknown", `${name.zh}未知`, `${name.en} unknown`);
  const over = Number.isFinite(value) ? show(Math.abs(value - limit)) : "∞";
  const ok = value <= limit * (1 + dust);
  return check(
    target,
    rule,
    ok,
    `${name.zh} ${show(value)}，最多 ${show(limit)}${ok ? "" : `，超出 ${over}`}`,
    `${name.en} ${show(value)}, at most ${show(limit)}${ok ? "" : `, over by ${over}`}`,
  );
}

/** The same for a share that must be reached. */
export function atLeast(
  target: string,
  rule: string,
  name: Text,
  value: number | null,
  limit: number,
): Check {
  if (value === null) return check(target, rule, "unknown", `${name.zh}未知`, `${name.en} unknown`);
  const ok = value >= limit * (1 - dust);
  const under = percent(limit - value);
  return check(
    target,
    rule,
    ok,
    `${name.zh} ${percent(value)}，至少 ${percent(limit)}${ok ? "" : `，还差 ${under}`}`,
    `${name.en} ${percent(value)}, at least ${percent(limit)}${ok ? "" : `, short by ${under}`}`,
  );
}

/** Times of a busy machine pass nothing and fail nothing. */
export function untrusted({ message, ...told }: Check, ...sides: readonly Timings[]): Check {
  const why = (lang: "zh" | "en") =>
    sides.flatMap((side) => untrustedTexts(side.untrusted).map((text) => text[lang])).join("; ");
  return {
    ...told,
    result: "undecided",
    message: {
      zh: `${message.zh}；时间不可信，不作判断：${why("zh")}`,
      en: `${message.en}; times not trusted, so not judged: ${why("en")}`,
    },
  };
}
