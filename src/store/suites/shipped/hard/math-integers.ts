import { at, count, eachPermutation, gcd, subsets, sum, upTo } from "./numerics.ts";

/** Number theory and counting of math-hard, by trying every case. */
export const integers: Readonly<Record<string, () => number>> = {
  "number-theory/i001": () => {
    let value = 1;
    for (let i = 0; i < 7 ** 7; i++) value = (value * 7) % 1000;
    return value;
  },
  "number-theory/i002": () => count(upTo(10_000), (n) => (n * n + 1) % 65 === 0),
  "number-theory/i003": () =>
    Math.max(...upTo(2_000).filter((n) => (n ** 3 + 2026) % (n + 12) === 0)),
  // x > 2024, and from x = 2024 + 2024² on y would be below 2025.
  "number-theory/i004": () =>
    count(upTo(2024 + 2024 ** 2, 2025), (x) => (2024 * x) % (x - 2024) === 0),
  "number-theory/i005": () => {
    let left = upTo(100).reduce((all, each) => all * BigInt(each), 1n);
    let zeros = 0;
    while (left % 12n === 0n) {
      left /= 12n;
      zeros++;
    }
    return zeros;
  },
  "number-theory/i006": () =>
    count(upTo(1904), (d) => 3_628_800 % d === 0 && (d + 3_628_800 / d) % 2 === 0),
  "number-theory/i007": () =>
    sum(upTo(100_000).filter((n) => Number.isInteger(Math.sqrt(n * n + 33 * n + 36)))),
  "number-theory/i008": () =>
    sum(upTo(600).filter((n) => count(upTo(n), (k) => gcd(n, k) === 1) === 24)),
  "number-theory/i009": () => order(2, 2025),
  "number-theory/i010": () => {
    const divisors = upTo(720).filter((d) => 720 % d === 0);
    const lcm = (a: number, b: number): number => (a * b) / gcd(a, b);
    const pairs = divisors.flatMap((a) => divisors.map((b) => lcm(a, b)));
    return sum(pairs.map((pair) => count(divisors, (c) => lcm(pair, c) === 720)));
  },
  "number-theory/i011": () => sum(upTo(1000).map((k) => Math.floor(Math.sqrt(k)))),
  "number-theory/i012": () => {
    let row = [1];
    for (let i = 0; i < 2026; i++)
      row = [1, ...row.slice(1).map((each, j) => (each + at(row, j)) % 2), 1];
    return sum(row);
  },
  "number-theory/i013": () => {
    const squares = upTo(100, 0).map((x) => x * x);
    const of = (x: number, y: number): number => count(squares, (z) => (x + y + z) % 101 === 1);
    return sum(squares.map((x) => sum(squares.map((y) => of(x, y)))));
  },
  "number-theory/i014": () => order(10, 4879),
  "counting/i001": () =>
    permutations(9, (each) => count(upTo(9), (i) => at(each, i - 1) === i) === 2),
  "counting/i002": () => tilings(3, 10),
  "counting/i003": () => {
    const ways = new Map<string, number>([["0,0", 1]]);
    for (const x of upTo(8, 0)) {
      for (const y of upTo(x, 0)) {
        if (x + y === 0) continue;
        const before = (ways.get(`${x - 1},${y}`) ?? 0) + (ways.get(`${x},${y - 1}`) ?? 0);
        ways.set(`${x},${y}`, x === 4 && y === 4 ? 0 : before);
      }
    }
    return ways.get("8,8") ?? 0;
  },
  "counting/i004": () =>
    count(subsets(upTo(18), 3), ([a = 0, b = 0, c = 0]) =>
      // An angle stands on the arc between the other two vertices and is half of it.
      [b - a, c - b, 18 - c + a].every((arc) => arc < 9),
    ),
  "counting/i005": cubeColourings,
  "counting/i006": () =>
    count(
      upTo(4 ** 7 - 1, 0),
      (code) => new Set(upTo(6, 0).map((i) => Math.floor(code / 4 ** i) % 4)).size === 4,
    ),
  "counting/i007": () => count(upTo(2 ** 12 - 1, 0), (code) => !code.toString(2).includes("111")),
  "counting/i008": () => sum(upTo(98).map((a) => count(upTo(98), (b) => a < b && b < 100 - a - b))),
  "counting/i009": () =>
    count(upTo(9 ** 3 - 1, 0), (code) => {
      const w = 20 - (code % 9) - (Math.floor(code / 9) % 9) - Math.floor(code / 81);
      return w >= 0 && w <= 8;
    }),
  // Person 0 keeps one seat; partners differ in the last bit.
  "counting/i010": () =>
    permutations(9, (others) => {
      const seats = [0, ...others];
      return seats.every(
        (person, i) => Math.floor(person / 2) !== Math.floor(at(seats, (i + 1) % 10) / 2),
      );
    }),
  "counting/i011": () =>
    count(
      upTo(2 ** 12 - 1, 0),
      (code) => sum(upTo(12).filter((k) => Math.floor(code / 2 ** (k - 1)) % 2 === 1)) % 3 === 0,
    ),
  "counting/i012": () => {
    const edges = upTo(7).flatMap((a) => upTo(7, a + 1).map((b) => [a, b] as const));
    return count(subsets(edges, 6), (tree) => {
      const degree = (v: number): number => count(tree, ([a, b]) => a === v || b === v);
      return count(upTo(7), (v) => degree(v) === 1) === 4 && isConnected(tree);
    });
  },
  "counting/i013": () => {
    const rows = subsets(upTo(5), 2);
    const fill = (left: readonly number[], row: number): number => {
      if (row === 5) return Number(left.every((each) => each === 0));
      return sum(
        rows
          .filter((cells) => cells.every((cell) => at(left, cell - 1) > 0))
          .map((cells) =>
            fill(
              left.map((each, i) => each - Number(cells.includes(i + 1))),
              row + 1,
            ),
          ),
      );
    };
    return fill([2, 2, 2, 2, 2], 0);
  },
  "counting/i014": () => {
    const place = (row: number, rooks: number, used: readonly number[]): number => {
      if (rooks === 0) return 1;
      if (row > 8) return 0;
      const here = upTo(8).filter((column) => column !== row && !used.includes(column));
      return (
        place(row + 1, rooks, used) +
        sum(here.map((column) => place(row + 1, rooks - 1, [...used, column])))
      );
    };
    return place(1, 3, []);
  },
};

