/**
 * How often each rule that judges is wrong, and how often it finds what is there, on the trees of all shipped suites
 * and boards: `npm run verify:verdicts` [-- --pairs N] [--write]. `--write` puts the tables into docs/metrics.md and its
 * Chinese twin.
 * Exit code 1 where a rate is above what the rule states, by more than two standard errors.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";

import "../../own-temporary.ts";
import { falseOrder, falsePasses } from "./boards.ts";
import { allowed } from "./draw.ts";
import { falseAlarms } from "./nights.ts";
import { falseVerdicts, power } from "./paired.ts";
import { lossOfEight, passagesOfFour } from "./power.ts";
import { falseChanges, falseUnpairedChanges } from "./ratios.ts";
import { boardTree, shippedBoards, shippedSuites, suiteTree, type SimulatedTree } from "./trees.ts";
import { falseUnpaired } from "./unpaired.ts";
import { inChinese } from "./words.ts";

const { values: flags } = parseArgs({
  options: {
    pairs: { type: "string", default: "1000" },
    write: { type: "boolean", default: false },
  },
});
const pairs = Number(flags.pairs);
if (!Number.isInteger(pairs) || pairs < 20) {
  console.error("--pairs: a whole number of at least 20");
  process.exit(2);
}

const missed: string[] = [];
/**
 * A rate in percent, noted as missed where it is above its level. One of many rates may be three standard errors off
 * where all are kept; a rate over all trees together, or the only one of its rule, may be two.
 */
function rate(what: string, found: number, level: number, runs: number, errors = 2): string {
  if (found > allowed(level, runs, errors) + 1e-9) missed.push(`${what}: ${percent(found)}`);
  return percent(found);
}
/** A power in percent, noted as missed where it is below `least`. */
function found(what: string, share: number, least: number): string {
  if (share < least) missed.push(`${what}: ${percent(share)}`);
  return percent(share);
}
const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;
const row = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;

const tables: (readonly (readonly string[])[])[] = [];
function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  tables.push([head, ...rows.map((cells) => cells.map(String))]);
}

/** The tables in Markdown, each cell put into words. */
const markdown = (worded: (cell: string) => string): string =>
  tables
    .map(([head = [], ...rows]) => {
      const rule = row(head.map((_, at) => (at === 0 ? "---" : "--:")));
      return [row(head.map(worded)), rule, ...rows.map((cells) => row(cells.map(worded)))].join(
        "\n",
      );
    })
    .join("\n\n");

async function trees(): Promise<readonly SimulatedTree[]> {
  const suites = await Promise.all(shippedSuites().map((id) => suiteTree(id)));
  return [...suites, ...(await Promise.all(shippedBoards().map(boardTree)))];
}

const all = await trees();
const drops = [5, 8, 12];
const wrongs = all.map((tree, at) => falseVerdicts(tree, pairs, 1_000_000 * (at + 1)));
const sumOf = (name: "parts" | "totals"): number =>
  wrongs.reduce((sum, wrong) => sum + wrong[name], 0) / (pairs * all.length);
table(
  ["tree", "items", "any false part", "false total", "−5", "−8", "−12"],
  all.map((tree, at) => {
    const wrong = wrongs[at] ?? { parts: pairs, totals: pairs };
    const strengths = drops.map((drop) => power(tree, drop, Math.ceil(pairs / 5), 77_000_000 + at));
    return [
      tree.name,
      tree.view.items.length,
      rate(`${tree.name}, parts`, wrong.parts / pairs, 0.05, pairs, 3),
      rate(`${tree.name}, total`, wrong.totals / pairs, 0.05, pairs, 3),
      ...strengths.map(percent),
    ];
  }),
);

const seeds = await Promise.all([11, 12, 13, 14, 15, 16].map((seed) => suiteTree("fresh", seed)));
const unpaired = falseUnpaired(seeds, pairs, 5_000_000);
const twins = [await suiteTree("starter"), await suiteTree("starter")] as const;
const ratios = falseChanges(twins, pairs, 6_000_000);
const others = [await suiteTree("fresh", 21), await suiteTree("fresh", 22)] as const;
const apart = falseUnpairedChanges(others, pairs, 6_500_000);
const starter = await suiteTree("starter");
const superclue = all.find(({ name }) => name === "boards/superclue-like") ?? starter;
const boards = Math.ceil(pairs / 2);
const gates = [starter, superclue].map((tree) => falsePasses(tree, boards, 8_000_000));
/** Pairs grow with the square of the targets, and chance with fewer boards. */
const boardsOf = (count: number): number =>
  count < 10 ? 3 * pairs : count < 50 ? boards : Math.ceil(pairs / 10);
