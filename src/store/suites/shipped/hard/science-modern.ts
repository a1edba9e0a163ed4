import { at, integral, largest, solved, timeUntil, zero } from "./numerics.ts";

const { PI, cos, exp, hypot, log, sin, sqrt } = Math;
/** ħ²/(2m) of the electron in eV nm², as the questions give it. */
const kinetic = 0.0381;

/** Quantum physics, relativity, astronomy and geophysics of science-hard. */
export const modern: Readonly<Record<string, () => number>> = {
  // Shooting from the middle: at the wall the slope has to fit the decay outside.
  "quantum/i001": () =>
    zero(
      (energy) => {
        const [wave = 0, slope = 0] = solved(
          (_, [y = 0, d = 0]) => [d, (-energy * y) / kinetic],
          [1, 0],
          0.5,
          500,
        );
        return slope + sqrt((1 - energy) / kinetic) * wave;
      },
      0.01,
      0.3,
    ),
  // The wave behind the barrier is stepped back through it and split into the two waves before it.
  "quantum/i002": () => {
    const [k, decay] = [sqrt(2 / kinetic), sqrt(3 / kinetic)];
    const behind = [1, 0, 0, k];
    const [a = 0, b = 0, c = 0, d = 0] = solved(
      (_, [re = 0, im = 0, dre = 0, dim = 0]) => [
        -dre,
        -dim,
        -decay * decay * re,
        -decay * decay * im,
      ],
      behind,
      0.5,
    );
    // The amplitude moving on is (ψ + ψ'/(ik)) / 2.
    return 100 / (hypot(a + d / k, b - c / k) / 2) ** 2;
  },
  "quantum/i003": () => 100 * integral((r) => 4 * r * r * exp(-2 * r), 0, 1),
  "quantum/i004": () => (100 * 2 * integral((x) => exp(-x * x), 1, 8)) / sqrt(PI),
  "quantum/i005": () => 0.1 * 2 * integral((x) => sin(PI * x) ** 2, 0.25, 0.75),
  // i c' = H c with H = [[0, Ω/2], [Ω/2, Δ]].
  "quantum/i006": () => {
    const state = solved(
      (_, [a = 0, b = 0, c = 0, d = 0]) => [d, -c, b + 3 * d, -a - 3 * c],
      [1, 0, 0, 0],
      1,
    );
    return 100 * (at(state, 2) ** 2 + at(state, 3) ** 2);
  },
  // The muon's own clock: the interval between the two events.
  "quantum/i007": () => {
    const c = 2.998e8;
    const time = 1e4 / (0.995 * c);
    const own = sqrt(time ** 2 - (1e4 / c) ** 2);
    return (
      100 *
      at(
        solved((_, [n = 0]) => [-n / 2.197e-6], [1], own),
        0,
      )
    );
  },
  // The energy at which the electron carries away what is missing of energy and momentum.
  "quantum/i008": () =>
    zero(
      (e) => {
        const [px, py] = [100 - e * cos((2 * PI) / 3), e * sin((2 * PI) / 3)];
        return 100 + 511 - e - hypot(511, px, py);
      },
      1,
      99.9,
    ),
  "quantum/i009": () => {
    const p = zero((each) => hypot(105.66, each) + each - 139.57, 0, 100);
    return hypot(105.66, p) - 105.66;
  },
  "quantum/i010": () => {
    const [a, b] = [log(2) / 8, log(2) / 3];
    return timeUntil(
      (_, [x = 0, y = 0]) => [-a * x, a * x - b * y],
      [1, 0],
      ([x = 0, y = 0]) => a * x - b * y,
      1e-3,
    );
  },
  // In units of years and light years: d(γv)/dt = g, and the own clock runs at 1/γ.
  "quantum/i011": () => {
    const g = (9.8 * 3.156e7) / 2.998e8;
    const [, x = 0] = solved((_, [u = 0]) => [g * sqrt(1 + u * u), u], [0, 0], 2);
    return x;
  },
  "quantum/i012": () => {
    const energy = (a: number): number => {
      const weight = (x: number) => exp(-a * x * x);
      const norm = integral(weight, -8, 8, 800);
      return integral((x) => ((a * x) ** 2 / 2 + x ** 4) * weight(x), -8, 8, 800) / norm;
    };
    return -largest((a) => -energy(a), 0.5, 5);
  },
  // Kepler's second law: area over rate of area, along the half ellipse.
  "earth/i001": () => {
    const a = (1 + 1.524) / 2;
    const e = 1 - 1 / a;
    const radius = (v: number) => (a * (1 - e * e)) / (1 + e * cos(v));
    const momentum = radius(0) * 2 * PI * sqrt(2 / radius(0) - 1 / a);
    return integral((v) => radius(v) ** 2, 0, PI) / momentum;
  },
  "earth/i002": () =>
    at(
      solved(
        (h, [p = 0]) => [(-p * 0.02896 * 9.8) / (8.314 * (288.15 - 0.0065 * h))],
        [101.3],
        5000,
      ),
      0,
    ),
  // ∫ da / (a H), with a = x² so that the start is smooth.
  "earth/i003": () =>
    (integral((x) => (2 * x * x) / sqrt(0.3 + 0.7 * x ** 6), 0, 1) * 3.086e19) / 70 / 3.156e7 / 1e8,
  "earth/i004": () =>
    timeUntil(
      (_, [, parent = 0]) => [0.00142 * parent, -0.00142 * parent],
      [0, 1],
      ([d = 0, p = 1]) => d / p - 0.065,
      1e-3,
    ),
  // θ'' = -θ - 2θ'/ξ until θ = 0; the mass inside is ∫ θ ξ² dξ.
  "earth/i005": () => {
    const star = (r: number, [y = 0, d = 0]: readonly number[]) => [
      d,
      -y - (r < 1e-9 ? -2 / 3 : (2 * d) / r),
      y * r * r,
    ];
    const edge = timeUntil(star, [1, 0, 0], ([y = 0]) => y, 1e-3);
    return edge ** 3 / 3 / at(solved(star, [1, 0, 0], edge), 2);
  },
  // Each layer and the ground warm or cool until they give off what they take in.
  "earth/i006": () => {
    const sun = (1361 * 0.7) / 4;
    let [ground, low, high] = [0, 0, 0];
    for (let i = 0; i < 2000; i++) {
      [ground, low, high] = [sun + low, (ground + high) / 2, low / 2];
    }
    return (ground / 5.67e-8) ** 0.25 - 273.15;
  },
};
