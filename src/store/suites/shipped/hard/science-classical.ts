import { at, integral, largest, solved, sum, timeUntil, upTo, zero } from "./numerics.ts";

const { PI, abs, cos, exp, hypot, log, sin, sqrt } = Math;
const mu0 = 4e-7 * PI;

/** Mechanics and electromagnetism of science-hard, by stepping the equations of motion and by summing over the sources. */
export const classical: Readonly<Record<string, () => number>> = {
  // A quarter of the period from a small angle.
  "mechanics/i001": () =>
    4 *
    timeUntil(
      (_, [a = 0, w = 0]) => [w, (-1.5 * 9.8 * sin(a)) / 1.2],
      [0.001, 0],
      ([a = 0]) => a,
      1e-4,
    ),
  "mechanics/i002": () =>
    4 *
    timeUntil(
      (_, [a = 0, w = 0]) => [w, -9.8 * sin(a)],
      [PI / 2, 0],
      ([a = 0]) => a,
      1e-4,
    ),
  "mechanics/i003": () =>
    timeUntil(
      (_, [x = 0, v = 0]) => [v, (9.8 * x) / 2],
      [0.5, 0],
      ([x = 0]) => x - 2,
      1e-4,
    ),
  "mechanics/i004": () =>
    at(
      solved((t) => [(20 * 2500) / (5000 - 20 * t) - 9.8], [0], 150),
      0,
    ) / 1000,
  "mechanics/i005": () => {
    const fall = (_: number, [, v = 0]: readonly number[]) => [v, 9.8 - (0.25 * v * v) / 80];
    const time = timeUntil(fall, [0, 0], ([x = 0]) => x - 100, 1e-3);
    return at(solved(fall, [0, 0], time), 1);
  },
  // The least root of the determinant of the stiffness matrix less m ω².
  "mechanics/i006": () =>
    zero(
      (w) => {
        const d = 400 - 0.5 * w * w;
        return d * (d * d - 200 * 200) - 200 * 200 * d;
      },
      5,
      20,
    ),
  // The orbit stepped from perihelion; 1 AU and 1 year make GM = 4π².
  "mechanics/i007": () => {
    const near = 4 * (1 - 0.6);
    const speed = 2 * PI * sqrt(2 / near - 1 / 4);
    return timeUntil(
      (_, [x = 0, y = 0, u = 0, v = 0]) => {
        const pull = (-4 * PI * PI) / hypot(x, y) ** 3;
        return [u, v, pull * x, pull * y];
      },
      [near, 0, 0, speed],
      ([x = 0]) => x,
      1e-5,
    );
  },
  // East, north, up.
  "mechanics/i008": () => {
    const [c, s] = [7.292e-5 * cos(PI / 6), 7.292e-5 * sin(PI / 6)];
    const motion = (_: number, [, , , u = 0, v = 0, w = 0]: readonly number[]) => [
      u,
      v,
      w,
      2 * v * s - 2 * w * c,
      -2 * u * s,
      -9.8 + 2 * u * c,
    ];
    const time = timeUntil(motion, [0, 0, 100, 0, 0, 0], ([, , z = 0]) => z, 1e-3);
    return 100 * at(solved(motion, [0, 0, 100, 0, 0, 0], time), 0);
  },
  // Curvature M / EI integrated to slope and deflection.
  "mechanics/i009": () => {
    const inertia = integral((y) => 0.05 * y * y, -0.05, 0.05);
    return (
      1000 *
      at(
        solved((x, [, slope = 0]) => [slope, (500 * (2 - x)) / (2e11 * inertia)], [0, 0], 2),
        0,
      )
    );
  },
  "mechanics/i010": () => {
    const torque = (a: number): number => 64 * sin(a) * cos(a) - (9.8 / 0.25) * sin(a);
    const rest = zero(torque, 0.1, PI / 2);
    return sqrt((torque(rest - 1e-5) - torque(rest + 1e-5)) / 2e-5);
  },
  // Biot and Savart, piece by piece: the axial part of dl × r / r³.
  "electromagnetism/i001": () => {
    const n = 360;
    const pieces = upTo(n).map(() => {
      const [r, z] = [0.2, 0.1];
      return ((2 * PI * r) / n) * (r / hypot(r, z) ** 3);
    });
    return 1000 * 2 * 100 * 2 * (mu0 / (4 * PI)) * sum(pieces);
  },
  // Between two zeros of the charge lies half a period.
  "electromagnetism/i002": () => {
    const circuit = (_: number, [q = 0, i = 0]: readonly number[]) => [
      i,
      (-q / 1e-5 - 40 * i) / 0.1,
    ];
    const first = timeUntil(circuit, [1, 0], ([q = 0]) => q, 1e-6);
    const there = solved(circuit, [1, 0], first);
    return 1000 * 2 * timeUntil(circuit, [0, at(there, 1)], ([q = 0]) => q, 1e-6);
  },
  // The imaginary part of the wave number k with k² = i ω μ σ, by bisection of |k|.
  "electromagnetism/i003": () => {
    const target = (2 * PI * 1e6 * mu0) / 1.68e-8;
    const size = zero((k) => k * k - target, 1, 1e6);
    return 1e6 / (size * sin(PI / 4));
  },
  "electromagnetism/i004": () => 100 * largest((b) => (sin(b) / b) ** 2, PI + 0.01, 2 * PI - 0.01),
  // The field is projected on each plate.
  "electromagnetism/i005": () => {
    const axis = (k: number) => [cos((k * PI) / 20), sin((k * PI) / 20)] as const;
    const field = upTo(10).reduce<readonly [number, number]>(([x, y], k) => {
      const [a, b] = axis(k);
      return [(x * a + y * b) * a, (x * a + y * b) * b];
    }, axis(0));
    return 50 * (field[0] ** 2 + field[1] ** 2);
  },
  // Where two rays from one point of the object meet again: [height, slope].
  "electromagnetism/i006": () => {
    const through = (slope: number): readonly [number, number] => {
      const first = 30 * slope;
      const bent = slope - first / 20;
      const second = first + 10 * bent;
      return [second, bent + second / 30];
    };
    const [[h1, s1], [h2, s2]] = [through(0.01), through(0.02)];
    return abs((h2 - h1) / (s1 - s2));
  },
  "electromagnetism/i007": () => upTo(500).reduce((r) => 3 + 1 / (1 / 4 + 1 / r), 1),
  // The energy of the charge in the field of the induced multipoles, moved by a little.
  "electromagnetism/i008": () => {
    const force = sum(upTo(400, 0).map((l) => (l + 1) * (0.04 / 0.1) ** (2 * l + 1)));
    return (1e6 * 8.988e9 * 1e-16 * force) / 0.1 ** 2;
  },
  // The circle is run through with γ m v' = q v × B; half of its turn spans the diameter.
  "electromagnetism/i009": () => {
    const c = 2.998e8;
    const gamma = 1 + 500 / 938.3;
    const speed = c * sqrt(1 - 1 / gamma ** 2);
    const rate = (1.5 * c * c) / (gamma * 938.3e6);
    const motion = (_: number, [, , u = 0, v = 0]: readonly number[]) => [
      u,
      v,
      rate * v,
      -rate * u,
    ];
    const start = [0, 0, 0, speed];
    const time = timeUntil(motion, start, ([, y = 0]) => y, 1e-11);
    return abs(at(solved(motion, start, time), 0)) / 2;
  },
  "electromagnetism/i010": () => {
    const inside = zero((t) => 1.5 * sin(t) - sin(PI / 3), 0, PI / 2);
    return 100 * (sin(PI / 3 - inside) / sin(PI / 3 + inside)) ** 2;
  },
};

