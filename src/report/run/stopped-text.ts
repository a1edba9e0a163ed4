import type { StoppedTarget } from "../../domain/run-file/session.ts";
import type { Lang } from "../../domain/text.ts";
import type { RepeatedFailure } from "./repeats.ts";

import { colon } from "../../domain/text.ts";
import { redact } from "../../text/secrets/redact.ts";
import { clean } from "../render/format.ts";
import { outcomeWords } from "../render/words.ts";

/** A target that is not asked any further, as its event says. */
export type StoppedNow = Omit<StoppedTarget, "unasked">;

/** The failure that stopped a target; null where it was none. */
export function causeOf({
  target,
  reason,
  status,
  code,
  message,
}: StoppedNow): RepeatedFailure | null {
  if (reason === "budget" || reason === "unserved") return null;
  return { target, outcome: reason, code: code ?? (status === null ? null : `${status}`), message };
}

/** Which target is not asked any further, and why; `failed` is how many calls said so, 0 where that is told elsewhere. */
export function stoppedLine(
  { target, reason, status, code, message }: StoppedNow,
  lang: Lang,
  hide: readonly string[] = [],
  failed = 0,
): string {
  const said = [status, code, message].filter((part) => part !== null && part !== "").join(" ");
  const why =
    reason === "budget"
      ? { zh: "预算不够再问一次", en: "its budget has no room for another answer" }[lang]
      : reason === "unserved"
        ? { zh: "没有工作进程能问它", en: "no worker asks it" }[lang]
        : outcomeWords[reason][lang];
  const words = { zh: "不再提问", en: "is asked no further" }[lang];
  const calls =
    failed === 0
      ? ""
      : lang === "zh"
        ? `${failed} 次调用失败，`
        : `failed in ${failed === 1 ? "1 call" : `${failed} calls`} and `;
  return clean(
    `■ ${target} ${calls}${words}${colon[lang]}${why}${said === "" ? "" : ` (${redact(said, hide)})`}`,
    600,
  );
}
