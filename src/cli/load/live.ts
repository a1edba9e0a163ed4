import type { LoadFileLine, LoadPlan, LoadRequest } from "../../domain/load/lines.ts";
import type { Context } from "../context.ts";

import { isGood } from "../../engine/load/good.ts";
import { lateText, levelText } from "../../report/load/text.ts";
import { fixed, percent, seconds } from "../../report/render/format.ts";

/** What a user sees while a load goes on. */
export type LiveLoad = {
  /** Returns at once. */
  readonly take: (line: LoadFileLine) => void;
  readonly close: () => Promise<void>;
};

/** A live screen in a terminal, else a line for each step. */
export async function createLive(
  plan: LoadPlan,
  isPlain: boolean,
  context: Context,
): Promise<LiveLoad> {
  if (!isPlain) {
    const { createLoadScreen } = await import("../../tui/load/load-screen.tsx");
    return createLoadScreen(plan, { lang: context.lang, stdout: process.stdout });
  }
  const rows = new Map<number, LoadRequest[]>();
  return {
    take: (line) => {
      if (line.kind === "request") {
        const own = rows.get(line.step) ?? [];
        own.push(line);
        rows.set(line.step, own);
      }
      if (line.kind !== "step") return;
      const own = rows.get(line.step) ?? [];
      rows.delete(line.step);
      context.warn(stepText(line, own, plan, context));
    },
    close: () => Promise.resolve(),
  };
}

function stepText(
  line: Extract<LoadFileLine, { kind: "step" }>,
  rows: readonly LoadRequest[],
  plan: LoadPlan,
  { lang }: Context,
): string {
  const measured = rows.filter(
    ({ phase, outcome }) => phase === "measure" && outcome !== "aborted",
  );
  const good = measured.filter((row) => isGood(row, plan.slo)).length;
  const first = measured
    .flatMap(({ first_token_ms }) => first_token_ms ?? [])
    .toSorted((a, b) => a - b);
  const share = percent(measured.length === 0 ? null : good / measured.length);
  const median = seconds(first[Math.floor(first.length / 2)] ?? null);
  const bar = "█".repeat(Math.round((20 * good) / Math.max(1, measured.length))).padEnd(20, "░");
  const lag = fixed(line.self_check.send_lag_p99_ms ?? 0, 1);
  const late = lateText(line, lang);
  return {
    zh: `${line.target}  ${levelText(line, lang).padStart(10)}  ${bar} 达标 ${share}（${measured.length} 次）  首字中位数 ${median} 秒  发送迟 p99 ${lag} 毫秒${late}`,
    en: `${line.target}  ${levelText(line, lang).padStart(10)}  ${bar} good ${share} (of ${measured.length})  TTFT p50 ${median} s  send lag p99 ${lag} ms${late}`,
  }[lang];
}
