import type { LoopHealth, TimingError } from "../../domain/run-file/session.ts";
import type { Lang } from "../../domain/text.ts";

import { fewestTimingSamples } from "../../domain/run-file/timing-samples.ts";
import { clean, fixed, percent } from "./format.ts";

/** From so many samples on a p99 is another figure than the largest. */
const enoughForP99 = 100;
/** Characters of an operating system's own words. */
const mostOfFailure = 200;

/** What the trust in a session's times is based on: how far they were off, and how busy this machine was. */
export function loadText(loop: LoopHealth, lang: Lang): string {
  const parts =
    loop.timing_error === undefined
      ? [busyText(loop, lang), ...lagParts(loop, lang)]
      : [...errorParts(loop.timing_error, loop.trusted, lang), busyText(loop, lang)];
  return parts.join(lang === "zh" ? "，" : ", ");
}

/** True if nothing tells how far the times were off, which is not the same as too far. */
export const isUnmeasured = ({ trusted, timing_error }: LoopHealth): boolean =>
  !trusted &&
  timing_error !== undefined &&
  (timing_error.samples < fewestTimingSamples ||
    timing_error.p99_ms === null ||
    timing_error.p99_ms <= timing_error.allowed_ms);

/** How far the times were off, as the canary sampled it; where it could not, why. */
function errorParts(error: TimingError, trusted: boolean, lang: Lang): readonly string[] {
  const zh = lang === "zh";
  const { samples, p50_ms, p99_ms, max_ms, allowed_ms, over, failure } = error;
  const ended = failure === undefined ? [] : [endedText(clean(failure, mostOfFailure), lang)];
  if (p50_ms === null || p99_ms === null) {
    return [zh ? "时间误差没有测到" : "timing error not measured", ...ended];
  }
  const p50 = fixed(p50_ms, 1);
  const isFew = samples < enoughForP99;
  const worst = isFew ? fixed(max_ms ?? p99_ms, 1) : fixed(p99_ms, 1);
  const allowed = fixed(allowed_ms, 1);
  const counted = over !== undefined && over > 0 ? over : null;
  // A largest error beyond what is allowed, beside times that are trusted, asks for a word.
  const isChance = trusted && isFew && counted !== null;
  const chance = isChance
    ? { zh: `（最大 ${worst}，次数少，按偶然算）`, en: ` (at most ${worst}; so few are chance)` }
    : { zh: "", en: "" };
  const top = isChance
    ? { zh: "", en: "" }
    : { zh: `、${isFew ? "最大" : "p99"} ${worst}`, en: `, ${isFew ? "at most" : "p99"} ${worst}` };
  return [
    zh ? `时间误差 p50 ${p50}${top.zh} 毫秒` : `timing error p50 ${p50}${top.en} ms`,
    ...(isFew && counted === null ? [zh ? `只采样 ${samples} 次` : `only ${samples} samples`] : []),
    counted === null
      ? zh
        ? `容许 ${allowed} 毫秒`
        : `${allowed} ms allowed`
      : zh
        ? `${samples} 次采样里 ${counted} 次超过容许的 ${allowed} 毫秒${chance.zh}`
        : `${counted} of ${samples} samples above the ${allowed} ms allowed${chance.en}`,
    ...ended,
  ];
}

const endedText = (why: string, lang: Lang): string =>
  lang === "zh" ? `采样中断：${why}` : `sampling ended: ${why}`;

const busyText = ({ utilisation }: LoopHealth, lang: Lang): string =>
  lang === "zh"
    ? `事件循环占用 ${percent(utilisation, 0)}`
    : `event loop ${percent(utilisation, 0)} busy`;

/** What files without a canary have instead. */
function lagParts({ lag_p99_ms, send_lag_p50_ms }: LoopHealth, lang: Lang): readonly string[] {
  const lag = fixed(lag_p99_ms, 1);
  const sent = send_lag_p50_ms === null ? null : fixed(send_lag_p50_ms, 1);
  return lang === "zh"
    ? [`滞后 p99 ${lag} 毫秒`, ...(sent === null ? [] : [`发送滞后 p50 ${sent} 毫秒`])]
    : [`lag p99 ${lag} ms`, ...(sent === null ? [] : [`send lag p50 ${sent} ms`])];
}
