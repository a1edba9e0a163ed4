import { at, integral, peak, settled, solved, sum, timeUntil, upTo, zero } from "./numerics.ts";

const { exp, log, sqrt } = Math;

/** The pH at which the charges of a solution add up to zero. */
const acidity = (charge: (h: number) => number): number =>
  zero((pH) => charge(10 ** -pH) + 10 ** -pH - 1e-14 / 10 ** -pH, 0, 14);

/** Physical chemistry and quantitative biology of science-hard, by balances, steps and enumeration. */
export const life: Readonly<Record<string, () => number>> = {
  "chemistry/i001": () => acidity((h) => (-0.01 * 1.8e-4) / (1.8e-4 + h)),
  "chemistry/i002": () =>
    acidity((h) => {
      const [one, two] = [4.3e-7 / h, (4.3e-7 * 5.6e-11) / h ** 2];
      return 0.1 - (0.1 * (one + 2 * two)) / (1 + one + two);
    }),
  // Free ammonia is searched until all ammonia is found again; free silver is Ksp over chloride.
  "chemistry/i003": () => {
    const dissolved = (free: number) => sqrt(1.8e-10 * (1 + 1.7e7 * free ** 2));
    const bound = (free: number) => (2 * 1.8e-10 * 1.7e7 * free ** 2) / dissolved(free);
    return 1000 * dissolved(zero((free) => free + bound(free) - 0.1, 0, 0.1));
  },
  "chemistry/i004": () => {
    const b = (t: number) =>
      at(
        solved((_, [x = 0, y = 0]) => [-0.2 * x, 0.2 * x - 0.05 * y], [1, 0], t, 400),
        1,
      );
    return 100 * b(peak(b, 0.1, 40));
  },
  "chemistry/i005": () => {
    const rate = (energy: number, t: number) => exp((-1000 * energy) / (8.314 * t));
    return zero((energy) => rate(energy, 308.15) / rate(energy, 298.15) - 2, 1, 200);
  },
  // The voltage at which moving a little charge costs what the two solutions give.
  "chemistry/i006": () => {
    const [rt, f] = [8.314 * 298.15, 96_485];
    const energy = (moved: number): number => {
      const mixed = (c: number) => rt * (c * log(c) - c);
      return mixed(1.5 + moved) + mixed(0.002 - moved) - 2 * f * 1.1 * moved;
    };
    return -(energy(1e-6) - energy(-1e-6)) / 2e-6 / (2 * f);
  },
  "chemistry/i007": () =>
    100 *
    zero(
      (part) => {
        const all = 1 + part;
        return ((2 * part * 2) / all) ** 2 / (((1 - part) * 2) / all) - 0.15;
      },
      0.001,
      0.9,
    ),
  // d ln K / dT = ΔH / RT².
  "chemistry/i008": () => exp(integral((t) => 30_000 / (8.314 * t * t), 300, 400)),
  "chemistry/i009": () => {
    const people = upTo(60, 0).map(
      (j) => (2 * j + 1) * exp((-1.931 * j * (j + 1)) / (0.695 * 298)),
    );
    return people.indexOf(Math.max(...people));
  },
  // Roots of the characteristic polynomial of the chain of six.
  "chemistry/i010": () => {
    const chain = (x: number): number =>
      upTo(5).reduce<readonly [number, number]>(([p, q]) => [x * p - q, p], [x, 1])[0];
    const grid = upTo(2000, 0).map((i) => i / 1000);
    const roots = grid
      .filter((x) => chain(x) * chain(x + 1e-3) < 0)
      .map((x) => zero(chain, x, x + 1e-3));
    return 2 * sum(roots) - 6;
  },
  // The mean over the three ions of one formula unit.
  "chemistry/i011": () => {
    const ions = [2, -1, -1];
    const strength = sum(ions.map((z) => 0.01 * z * z)) / 2;
    const each = ions.map((z) => 10 ** (-0.509 * z * z * sqrt(strength)));
    return Math.cbrt(each.reduce((all, one) => all * one, 1));
  },
  // Liquid is boiled off in small parts.
  "chemistry/i012": () => {
    let [light, heavy] = [0.5, 0.5];
    while (light / (light + heavy) > 0.2) {
      const x = light / (light + heavy);
      const y = (2.5 * x) / (1 + 1.5 * x);
      const part = 1e-6;
      light -= part * y;
      heavy -= part * (1 - y);
    }
    return 100 * (light + heavy);
  },
  "chemistry/i013": () => integral((t) => (27 + 6e-3 * t) / t / 8.314, 300, 1000),
  "chemistry/i014": () => acidity((h) => 0.05 - (0.05 * 1.8e-5) / (1.8e-5 + h)),
  // Genotypes of each generation; those with two copies die.
  "biology/i001": () =>
    100 *
    upTo(6).reduce((q) => {
      const [pure, mixed] = [(1 - q) ** 2, 2 * q * (1 - q)];
      return mixed / 2 / (pure + mixed);
    }, 0.4),
  "biology/i002": () =>
    100 *
    at(
      settled(
        ([q = 0]) => {
          const fitness = 1 - 0.4 * q * q;
          const chosen = (q * (1 - q) + 0.6 * q * q) / fitness;
          return [chosen + 1e-5 * (1 - chosen)];
        },
        [0.1],
      ),
      0,
    ),
  // An odd number of crossings of a Poisson number with mean 0.3.
  "biology/i003": () => {
    let chance = exp(-0.3);
    let odd = 0;
    for (let n = 1; n < 40; n++) {
      chance *= 0.3 / n;
      odd += n % 2 === 1 ? chance : 0;
    }
    return 100 * odd;
  },
  "biology/i004": () =>
    timeUntil(
      (_, [n = 0]) => [0.4 * n * (1 - n / 1000)],
      [50],
      ([n = 0]) => n - 800,
      1e-3,
    ),
  "biology/i005": () =>
    timeUntil(
      (_, [s = 0]) => [(-0.5 * s) / (2 + s)],
      [5],
      ([s = 0]) => s - 1,
      1e-3,
    ),
  "biology/i006": () =>
    100 *
    (1 -
      at(
        solved((_, [s = 0, i = 0]) => [-2 * s * i, 2 * s * i - i], [1 - 1e-7, 1e-7], 100, 20_000),
        0,
      )),
  // The whole distribution of the allele's number, from 20 of 40.
  "biology/i007": () => {
    const row = (p: number): readonly number[] => {
      if (p === 0 || p === 1) return upTo(40, 0).map((k) => Number(k === 40 * p));
      let chance = (1 - p) ** 40;
      return upTo(40, 0).map((k) => {
        const now = chance;
        chance *= ((40 - k) / (k + 1)) * (p / (1 - p));
        return now;
      });
    };
    const rows = upTo(40, 0).map((n) => row(n / 40));
    const after = settled(
      (now) => upTo(40, 0).map((k) => sum(now.map((p, n) => p * at(rows[n] ?? [], k)))),
      upTo(40, 0).map((n) => Number(n === 20)),
      30,
    );
    const mixed = sum(after.map((p, n) => p * 2 * (n / 40) * (1 - n / 40)));
    return (100 * mixed) / 0.5;
  },
  "biology/i008": () => {
    const fixed = settled(
      (now) =>
        now.map((each, n) =>
          n === 0 || n === 50 ? each : (1.1 * at(now, n + 1) + at(now, n - 1)) / 2.1,
        ),
      upTo(50, 0).map((n) => n / 50),
      60_000,
    );
    return 100 * at(fixed, 1);
  },
  // All genotypes of the parents and of two children, weighed by chance.
  "biology/i009": () => {
    const his = [
      [1, 1 / 3],
      [2, 2 / 3],
    ] as const;
    const hers = [
      [1, 49 / 50],
      [2, 1 / 50],
    ] as const;
    const families = his.flatMap(([a, p]) =>
      hers.map(([b, q]) => {
        const affected = a === 2 && b === 2 ? 1 / 4 : 0;
        return { weight: p * q * (1 - affected) ** 2, affected };
      }),
    );
    const all = sum(families.map(({ weight }) => weight));
    return (100 * sum(families.map(({ weight, affected }) => weight * affected))) / all;
  },
  // The voltage at which the currents of the three ions add up to zero; u = FV/RT.
  "biology/i010": () => {
    const current = (u: number): number => {
      const cation = (p: number, inside: number, outside: number) =>
        (p * u * (inside - outside * exp(-u))) / (1 - exp(-u));
      const anion = (p: number, inside: number, outside: number) =>
        (p * u * (inside - outside * exp(u))) / (1 - exp(u));
      return cation(1, 140, 5) + cation(0.04, 15, 145) + anion(0.45, 10, 110);
    };
    return (zero(current, -5, -0.1) * 1000 * 8.314 * 310) / 96_485;
  },
  // Newborns, one-year-olds and two-year-olds, year after year.
  "biology/i011": () => {
    let now: readonly number[] = [1, 0, 0];
    let growth = 0;
    for (let year = 0; year < 300; year++) {
      const [young = 0, one = 0] = now;
      const [ones, twos] = [0.5 * young, 0.6 * one];
      const next = [2 * ones + 3 * twos, ones, twos];
      growth = sum(next) / sum(now);
      now = next.map((each) => each / sum(next));
    }
    return growth;
  },
};
