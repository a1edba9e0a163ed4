import { join } from "node:path";

import { expect, test } from "vitest";
import { stringify } from "yaml";

import { problemError } from "../../../files/text-file.ts";
import { folderWith, told } from "../../testing/files.ts";
import { checkSuite } from "../check-suite.ts";
import { parseSuite } from "../suites.ts";

async function warningsOf(grader: object, item: object, lang: "zh" | "en") {
  const task = {
    id: "t",
    dimension: ["客服"],
    grader,
    items: [{ id: "a", question: "杯子碎了怎么回复？", ...item }],
  };
  const folder = await folderWith({
    "s.yaml": stringify({ schema: "suite/1", id: "s", tasks: [task] }),
  });
  const problems = await checkSuite(await parseSuite(join(folder, "s.yaml")));
  return problems.length === 0 ? [] : told(problemError(problems), lang);
}

const answer = "道歉，说明可以换货，请顾客提供照片（各2分）";
const byMeaning = { use: "judge", with: { criteria: ["切题"] } };

test("scores of points in a gold are a warning where a judge marks its meaning", async () => {
  const [zh = "", ...more] = await warningsOf(byMeaning, { answer }, "zh");
  expect(more).toEqual([]);
  expect(zh).toContain("标准答案里写了各点的分值（各2分），裁判只看意思是否一致，不按点给分");
  expect((await warningsOf(byMeaning, { answer }, "en"))[0]).toContain(
    "the gold gives scores to its points (各2分), but judges mark its meaning as a whole",
  );
});

test.each([
  ["points of their own", byMeaning, { answer, rubric: ["道歉", "可以换货"] }],
  ["a checklist", { use: "judge", with: { mode: "checklist", checklist: ["道歉"] } }, { answer }],
  ["no scores", byMeaning, { answer: "道歉，说明可以换货" }],
  ["no judge", { use: "exact" }, { answer }],
])("with %s there is none", async (_, grader, item) => {
  expect((await warningsOf(grader, item, "zh")).join("\n")).not.toContain("分值");
});
