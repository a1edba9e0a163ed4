import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { gatherAnswers } from "../../report/page/answers.ts";
import { readCountingLines } from "../../report/page/counting-lines.ts";
import { answerLine, itemLine, runLine, scoreLine } from "../../report/testing/lines.ts";

const target = "mine/a";

test("an answer that counts 0 because it refuses is marked, as the board counts it; a wrong and an unread one are not", async () => {
  const replies = [
    ["s/t/0", "抱歉，恕难作答。", "unresolved"],
    ["s/t/1", "答案：B", "wrong"],
    ["s/t/2", "都有可能。", "unresolved"],
    ["s/t/3", "答案：A", "right"],
  ] as const;
  const lines = [
    runLine([target]),
    ...replies.flatMap(([item, text, verdict]) => [
      itemLine(item),
      answerLine({ item, target, text }),
      scoreLine({ item, target }, verdict),
    ]),
  ];
  const folder = await mkdtemp(join(tmpdir(), "baimo-answers-"));
  const file = join(folder, "run.jsonl");
  await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const read = await readCountingLines([file]);
  const inside = Uint8Array.from({ length: read.view.items.length }, () => 1);
  const { index } = await gatherAnswers(read, inside);
  await rm(folder, { recursive: true });
  expect(index.answers.refused).toEqual([1, 0, 0, 0]);
});
