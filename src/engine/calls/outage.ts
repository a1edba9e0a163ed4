import type { Reply } from "../../domain/call.ts";

import { isLoading } from "../../calling/errors/loading.ts";
import { isOwnHost } from "../../transport/own-host.ts";
import { backoffMs, type Policy } from "./retry.ts";

/**
 * What an attempt says about the way to the server: something answered, nobody was there, a server of one's own is still
 * loading what it serves, or none of these.
 */
export type Contact = "reached" | "unreachable" | "loading" | "unknown";

/** No connection came about, through a proxy or without: https://nodejs.org/api/errors.html */
const unreachable =
  /^(?:proxy-)?(?:ECONNREFUSED|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$/;

/**
 * A server that says it is overloaded was reached, but may still be loading what it serves: it neither begins an outage nor
 * ends one. One on this machine or in this network that says it is loading begins one: it was started a moment ago.
 */
export function contactOf(
  reply: Pick<Reply, "status" | "code" | "outcome" | "message">,
  base_url: string,
): Contact {
  const { status, code, outcome } = reply;
  if (status === null) return unreachable.test(code ?? "") ? "unreachable" : "unknown";
  if (isLoading(reply) && isOwnHost(base_url)) return "loading";
  return outcome === "overloaded" || status === 502 || status === 504 ? "unknown" : "reached";
}

/** Notices that a server is gone or still loading, and when to look for it again. Times are monotonic milliseconds. */
export type Outage = {
  /** Takes the end of an attempt that started at `startedAt`. */
  readonly report: (contact: Contact, startedAt: number, now: number) => void;
  readonly isOut: () => boolean;
  /** It is out, and has never answered: it is loading. */
  readonly isLoading: () => boolean;
  /** How long it has been gone; 0 if it is there. */
  readonly forMs: (now: number) => number;
  /** Nothing starts before this. */
  readonly notBefore: () => number;
};

/** A restart is to be noticed soon: the longest wait between two probes. */
const probeCapMs = 5_000;

/**
 * Only a server that has answered can be out, or one that says it is loading: an address where nobody ever was is a mistake,
 * and is told after the usual attempts. While it is out, one request at a time looks whether it is back. Refusals of requests that had started before
 * the last counted one belong to the same look.
 */
export function createOutage(policy: Policy): Outage {
  let wasReached = false;
  let looks = 0;
  let since = 0;
  let lastAt = 0;
  let next = 0;
  const missed = (startedAt: number, now: number): void => {
    if (looks > 0 && startedAt < lastAt) return;
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
      } else if (looks > 0 || contact === "loading" || (contact === "unreachable" && wasReached)) {
        missed(startedAt, now);
      }
    },
    isOut: () => looks > 0,
    isLoading: () => looks > 0 && !wasReached,
    forMs: (now) => (looks === 0 ? 0 : now - since),
    notBefore: () => (looks === 0 ? 0 : next),
  };
}
