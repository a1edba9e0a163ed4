import type { BlockKind } from "./block.ts";

import { overPlaces } from "./block.ts";

/** Blocks that change the list and leave the sum. */
export const listBlocks: readonly BlockKind[] = [
  cascade,
  rotate,
  passes,
  mixed,
  folded,
  reversedPart,
  stack,
  halved,
];

/** Every change is seen by the next place. */
function cascade(...[draw, { list: a, index: i }]: Parameters<BlockKind>): ReturnType<BlockKind> {
  const add = draw.int(2, 9);
  return {
    python: [
      `for ${i} in range(1, len(${a})):`,
      `    if ${a}[${i}] > ${a}[${i} - 1]:`,
      `        ${a}[${i}] -= ${a}[${i} - 1]`,
      "    else:",
      `        ${a}[${i}] += ${add}`,
    ],
    javascript: [
      `for (let ${i} = 1; ${i} < ${a}.length; ${i}++) {`,
      `  if (${a}[${i}] > ${a}[${i} - 1]) {`,
      `    ${a}[${i}] -= ${a}[${i} - 1];`,
      "  } else {",
      `    ${a}[${i}] += ${add};`,
      "  }",
      "}",
    ],
    run: ({ list, total }) => ({
      list: overPlaces(list, 1, (own, at) => {
        const [before = 0, value = 0] = [own[at - 1], own[at]];
        own[at] = value > before ? value - before : value + add;
      }),
      total,
    }),
  };
}

function rotate(...[draw, { list: a }]: Parameters<BlockKind>): ReturnType<BlockKind> {
  const [times, add] = [draw.int(2, 5), draw.int(1, 6)];
  return {
    python: [`for _ in range(${times}):`, `    ${a}.append(${a}.pop(0) + ${add})`],
    javascript: [
      `for (let k = 0; k < ${times}; k++) {`,
      `  ${a}.push(${a}.shift() + ${add});`,
      "}",
    ],
    run: ({ list, total }) => {
      const own = [...list];
      for (let at = 0; at < times; at += 1) own.push((own.shift() ?? 0) + add);
      return { list: own, total };
    },
  };
}

/** A few passes of a bubble sort, which do not sort it all. */
function passes(...[draw, { list: a, index: i }]: Parameters<BlockKind>): ReturnType<BlockKind> {
  const [times, isUp] = [draw.int(1, 2), draw.int(0, 1) === 1];
  const than = isUp ? ">" : "<";
  return {
    python: [
      `for _ in range(${times}):`,
      `    for ${i} in range(len(${a}) - 1):`,
      `        if ${a}[${i}] ${than} ${a}[${i} + 1]:`,
      `            ${a}[${i}], ${a}[${i} + 1] = ${a}[${i} + 1], ${a}[${i}]`,
    ],
    javascript: [
      `for (let k = 0; k < ${times}; k++) {`,
      `  for (let ${i} = 0; ${i} < ${a}.length - 1; ${i}++) {`,
      `    if (${a}[${i}] ${than} ${a}[${i} + 1]) {`,
      `      [${a}[${i}], ${a}[${i} + 1]] = [${a}[${i} + 1], ${a}[${i}]];`,
      "    }",
      "  }",
      "}",
    ],
    run: ({ list, total }) => {
      let own = list;
      for (let pass = 0; pass < times; pass += 1)
        own = overPlaces(own, 1, (each, at) => {
          const [left = 0, right = 0] = [each[at - 1], each[at]];
          if (isUp ? left > right : left < right) [each[at - 1], each[at]] = [right, left];
        });
      return { list: own, total };
    },
  };
}

function mixed(...[draw, { list: a, index: i }]: Parameters<BlockKind>): ReturnType<BlockKind> {
  const [factor, add, modulus] = [draw.int(2, 7), draw.int(1, 9), draw.int(11, 29)];
  return {
    python: [
      `for ${i} in range(len(${a})):`,
      `    ${a}[${i}] = (${a}[${i}] * ${factor} + ${i} + ${add}) % ${modulus}`,
    ],
    javascript: [
      `for (let ${i} = 0; ${i} < ${a}.length; ${i}++) {`,
      `  ${a}[${i}] = (${a}[${i}] * ${factor} + ${i} + ${add}) % ${modulus};`,
      "}",
    ],
    run: ({ list, total }) => ({
      list: list.map((value, at) => (value * factor + at + add) % modulus),
      total,
    }),
  };
}

