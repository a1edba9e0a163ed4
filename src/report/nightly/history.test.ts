import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { beforeEach, describe, expect, test } from "vitest";

import type { RunFileLine } from "../../domain/run-file/lines.ts";

import { columnText, columnValues } from "../../domain/nights/lines.ts";
import { seededRandom } from "../../stats/random.ts";
import { nightsFolder } from "../../store/nights/night-files.ts";
import { answerLine, endLine, itemLine, runLine, scoreLine } from "../testing/lines.ts";
import { keepMap, keepNight, mergedNights, readHistory, readTasks } from "./history.ts";
import { judgeHistory, suspects } from "./nightly.ts";
import { type Measured, readNight } from "./of-run.ts";

const targets = ["a/steady", "b/falling"];
const items = 30;

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "baimo-history-"));
});

type Facts = { readonly skill?: number; readonly second_of?: string; readonly empty?: boolean };

/** Night `day` as it is measured from a run file; values have halves, some calls fail, times vary. */
async function measure(day: number, { skill = 0.8, second_of, empty = false }: Facts = {}) {
  const random = seededRandom(day * 77 + (second_of === undefined ? 0 : 1));
  const again = second_of === undefined ? "" : "-again";
  const started_at = new Date(Date.UTC(2026, 10, day, again === "" ? 18 : 19)).toISOString();
  const id = `202611${String(day).padStart(2, "0")}T180000Z${again}`;
  const lines: RunFileLine[] = [runLine(targets, { started_at, id })];
  for (let item = 0; item < items; item++) {
    lines.push(itemLine(`s/t${item % 3}/${item}`));
    for (const target of targets) {
      for (const trial of [1, 2, 3]) {
        const facts = { item: `s/t${item % 3}/${item}`, target, trial };
        const fails = random() < 0.02;
        const text = empty && target === "b/falling" ? "" : `${item} ${trial} 的回答是甲`;
        const total_ms = 500 + 900 * random();
        lines.push(answerLine({ ...facts, text, total_ms, outcome: fails ? "server" : "ok" }));
        if (fails) continue;
        const p = target === "b/falling" ? skill : 0.8;
        const value = random() < p ? 1 : random() < 0.2 ? 0.5 : 0;
        lines.push(
          scoreLine(facts, value === 1 ? "right" : value > 0 ? "partial" : "wrong", value),
        );
      }
    }
  }
  const file = join(folder, `${id}.jsonl`);
  writeFileSync(file, [...lines, endLine()].map((line) => `${JSON.stringify(line)}\n`).join(""));
  const place = { bytes: 1, slot: null, second_of: second_of ?? null, previous: null };
  const measured = await readNight(file, place);
  if (measured === null) throw new Error("no run");
  return measured;
}

async function keep(all: readonly Measured[]): Promise<void> {
  for (const each of all) await keepNight(folder, each);
}

describe("a judgement from compact records is that from the run files, to the last digit", () => {
  test.each<[string, Facts, string]>([
    ["quiet", {}, "unchanged"],
    ["a fall", { skill: 0.4 }, "down"],
    ["an outage", { empty: true }, "not enough data"],
  ])("%s", async (_, last, judgement) => {
    const nights: Measured[] = [];
    for (let day = 1; day <= 5; day++) nights.push(await measure(day));
    nights.push(await measure(6, last));
    const first = nights.at(-1)?.night.run ?? "";
    nights.push(await measure(6, { ...last, second_of: first }));
    await keep(nights);
    const direct = mergedNights(
      nights.map(({ night }) => night),
      [],
    );
    const { nights: read, lost } = await readHistory(folder);
    expect(lost).toEqual([]);
    expect(read).toEqual(direct);
    expect(judgeHistory("b", read)).toEqual(judgeHistory("b", direct));
    expect(suspects(read)).toEqual(suspects(direct));
    expect(judgeHistory("b", read).targets[1]?.judgement).toBe(judgement);
  });
});

test("records of two histories are merged by putting the files together, in any order", async () => {
  const nights = [await measure(1), await measure(2), await measure(3)];
  await keep(nights.toReversed());
  await keep(nights.slice(0, 2));
  const { nights: read } = await readHistory(folder);
  expect(read.map(({ date }) => date)).toEqual(["2026-11-02", "2026-11-03", "2026-11-04"]);
});

test("a night that others name and that is gone is lost", async () => {
  const [one, two] = [await measure(1), await measure(2)];
  await keep([{ ...two, night: { ...two.night, previous: one.night.run } }]);
  expect((await readHistory(folder)).lost).toEqual([one.night.run]);
  await keep([one]);
  expect((await readHistory(folder)).lost).toEqual([]);
});

test("a renamed target keeps its nights; the old name may come back", async () => {
  await keep([await measure(1), await measure(2), await measure(4)]);
  await keepMap(folder, { from: "b/falling", to: "c/new", when: "2026-11-03T00:00:00.000Z" });
  await keepMap(folder, { from: "c/new", to: "c/newer", when: "2026-11-03T09:00:00.000Z" });
  const { nights, measurements } = await readHistory(folder);
  expect(nights.map(({ targets: each }) => [...each.keys()][1])).toEqual([
    "c/newer",
    "c/newer",
    "b/falling",
  ]);
  expect([...(measurements[0]?.targets.keys() ?? [])]).toEqual(targets);
});

test("tasks are read apart, with sketches of their times", async () => {
  const measured = await measure(1);
  await keep([measured]);
  const tasks = await readTasks(folder, measured.night.run);
  expect(tasks).toEqual(measured.tasks);
  expect(tasks[0]?.tasks.map(({ task }) => task)).toEqual(["s/t0", "s/t1", "s/t2"]);
});

test("a damaged record is named, with what to do", async () => {
  await keep([await measure(1)]);
  const [name = ""] = readdirSync(nightsFolder(folder));
  const path = join(nightsFolder(folder), name);
  writeFileSync(path, readFileSync(path).subarray(0, 200));
  await expect(readHistory(folder)).rejects.toThrow("--rebuild");
});

test("columns of numbers keep every digit", () => {
  for (const values of [[], [1], [3, 3, 3, 3, 3, 0], [0.1, 1 / 3, 1e-9, 2, 2, 2], [4294967295]]) {
    expect(columnValues(columnText(values))).toEqual(values);
  }
  expect(columnText([3, 3, 3, 3, 3, 0])).toBe("3x5 0");
});
