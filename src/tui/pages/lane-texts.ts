import type { Outcome } from "../../domain/outcome.ts";
import type { Lang } from "../../domain/text.ts";
import type { RedLines } from "../../report/score/red-lines.ts";
import type { TargetView } from "../../report/view/model.ts";
import type { Wait } from "../progress.ts";
import type { FrameData } from "../ui-state.ts";

import { isGraded, outcomes } from "../../domain/outcome.ts";
import { colon } from "../../domain/text.ts";
import { laneId } from "../../engine/calls/lanes.ts";
import { clean, duration } from "../../report/render/format.ts";
import { outcomeWords } from "../../report/render/words.ts";
import { loadingWords } from "../../report/run/log.ts";
import { verdictCode } from "../../report/view/shapes.ts";
import { words } from "../words.ts";

/** Shorter waits are not worth a word. */
const leastTold_ms = 1_000;

/** Which cells of a target's row the screen has no room for. */
export type Hidden = {
  readonly inFlight: boolean;
  readonly limit: boolean;
  readonly errors: boolean;
};

/**
 * What is going on with a target as far as its row does not say it: what is under way and for how long, the lane's limit,
 * what it waits for and until when, in the vendor's words. Null where nothing takes long.
 */
export function goingOn(target: TargetView, data: FrameData, hidden: Hidden): string | null {
  const { state, lang, elapsed_ms } = data;
  const { ref, inFlight, entry } = target;
  if (entry?.baseline === true) return null;
  const oldest = state.oldest_ms.get(ref) ?? 0;
  const isSlow = hidden.inFlight && inFlight > 0 && oldest >= leastTold_ms;
  const isCut = hidden.limit && entry !== null && state.limits.get(laneId(entry))?.why === "cut";
  const wait = state.waits.get(ref);
  const left_ms = (wait?.until_ms ?? 0) - elapsed_ms;
  const isHeld = hidden.errors && wait !== undefined && left_ms >= leastTold_ms;
  if (!isSlow && !isCut && !isHeld) return null;
  const parts = [
    ...(isHeld ? [heldText(wait, data.elapsed_ms, lang)] : []),
    ...(isSlow ? [slowText(inFlight, oldest, lang)] : []),
    ...(hidden.limit ? [`${words.limit[lang]} ${limitText(target, data)}`] : []),
  ];
  return `${clean(ref)}${colon[lang]}${parts.join(" · ")}`;
}

/** What targets wait for: calls that failed and are tried again are no failures yet. */
export const waitingTexts = (data: FrameData): readonly string[] =>
  data.view.targets.flatMap((target) => {
    const wait = data.state.waits.get(target.ref);
    const left_ms = (wait?.until_ms ?? 0) - data.elapsed_ms;
    if (wait === undefined || left_ms < leastTold_ms) return [];
    return [`${clean(target.ref)}${colon[data.lang]}${heldText(wait, data.elapsed_ms, data.lang)}`];
  });

const slowText = (flying: number, oldest_ms: number, lang: Lang): string =>
  lang === "zh"
    ? `${words.inFlight.zh} ${flying}，最久 ${duration(oldest_ms, lang)}`
    : `${words.inFlight.en} ${flying}, the oldest for ${duration(oldest_ms, lang)}`;

function heldText(wait: Wait, elapsed_ms: number, lang: Lang): string {
  const left = duration(wait.until_ms - elapsed_ms, lang);
  const most = wait.isLoading ? { zh: "最多", en: "at most " }[lang] : "";
  const said = wait.said === "" ? "" : ` (${clean(wait.said, 120)})`;
  if (wait.given_up_ms !== null)
    return `${whyOf(wait, lang)}${goneText(left, wait.given_up_ms - elapsed_ms, lang)}${said}`;
  return lang === "zh"
    ? `${whyOf(wait, lang)}，${most}再等 ${left}${said}`
    : `${whyOf(wait, lang)}, ${most}${left} more${said}`;
}

