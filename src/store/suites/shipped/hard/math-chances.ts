import { eachPermutation, integral, settled, solved, sum, upTo } from "./numerics.ts";

const { PI, cos, hypot, log, sin, sqrt, tan } = Math;

/** Analysis and probability of math-hard, by quadrature, long sums and enumeration. */
export const chances: Readonly<Record<string, () => number>> = {
  "analysis/i001": () => integral((x) => log(1 + x) / (1 + x * x), 0, 1),
  // x = tan t.
  "analysis/i002": () =>
    integral((t) => (t >= PI / 2 ? 0 : (1 + tan(t) ** 2) / (1 + tan(t) ** 4)), 0, PI / 2 - 1e-9),
  "analysis/i003": () => sum(upTo(20_000).map((n) => 1 / (n * (n + 1)) ** 2)),
  "analysis/i004": () => sum(upTo(100).map((n) => n ** 3 / 3 ** n)),
  "analysis/i005": () => (sin(0.001) / 0.001) ** (1 / 0.001 ** 2),
  "analysis/i006": () => integral((x) => (x * sin(x)) / (1 + cos(x) ** 2), 0, PI),
  "analysis/i007": () => integral((x) => (x * (1 - x)) ** 4 / (1 + x * x), 0, 1),
  "analysis/i008": () => {
    const n = 1_000_000;
    return sum(upTo(n).map((k) => 1 / sqrt(n * n + k * n)));
  },
  "analysis/i009": () => integral((t) => 1 / (5 + 3 * cos(t)) ** 2, 0, 2 * PI),
  "analysis/i010": () => {
    const points = upTo(100_000, 0).map((i) => (i * PI) / 400_000);
    const step = PI / 400_000;
    return sum(points.slice(1).map((x) => hypot(step, log(cos(x)) - log(cos(x - step)))));
  },
  "analysis/i011": () => solved((_, [y = 0]) => [y * (1 - y)], [0.25], log(6))[0] ?? 0,
  // The chance that after n throws some face is still missing, by counting the faces seen.
  "probability/i001": () => {
    let seen = [1, 0, 0, 0, 0, 0, 0];
    let expected = 0;
    for (let n = 0; n < 1000; n++) {
      expected += 1 - (seen[6] ?? 0);
      const before = seen;
      seen = before.map((p, k) => (p * k) / 6 + ((before[k - 1] ?? 0) * (7 - k)) / 6);
    }
    return expected;
  },
  "probability/i002": () =>
    settled(
      (p) =>
        p.map((each, k) =>
          k === 0 || k === 6 ? each : (2 * (p[k + 1] ?? 0) + (p[k - 1] ?? 0)) / 3,
        ),
      [0, 0, 0, 0, 0, 0, 1],
      2000,
    )[2] ?? 0,
  "probability/i003": () => {
    const word = "TFTFT";
    const next = (k: number, face: string): number => {
      const tail = word.slice(0, k) + face;
      return Math.max(...upTo(5, 0).filter((n) => tail.endsWith(word.slice(0, n))));
    };
    const waits = settled(
      (now) =>
        now.map((each, k) =>
          k === 5 ? each : 1 + ((now[next(k, "T")] ?? 0) + (now[next(k, "F")] ?? 0)) / 2,
        ),
      [0, 0, 0, 0, 0, 0],
      5000,
    );
    return waits[0] ?? 0;
  },
  "probability/i004": () => {
    let none = 1;
    let expected = 0;
    for (let drawn = 0; drawn < 49; drawn++) {
      expected += none;
      none *= (48 - drawn) / (52 - drawn);
    }
    return expected;
  },
  "probability/i005": () => {
    let [cycles, all] = [0, 0];
    eachPermutation(upTo(7, 0), (to) => {
      all++;
      const seen = new Set<number>();
      for (const start of to) {
        if (seen.has(start)) continue;
        cycles++;
        for (let now = start; !seen.has(now); now = to[now] ?? 0) seen.add(now);
      }
    });
    return cycles / all;
  },
  "probability/i006": () => {
    const n = 1500;
    const cuts = upTo(n).map((i) => (i - 0.5) / n);
    const longest = (a: number, b: number): number =>
      Math.max(Math.min(a, b), Math.abs(a - b), 1 - Math.max(a, b));
    return sum(cuts.map((a) => sum(cuts.map((b) => longest(a, b))))) / n ** 2;
  },
  "probability/i007": () => {
    const faces = upTo(6);
    const pairs = faces.flatMap((a) => faces.map((b) => a + b));
    return sum(pairs.map((a) => pairs.filter((b) => a + b === 14).length)) / 1296;
  },
};
