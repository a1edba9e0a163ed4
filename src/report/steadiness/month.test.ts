import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, inject, test } from "vitest";

import { keepNight } from "../nightly/history.ts";
import { readNight } from "../nightly/of-run.ts";
import { endLine, itemLine, runLine, scoreLine } from "../testing/lines.ts";
import { type MonthPlan, slotAnswers } from "../testing/month.ts";
import { steadinessHeadline } from "./headline.ts";
import { monthPeriod, periodUntil } from "./period.ts";
import { historySource, runsSource } from "./read.ts";
import { lastWindow, steadinessOf } from "./steadiness.ts";

/** The matrix sees the whole month, else thirteen days of it are there. */
const days = inject("matrix") ? 30 : 13;
/** The day of the outage. */
const outage = inject("matrix") ? 14 : 9;

/** Three slots a day, two of them of more than two hours; the month begins on a Sunday. */
const plan: MonthPlan = {
  start: "2026-11-01",
  days,
  targets: ["甲/one", "乙/two"],
  seed: 11,
  calls_per_window: inject("matrix") ? 3 : 2,
  slots: [2, 9, 14].map((hour) => ({ hour, windows: hour === 2 ? 10 : 30 })),
};

/** On that day the first target is down from 09:20 to 10:40; on workdays from 14 on it is slow. */
const troubled: MonthPlan = {
  ...plan,
  failing: (target, { day, hour, minute }) => {
    const clock = hour * 60 + minute;
    const isOut = target === "甲/one" && day === outage - 1 && clock >= 560 && clock < 640;
    return isOut ? { share: 0.97, outcome: "server", status: 503 } : null;
  },
  slower: (target, { day, hour }) =>
    target === "甲/one" && hour >= 14 && day % 7 !== 0 && day % 7 !== 6 ? 2.3 : 1,
};

/** A month as run files, one a slot, and their records. */
async function writeMonth(own: MonthPlan) {
  const folder = mkdtempSync(join(tmpdir(), "baimo-month-"));
  const files: string[] = [];
  for (let day = 0; day < own.days; day++) {
    for (const slot of own.slots) {
      const answers = slotAnswers(own, day, slot);
      const [first] = answers;
      const started_at = first?.turns[0]?.attempts[0]?.timing?.started_at ?? "";
      const id = `run-${String(day).padStart(2, "0")}-${String(slot.hour).padStart(2, "0")}`;
      const items = [...new Set(answers.map(({ item }) => item))];
      const lines = [
        runLine(own.targets, { id, started_at }),
        ...items.map((item) => itemLine(item)),
        ...answers,
        ...answers.flatMap(({ item, target, key, outcome }) =>
          outcome === "ok" ? [{ ...scoreLine({ item, target }, "right"), key }] : [],
        ),
        endLine(),
      ];
      const file = join(folder, `${id}.jsonl`);
      writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
      files.push(file);
      const place = { bytes: 1, slot: `${slot.hour}:00`, second_of: null, previous: null };
      const measured = await readNight(file, place);
      if (measured !== null) await keepNight(folder, measured);
    }
  }
  return { folder, files };
}

test(`${days} days of slots with an outage and slow afternoons: the first sentence names both`, async () => {
  const { folder, files } = await writeMonth(troubled);
  const november = monthPeriod("2026-11");
  const fromHistory = steadinessOf(await historySource(folder), november);
  expect(steadinessHeadline(fromHistory, "zh")).toMatch(
    new RegExp(
      `^甲/one \\[模拟\\]：11 月 ${outage} 日 09:20–10:40 中断；每个工作日 14–17 时首字延迟为其他时段的 2\\.[2-4] 倍。$`,
      "u",
    ),
  );
  expect(steadinessHeadline(fromHistory, "en")).toMatch(
    new RegExp(
      `^甲/one \\[simulated\\]: down on ${outage} Nov 09:20–10:40; TTFT 2\\.[2-4] times that of other hours at 14:00–17:00 on every workday\\.$`,
      "u",
    ),
  );
  const [one, two] = fromHistory.targets;
  expect(one?.outages).toHaveLength(1);
  expect([two?.outages, two?.slow_hours, two?.slow_spells]).toEqual([[], [], []]);
  // 16 of the windows, 70 a day, were nearly lost; 5xx alone, so both rules agree.
  expect(one?.windows).toBe(70 * days);
  expect(one?.user.value).toBeGreaterThan(1 - 30 / (70 * days));
  expect(one?.user.value).toBeLessThan(1 - 10 / (70 * days));
  expect(one?.sla.value).toBe(one?.user.value);
  expect(one?.user.interval?.low).toBeLessThan(one?.user.value ?? 0);

  if (!inject("matrix")) return;
  const fromRuns = steadinessOf(await runsSource(files), november);
  expect({ ...fromRuns.targets[0], news: null }).toEqual({ ...one, news: null });
});

test("a quiet month says so, and how much of it was seen", async () => {
  const { folder, files } = await writeMonth({ ...plan, days: 7 });
  const source = await historySource(folder);
  const period = periodUntil(lastWindow(source) ?? 0);
  const report = steadinessOf(source, period);
  const [one] = report.targets;
  const [same] = steadinessOf(await runsSource(files), period).targets;
  expect({ ...same, news: null }).toEqual({ ...one, news: null });
  expect([report.period.from, report.period.to]).toEqual(["2026-10-09", "2026-11-07"]);
  expect(steadinessHeadline(report, "zh")).toBe(
    "10 月 9 日–11 月 7 日平稳：2 个目标都没有发现中断、固定的慢时段或模型变化（看到 8,640 个五分钟窗口中的 490 个，5.7%）。",
  );
});
