import type { EndLine } from "../../domain/run-file/session.ts";
import type { Lang, Text } from "../../domain/text.ts";
import type { Distribution } from "../score/distribution.ts";
import type { Summary } from "../score/summary.ts";
import type { View } from "../view/model.ts";

import { clean, duration, fixed, percent, seconds } from "../render/format.ts";
import { loadText } from "../render/load.ts";
import { type SessionTimes, type Trust, trustOf } from "../run/session-trust.ts";
import { type LaggedCalls, laggedCalls } from "../score/timings.ts";

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
            ? `${name}：${calls} 次调用（多轮对话每轮一次）中 ${lagged} 次进行时本机过忙，这 ${lagged} 次的时间可能偏长`
            : `${name}: this machine was too busy during ${lagged} of ${calls} calls (one for each turn of a conversation), whose times may be too long`,
        ]
      : []),
    ...(isSlow && connected / calls >= noticeable.connected
      ? [
          zh
            ? `${name}：${percent(connected / calls, 0)} 的调用新建连接，p50 ${fixed(connect_p50_ms, 0)} 毫秒，含在首字延迟里`
            : `${name}: ${percent(connected / calls, 0)} of the calls opened a connection, p50 ${fixed(connect_p50_ms, 0)} ms, which is part of their TTFT`,
        ]
      : []),
    ...regionLine(name, summary, lang),
  ];
}

/** First-token times of calls that the vendor's cache helped beside those it did not; nothing where none was helped. */
export function cachedLines(
  name: string,
  {
    first_token_cached_ms: cached,
    first_token_uncached_ms: uncached,
    counted,
  }: Pick<Summary, "first_token_cached_ms" | "first_token_uncached_ms" | "counted">,
  lang: Lang,
): readonly string[] {
  if (cached === null) return [];
  const shown = (times: Distribution): string =>
    `${seconds(times.p50.value)}/${seconds(times.p95.value)}`;
  const all = cached.n + (uncached?.n ?? 0);
  const turns = {
    zh: all > counted ? "（多轮对话每轮一次）" : "",
    en: all > counted ? " (each turn of a conversation is one)" : "",
  }[lang];
  if (lang === "zh") {
    const other = uncached === null ? "" : `；未命中的 ${uncached.n} 次 ${shown(uncached)} 秒`;
    return [
      `${name}：首字延迟 p50/p95：${all} 次调用${turns}里命中缓存的 ${cached.n} 次 ${shown(cached)} 秒${other}`,
    ];
  }
  const other = uncached === null ? "" : `; ${uncached.n} without ${shown(uncached)} s`;
  return [
    `${name}: TTFT p50/p95: of ${all} calls${turns}, ${cached.n} with cached input ${shown(cached)} s${other}`,
  ];
}

/** First-token times by where the workers stood; nothing where none said. */
function regionLine(
  name: string,
  { first_token_by_region: regions }: Summary,
  lang: Lang,
): readonly string[] {
  if (regions.length === 0) return [];
  const zh = lang === "zh";
  const parts = regions
    .toSorted((a, b) => (a.region ?? "").localeCompare(b.region ?? "", "en"))
    .map(({ region, times }) => {
      const where = region === null ? { zh: "未注明", en: "not stated" }[lang] : clean(region);
      const shown = `${seconds(times.p50.value)}/${seconds(times.p95.value)}`;
      return zh
        ? `${where} ${shown} 秒（${times.n} 次）`
        : `${where} ${shown} s (${times.n} calls)`;
    });
  return [
    zh
      ? `${name}：各地域的首字延迟 p50/p95：${parts.join("，")}`
      : `${name}: TTFT p50/p95 by region: ${parts.join(", ")}`,
  ];
}

const statuses: Readonly<Record<EndLine["status"], { readonly zh: string; readonly en: string }>> =
  {
    complete: { zh: "完成", en: "complete" },
    interrupted: { zh: "中断", en: "interrupted" },
    budget: { zh: "到预算上限而停止", en: "stopped by its budget" },
    failed: { zh: "失败过多而停止", en: "stopped by failures" },
  };

