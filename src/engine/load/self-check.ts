import type { LoadRequest, LoadStep } from "../../domain/load/lines.ts";

import { percentile } from "../../stats/percentile.ts";

/** What a time may be off: a share of the median TTFT, but what is below these milliseconds matters to nobody. */
const allowed = { share: 0.02, ms: 10 };
/** Of the requests of a step, those around whose times this machine was late. */
const mostLagged = 0.02;

/**
 * Whether a step's times can be believed: its requests left when they were planned, and the canary saw this machine late around few of
 * them. Null figures where nothing was sent, which says nothing against the step.
 */
export function selfCheck(rows: readonly LoadRequest[]): LoadStep["self_check"] {
  const sent = rows.filter(({ send_lag_ms }) => send_lag_ms !== null);
  const lags = sorted(sent.map(({ send_lag_ms }) => send_lag_ms ?? 0));
  const first = sorted(rows.flatMap(({ first_token_ms }) => first_token_ms ?? []));
  const allowed_ms = Math.max(
    allowed.ms,
    allowed.share * (first.length === 0 ? 0 : percentile(first, 0.5)),
  );
  const p99 = lags.length === 0 ? null : percentile(lags, 0.99);
  const lagged_share =
    sent.length === 0 ? 0 : sent.filter(({ lagged }) => lagged).length / sent.length;
  return {
    send_lag_p50_ms: lags.length === 0 ? null : percentile(lags, 0.5),
    send_lag_p99_ms: p99,
    allowed_ms,
    lagged_share,
    trusted: (p99 === null || p99 <= allowed_ms) && lagged_share <= mostLagged,
  };
}

const sorted = (values: readonly number[]): Float64Array => Float64Array.from(values).toSorted();