/** Heat and statistics of science-hard. */
export const thermal: Readonly<Record<string, () => number>> = {
  "thermal/i001": () => 100 * integral((v) => (4 / sqrt(PI)) * v * v * exp(-v * v), 2, 12),
  // Work around the cycle over the heat taken in; one mole with RT1 = 1, from V = 18 to V = 1.
  "thermal/i002": () => {
    const start = 18 ** 0.4;
    const adiabat = (p: number, v0: number) => (v: number) => p * (v0 / v) ** 1.4;
    const work =
      start * (2 - 1) + integral(adiabat(start, 2), 2, 18) - integral(adiabat(start, 1), 1, 18);
    return (100 * work) / (3.5 * start * (2 - 1));
  },
  "thermal/i003": () =>
    integral((v) => (8.314 * 300) / (v - 4.27e-5) - 0.364 / v ** 2, 1e-3, 2e-3) / 1000,
  "thermal/i004": () => {
    const energy = (t: number): number => {
      const weights = upTo(200, 0).map((n) => exp(-n / t));
      return sum(weights.map((w, n) => n * w)) / sum(weights);
    };
    return (3 * (energy(0.5001) - energy(0.4999))) / 0.0002;
  },
  "thermal/i005": () => {
    const z = 1 + exp(-1);
    return -sum([1 / z, exp(-1) / z].map((p) => p * log(p)));
  },
  "thermal/i006": () => {
    const k = (1.381e-23 * 2.725) / (1.055e-34 * 2.998e8);
    return (
      (1e-9 * k ** 3 * integral((x) => (x === 0 ? 0 : (x * x) / (exp(x) - 1)), 0, 60)) / PI ** 2
    );
  },
  "thermal/i007": () => 80 / integral((r) => 1 / (0.2 * 2 * PI * r * 10), 0.05, 0.08) / 1000,
  // Heat passes in small parcels.
  "thermal/i008": () => {
    const parcel = (2 * 4186 * 20) / 100_000;
    let [cold, hot, entropy] = [293.15, 353.15, 0];
    for (let i = 0; i < 100_000; i++) {
      entropy += parcel / (cold + parcel / 8372) - parcel / (hot - parcel / 16_744);
      cold += parcel / 4186;
      hot -= parcel / 8372;
    }
    return (300 * entropy) / 1000;
  },
  // The vapour pressure is stepped down from the normal boiling point.
  "thermal/i009": () =>
    373.15 -
    273.15 -
    timeUntil(
      (t, [p = 0]) => [(-p * 40_700) / (8.314 * (373.15 - t) ** 2)],
      [101.3],
      ([p = 0]) => p - 70,
      1e-3,
    ),
  // A Carnot engine takes small parcels until both bodies are as warm.
  "thermal/i010": () => {
    let [hot, cold, work] = [400, 100, 0];
    while (hot > cold) {
      const taken = 0.01;
      const given = (taken * cold) / hot;
      work += 500 * (taken - given);
      hot -= taken;
      cold += given;
    }
    return work / 1000;
  },
  "thermal/i011": () => {
    const spins = (code: number) => upTo(5, 0).map((i) => (Math.floor(code / 2 ** i) % 2) * 2 - 1);
    const weights = upTo(63, 0).map((code) => {
      const ring = spins(code);
      return exp(0.5 * sum(ring.map((each, i) => each * at(ring, (i + 1) % 6))));
    });
    return log(sum(weights));
  },
};
