import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import {
  migrationPoints,
  migrationReport,
  readMigration,
} from "../../report/migration/migration.ts";
import { newFolder, runCommand } from "../testing/command-context.ts";
import { startFastSimulator } from "../testing/fast-simulator.ts";
import { command as migrate } from "./migrate.ts";
import { command as run } from "./run.ts";

const folder = newFolder();
const file = join(folder, "m.jsonl");
const suite = `schema: suite/1
id: move
license: CC-BY-4.0
source: 原创
tasks:
  - id: sums
    dimension: [数学推理, 应用题]
    prompt: "{{question}}\\n请在最后一行用“答案：X”给出数值。"
    wordings:
      steps: {prompt: "请一步一步想。\\n{{question}}\\n最后一行写“答案：X”。", for: ["*/xiliu"]}
      aid: {system: 你是计算助手。, for: ["sim/baicao", "sim/nobody"]}
    grader: {use: numeric}
    items: {generate: word-problem, n: 12, seed: 11}
  - id: units
    dimension: [数学推理, 单位]
    prompt: "{{question}}\\n请在最后一行用“答案：X”给出数值。"
    grader: {use: numeric}
    items: {generate: unit, n: 6, seed: 12}
`;

test("a wording that names targets is asked of these alone, and the run is complete all the same", async () => {
  writeFileSync(join(folder, "move.yaml"), suite);
  const { env, close } = await startFastSimulator(join(folder, "move.yaml"));
  onTestFinished(close);
  const asked = await runCommand(
    run,
    folder,
    ["./move.yaml"],
    {
      model: ["sim/yuanshan", "sim/xiliu", "sim/baicao", "sim/fengche"],
      wordings: true,
      out: file,
    },
    { env },
  );
  expect(asked.code).toBe(0);
  const reading = await readMigration([file]);
  const answers = reading.view.targets.map(({ ref, rows }) => [ref, rows.length]);
  expect(Object.fromEntries(answers)).toEqual({
    "sim/yuanshan": 18,
    "sim/xiliu": 30,
    "sim/baicao": 30,
    "sim/fengche": 18,
  });
  expect(reading.view.run?.size).toMatchObject({ per_target: 42, answers: 96 });
  expect(reading.view.end?.status).toBe("complete");
  const report = migrationReport(reading, { incumbent: "sim/yuanshan", seed: 7 });
  expect(report.untuned).toEqual(["sim/fengche"]);
  expect(report.targets.map(({ target, wordings }) => [target, wordings])).toEqual([
    ["sim/yuanshan", []],
    ["sim/xiliu", ["steps"]],
    ["sim/baicao", ["aid"]],
  ]);
  for (const { best, unified, cost, prompts, items } of report.targets) {
    expect(best - unified).toBeCloseTo(cost.value, 12);
    expect(prompts.all).toBe(2);
    expect(prompts.change).toBeLessThanOrEqual(1);
    expect(items).toBe(18);
  }
  expect(migrationPoints(report, "sim/fengche")).toBeNull();
  expect(migrationPoints(report, "sim/xiliu")).toBeGreaterThanOrEqual(0);
  const shown = await runCommand(migrate, folder, [file], { incumbent: "sim/yuanshan" });
  expect(shown.code).toBe(0);
  expect(shown.text).toContain("没有为它们改写过提示词，迁移成本未知：sim/fengche");
  const unknown = await runCommand(migrate, folder, [file], { incumbent: "sim/x" }).catch(
    (error: unknown) => String(error),
  );
  expect(JSON.stringify(unknown)).toContain("sim/yuanshan");
});