/** Each place takes something of the one at the other end. */
function folded(...[draw, { list: a, index: i }]: Parameters<BlockKind>): ReturnType<BlockKind> {
  const modulus = draw.int(13, 31);
  return {
    python: [
      `for ${i} in range(len(${a})):`,
      `    ${a}[${i}] = (${a}[${i}] + 2 * ${a}[len(${a}) - 1 - ${i}]) % ${modulus}`,
    ],
    javascript: [
      `for (let ${i} = 0; ${i} < ${a}.length; ${i}++) {`,
      `  ${a}[${i}] = (${a}[${i}] + 2 * ${a}[${a}.length - 1 - ${i}]) % ${modulus};`,
      "}",
    ],
    run: ({ list, total }) => ({
      list: overPlaces(list, 0, (own, at) => {
        own[at] = ((own[at] ?? 0) + 2 * (own[own.length - 1 - at] ?? 0)) % modulus;
      }),
      total,
    }),
  };
}

function reversedPart(...[draw, { list: a }]: Parameters<BlockKind>): ReturnType<BlockKind> {
  const cut = draw.int(2, 3);
  return {
    python: [`${a} = ${a}[${cut}:] + ${a}[:${cut}][::-1]`],
    javascript: [`${a} = [...${a}.slice(${cut}), ...${a}.slice(0, ${cut}).reverse()];`],
    run: ({ list, total }) => ({
      list: [...list.slice(cut), ...list.slice(0, cut).toReversed()],
      total,
    }),
  };
}

/** Smaller values above a larger one are merged into it; the list keeps its length. */
function stack(...[draw, { list: a, value: v }]: Parameters<BlockKind>): ReturnType<BlockKind> {
  const add = draw.int(1, 3);
  return {
    python: [
      "stack = []",
      `for ${v} in ${a}:`,
      `    while stack and stack[-1] < ${v}:`,
      `        stack.pop()`,
      `        ${v} += ${add}`,
      `    stack.append(${v})`,
      `${a} = stack + ${a}[len(stack):]`,
    ],
    javascript: [
      "stack = [];",
      `for (let ${v} of ${a}) {`,
      `  while (stack.length > 0 && stack[stack.length - 1] < ${v}) {`,
      "    stack.pop();",
      `    ${v} += ${add};`,
      "  }",
      `  stack.push(${v});`,
      "}",
      `${a} = [...stack, ...${a}.slice(stack.length)];`,
    ],
    run: ({ list, total }) => {
      const kept: number[] = [];
      for (const each of list) {
        let value = each;
        while (kept.length > 0 && (kept.at(-1) ?? 0) < value) {
          kept.pop();
          value += add;
        }
        kept.push(value);
      }
      return { list: [...kept, ...list.slice(kept.length)], total };
    },
  };
}

function halved(...[draw, { list: a, index: i }]: Parameters<BlockKind>): ReturnType<BlockKind> {
  const add = draw.int(1, 5);
  return {
    python: [
      `for ${i} in range(len(${a})):`,
      `    if ${a}[${i}] % 2 == 0:`,
      `        ${a}[${i}] = ${a}[${i}] // 2`,
      "    else:",
      `        ${a}[${i}] = ${a}[${i}] * 3 + ${add}`,
    ],
    javascript: [
      `for (let ${i} = 0; ${i} < ${a}.length; ${i}++) {`,
      `  if (${a}[${i}] % 2 === 0) {`,
      `    ${a}[${i}] = Math.floor(${a}[${i}] / 2);`,
      "  } else {",
      `    ${a}[${i}] = ${a}[${i}] * 3 + ${add};`,
      "  }",
      "}",
    ],
    run: ({ list, total }) => ({
      list: list.map((value) => (value % 2 === 0 ? value / 2 : value * 3 + add)),
      total,
    }),
  };
}
