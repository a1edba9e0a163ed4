import type { Reply } from "../../domain/call.ts";

import { backoffMs, type Policy } from "./retry.ts";

/** What an attempt says about the way to the server: something answered, nobody was there, or neither. */
export type Contact = "reached" | "unreachable" | "unknown";

/** No connection came about, through a proxy or without: https://nodejs.org/api/errors.html */
const unreachable =
  /^(?:proxy-)?(?:ECONNREFUSED|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$/;

/**
 * A server that says it is overloaded was reached, but may still be loading what it serves: it neither begins an outage nor
 * ends one.
 */
export function contactOf({
  status,
  code,
  outcome,
}: Pick<Reply, "status" | "code" | "outcome">): Contact {
  if (status === null) return unreachable.test(code ?? "") ? "unreachable" : "unknown";
  return outcome === "overloaded" || status === 502 || status === 504 ? "unknown" : "reached";
}

/** Notices that a server that had answered is gone, and when to look for it again. Times are monotonic milliseconds. */
export type Outage = {
  /** Takes the end of an attempt that started at `startedAt`. */
  readonly report: (contact: Contact, startedAt: number, now: number) => void;
  readonly isOut: () => boolean;
  /** How long it has been gone; 0 if it is there. */
  readonly forMs: (now: number) => number;
  /** Nothing starts before this. */
  readonly notBefore: () => number;
};

/** A restart is to be noticed soon: the longest wait between two probes. */
const probeCapMs = 5_000;

/**
 * Only a server that has answered can be out: an address where nobody ever was is a mistake, and is told after the usual
 * attempts. While it is out, one request at a time looks whether it is back. Refusals of requests that had started before
 * the last counted one belong to the same look.
 */
export function createOutage(policy: Policy): Outage {
  let wasReached = false;
  let looks = 0;
  let since = 0;
  let lastAt = 0;
  let next = 0;
  const missed = (startedAt: number, now: number): void => {
    if (!wasReached || (looks > 0 && startedAt < lastAt)) return;
    if (looks === 0) since = now;
    next = now + Math.min(probeCapMs, backoffMs(looks, policy));
    looks += 1;
    lastAt = now;
  };
  return {
    report: (contact, startedAt, now) => {
      if (contact === "reached") {
        wasReached = true;
        looks = 0;
      } else if (contact === "unreachable" || looks > 0) {
        missed(startedAt, now);
      }
    },
    isOut: () => looks > 0,
    forMs: (now) => (looks === 0 ? 0 : now - since),
    notBefore: () => (looks === 0 ? 0 : next),
  };
}
