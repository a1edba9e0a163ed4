import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { expect, test } from "vitest";

import type { RunFileLine } from "../../domain/run-file/lines.ts";

import { leaderboardOf } from "../leaderboard/leaderboard.ts";
import { answerLine, itemLine, runLine, scoreLine } from "../testing/lines.ts";
import { loadExportFormat } from "./format.ts";
import { readExport } from "./read.ts";

const targets = ["a/one", "b/two"] as const;

/**
 * Dimensions of unlike size, a task of double weight, heavy items, trials, a call that failed, another wording and a target
 * that was not asked everything: what makes a plain mean differ from the score.
 */
function lines(): readonly RunFileLine[] {
  const items = [
    itemLine("s/t/1", { dimension: ["甲"] }),
    itemLine("s/t/2", { dimension: ["甲"], weight: 3 }),
    itemLine("s/t/3", { dimension: ["甲"] }),
    itemLine("s/u/1", { dimension: ["乙"], task_weight: 2 }),
    itemLine("s/v/1", { dimension: ["乙"] }),
    itemLine("s/v/2", { dimension: ["乙"] }),
  ];
  const answers = items.flatMap(({ item }, place) =>
    targets.flatMap((target, which) =>
      [1, 2].flatMap((trial) => {
        const facts = { item, target, trial, text: `=SUM(${place})` };
        if (which === 1 && place === 5) return [];
        if (which === 0 && place === 3 && trial === 2) {
          return [answerLine({ ...facts, outcome: "server" })];
        }
        const right = (place + which + trial) % 3 !== 0;
        return [answerLine(facts), scoreLine(facts, right ? "right" : "wrong")];
      }),
    ),
  );
  const other = { item: "s/t/1", target: targets[0], wording: "polite" };
  return [
    runLine(targets, { settings: { ...runLine([]).settings, trials: 2 } }),
    ...items,
    ...answers,
    answerLine(other),
    scoreLine(other, "wrong"),
  ];
}

async function fileOf(written: readonly RunFileLine[]): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), "export-")), "run.jsonl");
  await writeFile(file, written.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return file;
}

type Read = {
  readonly target: string;
  readonly value: number | null;
  readonly weight: number | null;
};

/** `SELECT target, avg(value * weight) … GROUP BY target`: what is null is left out. */
function averages(rows: readonly Read[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number[]>();
  for (const { target, value, weight } of rows) {
    if (value === null || weight === null) continue;
    sums.set(target, [...(sums.get(target) ?? []), value * weight]);
  }
  return new Map(
    [...sums].map(([target, all]) => [target, all.reduce((a, b) => a + b, 0) / all.length]),
  );
}

test.each(["parquet", "jsonl", "csv"])(
  "the weighted mean of %s is the leaderboard's score",
  async (id) => {
    const file = await fileOf(lines());
    const runs = await readExport([file], null);
    const out = `${file}.${id}`;
    await (await loadExportFormat(id)).write(runs, out, "zh");
    const rows = await readers[id]?.(out);
    expect(rows).toHaveLength(23);
    const means = averages(rows ?? []);
    for (const { summary } of leaderboardOf(runs.view).entries) {
      expect(means.get(summary.target)).toBeCloseTo(summary.score.value ?? -1, 9);
    }
    const plain = averages((rows ?? []).map((row) => ({ ...row, weight: 1 })));
    expect(plain.get("a/one")).not.toBeCloseTo(means.get("a/one") ?? -1, 3);
  },
);

const readers: Readonly<Record<string, (file: string) => Promise<readonly Read[]>>> = {
  parquet: async (file) =>
    (await parquetReadObjects({ file: await asyncBufferFromFile(file) })).map(
      ({ target, value, weight }): Read => ({ target, value, weight }),
    ),
  jsonl: async (file) =>
    (await readFile(file, "utf8"))
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Read),
  csv: async (file) => {
    const [head = "", ...rest] = (await readFile(file, "utf8")).slice(1).trimEnd().split("\r\n");
    const names = head.split(",");
    // No cell of this run holds a comma or a line end but those of prompts, which are quoted.
    const records = rest
      .join("\r\n")
      .replaceAll(/"(?:[^"]|"")*"/g, "text")
      .split("\r\n");
    return records.map((line) => {
      const cells = line.split(",");
      const at = (name: string): string => cells[names.indexOf(name)] ?? "";
      const number = (name: string): number | null => (at(name) === "" ? null : Number(at(name)));
      return { target: at("target"), value: number("value"), weight: number("weight") };
    });
  },
};

test("a formula that a model wrote stays text in CSV and is kept as it is elsewhere", async () => {
  const file = await fileOf(lines());
  const runs = await readExport([file], null);
  for (const id of ["csv", "jsonl"]) {
    await (await loadExportFormat(id)).write(runs, `${file}.${id}`, "zh");
  }
  expect(await readFile(`${file}.csv`, "utf8")).toContain(",'=SUM(0),");
  expect(await readFile(`${file}.jsonl`, "utf8")).toContain('"answer":"=SUM(0)"');
});

test("numbers, counts and flags have types of their own; an empty run has its columns all the same", async () => {
  const file = await fileOf([runLine(targets)]);
  const runs = await readExport([file], null);
  await (await loadExportFormat("parquet")).write(runs, `${file}.parquet`, "zh");
  const read = await parquetReadObjects({ file: await asyncBufferFromFile(`${file}.parquet`) });
  expect(read).toEqual([]);
  const full = await fileOf(lines());
  await (
    await loadExportFormat("parquet")
  ).write(await readExport([full], null), `${full}.parquet`, "zh");
  const [first] = await parquetReadObjects({ file: await asyncBufferFromFile(`${full}.parquet`) });
  expect(first).toMatchObject({ trial: 1n, ruled: false, item: "s/t/1", wording: null });
  expect(typeof first?.["value"]).toBe("number");
});

test("a name that is no format names those that there are", async () => {
  await expect(loadExportFormat("parqet")).rejects.toThrow(/did you mean "parquet"/);
});
