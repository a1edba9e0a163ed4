import type { BlockKind } from "./block.ts";

/** How long a machine runs, and the size of the numbers that it works with. */
export type MachineSize = { readonly steps: number; readonly modulus: number };

type Machine = (size: MachineSize) => BlockKind;

/** Blocks in which each step needs the one before it, so that a slip changes all that follows. */
export const machineBlocks: readonly Machine[] = [mixer, automaton, squares, carried];

/** Numbers of about the size of the modulus, as those of pseudo-random generators. */
function mixer({ steps, modulus }: MachineSize): BlockKind {
  return (draw, { list: a, total: s }) => {
    const m = modulus + 2 * draw.int(1, Math.floor(modulus / 4)) + 1;
    const [factor, add] = [draw.int(Math.floor(m / 3), m - 1), draw.int(11, 997)];
    const [keep, cell] = [draw.int(900, 1_100), draw.int(31, 97)];
    return {
      python: [
        `n = ${s} % ${m}`,
        `for k in range(${steps}):`,
        `    n = (n * ${factor} + ${a}[k % len(${a})] + ${add}) % ${m}`,
        `    ${a}[n % len(${a})] = n % ${cell}`,
        `    ${s} += n % ${keep}`,
      ],
      javascript: [
        `n = ${s} % ${m};`,
        `for (let k = 0; k < ${steps}; k++) {`,
        `  n = (n * ${factor} + ${a}[k % ${a}.length] + ${add}) % ${m};`,
        `  ${a}[n % ${a}.length] = n % ${cell};`,
        `  ${s} += n % ${keep};`,
        "}",
      ],
      run: ({ list, total }) => {
        const own = [...list];
        let [n, sum] = [total % m, total];
        for (let k = 0; k < steps; k += 1) {
          n = (n * factor + (own[k % own.length] ?? 0) + add) % m;
          own[n % own.length] = n % cell;
          sum += n % keep;
        }
        return { list: own, total: sum };
      },
    };
  };
}

/** Three states, a place that wanders, and cells that are written over on the way. */
function automaton({ steps }: MachineSize): BlockKind {
  return (draw, { list: a, total: s, value: v }) => {
    const rounds = 3 * steps;
    const [factor, modulus, jump] = [draw.int(3, 9), draw.int(41, 89), draw.int(2, 5)];
    return {
      python: [
        "state, pos = 0, 0",
        `for k in range(${rounds}):`,
        `    ${v} = ${a}[pos]`,
        "    if state == 0:",
        `        ${a}[pos] = (${v} * ${factor} + k) % ${modulus}`,
        `        pos = (pos + ${v} + 1) % len(${a})`,
        "    elif state == 1:",
        `        ${s} += ${v} * (pos + 1)`,
        `        pos = (pos + ${jump}) % len(${a})`,
        "    else:",
        `        ${a}[pos], ${a}[0] = ${a}[0], ${v} + 1`,
        `        pos = (pos * 2 + ${v}) % len(${a})`,
        `    state = (state + ${v} + ${s}) % 3`,
      ],
      javascript: [
        "state = 0; pos = 0;",
        `for (let k = 0; k < ${rounds}; k++) {`,
        `  const ${v} = ${a}[pos];`,
        "  if (state === 0) {",
        `    ${a}[pos] = (${v} * ${factor} + k) % ${modulus};`,
        `    pos = (pos + ${v} + 1) % ${a}.length;`,
        "  } else if (state === 1) {",
        `    ${s} += ${v} * (pos + 1);`,
        `    pos = (pos + ${jump}) % ${a}.length;`,
        "  } else {",
        `    [${a}[pos], ${a}[0]] = [${a}[0], ${v} + 1];`,
        `    pos = (pos * 2 + ${v}) % ${a}.length;`,
        "  }",
        `  state = (state + ${v} + ${s}) % 3;`,
        "}",
      ],
      run: ({ list, total }) => {
        const own = [...list];
        let [state, at, sum] = [0, 0, total];
        for (let k = 0; k < rounds; k += 1) {
          const value = own[at] ?? 0;
          if (state === 0) {
            own[at] = (value * factor + k) % modulus;
            at = (at + value + 1) % own.length;
          } else if (state === 1) {
            sum += value * (at + 1);
            at = (at + jump) % own.length;
          } else {
            own[at] = own[0] ?? 0;
            own[0] = value + 1;
            at = (at * 2 + value) % own.length;
          }
          state = (state + value + sum) % 3;
        }
        return { list: own, total: sum };
      },
    };
  };
}

/** A power by repeated squaring, its exponent from what was worked out before. */
function squares({ modulus }: MachineSize): BlockKind {
  return (draw, { total: s }) => {
    const m = modulus + 2 * draw.int(1, Math.floor(modulus / 4)) + 1;
    const [base, more] = [
      draw.int(Math.floor(m / 3), m - 1),
      draw.int(Math.floor(modulus / 2), modulus),
    ];
    return {
      python: [
        `n, power, raised = ${base}, ${s} % ${modulus} + ${more}, 1`,
        "while power > 0:",
        "    if power % 2 == 1:",
        `        raised = raised * n % ${m}`,
        `    n = n * n % ${m}`,
        "    power //= 2",
        `${s} += raised`,
      ],
      javascript: [
        `n = ${base}; power = ${s} % ${modulus} + ${more}; raised = 1;`,
        "while (power > 0) {",
        `  if (power % 2 === 1) raised = raised * n % ${m};`,
        `  n = n * n % ${m};`,
        "  power = Math.floor(power / 2);",
        "}",
        `${s} += raised;`,
      ],
      run: ({ list, total }) => {
        let [n, power, raised] = [base, (total % modulus) + more, 1];
        while (power > 0) {
          if (power % 2 === 1) raised = (raised * n) % m;
          n = (n * n) % m;
          power = Math.floor(power / 2);
        }
        return { list, total: total + raised };
      },
    };
  };
}

/** The sum itself is multiplied on, once for each number of the list. */
function carried({ modulus }: MachineSize): BlockKind {
  return (draw, { list: a, total: s, value: v }) => {
    const m = modulus + 2 * draw.int(1, Math.floor(modulus / 4)) + 1;
    const [factor, other] = [draw.int(Math.floor(m / 5), m - 1), draw.int(101, 997)];
    return {
      python: [`for ${v} in ${a}:`, `    ${s} = (${s} * ${factor} + ${v} * ${other}) % ${m}`],
      javascript: [
        `for (const ${v} of ${a}) {`,
        `  ${s} = (${s} * ${factor} + ${v} * ${other}) % ${m};`,
        "}",
      ],
      run: ({ list, total }) => ({
        list,
        total: list.reduce((sum, value) => (sum * factor + value * other) % m, total),
      }),
    };
  };
}