/** When a server that went away is looked for again, for how long, and what then: before the vendor's words, which a narrow screen cuts. */
function goneText(next: string, left_ms: number, lang: Lang): string {
  const left = duration(Math.max(0, left_ms), lang);
  return lang === "zh"
    ? `，断开了；${next}后再试，最多找它 ${left}，之后停下；按 q 现在就停，--resume 续跑`
    : `, gone; tried again in ${next}, looked for ${left} more at most, then it stops; q stops now, --resume goes on`;
}

const whyOf = ({ outcome, isLoading }: Wait, lang: Lang): string =>
  isLoading ? loadingWords[lang] : outcomeWord(outcome, lang);

/** Requests under way, and for how long the oldest of them has been. */
export function flyingText({ ref, inFlight }: TargetView, { state, lang }: FrameData): string {
  const oldest = state.oldest_ms.get(ref);
  if (inFlight === 0 || oldest === undefined || oldest < 1_000) return String(inFlight);
  return `${inFlight} · ${duration(oldest, lang)}`;
}

/** The lane's current limits, why they are lower where they were cut, beside the stated ones where they have changed. */
export function limitText({ entry }: TargetView, { state, lang }: FrameData): string {
  if (entry === null || entry.baseline) return "—";
  const now = state.limits.get(laneId(entry));
  const { concurrency, rpm } = now ?? entry.limits;
  const isWhole = now === undefined || (now.why === null && concurrency === now.cap);
  const cap = isWhole ? "" : lang === "zh" ? `，最多 ${now.cap}` : `, up to ${now.cap}`;
  const lanes = lang === "zh" ? `${concurrency} 路${cap}` : `${concurrency} at once${cap}`;
  const lowered = now?.why === "cut" ? ` ${words.cut[lang]}` : "";
  const pace = rpm === null ? "" : lang === "zh" ? ` ${rpm}/分` : ` ${rpm}/min`;
  return lanes + pace + lowered;
}

/**
 * Red lines crossed and those on which a person must rule; whether it stopped, what it is waiting for, then final failures
 * by outcome, then the number of retries. Items not asked yet are not named here.
 */
export function errorsText(
  target: TargetView,
  { state, lang, elapsed_ms }: FrameData,
  redLines: RedLines | undefined,
): string {
  const { crossed = [], pending = [] } = target.entry?.baseline === true ? {} : (redLines ?? {});
  const waiting = pending.filter((row) => target.rows.at.verdict[row] !== verdictCode.none).length;
  const severe = [
    ...(crossed.length > 0 ? [`${words.redLines[lang]} ${crossed.length}`] : []),
    ...(waiting > 0 ? [`${words.toRule[lang]} ${waiting}`] : []),
  ];
  const wait = state.waits.get(target.ref);
  const stopped = state.stopped.get(target.ref);
  const ended = stopped === undefined ? [] : [`■ ${words.stopped[lang]}`];
  const failed = outcomes
    .map((outcome, code) => ({ outcome, times: target.totals.outcomes[code] ?? 0 }))
    .filter(({ outcome, times }) => times > 0 && !isGraded(outcome))
    .map(({ outcome, times }) => `${outcomeWord(outcome, lang)} ${times}`);
  const now =
    wait === undefined || wait.until_ms - elapsed_ms < leastTold_ms
      ? []
      : [`${whyOf(wait, lang)} ${duration(wait.until_ms - elapsed_ms, lang)}⏳`];
  const again = target.retries > 0 ? [`${words.retries[lang]} ${target.retries}`] : [];
  const said = now.length === 0 || wait === undefined || wait.said === "" ? [] : [wait.said];
  const parts = [...severe, ...ended, ...now, ...failed, ...again];
  return [...parts, ...said.map((text) => clean(text, 60))].join(" · ");
}

const outcomeWord = (outcome: Outcome, lang: Lang): string => outcomeWords[outcome][lang];
