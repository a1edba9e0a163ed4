import {
  at,
  count,
  integral,
  largest,
  largestOfTwo,
  power,
  product,
  plus,
  rootsOf,
  sum,
  over,
  turn,
  upTo,
  zero,
} from "./numerics.ts";

const { PI, abs, cos, hypot, min, sin, sqrt, tan } = Math;
type Point = readonly [x: number, y: number];
const distance = ([a, b]: Point, [c, d]: Point): number => hypot(a - c, b - d);
const area = ([a, b]: Point, [c, d]: Point, [e, f]: Point): number =>
  abs((c - a) * (f - b) - (e - a) * (d - b)) / 2;
/** The third corner, above the side from 0 to (base, 0). */
function apex(base: number, left: number, right: number): Point {
  const x = zero((each) => left ** 2 - each ** 2 - (right ** 2 - (base - each) ** 2), -20, 20);
  return [x, sqrt(left ** 2 - x ** 2)];
}
const cubic = [-3, 5, -7];
const powerSum = (lower: readonly number[], n: number): number =>
  sum(rootsOf(lower).map((root) => power(root, n)[0]));

/** Algebra, extreme values and geometry of math-hard, by roots, grids and coordinates. */
export const forms: Readonly<Record<string, () => number>> = {
  "algebra/i001": () => powerSum(cubic, 4),
  "algebra/i002": () => sum(rootsOf(cubic).map((root) => over([1, 0], plus(root, [2, 0]))[0])),
  "algebra/i003": () => sum(upTo(5).map((k) => tan((k * PI) / 11) ** 2)),
  "algebra/i004": () => upTo(12).reduce((all, k) => all * sin((k * PI) / 13), 1),
  "algebra/i005": () => upTo(9).reduce((a) => (3 * a + 1) / (a + 3), 2),
  "algebra/i006": () =>
    sum(
      upTo(7).map((k) =>
        upTo(7).reduce((all, j) => (j === k ? all : (all * (10 - j)) / (k - j)), 1 / k),
      ),
    ),
  // e1 = 3 and e2 = -3 are given by the first two sums; e3 is searched.
  "algebra/i007": () => {
    const e3 = zero((each) => powerSum([-3, -3, -each], 3) - 57, 0.3, 5);
    return powerSum([-3, -3, -e3], 5);
  },
  "algebra/i008": () => product(upTo(8).map((k) => plus([2, 0], turn((2 * PI * k) / 9))))[0],
  "algebra/i009": () =>
    product(
      [sqrt(2), -sqrt(2)].flatMap((a) =>
        upTo(3).map((k) => {
          const [x, y] = turn((2 * PI * k) / 3);
          return [1 - a - Math.cbrt(3) * x, -Math.cbrt(3) * y] as const;
        }),
      ),
    )[0],
  "algebra/i010": () => {
    const f = (x: number): number => sin(x) - x / 50;
    // The grid misses 0, where one root lies between two of its points.
    const grid = upTo(1_200_000, 0).map((i) => -60.00003 + i / 10_000);
    return count(grid, (x) => f(x) * f(x + 1e-4) < 0);
  },
  "algebra/i011": () => {
    const [a, , , d] = upTo(9).reduce<readonly [number, number, number, number]>(
      ([p, q, r, s]) => [2 * p + q, p + q, 2 * r + s, r + s],
      [2, 1, 1, 1],
    );
    return a + d;
  },
  "algebra/i012": () => {
    const row = upTo(20).reduce<readonly number[]>(
      (now) => [1, ...now.map((each, i) => each + at(now, i + 1))],
      [1],
    );
    return sum(row.map((each, k) => each * k * k));
  },
  "extremum/i001": () =>
    largestOfTwo((x, y) => (x + y < 1 ? x * y ** 2 * (1 - x - y) ** 3 : 0), [0, 1], [0, 1]),
  "extremum/i002": () =>
    -largest((x) => -sqrt(x * x - 2 * x + 5) - sqrt(x * x + 6 * x + 13), -10, 10),
  "extremum/i003": () => largest((x) => sin(x) * (1 + cos(x)), 0, 2 * PI),
  "extremum/i004": () =>
    largestOfTwo(
      (u, v) => cos(u) * sin(u) * cos(v) ** 2 + 2 * sin(u) * cos(v) * sin(v),
      [0, PI],
      [-PI / 2, PI / 2],
    ),
  // On each ray the form is scaled to 1.
  "extremum/i005": () =>
    1 /
    largestOfTwo(
      (u, v) => {
        const [x, y, z] = [cos(u) * cos(v), sin(u) * cos(v), sin(v)];
        return x * y + y * z + 2 * z * x;
      },
      [0, PI],
      [-PI / 2, PI / 2],
    ),
  "extremum/i006": () => largest((h) => (PI * (9 - (h - 3) ** 2) * h) / 3, 0, 6),
  "extremum/i007": () => -largest((a) => -1 / a ** 2 - 27 / (1 - a) ** 2, 0.01, 0.99),
  "extremum/i008": () =>
    largest((t) => hypot(cos(3 * t) - 3 * cos(t) - 2, sin(3 * t) - 3 * sin(t)), 0, 2 * PI),
  "geometry/i001": () => {
    const [x, y] = apex(14, 13, 15);
    const k = zero((each) => hypot(7, each) - distance([x, y], [7, each]), -50, 50);
    const incentre: Point = [(14 * x + 13 * 14) / 42, (14 * y) / 42];
    return distance(incentre, [7, k]);
  },
  "geometry/i002": () => {
    const a = apex(9, 7, 8);
    // The foot on CA is as far from BA as from BC: its direction is the mean of both.
    const foot = (t: number): Point => [9 + t * (a[0] - 9), t * a[1]];
    const towards = (t: number): number => {
      const [x, y] = foot(t);
      return Math.atan2(y, x) - Math.atan2(a[1], a[0]) / 2;
    };
    return hypot(...foot(zero(towards, 0, 1)));
  },
  "geometry/i003": () =>
    -largestOfTwo(
      (s, t) => -hypot(6 * s - 6 * (1 - t), 0 - 6 * t, 6 * (1 - s) - 6),
      [-1, 2],
      [-1, 2],
    ),
  "geometry/i004": () => {
    const sides = [2, 3, 4, 6];
    const arcs = (r: number): readonly number[] => sides.map((each) => 2 * Math.asin(each / 2 / r));
    const r = zero((each) => sum(arcs(each)) - 2 * PI, 3.0001, 100);
    return sum(arcs(r).map((arc) => (r * r * sin(arc)) / 2));
  },
  // Turning all three parameters alike changes no area.
  "geometry/i005": () =>
    largestOfTwo(
      (u, v) => area([5, 0], [5 * cos(u), 3 * sin(u)], [5 * cos(v), 3 * sin(v)]),
      [0, PI],
      [PI, 2 * PI],
    ),
  "geometry/i006": () => {
    const n = 2400;
    const grid = upTo(n).map((i) => -2 + (4 * (i - 0.5)) / n);
    const inside = grid.map((x) => count(grid, (y) => abs(x) + abs(y) + abs(x + y) <= 2));
    return (sum(inside) * 16) / n ** 2;
  },
  "geometry/i007": () => {
    const line = (x: number): number => 2 * (x - 1);
    const meets = (x: number): number => line(x) ** 2 - 4 * x;
    const [a, b] = [zero(meets, 0, 1), zero(meets, 1, 10)];
    return area([0, 0], [a, line(a)], [b, line(b)]);
  },
  // In a sector of 45° the lower of the two other roofs is that over the larger coordinate.
  "geometry/i008": () =>
    16 *
    integral(
      (angle) =>
        integral(
          (r) => r * min(sqrt(1 - (r * cos(angle)) ** 2), sqrt(1 - (r * sin(angle)) ** 2)),
          0,
          1,
          400,
        ),
      0,
      PI / 4,
      400,
    ),
  // The centres of radii 1, 2, 3 make a right triangle with the right angle at radius 1.
  "geometry/i009": () => {
    const centre = (r: number): Point => {
      const x = zero((each) => (1 + r) ** 2 - each ** 2 - ((2 + r) ** 2 - (3 - each) ** 2), -9, 9);
      return [x, sqrt((1 + r) ** 2 - x ** 2)];
    };
    return zero((r) => distance(centre(r), [0, 4]) - (3 + r), 0.01, 0.9);
  },
  "geometry/i010": () =>
    sum(upTo(10, -10).map((x) => count(upTo(10, -10), (y) => x * x + y * y <= 100))),
  "geometry/i011": () => {
    const points = upTo(15).map((k) => turn((2 * PI * k) / 15));
    return sum(points.flatMap((a, i) => points.slice(0, i).map((b) => distance(a, b) ** 2)));
  },
  "geometry/i012": () => {
    const n = 240;
    const mid = (i: number): number => (i - 0.5) / n;
    // Cells on a wall of the region count in the share of them that lies inside, on average.
    let volume = 0;
    for (const x of upTo(n))
      for (const y of upTo(n)) {
        const z0 = mid(y);
        const room = Math.max(0, min(1, 1.5 - mid(x) - mid(y)) - z0);
        volume += x < y ? room : x === y ? room / 2 : 0;
      }
    return volume / n ** 2;
  },
  "geometry/i013": () => {
    const square = (s: number): number => {
      const x = zero((each) => 9 - each ** 2 - (16 - (s - each) ** 2), -20, 20);
      return distance([x, sqrt(Math.max(0, 9 - x * x))], [s / 2, (s * sqrt(3)) / 2]) - 5;
    };
    return zero(square, 5, 7) ** 2;
  },
};
