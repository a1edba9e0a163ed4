import type { EndLine, LoopHealth } from "../../domain/run-file/session.ts";
import type { Lang } from "../../domain/text.ts";
import type { Summary } from "../score/summary.ts";
import type { View } from "../view/model.ts";

import { duration, fixed, percent } from "../render/format.ts";
import { loadText } from "../render/load.ts";

/** From these shares on, what is not the vendor's part of the times is said. */
const noticeable = { lagged: 0.01, connected: 0.2, connect: 0.05 };

/** What stands in a target's times beside the vendor: a busy machine, opened connections. */
export function timesLines(name: string, summary: Summary, lang: Lang): readonly string[] {
  const zh = lang === "zh";
  const { calls, lagged, connected, connect_p50_ms } = summary.timings;
  if (calls === 0) return [];
  const first = summary.first_token_ms?.p50.value ?? Number.POSITIVE_INFINITY;
  const isSlow = connect_p50_ms !== null && connect_p50_ms >= first * noticeable.connect;
  return [
    ...(lagged / calls >= noticeable.lagged
      ? [
          zh
            ? `${name}：${calls} 次调用中 ${lagged} 次作答时本机过忙，时间可能偏长`
            : `${name}: this machine was too busy during ${lagged} of ${calls} calls, whose times may be too long`,
        ]
      : []),
    ...(isSlow && connected / calls >= noticeable.connected
      ? [
          zh
            ? `${name}：${percent(connected / calls, 0)} 的调用新建连接，p50 ${fixed(connect_p50_ms, 0)} 毫秒，含在首字延迟里`
            : `${name}: ${percent(connected / calls, 0)} of the calls opened a connection, p50 ${fixed(connect_p50_ms, 0)} ms, which is part of their TTFT`,
        ]
      : []),
  ];
}

const statuses: Readonly<Record<EndLine["status"], { readonly zh: string; readonly en: string }>> =
  {
    complete: { zh: "完成", en: "complete" },
    interrupted: { zh: "中断", en: "interrupted" },
    budget: { zh: "预算用尽", en: "stopped by its budget" },
    failed: { zh: "失败过多而停止", en: "stopped by failures" },
  };

/** One line per run: how it ended, and whether its times can be trusted. */
export const endLines = ({ runs, ends, sessions }: View, lang: Lang): readonly string[] =>
  runs.map(({ id }, run) => {
    const end = ends[run] ?? null;
    if (end === null) {
      return lang === "zh"
        ? `${id}：尚未结束，以上是目前的结果。`
        : `${id}: not ended; these are the results so far.`;
    }
    const loops = (sessions[run] ?? [])
      .filter(({ targets }) => targets.size > 0)
      .map(({ loop }) => loop);
    const took = duration(end.wall_ms, lang);
    const trust = trustText(loops, end.loop, lang);
    return lang === "zh"
      ? `${id}：${statuses[end.status].zh}，用时 ${took}；${trust}。`
      : `${id}: ${statuses[end.status].en} in ${took}; ${trust}.`;
  });

/** The first session that was not trusted speaks for the run. */
function trustText(loops: readonly (LoopHealth | null)[], last: LoopHealth, lang: Lang): string {
  const zh = lang === "zh";
  const busy = loops.find((loop) => loop?.trusted === false) ?? (last.trusted ? null : last);
  if (busy != null) {
    const load = loadText(busy, lang);
    return zh
      ? `本机过忙，时间不可信（${load}）`
      : `this machine was too busy, so the times cannot be trusted (${load})`;
  }
  if (loops.includes(null)) {
    return zh
      ? "有一段被切断，时间是否可信无从得知"
      : "a session was cut off, so nothing tells whether the times can be trusted";
  }
  const load = loadText(last, lang);
  return zh
    ? `本机负载正常，时间可信（${load}）`
    : `this machine kept up, so the times can be trusted (${load})`;
}
