import { setTimeout as sleep } from "node:timers/promises";

import type { Config } from "../../../domain/config.ts";
import type { TickLine } from "../../../domain/nights/ticks.ts";
import type { Lang } from "../../../domain/text.ts";
import type { Context } from "../../context.ts";

import { durationMs, ProbeSettings } from "../../../domain/config.ts";
import { lockFile } from "../../../files/lock.ts";
import { probeSummaries } from "../../../report/nightly/probe/summary.ts";
import { probeOutageLines } from "../../../report/nightly/probe/text.ts";
import { beijingClock, beijingDay } from "../../../report/nightly/record.ts";
import { percent, seconds } from "../../../report/render/format.ts";
import { keepTick, packTicks, readTicks } from "../../../store/nights/tick-files.ts";
import { nightLock } from "../keep.ts";
import { tickAroundTheClock } from "./loop.ts";
import { probeFilter, type ProbeTick, probeTick } from "./tick.ts";

export type ProbeOptions = Pick<ProbeTick, "model" | "config" | "concurrency" | "viaSim"> & {
  readonly once: boolean;
};

/**
 * Asks a few fixed items of a board at an interval, around the clock, until it is stopped; or once. Resolves to the exit code.
 * Rejects with a UserError while another process probes into the same history.
 */
export async function probe(
  {
    board,
    folder,
    config,
  }: { readonly board: string; readonly folder: string; readonly config: Config | null },
  { once, ...options }: ProbeOptions,
  context: Context,
): Promise<number> {
  const settings = config?.nightly?.probe ?? ProbeSettings.parse({});
  const filter = await probeFilter(board, settings, context);
  const most = settings.max_cost ?? null;
  const lock = await lockFile(`${nightLock(folder)}-probe`);
  if (lock.tookOver !== null) context.warn(lock.tookOver[context.lang]);
  const begun = new Date().toISOString();
  let isStopped = false;
  const tick = async (left: number | null): Promise<number> => {
    const maxCost = most === null || left === null ? null : { ...most, amount: left };
    const lines = await probeTick({ ...options, board, filter, maxCost }, context);
    if (lines === null) {
      isStopped = true;
      return 0;
    }
    const day = beijingDay(lines[0]?.when ?? begun);
    await keepTick(folder, lines, { day, begun });
    await packTicks(folder, day);
    context.print(tickText(lines, context.lang));
    const since = beijingDay(new Date(Date.now() - 86_400_000).toISOString());
    const summaries = probeSummaries(await readTicks(folder, since), new Date().toISOString());
    const lasting = summaries.map((each) => ({
      ...each,
      outages: each.outages.filter(({ to }) => to === null),
    }));
    for (const line of probeOutageLines(lasting, context.lang)) context.warn(line);
    return most === null ? 0 : costOf(lines, most.currency);
  };
  try {
    const today = beijingDay(begun);
    const earlier = await readTicks(folder, today);
    await context.finishing(() =>
      tickAroundTheClock({
        every_ms: durationMs(settings.every),
        now: () => Date.now(),
        wait: async (ms) => !once && !isStopped && (await waited(ms, context)),
        tick,
        budget: most?.amount ?? null,
        spent: most === null ? 0 : costOf(earlier, most.currency),
        onSpent: (day) => context.warn(spentText(day, context.lang)),
      }),
    );
    return isStopped || context.stopping.aborted ? 130 : 0;
  } finally {
    await lock.release();
  }
}

const costOf = (lines: readonly TickLine[], currency: "CNY" | "USD"): number =>
  lines.reduce((sum, { cost }) => sum + cost[currency], 0);

/** 14:20 a/x 1.93 秒；b/y 没有回答 100% */
function tickText(lines: readonly TickLine[], lang: Lang): string {
  const parts = lines.map(({ ref, asked, n, total_ms }) => {
    const lost = asked === 0 || n >= asked ? "" : percent(1 - n / asked);
    const time = total_ms === null ? null : seconds(total_ms);
    if (lang === "zh") {
      return [
        ref,
        ...(time === null ? [] : [`${time} 秒`]),
        ...(lost === "" ? [] : [`${lost} 没有回答`]),
      ].join(" ");
    }
    return [
      ref,
      ...(time === null ? [] : [`${time} s`]),
      ...(lost === "" ? [] : [`${lost} without an answer`]),
    ].join(" ");
  });
  return `${beijingClock(lines[0]?.when ?? "1970-01-01T00:00:00Z")} ${parts.join(lang === "zh" ? "；" : "; ")}`;
}

const spentText = (day: string, lang: Lang): string =>
  lang === "zh"
    ? `${day} 的探测预算（nightly.probe.max_cost）已用完，零点后继续`
    : `The budget of the probe for ${day} (nightly.probe.max_cost) is spent; it goes on after midnight in Beijing`;

async function waited(ms: number, { stopping }: Context): Promise<boolean> {
  try {
    await sleep(ms, undefined, { signal: stopping });
    return true;
  } catch {
    return false;
  }
}
