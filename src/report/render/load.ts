import type { LoopHealth } from "../../domain/run-file/session.ts";
import type { Lang } from "../../domain/text.ts";

import { fixed, percent } from "./format.ts";

/** How busy this machine was: what the trust in its times is based on. */
export function loadText(loop: LoopHealth, lang: Lang): string {
  const { utilisation, lag_p99_ms, send_lag_p50_ms } = loop;
  const sent = send_lag_p50_ms === null ? null : fixed(send_lag_p50_ms, 1);
  const parts =
    lang === "zh"
      ? [
          `事件循环占用 ${percent(utilisation, 0)}`,
          `滞后 p99 ${fixed(lag_p99_ms, 1)} 毫秒`,
          ...(sent === null ? [] : [`发送滞后 p50 ${sent} 毫秒`]),
        ]
      : [
          `event loop ${percent(utilisation, 0)} busy`,
          `lag p99 ${fixed(lag_p99_ms, 1)} ms`,
          ...(sent === null ? [] : [`send lag p50 ${sent} ms`]),
        ];
  return parts.join(lang === "zh" ? "，" : ", ");
}
