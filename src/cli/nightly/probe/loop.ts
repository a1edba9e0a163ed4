import { beijingDay } from "../../../report/nightly/record.ts";

/** The clock by which a probe ticks, and what it does; a test has a clock of its own. */
export type ProbeLoop = {
  readonly every_ms: number;
  readonly now: () => number;
  /** Resolves to false where the process is asked to stop meanwhile. */
  readonly wait: (ms: number) => Promise<boolean>;
  /** Asks once; `left` is what is left of the day's budget, null without one. Resolves to what it cost, in the budget's currency. */
  readonly tick: (left: number | null) => Promise<number>;
  /** Most that a day in Beijing may cost; null without a limit. */
  readonly budget: number | null;
  /** What today cost before this process began. */
  readonly spent: number;
  /** Told once a day, when its budget is spent. */
  readonly onSpent: (day: string) => void;
};

const dayMs = 86_400_000;
const beijingMs = 8 * 3_600_000;

/**
 * Ticks at once and then at every multiple of `every_ms` from midnight in Beijing on, until it is asked to stop. Ticks that fall
 * into a slow one are left out, not made up for; a day whose budget is spent has no more of them.
 */
export async function tickAroundTheClock(loop: ProbeLoop): Promise<void> {
  const { every_ms, now, wait, tick, budget, onSpent } = loop;
  let { spent } = loop;
  let day = dayOf(now());
  for (;;) {
    const today = dayOf(now());
    if (today !== day) [day, spent] = [today, 0];
    const left = budget === null ? null : budget - spent;
    const isSpent = left !== null && left <= 0;
    if (isSpent) onSpent(day);
    else spent += await tick(left);
    const from = now();
    const next = isSpent ? midnightAfter(from) : tickAfter(from, every_ms);
    if (!(await wait(next - from))) return;
  }
}

const dayOf = (ms: number): string => beijingDay(new Date(ms).toISOString());

const midnightAfter = (ms: number): number =>
  (Math.floor((ms + beijingMs) / dayMs) + 1) * dayMs - beijingMs;

/** Every day begins with a tick, also where a day is no multiple of the interval. */
function tickAfter(ms: number, every_ms: number): number {
  const midnight = midnightAfter(ms);
  const begun = midnight - dayMs;
  return Math.min(midnight, begun + (Math.floor((ms - begun) / every_ms) + 1) * every_ms);
}
