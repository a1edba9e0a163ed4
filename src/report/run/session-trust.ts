import type { LoopHealth } from "../../domain/run-file/session.ts";

import { isUnmeasured } from "../render/load.ts";

/** One session of a run: its health, null where it was cut off, and how many answers it got. */
export type SessionTimes = { readonly loop: LoopHealth | null; readonly answers: number };

/** What the times of all sessions together are worth. */
export type Trust = "trusted" | "busy" | "cut-off" | "unmeasured";

/** Sessions that hold so small a share of the answers move no quantile that is reported. */
const mostAside = 0.05;

/**
 * Judges all sessions of a run together: a short one, such as the rest of a run that was resumed, speaks neither for nor
 * against the times of the others. `against` holds the sessions that decided, where the times are not trusted.
 */
export function trustOf<Session extends SessionTimes>(
  sessions: readonly Session[],
): { readonly trust: Trust; readonly against: readonly Session[] } {
  const all = sessions.reduce((sum, { answers }) => sum + answers, 0);
  const against = sessions.filter(({ loop }) => loop?.trusted !== true);
  const doubtful = against.reduce((sum, { answers }) => sum + answers, 0);
  if (against.length === 0 || doubtful <= all * mostAside) return { trust: "trusted", against: [] };
  if (against.some(({ loop }) => loop !== null && !isUnmeasured(loop))) {
    return { trust: "busy", against };
  }
  return { trust: against.some(({ loop }) => loop === null) ? "cut-off" : "unmeasured", against };
}
