import type { Text } from "../../domain/text.ts";

/** `unknown` counts as failed, because a gate fails closed; `undecided` means that there are not enough data. */
export type CheckResult = "passed" | "failed" | "unknown" | "undecided";

export type Check = {
  /** Null for rules of the whole run. */
  readonly target: string | null;
  readonly rule: string;
  readonly result: CheckResult;
  /** What was measured, what the rule allows, and by how much it was missed. */
  readonly message: Text;
};

/** A check whose result may be told by a condition alone. */
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
