import type { BlockKind } from "./block.ts";

/** Blocks that read the list and add to the sum. */
export const sumBlocks: readonly BlockKind[] = [
  weighted,
  pairs,
  digits,
  ends,
  jumps,
  groups,
  collatz,
  runs,
];

function weighted(
  ...[draw, { list: a, total: s, index: i }]: Parameters<BlockKind>
): ReturnType<BlockKind> {
  const modulus = draw.int(2, 4);
  const rest = draw.int(0, modulus - 1);
  const add = draw.int(1, 4);
  return {
    python: [
      `for ${i} in range(len(${a})):`,
      `    if ${a}[${i}] % ${modulus} == ${rest}:`,
      `        ${s} += ${a}[${i}] * (${i} + 1)`,
      "    else:",
      `        ${s} += ${add}`,
    ],
    javascript: [
      `for (let ${i} = 0; ${i} < ${a}.length; ${i}++) {`,
      `  if (${a}[${i}] % ${modulus} === ${rest}) {`,
      `    ${s} += ${a}[${i}] * (${i} + 1);`,
      "  } else {",
      `    ${s} += ${add};`,
      "  }",
      "}",
    ],
    run: ({ list, total }) => ({
      list,
      total: list.reduce(
        (sum, value, at) => sum + (value % modulus === rest ? value * (at + 1) : add),
        total,
      ),
    }),
  };
}

function pairs(
  ...[draw, { list: a, total: s, index: i }]: Parameters<BlockKind>
): ReturnType<BlockKind> {
  const modulus = draw.int(3, 6);
  const j = i === "j" ? "k" : "j";
  return {
    python: [
      `for ${i} in range(len(${a})):`,
      `    for ${j} in range(${i} + 1, len(${a})):`,
      `        if (${a}[${i}] + ${a}[${j}]) % ${modulus} == 0:`,
      `            ${s} += ${j} - ${i}`,
    ],
    javascript: [
      `for (let ${i} = 0; ${i} < ${a}.length; ${i}++) {`,
      `  for (let ${j} = ${i} + 1; ${j} < ${a}.length; ${j}++) {`,
      `    if ((${a}[${i}] + ${a}[${j}]) % ${modulus} === 0) {`,
      `      ${s} += ${j} - ${i};`,
      "    }",
      "  }",
      "}",
    ],
    run: ({ list, total }) => {
      const found = list.flatMap((first, at) =>
        list.slice(at + 1).map((second, gap) => ((first + second) % modulus === 0 ? gap + 1 : 0)),
      );
      return { list, total: found.reduce((sum, each) => sum + each, total) };
    },
  };
}

function digits(
  ...[draw, { list: a, total: s, value: v }]: Parameters<BlockKind>
): ReturnType<BlockKind> {
  const factor = draw.int(2, 5);
  return {
    python: [
      `for ${v} in ${a}:`,
      `    n = ${v} * ${v}`,
      "    while n > 0:",
      `        ${s} += n % 10 * ${factor}`,
      "        n //= 10",
    ],
    javascript: [
      `for (const ${v} of ${a}) {`,
      `  n = ${v} * ${v};`,
      "  while (n > 0) {",
      `    ${s} += n % 10 * ${factor};`,
      "    n = Math.floor(n / 10);",
      "  }",
      "}",
    ],
    run: ({ list, total }) => {
      const all = list.flatMap((value) => Array.from(String(value * value), Number));
      return { list, total: all.reduce((sum, digit) => sum + digit * factor, total) };
    },
  };
}

/** From both ends inwards. */
function ends(...[draw, { list: a, total: s }]: Parameters<BlockKind>): ReturnType<BlockKind> {
  const than = draw.pick(["<", ">"]);
  return {
    python: [
      `left, right = 0, len(${a}) - 1`,
      "while left < right:",
      `    if ${a}[left] ${than} ${a}[right]:`,
      `        ${s} += ${a}[right]`,
      "        left += 1",
      "    else:",
      `        ${s} += ${a}[left] + right`,
      "        right -= 1",
    ],
    javascript: [
      `left = 0; right = ${a}.length - 1;`,
      "while (left < right) {",
      `  if (${a}[left] ${than} ${a}[right]) {`,
      `    ${s} += ${a}[right];`,
      "    left++;",
      "  } else {",
      `    ${s} += ${a}[left] + right;`,
      "    right--;",
      "  }",
      "}",
    ],
    run: ({ list, total }) => {
      let [left, right, sum] = [0, list.length - 1, total];
      while (left < right) {
        const [first = 0, last = 0] = [list[left], list[right]];
        const isFirst = than === "<" ? first < last : first > last;
        sum += isFirst ? last : first + right;
        [left, right] = isFirst ? [left + 1, right] : [left, right - 1];
      }
      return { list, total: sum };
    },
  };
}

