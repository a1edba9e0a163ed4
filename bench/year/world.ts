/** A year of nights in compressed time: what really happens to every target, from which measurements are drawn. */
import { seededRandom } from "../../src/stats/random.ts";

export type Event =
  /** A true change of the score, in points of 100; it stays. */
  | {
      readonly what: "change";
      readonly day: number;
      readonly target: number;
      readonly points: number;
    }
  /** Another, much weaker model answers for `days`. */
  | {
      readonly what: "reroute";
      readonly day: number;
      readonly days: number;
      readonly target: number;
    }
  /** Calls fail, or answers are empty; one vendor's, one target's or everybody's. */
  | {
      readonly what: "outage";
      readonly day: number;
      readonly targets: readonly number[];
      readonly how: "server" | "rate-limited" | "auth" | "network" | "empty" | "filtered";
      /** Whether it is over when the night is measured again. */
      readonly recovers: boolean;
    };

export type World = {
  readonly nights: number;
  readonly targets: readonly string[];
  readonly missing: ReadonlySet<number>;
  readonly events: readonly Event[];
  /** Nights from which some items have another text, and from which their grader has another version. */
  readonly edited: number;
  readonly regraded: number;
};

const providers = 6;

/** Draws a year; the number of events shrinks with the number of nights. */
export function worldOf(nights: number, targetCount: number, seed: number): World {
  const random = seededRandom(seed);
  const pick = (below: number): number => Math.floor(random() * below);
  const targets = Array.from(
    { length: targetCount },
    (_, at) => `vendor${at % providers}/model-${at}`,
  );
  const share = Math.min(1, nights / 365);
  const count = (most: number): number => Math.max(1, Math.round(most * share));
  // Changes begin after there is a history, on targets of their own.
  const day = (): number => 15 + pick(Math.max(1, nights - 25));
  const sizes = [12, 6, 8, 4, 10, 3].slice(0, count(6));
  const changes = sizes.map((points, at): Event => {
    const target = (at * 5 + 1) % targetCount;
    return { what: "change", day: day(), target, points };
  });
  const reroutes = Array.from({ length: count(3) }, (_, at): Event => {
    const target = (at * 7 + 3) % targetCount;
    return { what: "reroute", day: day(), days: 2, target };
  });
  const hows = ["server", "network", "rate-limited", "empty", "auth", "filtered"] as const;
  const outages = Array.from({ length: count(10) }, (_, at): Event => {
    const how = hows[at % hows.length] ?? "server";
    const vendor = pick(providers);
    const all = [...targets.keys()];
    const hit = how === "network" ? all : all.filter((target) => target % providers === vendor);
    return { what: "outage", day: day(), targets: hit, how, recovers: at % 2 === 0 };
  });
  const missing = new Set(Array.from({ length: count(12) }, day));
  return {
    nights,
    targets,
    missing,
    events: [...changes, ...reroutes, ...outages],
    edited: Math.floor(nights / 3),
    regraded: Math.floor((2 * nights) / 3),
  };
}
