import type { Text } from "../../domain/text.ts";
import type { Timings, UntrustedSession } from "../score/timings.ts";
import type { ComparabilityFinding } from "./comparability/comparable.ts";
import type { Side } from "./pairing.ts";

import { fixed, percent } from "../render/format.ts";
import { isUnmeasured, loadText } from "../render/load.ts";
import { isConnected, isLagged, timingsOf } from "../score/timings.ts";

/** What the times of two sides are worth, and which calls were left out of their ratios. */
export type ComparedTimings = {
  readonly base: Timings;
  readonly new: Timings;
  /** Pairs of calls, or without pairs calls, in which this machine was too busy. */
  readonly lagged: number;
  /** The same where just one side opened a connection; left out of first-token times only. */
  readonly unlike: number;
};

/** How two calls may be compared. */
export type Likeness = "alike" | "lagged" | "unlike";

/** A call of a target, by the numbers of its row and of itself. */
export type CallAt = { readonly row: number; readonly call: number };

/** Whether two calls can be compared: this machine kept up with both, and both opened a connection or neither did. */
export function likeness(base: Side, from: CallAt, fresh: Side, to: CallAt): Likeness {
  if (isLagged(base.target, from.row) || isLagged(fresh.target, to.row)) return "lagged";
  return isConnected(base.target, from.call) === isConnected(fresh.target, to.call)
    ? "alike"
    : "unlike";
}

/** The timings of both sides over the rows that are compared. */
export const bothTimings = (
  base: Side,
  fresh: Side,
  rows: { readonly base: Iterable<number>; readonly new: Iterable<number> },
) => ({
  base: timingsOf(base.view, base.target, rows.base),
  new: timingsOf(fresh.view, fresh.target, rows.new),
});

/** True if all sessions of both sides were trusted. */
export const areTrusted = ({ base, new: fresh }: Pick<ComparedTimings, "base" | "new">): boolean =>
  base.untrusted.length === 0 && fresh.untrusted.length === 0;

/** What the reader must know of the times before he reads their ratios. */
export function timingFindings(timings: ComparedTimings): readonly ComparabilityFinding[] {
  return [...untrusted(timings), ...leftOut(timings), ...connections(timings)].map((message) => ({
    level: "warn",
    touches: "latency",
    message,
  }));
}

function untrusted({ base, new: fresh }: ComparedTimings): readonly Text[] {
  const sides = [
    { name: { zh: "基准", en: "base" }, sessions: base.untrusted },
    { name: { zh: "新", en: "new" }, sessions: fresh.untrusted },
  ].filter(({ sessions }) => sessions.length > 0);
  if (sides.length === 0) return [];
  const list = (lang: "zh" | "en") => {
    const told = sides.flatMap(({ name, sessions }) =>
      untrustedTexts(sessions).map((text) => [text[lang], name[lang]] as const),
    );
    const texts = [...new Set(told.map(([text]) => text))];
    // Two targets of one run share their sessions.
    const shared = texts.length < told.length;
    return shared ? texts : told.map(([text, name]) => `${name} ${text}`);
  };
  return [
    {
      zh: `时间不可信，不判断快慢：${list("zh").join("；")}`,
      en: `times not trusted, so neither faster nor slower is said: ${list("en").join("; ")}`,
    },
  ];
}

/** Which runs have sessions whose times were not trusted, each once, and why. */
export function untrustedTexts(sessions: readonly UntrustedSession[]): readonly Text[] {
  const kinds = Map.groupBy(sessions, ({ run, loop }) =>
    JSON.stringify([run, loop === null ? null : isUnmeasured(loop)]),
  );
  return [...kinds.values()].map(untrustedText);
}

/** Of sessions of one run that were not trusted for one reason. */
function untrustedText(sessions: readonly UntrustedSession[]): Text {
  const run = sessions[0]?.run ?? "";
  const loops = sessions.flatMap(({ loop }) => (loop === null ? [] : [loop]));
  if (loops.length === 0) {
    return {
      zh: `${run} 没有 end 行，无从得知本机当时是否过忙`,
      en: `${run} has no end line, so nothing tells how busy this machine was`,
    };
  }
  const many = loops.length > 1;
  const load = {
    zh: loops.map((loop) => loadText(loop, "zh")).join("；"),
    en: loops.map((loop) => loadText(loop, "en")).join("; "),
  };
  const where = {
    zh: many ? `的 ${loops.length} 次会话中` : "",
    en: many ? ` in ${loops.length} sessions` : "",
  };
  return loops.every(isUnmeasured)
    ? {
        zh: `${run} ${where.zh}时间误差的样本太少，无从判断是否准确（${load.zh}）`,
        en: `${run} has too few samples of its timing error to tell${where.en} (${load.en})`,
      }
    : {
        zh: `${run} ${where.zh}本机过忙（${load.zh}）`,
        en: `${run} this machine was too busy${where.en} (${load.en})`,
      };
}

function leftOut({ lagged }: ComparedTimings): readonly Text[] {
  if (lagged === 0) return [];
  return [
    {
      zh: `时间比较略去 ${lagged} 次作答时本机过忙的调用`,
      en: `${lagged} calls during which this machine was too busy are left out of the times`,
    },
  ];
}

/** Share of the calls from which on it is said that their connections differ. */
const noticeable = 0.05;

function connections({ base, new: fresh, unlike }: ComparedTimings): readonly Text[] {
  if (unlike < (base.calls + fresh.calls) * noticeable) return [];
  const side = ({ calls, connected, connect_p50_ms }: Timings): string =>
    `${percent(calls === 0 ? null : connected / calls, 0)}${connect_p50_ms === null ? "" : ` (p50 ${fixed(connect_p50_ms, 0)} ms)`}`;
  return [
    {
      zh: `新建连接（含在首字延迟里）的调用：基准 ${side(base)}，新 ${side(fresh)}；首字延迟只比同为新建或同为复用的，略去 ${unlike} 次`,
      en: `calls that opened a connection, which is part of their TTFT: base ${side(base)}, new ${side(fresh)}; TTFT is compared only where both did or neither, ${unlike} left out`,
    },
  ];
}
