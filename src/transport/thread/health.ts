import { monitorEventLoopDelay, performance } from "node:perf_hooks";

import type { LoopHealth } from "../../domain/run-file/session.ts";

/** Watches whether this process was idle enough for its timings to be trusted. */
export type HealthWatch = {
  /** True if the loop was blocked at some time since `since` (a `performance.now()`). */
  readonly laggedSince: (since: number) => boolean;
  readonly stop: (sendLagMs: number | null) => LoopHealth;
};

const resolutionMs = 10;
const probeMs = 50;
/** One block as long as this may distort the first-token time of requests in flight. */
const lagMs = 50;

/** Thresholds: reference measurements put the TTFT error's p99 at 5 ms up to a utilisation of 0.25 and at 6 ms at 0.44. */
const trustedUtilisation = 0.5;
const trustedLagMs = 25;
const trustedSendLagMs = 5;

/** Starts watching. The delay histogram's own resolution is subtracted from what it reports. */
export function watchHealth(): HealthWatch {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  const start = performance.eventLoopUtilization();
  let expected = performance.now() + probeMs;
  let lastLag = Number.NEGATIVE_INFINITY;
  const probe = setInterval(() => {
    const now = performance.now();
    if (now - expected > lagMs) lastLag = now;
    expected = now + probeMs;
  }, probeMs);
  probe.unref();
  return {
    laggedSince: (since) => lastLag >= since,
    stop: (send_lag_p50_ms) => {
      clearInterval(probe);
      histogram.disable();
      const p99 = histogram.percentile(99) / 1e6 - resolutionMs;
      const lag_p99_ms = Number.isFinite(p99) ? Math.max(0, p99) : 0;
      const { utilization: utilisation } = performance.eventLoopUtilization(start);
      const trusted =
        utilisation <= trustedUtilisation &&
        lag_p99_ms <= trustedLagMs &&
        (send_lag_p50_ms ?? 0) <= trustedSendLagMs;
      return { utilisation, lag_p99_ms, send_lag_p50_ms, trusted };
    },
  };
}