const months = Math.ceil(pairs / 4);
table(
  ["rule", "shape", "runs", "stated", "found"],
  [
    ["any false part, paired", "all trees", sumOf("parts"), 0.05, pairs * all.length],
    ["false total, paired", "all trees", sumOf("totals"), 0.05, pairs * all.length],
    ["unpaired parts", "fresh, two seeds", unpaired.parts / pairs, 0.05, pairs],
    ["unpaired total", "fresh, two seeds", unpaired.totals / pairs, 0.05, pairs],
    ["TTFT more or less", "starter", ratios.first_token_ms, 0.05, pairs],
    ["speed more or less", "starter", ratios.speed, 0.05, pairs],
    ["cost more or less", "starter", ratios.cost, 0.05, pairs],
    ["cost per correct more or less", "starter", ratios.cost_per_right, 0.05, pairs],
    ["unpaired TTFT more or less", "fresh, two seeds", apart.first_token_ms, 0.05, pairs],
    ["unpaired cost per answer more or less", "fresh, two seeds", apart.cost, 0.05, pairs],
    [
      "unpaired cost per correct more or less",
      "fresh, two seeds",
      apart.cost_per_right,
      0.05,
      pairs,
    ],
    ...[3, 10, 50].flatMap((count) =>
      [starter, superclue].map(
        (tree) =>
          [
            `any false order of ${count} equal targets`,
            tree.name,
            falseOrder(tree, count, boardsOf(count), 7_000_000 + count),
            0.05,
            boardsOf(count),
          ] as const,
      ),
    ),
    ["gate passed at its own bound", "starter", gates[0]?.passed ?? 1, 0.025, boards],
    ["gate passed at its own bound", superclue.name, gates[1]?.passed ?? 1, 0.025, boards],
    ["95% interval misses the true score", "starter", gates[0]?.missed ?? 1, 0.05, boards],
    ["95% interval misses the true score", superclue.name, gates[1]?.missed ?? 1, 0.05, boards],
    [
      "nightly alarm in a month, 3 targets",
      "starter",
      falseAlarms(twins[0], 3, months, 9),
      0.05,
      months,
    ],
  ].map(([rule, shape, share, stated, runs]) => [
    String(rule),
    String(shape),
    Number(runs),
    percent(Number(stated)),
    rate(`${rule}, ${shape}`, Number(share), Number(stated), Number(runs)),
  ]),
);

const eight = found("n = 500, 14% lost, 6% won", lossOfEight(2 * pairs, 1), 0.95);
const contest = passagesOfFour(0.5, 4 * pairs, 2);
const best = Math.max(...Object.values(contest));
found("125 passages of 4, beside the best test", (contest["label swaps"] ?? 0) - best, -0.03);
table(
  ["power", "pairs", "found"],
  [
    ["n = 500, 14% lost, 6% won", 2 * pairs, eight],
    ...Object.entries(contest).map(([name, share]) => [
      `125 passages of 4: ${name}`,
      4 * pairs,
      percent(share),
    ]),
    ...Object.entries(passagesOfFour(0, 4 * pairs, 3)).map(([name, share]) => [
      `no change: ${name}`,
      4 * pairs,
      name === "label swaps" ? rate("passages, level", share, 0.05, 4 * pairs) : percent(share),
    ]),
  ],
);

const text = markdown((cell) => cell);
console.log(text);
if (flags.write) {
  const ids = all.map(({ name }) => name);
  putInto("metrics.md", text);
  putInto(
    "metrics.zh-CN.md",
    markdown((cell) => inChinese(cell, ids)),
  );
}
console.log(missed.length === 0 ? "\nevery rate is kept" : `\nmissed:\n${missed.join("\n")}`);
process.exitCode = missed.length === 0 ? 0 : 1;

/** Puts the tables between their marks on a page of docs/. */
function putInto(name: string, block: string): void {
  const file = resolve(import.meta.dirname, "../../docs", name);
  const marked = /(<!-- verify:verdicts -->\n)[^]*?(<!-- end -->)/;
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace(marked, (_, start, end) => `${start}\n${block}\n\n${end}`),
  );
}
