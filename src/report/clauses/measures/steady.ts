import { windowMs } from "../../steadiness/collect.ts";

/**
 * The longest stretch of a measured time, in ms, whose windows of five minutes are each answered to at least `share`. The last
 * window may be shorter; one without requests says nothing and ends the stretch.
 */
export function steadyMs(
  rows: readonly { readonly at_ms: number; readonly answered: boolean }[],
  { from, until }: { readonly from: number; readonly until: number },
  share: number,
): number {
  const windows = Array.from({ length: Math.max(0, Math.ceil((until - from) / windowMs)) }, () => ({
    all: 0,
    answered: 0,
  }));
  for (const { at_ms, answered } of rows) {
    const window = windows[Math.floor((at_ms - from) / windowMs)];
    if (window === undefined) continue;
    window.all += 1;
    if (answered) window.answered += 1;
  }
  let longest = 0;
  let stretch = 0;
  for (const [at, { all, answered }] of windows.entries()) {
    const length = Math.min(windowMs, until - from - at * windowMs);
    stretch = all > 0 && answered >= share * all - 1e-9 ? stretch + length : 0;
    longest = Math.max(longest, stretch);
  }
  return longest;
}
