import type { Interval } from "./interval.ts";

import { normalCdf, normalQuantile } from "./distributions.ts";

/** Sums over the repeats of one anchor item in one night. */
export type Repeats = { readonly n: number; readonly sum: number; readonly squares: number };

/** One night of a target: its anchor items by name. */
export type Night = ReadonlyMap<string, Repeats>;

/** A night's anchors compared with the nights before. */
export type Drift = {
  readonly status: "unchanged" | "down" | "up" | "too short" | "not enough data";
  /** Mean of the window minus that of the reference, over common items. */
  readonly delta: number | null;
  readonly interval: Interval | null;
  readonly p: number | null;
  /** Nights in the deciding window. */
  readonly window: number;
  /** Nights compared against. */
  readonly reference: number;
};

export type LevelShift = {
  /** The night on which it was found, and the first night of the new level, from 0. */
  readonly found: number;
  readonly since: number;
  readonly delta: number;
};

/** False alarms that a board may raise in a month of 30 nights, over all its targets. */
export const alarmsPerMonth = 0.05;
const windows = [1, 2, 3] as const;
const leastReference = 3;

/** Significance level for one night of one target, so that the board stays within `alarmsPerMonth`. */
export const levelFor = (targets: number): number => alarmsPerMonth / (30 * Math.max(1, targets));

/**
 * Compares the last night with the earlier ones. Windows of the last one, two and three nights are each
 * tested at a third of `level`: anchors are the same every night, so only variance within items counts.
 * z = Σ(w_i - r_i) / sqrt(φ Σ s_i² (1/n_i + 1/m_i)), with the pooled variance s_i² of the item's repeats and
 * φ ≥ 1 for nights that vary by more than chance (quasi-likelihood, McCullagh and Nelder, 1989, §4.5).
 */
export function driftOf(nights: readonly Night[], level: number): Drift {
  const last = nights.at(-1);
  if (last === undefined || !isWhole(last, nights))
    return nothing("not enough data", nights.length - 1);
  if (nights.length <= leastReference) return nothing("too short", nights.length - 1);
  let best: Drift | null = null;
  for (const window of windows) {
    if (nights.length - window < leastReference) break;
    const tested = testWindow(
      nights.slice(0, -window),
      nights.slice(-window),
      level / windows.length,
    );
    if (tested !== null && (best?.p === undefined || best.p === null || (tested.p ?? 1) < best.p)) {
      best = tested;
    }
  }
  return best ?? nothing("not enough data", nights.length - 1);
}

const nothing = (status: Drift["status"], reference: number): Drift => ({
  status,
  delta: null,
  interval: null,
  p: null,
  window: 0,
  reference: Math.max(0, reference),
});

/** At least half of a typical night's repeats, on items seen in earlier nights. */
function isWhole(night: Night, nights: readonly Night[]): boolean {
  const sizes = nights.map(countOf).toSorted((a, b) => a - b);
  const usual = sizes[Math.floor(sizes.length / 2)] ?? 0;
  const earlier = nights.slice(0, -1);
  const known = [...night].filter(
    ([item]) => earlier.length === 0 || earlier.some((each) => each.has(item)),
  );
  const count = countOf(new Map(known));
  return count > 0 && count * 2 >= usual;
}

const countOf = (night: Night): number => {
  let count = 0;
  for (const { n } of night.values()) count += n;
  return count;
};

function testWindow(
  reference: readonly Night[],
  recent: readonly Night[],
  level: number,
): Drift | null {
  const before = merge(reference);
  const after = merge(recent);
  const compared = compareItems(before, after);
  if (compared === null) return null;
  const se = Math.sqrt(compared.variance * overdispersion(reference, before));
  const { delta } = compared;
  const p = se === 0 ? (delta === 0 ? 1 : 0) : Math.min(1, 2 * normalCdf(-Math.abs(delta) / se));
  const half = normalQuantile(0.975) * se;
  return {
    status: p >= level ? "unchanged" : delta < 0 ? "down" : "up",
    delta,
    interval: { low: delta - half, high: delta + half },
    p,
    window: recent.length,
    reference: reference.length,
  };
}

/** Two measurements of one night combined. */
export const addedNights = (first: Night, second: Night): Night => merge([first, second]);

function merge(nights: readonly Night[]): Night {
  const merged = new Map<string, { n: number; sum: number; squares: number }>();
  for (const night of nights) {
    for (const [item, { n, sum, squares }] of night) {
      const known = merged.get(item);
      if (known === undefined) merged.set(item, { n, sum, squares });
      else {
        known.n += n;
        known.sum += sum;
        known.squares += squares;
      }
    }
  }
  return merged;
}

/** The mean difference over common items, and its variance from the repeats. */
function compareItems(
  before: Night,
  after: Night,
): { readonly delta: number; readonly variance: number } | null {
  let items = 0;
  let delta = 0;
  let variance = 0;
  for (const [item, now] of after) {
    const then = before.get(item);
    if (then === undefined || then.n === 0 || now.n === 0) continue;
    items++;
    delta += now.sum / now.n - then.sum / then.n;
    variance += pooledVariance(then, now) * (1 / then.n + 1 / now.n);
  }
  return items === 0 ? null : { delta: delta / items, variance: variance / items ** 2 };
}

/**
 * The variance of an item's repeats over both sides. One imaginary repeat, half right and half wrong, is added,
 * so that an item that never changed may change once without counting as proof.
 */
function pooledVariance(a: Repeats, b: Repeats): number {
  const n = a.n + b.n + 1;
  const mean = (a.sum + b.sum + 0.5) / n;
  const squares = a.squares + b.squares + 0.5;
  return Math.max(0, (squares - n * mean * mean) / (n - 1));
}

/** How much more the reference nights vary around their mean than variance within items explains; at least 1. */
function overdispersion(reference: readonly Night[], whole: Night): number {
  if (reference.length < leastReference) return 1;
  let sum = 0;
  for (const night of reference) {
    const compared = compareItems(whole, night);
    if (compared === null) continue;
    // A night is part of the whole, so the expected difference is smaller by its share.
    const own = compared.variance * ((reference.length - 1) / (reference.length + 1));
    sum += own === 0 ? 0 : compared.delta ** 2 / own;
  }
  return Math.max(1, sum / (reference.length - 1));
}

/** All changes of a history, night by night; after a change the new level is the reference. */
export function changesOf(nights: readonly Night[], level: number): readonly LevelShift[] {
  const changes: LevelShift[] = [];
  let from = 0;
  for (let night = 0; night < nights.length; night++) {
    const { status, delta, window } = driftOf(nights.slice(from, night + 1), level);
    if (status !== "down" && status !== "up") continue;
    from = night - window + 1;
    changes.push({ found: night, since: from, delta: delta ?? 0 });
  }
  return changes;
}
