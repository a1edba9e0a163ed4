import { normalCdf } from "../distributions.ts";

/**
 * The 95 % quantile of the likelihood ratio for a normal mean of unit variance that lies `distance` above the end of its range
 * (Feldman and Cousins, Phys. Rev. D 57, 3873, 1998): 3.84 far from the end, 2.71 at it.
 */
export function boundedThreshold(distance: number): number {
  const place = Math.min(distance / spacing, thresholds.length - 1);
  const [below, above] = [Math.floor(place), Math.ceil(place)];
  const share = place - below;
  return (1 - share) * (thresholds[below] ?? 0) + share * (thresholds[above] ?? 0);
}

const spacing = 0.05;
const thresholds = Array.from({ length: 81 }, (_, at) => solved(at * spacing));

function solved(distance: number): number {
  let [low, high] = [2, 4];
  for (let turn = 0; turn < 50; turn += 1) {
    const middle = (low + high) / 2;
    if (coverage(distance, middle) < 0.95) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** How likely the ratio stays at or below a threshold. */
function coverage(distance: number, threshold: number): number {
  const half = Math.sqrt(threshold);
  // Observations below the end are compared with the end, the best mean that there is.
  const least =
    distance === 0 ? Number.NEGATIVE_INFINITY : (distance ** 2 - threshold) / (2 * distance);
  const from = half < distance ? distance - half : Math.min(0, least);
  return normalCdf(half) - (from === Number.NEGATIVE_INFINITY ? 0 : normalCdf(from - distance));
}
