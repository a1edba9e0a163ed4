import { type Asked, groups } from "./asked.ts";

/** How many of the unit before it each unit is, and the unit that the chain begins with. */
const chains: readonly (readonly (readonly [name: string, times: bigint])[])[] = [
  [
    ["毫米", 1n],
    ["厘米", 10n],
    ["分米", 10n],
    ["米", 10n],
    ["里", 500n],
    ["千米", 2n],
  ],
  [
    ["克", 1n],
    ["两", 50n],
    ["斤", 10n],
    ["千克", 2n],
    ["吨", 1000n],
  ],
  [
    ["毫升", 1n],
    ["升", 1000n],
    ["立方米", 1000n],
  ],
  [
    ["秒", 1n],
    ["分钟", 60n],
    ["刻钟", 15n],
    ["小时", 4n],
    ["天", 24n],
  ],
  [
    ["平方厘米", 1n],
    ["平方分米", 100n],
    ["平方米", 100n],
    ["公顷", 10_000n],
  ],
];

const chainOf = (unit: string): readonly (readonly [string, bigint])[] =>
  chains.find((chain) => chain.some(([name]) => name === unit)) ?? [];

const sizeOf = (unit: string): bigint => {
  const chain = chainOf(unit);
  const at = chain.findIndex(([name]) => name === unit);
  return chain.slice(0, at + 1).reduce((size, [, times]) => size * times, 1n);
};

/** In integers alone: ten thousand times the sum, divided by the unit asked for without a remainder. */
export function solveUnit({ question }: Asked): number {
  const plain = question.replaceAll(/（[^）]*）/g, "");
  const [told = "", to = ""] = groups(/^(.+?)(?:加在一起，)?等于多少(.+)？$/, plain);
  const parts = [...told.matchAll(/(\d+) ([^、\d ]+)/g)];
  if (parts.some(([, , unit = ""]) => chainOf(unit) !== chainOf(to))) throw new Error(question);
  const total = parts.reduce((sum, [, n = "0", unit = ""]) => sum + BigInt(n) * sizeOf(unit), 0n);
  const scaled = total * 10_000n;
  if (scaled % sizeOf(to) !== 0n) throw new Error(`more than four decimals: ${question}`);
  return Number(scaled / sizeOf(to)) / 10_000;
}
