import type { Egress } from "../../domain/life/host-place.ts";
import type { TargetEntry } from "../../domain/run-file/header.ts";

import { isOwnHost } from "../../transport/own-host.ts";

/**
 * 内网 for a target that does not say where its data go and whose address is this machine or a private network, reached without a
 * proxy; else null. An address cannot tell whether a gateway there sends everything on, so whoever shows it says that it is by the
 * address, and what may not leave the house is not sent by it.
 */
export function egressByAddress({
  egress,
  baseline,
  command,
  origin,
  network,
  base_url,
}: TargetEntry): Egress | null {
  if (egress !== null || baseline || command !== undefined || origin !== undefined) return null;
  if ((network?.proxy ?? null) !== null) return null;
  return URL.canParse(base_url) && isOwnHost(base_url) ? "内网" : null;
}

/** What marks a place that was told by the address alone. */
export const byAddressMark = { zh: "（按地址）", en: " (by its address)" } as const;