function jumps(...[draw, { list: a, total: s }]: Parameters<BlockKind>): ReturnType<BlockKind> {
  const [steps, add] = [draw.int(4, 8), draw.int(1, 3)];
  return {
    python: [
      "pos = 0",
      `for _ in range(${steps}):`,
      `    pos = (pos + ${a}[pos] + ${add}) % len(${a})`,
      `    ${s} += ${a}[pos]`,
    ],
    javascript: [
      "pos = 0;",
      `for (let k = 0; k < ${steps}; k++) {`,
      `  pos = (pos + ${a}[pos] + ${add}) % ${a}.length;`,
      `  ${s} += ${a}[pos];`,
      "}",
    ],
    run: ({ list, total }) => {
      let [at, sum] = [0, total];
      for (let step = 0; step < steps; step += 1) {
        at = (at + (list[at] ?? 0) + add) % list.length;
        sum += list[at] ?? 0;
      }
      return { list, total: sum };
    },
  };
}

function groups(
  ...[draw, { list: a, total: s, value: v }]: Parameters<BlockKind>
): ReturnType<BlockKind> {
  const modulus = draw.int(3, 5);
  return {
    python: [
      "count = {}",
      `for ${v} in ${a}:`,
      `    key = ${v} % ${modulus}`,
      "    count[key] = count.get(key, 0) + 1",
      "for key in count:",
      `    ${s} += (key + 1) * count[key] ** 2`,
    ],
    javascript: [
      "count = new Map();",
      `for (const ${v} of ${a}) {`,
      `  const key = ${v} % ${modulus};`,
      "  count.set(key, (count.get(key) ?? 0) + 1);",
      "}",
      "for (const [key, times] of count) {",
      `  ${s} += (key + 1) * times ** 2;`,
      "}",
    ],
    run: ({ list, total }) => {
      const found = Map.groupBy(list, (value) => value % modulus);
      return {
        list,
        total: [...found].reduce((sum, [key, own]) => sum + (key + 1) * own.length ** 2, total),
      };
    },
  };
}

function collatz(...[draw, { list: a, total: s }]: Parameters<BlockKind>): ReturnType<BlockKind> {
  const [add, most] = [draw.int(3, 9), draw.int(6, 10)];
  return {
    python: [
      `n = sum(${a}) + ${add}`,
      `for _ in range(${most}):`,
      "    n = n // 2 if n % 2 == 0 else n * 3 + 1",
      `${s} += n`,
    ],
    javascript: [
      `n = ${a}.reduce((x, y) => x + y, 0) + ${add};`,
      `for (let k = 0; k < ${most}; k++) {`,
      "  n = n % 2 === 0 ? Math.floor(n / 2) : n * 3 + 1;",
      "}",
      `${s} += n;`,
    ],
    run: ({ list, total }) => {
      let n = list.reduce((sum, value) => sum + value, add);
      for (let step = 0; step < most; step += 1) n = n % 2 === 0 ? n / 2 : n * 3 + 1;
      return { list, total: total + n };
    },
  };
}

/** Lengths of the stretches that rise. */
function runs(
  ...[draw, { list: a, total: s, index: i }]: Parameters<BlockKind>
): ReturnType<BlockKind> {
  const factor = draw.int(2, 6);
  return {
    python: [
      "length = 1",
      `for ${i} in range(1, len(${a})):`,
      `    length = length + 1 if ${a}[${i}] > ${a}[${i} - 1] else 1`,
      `    ${s} += length * ${factor}`,
    ],
    javascript: [
      "length = 1;",
      `for (let ${i} = 1; ${i} < ${a}.length; ${i}++) {`,
      `  length = ${a}[${i}] > ${a}[${i} - 1] ? length + 1 : 1;`,
      `  ${s} += length * ${factor};`,
      "}",
    ],
    run: ({ list, total }) => {
      let [length, sum] = [1, total];
      list.slice(1).forEach((value, at) => {
        length = value > (list[at] ?? 0) ? length + 1 : 1;
        sum += length * factor;
      });
      return { list, total: sum };
    },
  };
}