/** Whether a run's line gives the figures of all sessions, those of the one with the worst times, or `short` none where it is trusted. */
export type SessionsTold = "all" | "worst" | "short";

/** One line per run: how it ended, and whether its times can be trusted. */
export function endLines(view: View, lang: Lang, told: SessionsTold = "worst"): readonly string[] {
  const { runs, ends, sessions } = view;
  return runs.map(({ id, targets }, run) => {
    if (targets.length > 0 && targets.every(({ origin }) => origin !== undefined)) {
      return lang === "zh"
        ? `${id}：回答是导入的，没有计时。`
        : `${id}: its answers were imported; nothing was timed.`;
    }
    const end = ends[run] ?? null;
    if (end === null) {
      return lang === "zh"
        ? `${id}：尚未结束，以上是目前的结果。`
        : `${id}: not ended; these are the results so far.`;
    }
    const answering = answeringSessions(sessions[run] ?? []);
    const trust =
      answering.length === 0
        ? noTimes[lang]
        : trustText(answering, { laggedOf: () => laggedIn(view, run), told }, lang);
    return lang === "zh"
      ? `${id}：${endedHow(end, lang)}，${tookText(end, sessions[run] ?? [], lang)}；${trust}。`
      : `${id}: ${endedHow(end, lang)} ${tookText(end, sessions[run] ?? [], lang)}; ${trust}.`;
  });
}

/** Those of a run's targets of which a line of their own says so. */
function laggedIn({ targets }: View, run: number): LaggedCalls {
  const sum = { lagged: 0, calls: 0 };
  for (const target of targets) {
    const own = laggedCalls(target, run);
    sum.calls += own.calls;
    if (own.lagged >= own.calls * noticeable.lagged) sum.lagged += own.lagged;
  }
  return sum;
}

/** How long a run took: all its sessions together, where each of them ended. */
function tookText({ wall_ms }: EndLine, sessions: View["sessions"][number], lang: Lang): string {
  const zh = lang === "zh";
  const last = duration(wall_ms, lang);
  const n = sessions.length;
  if (n < 2) return zh ? `用时 ${last}` : `in ${last}`;
  const known = sessions.flatMap((session) => session.wall_ms ?? []);
  if (known.length < n) {
    return zh
      ? `最后一次会话用时 ${last}（共 ${n} 次，有的没有收尾）`
      : `in ${n} sessions, the last of ${last} (not all of them ended)`;
  }
  const all = duration(
    known.reduce((sum, each) => sum + each, 0),
    lang,
  );
  return zh
    ? `${n} 次会话共用时 ${all}（最后一次 ${last}）`
    : `in ${all} over ${n} sessions (the last ${last})`;
}

/** A run whose calls failed asked everything, but nobody would call it complete. */
function endedHow({ status, answers, failed }: EndLine, lang: Lang): string {
  if (status !== "complete" || failed === 0) return statuses[status][lang];
  if (failed >= answers) {
    return lang === "zh"
      ? `没有得到一个回答（${failed} 次全部失败）`
      : `without a single answer (all ${failed} failed)`;
  }
  return lang === "zh"
    ? `问完，${answers} 次作答里 ${failed} 次失败`
    : `all asked, ${failed} of ${answers} answers failed,`;
}

/** Of a run without a single answer that was timed. */
const noTimes: Text = {
  zh: "没有计时的回答",
  en: "no answer was timed",
};

/** The sessions of a run that got answers, with their number; one in which every call failed has no times to speak for. */
export const answeringSessions = (sessions: View["sessions"][number]): readonly SessionTimes[] =>
  sessions
    .map(({ loop, answers }) => ({
      loop,
      answers: [...answers.values()].reduce((sum, each) => sum + each, 0),
    }))
    .filter(({ answers }) => answers > 0);

