import { seededRandom } from "../../stats/random.ts";

export type ArrivalPlan = {
  readonly process: "poisson" | "constant";
  /** Arrivals a second, once the ramp is over. */
  readonly rate: number;
  /** The rate grows from nothing to `rate` in this time. */
  readonly ramp_ms: number;
  readonly seed: number;
};

/**
 * The moments of arrivals in milliseconds from the beginning of a step, without end, each at its absolute place: waiting for gaps one after
 * another would add up what every wait is late. A Poisson process with a ramp is one of constant rate on a clock that
 * runs slower (Lewis and Shedler, Nav. Res. Logist. Q. 26, 1979).
 */
export function* arrivals({ process, rate, ramp_ms, seed }: ArrivalPlan): Generator<number> {
  const random = seededRandom(seed);
  const perMs = rate / 1_000;
  let expected = 0;
  for (;;) {
    expected += process === "poisson" ? -Math.log(1 - random()) : 1;
    const inRamp = (perMs * ramp_ms) / 2;
    // By the end of the ramp half of what the rate gives has come.
    yield expected <= inRamp
      ? Math.sqrt((2 * expected * ramp_ms) / perMs)
      : ramp_ms + (expected - inRamp) / perMs;
  }
}
