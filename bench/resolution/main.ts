/**
 * What each shipped suite and board holds and resolves: `npm run verify:suites [-- --runs 500] [--from FILE] [--write]`. Items, effective
 * items, points resolved at 80 % power, points between the strongest and the weakest simulated model, cost, and what each
 * target that only guesses gets. Then how often skills of .80 and .85 are told apart at equal money, on the
 * board of six tasks and on the older one of ten suites. `--from` takes the
 * run file of an earlier run of all suites; `--write` puts the tables into docs/shipped-suites.md and its
 * Chinese twin. Exit code 1 where the new board separates less than 90 %, or no better than the older one.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

import "../../own-temporary.ts";

import type { Luck } from "./separation.ts";

import { findBoard } from "../../src/store/suites/find-suites.ts";
import { measured, soleBoard, type Measured } from "./measured.ts";
import { boardIds, guessers, readRecorded, recorded, suiteIds } from "./recorded.ts";
import { separation } from "./separation.ts";
import { writeTables } from "./tables.ts";

const { values: flags } = parseArgs({
  options: {
    runs: { type: "string", default: "500" },
    from: { type: "string" },
    write: { type: "boolean", default: false },
  },
});
const runs = Number(flags.runs);
if (!Number.isInteger(runs) || runs < 1) {
  console.error("--runs: a whole number of at least 1");
  process.exit(2);
}

/** As in the simulator, where a trial is no new draw, and as `plan` assumes it of real models. */
const worlds: readonly { readonly name: string; readonly luck: Luck }[] = [
  { name: "no new luck at a trial", luck: { shared: 0.35, own: 0.65, trial: 0 } },
  {
    name: "half of its own luck new at every trial",
    luck: { shared: 0.35, own: 0.325, trial: 0.325 },
  },
];

const head = [
  "suite or board",
  "items",
  "n_eff",
  "detectable difference",
  "strong − weak",
  "¥",
  ...guessers,
];

const root = resolve(import.meta.dirname, "../..");
const seed = 20261129;
const into = await mkdtemp(join(tmpdir(), "baimo-suites-"));
try {
  process.exitCode = (await report()) ? 0 : 1;
} finally {
  await rm(into, { recursive: true, force: true });
}

async function report(): Promise<boolean> {
  const all =
    flags.from === undefined
      ? await recorded(suiteIds, seed, into)
      : await readRecorded(resolve(flags.from));
  const named = await Promise.all(
    boardIds.map((id) => findBoard(id, { cwd: root, builtin: join(root, "suites") })),
  );
  // Its results are not added up.
  const boards = named.filter(({ total }) => total.method !== "gbt45654");
  const rows = suiteIds.map((id) => rowOf(id, measured(all, soleBoard(id))));
  const found = new Map<string, Measured>();
  for (const board of boards) {
    // A board with a limit of its own asks other items.
    const own = board.limit === undefined ? all : await recorded([board.id], seed, into);
    found.set(board.id, measured(own, board));
  }
  const boardRows = [...found].map(([id, each]) => rowOf(`boards/${id}`, each));

  const [older, newer] = ["superclue-like", "superclue-2025"] as const;
  const trialsOf = (id: string): number =>
    Math.max(1, Math.round((found.get(newer)?.cost ?? 0) / (found.get(id)?.cost ?? 1)));
  const rates = worlds.map(({ name, luck }) => {
    const rateOf = (id: string, trials: number): number => {
      const board = boards.find((each) => each.id === id);
      if (board === undefined) throw new Error(`no board ${id}`);
      return separation(all.view, board, { luck, trials, runs, seed });
    };
    const shares = [
      rateOf(older, 1),
      rateOf(older, trialsOf(older)),
      rateOf(newer, trialsOf(newer)),
    ] as const;
    return { name, shares };
  });
  const separations = rates.map(({ name, shares }) => [name, ...shares.map(percent)]);
  const tables = [
    [head, ...rows, ...boardRows],
    [
      ["luck", `${older}, 1 trial`, `${older}, equal money (${trialsOf(older)} trials)`, newer],
      ...separations,
    ],
  ];
  writeTables(tables, { root, isWritten: flags.write, ids: [...suiteIds, ...boardIds] });
  return rates.every(({ shares: [, before, after] }) => after >= 0.9 && after > before);
}

function rowOf(name: string, each: Measured): readonly string[] {
  return [
    name,
    String(each.items),
    each.items === 0 ? "–" : each.effective.toFixed(0),
    each.resolution === null ? "–" : each.resolution.toFixed(1),
    each.gap.toFixed(1),
    each.cost.toFixed(3),
    ...guessers.map((id) => each.guessed[id].toFixed(1)),
  ];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
