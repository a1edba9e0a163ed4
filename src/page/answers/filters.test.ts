import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import type { PageIndex } from "../../report/page/make-report.ts";

import { gatherAnswers } from "../../report/page/answers.ts";
import { readCountingLines } from "../../report/page/counting-lines.ts";
import {
  answerLine,
  itemLine,
  runLine,
  scoreLine,
  targetEntry,
} from "../../report/testing/lines.ts";
import { chosenAnswers, filtersOf } from "./filters.ts";

const [model, baseline] = ["mine/a", "baseline/first"];

/** Two items; the model has one of them wrong, the baseline both. */
const lines = [
  runLine([targetEntry(model), targetEntry(baseline, { baseline: true })]),
  ...["s/t/0", "s/t/1"].flatMap((item) => [
    itemLine(item),
    ...[model, baseline].flatMap((target) => [
      answerLine({ item, target }),
      scoreLine({ item, target }, target === model && item === "s/t/0" ? "right" : "wrong"),
    ]),
  ]),
];

let folder = "";
let index: PageIndex;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "baimo-filters-"));
  const file = join(folder, "run.jsonl");
  await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const read = await readCountingLines([file]);
  const inside = Uint8Array.from({ length: read.view.items.length }, () => 1);
  index = { ...(await gatherAnswers(read, inside)).index, item_values: [] };
});
afterAll(() => rm(folder, { recursive: true }));

test.each<[string, readonly string[]]>([
  ["", [model, baseline, model, baseline]],
  ["verdict=wrong", [baseline, model, baseline]],
  ["verdict=wrong&models=1", [model]],
  ["models=1", [model, model]],
])("?%s lists the answers of %j", (query, targets) => {
  const chosen = chosenAnswers(index, filtersOf(new URLSearchParams(query)), [baseline]);
  expect([...chosen].map((at) => index.targets[index.answers.target[at] ?? -1])).toEqual(targets);
});
