import type { Lang } from "../../../domain/text.ts";
import type { ProbeOutage, ProbeSummary } from "./summary.ts";

import { colon } from "../../../domain/text.ts";
import { percent, seconds } from "../../render/format.ts";

/** a/x：全天探测 1008 次，0.4% 没有回答；0–6 时 1.61 秒，6–12 时 2.10 秒（2.0% 没有回答）… */
export const probeLines = (summaries: readonly ProbeSummary[], lang: Lang): readonly string[] =>
  summaries.map(({ target, asked, missing, bands }) => {
    const zh = lang === "zh";
    const head = zh
      ? `全天探测 ${asked} 次，${percent(missing)} 没有回答`
      : `${asked} calls around the clock, ${percent(missing)} without an answer`;
    const parts = bands.map(({ from, to, total_ms, missing: own }) => {
      const time = total_ms === null ? "—" : seconds(total_ms);
      const lost =
        own === 0
          ? ""
          : zh
            ? `（${percent(own)} 没有回答）`
            : ` (${percent(own)} without an answer)`;
      return zh ? `${from}–${to} 时 ${time} 秒${lost}` : `${from}–${to} h ${time} s${lost}`;
    });
    return `${target}${colon[lang]}${[head, ...parts].join(zh ? "；" : "; ")}`;
  });

/** a/x：探测到中断 11-30 14:20–15:00（2 次探测都没有回答） */
export const probeOutageLines = (
  summaries: readonly ProbeSummary[],
  lang: Lang,
): readonly string[] =>
  summaries.flatMap(({ target, outages }) =>
    outages.map((outage) => `${target}${colon[lang]}${outageText(outage, lang)}`),
  );

const outageText = ({ day, from, to, ticks }: ProbeOutage, lang: Lang): string =>
  lang === "zh"
    ? `探测到中断，${day} ${from} 起${to === null ? "，至今未恢复" : `，${to} 恢复`}（连续 ${ticks} 次探测都没有回答）`
    : `the probe saw an outage from ${day} ${from} on, ${to === null ? "not over yet" : `over at ${to}`} (${ticks} ticks in a row without an answer)`;