const trustWords: Readonly<Record<Trust, Text>> = {
  busy: {
    zh: "本机过忙，时间不可信",
    en: "this machine was too busy, so the times cannot be trusted",
  },
  "cut-off": {
    zh: "有一次会话中断，无从判断时间是否可信",
    en: "a session was cut off, so nothing tells whether the times can be trusted",
  },
  unmeasured: {
    zh: "样本太少，无从判断时间是否可信",
    en: "too little was measured to tell whether the times can be trusted",
  },
  trusted: {
    zh: "本机负载正常，时间可信",
    en: "this machine kept up, so the times can be trusted",
  },
};

const busyAdvice: Text = {
  zh: "；得分不受影响，要看时间就关掉别的程序或调低 --concurrency 再跑",
  en: "; scores are not touched, but for times close other programs or lower --concurrency, and run again",
};

/** Whether the times can be trusted, with the figures that say so; `short` leaves them out where they can. */
function trustText(
  sessions: readonly SessionTimes[],
  { laggedOf, told }: { readonly laggedOf: () => LaggedCalls; readonly told: SessionsTold },
  lang: Lang,
): string {
  const { trust, against } = trustOf(sessions);
  const isPlain = trust === "trusted" && told === "short";
  const figures = isPlain ? "" : figuresOf(sessions, against, told, lang);
  const said = figures === "" ? "" : lang === "zh" ? `（${figures}）` : ` (${figures})`;
  const words = trust === "trusted" ? trustedBut(laggedOf()) : trustWords[trust];
  return `${words[lang]}${said}${trust === "busy" ? busyAdvice[lang] : ""}`;
}

/** So many calls at busy moments that they may move the P95, which is reported. */
const mostLagged = 0.05;

/** A machine that kept up as a whole may have been too busy at moments, which the targets' own lines tell. */
function trustedBut({ lagged, calls }: LaggedCalls): Text {
  if (lagged === 0) return trustWords.trusted;
  if (lagged <= calls * mostLagged) {
    return {
      zh: `除 ${lagged} 次调用赶上本机过忙外，时间可信`,
      en: `but for ${lagged} ${lagged === 1 ? "call" : "calls"} at moments when this machine was too busy, the times can be trusted`,
    };
  }
  const share = percent(lagged / calls, 0);
  return {
    zh: `时间误差在容许之内，但 ${share} 的调用赶上本机过忙，时间可能偏长`,
    en: `the timing errors are within what is allowed, but ${share} of the calls came at moments when this machine was too busy, so the times may be too long`,
  };
}

/** The figures of each session, or of the worst of those that decided; `against` is empty where the times are trusted. */
function figuresOf(
  sessions: readonly SessionTimes[],
  against: readonly SessionTimes[],
  told: SessionsTold,
  lang: Lang,
): string {
  const zh = lang === "zh";
  const deciding = against.length === 0 ? sessions : against;
  const measured = deciding.filter(({ loop }) => loop !== null);
  const [worst] = measured.toSorted((a, b) => excessOf(b) - excessOf(a));
  return sessions
    .flatMap((session, index) => {
      const { loop } = session;
      if (loop === null || (told !== "all" && session !== worst)) return [];
      const text = loadText(loop, lang);
      if (sessions.length === 1) return [text];
      const n = index + 1;
      if (told !== "all")
        return [zh ? `最差的是第 ${n} 次会话：${text}` : `the worst was session ${n}: ${text}`];
      return [zh ? `第 ${n} 次会话：${text}` : `session ${n}: ${text}`];
    })
    .join(zh ? "；" : "; ");
}

/** How far a session's times were off, by what is allowed; in files without such samples its lag in ms. */
function excessOf({ loop }: SessionTimes): number {
  const error = loop?.timing_error;
  if (error === undefined) return loop?.lag_p99_ms ?? 0;
  return (error.p99_ms ?? 0) / error.allowed_ms;
}
