import type { SeenWindow, TargetSeries } from "./series.ts";

import { attemptsIn } from "./series.ts";

/** Of the targets asked in a window, so many cannot be reached before our own network is to blame. */
const mostDown = 0.9;

/**
 * Windows in which our own network was down: at least nine in ten of the targets asked then, of two vendors or more, got
 * no connection or no reply in time. With one vendor this cannot be told from its outage.
 */
export function ownNetworkWindows(all: readonly TargetSeries[]): ReadonlySet<number> {
  const seen = Map.groupBy(
    all.flatMap(({ target, windows }) => windows.map((window) => ({ target, window }))),
    ({ window }) => window.at,
  );
  return new Set([...seen].filter(([, asked]) => isOurs(asked)).map(([at]) => at));
}

function isOurs(
  asked: readonly { readonly target: string; readonly window: SeenWindow }[],
): boolean {
  const down = asked.filter(({ window }) => isUnreached(window));
  const vendors = new Set(down.map(({ target }) => vendorOf(target)));
  return vendors.size >= 2 && down.length >= asked.length * mostDown;
}

const isUnreached = (window: SeenWindow): boolean => {
  const { network, timeout } = window.met;
  const unreached = network + timeout;
  return network > 0 && unreached > attemptsIn(window) / 2;
};

const vendorOf = (target: string): string => target.split("/")[0] ?? "";