/** The least power of `base` that leaves 1. */
function order(base: number, modulus: number): number {
  let value = base % modulus;
  for (let n = 1; n <= modulus; n++) {
    if (value === 1) return n;
    value = (value * base) % modulus;
  }
  return Number.NaN;
}

function permutations(n: number, fits: (each: readonly number[]) => boolean): number {
  let found = 0;
  eachPermutation(upTo(n), (each) => {
    found += Number(fits(each));
  });
  return found;
}

/** Covers the first free cell in each possible way. */
function tilings(rows: number, columns: number, covered: ReadonlySet<number> = new Set()): number {
  const first = upTo(rows * columns - 1, 0).find((cell) => !covered.has(cell));
  if (first === undefined) return 1;
  const partners = [
    ...(first % rows < rows - 1 ? [first + 1] : []),
    ...(first + rows < rows * columns ? [first + rows] : []),
  ].filter((cell) => !covered.has(cell));
  return sum(partners.map((cell) => tilings(rows, columns, new Set([...covered, first, cell]))));
}

/** Orbits of the colourings under two quarter turns, which make all 24 rotations. Vertex 4x + 2y + z. */
function cubeColourings(): number {
  const aroundZ = upTo(7, 0).map((v) => {
    const [x, y, z] = [Math.floor(v / 4), Math.floor(v / 2) % 2, v % 2];
    return 4 * (1 - y) + 2 * x + z;
  });
  const aroundX = upTo(7, 0).map((v) => {
    const [x, y, z] = [Math.floor(v / 4), Math.floor(v / 2) % 2, v % 2];
    return 4 * x + 2 * (1 - z) + y;
  });
  const seen = new Set<string>();
  let orbits = 0;
  for (const code of upTo(3 ** 8 - 1, 0)) {
    const start = code.toString(3).padStart(8, "0");
    if (seen.has(start)) continue;
    orbits++;
    const open = [start];
    for (let now = open.pop(); now !== undefined; now = open.pop()) {
      if (seen.has(now)) continue;
      seen.add(now);
      const colours = now;
      open.push(...[aroundZ, aroundX].map((way) => way.map((v) => colours.charAt(v)).join("")));
    }
  }
  return orbits;
}

function isConnected(edges: readonly (readonly [number, number])[]): boolean {
  const reached = new Set([1]);
  for (let grew = true; grew;) {
    const fresh = edges
      .filter(([a, b]) => reached.has(a) !== reached.has(b))
      .flatMap(([a, b]) => [a, b]);
    grew = fresh.length > 0;
    for (const vertex of fresh) reached.add(vertex);
  }
  return reached.size === 7;
}
