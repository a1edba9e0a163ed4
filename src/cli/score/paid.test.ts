import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "vitest";

import type { ScoreLine } from "../../domain/run-file/lines.ts";

import { type JudgeRig, openJudgeRig, verdictFor } from "../testing/judge-rig.ts";

const judged = async (): Promise<JudgeRig> => {
  const rig = await openJudgeRig({
    items: ["第一题", "第二题", "第三题"],
    with: { criteria: ["切题"] },
    candidates: { a: () => "一句话" },
    judges: { j: (prompt) => verdictFor(prompt, { 切题: 4 }) },
  });
  expect((await rig.baimo("run", "--out", "r.jsonl", "--reporter", "silent")).code).toBe(0);
  const config = await readFile(join(rig.folder, "baimo.yaml"), "utf8");
  await writeFile(
    join(rig.folder, "nobody.yaml"),
    JSON.stringify({ ...(JSON.parse(config) as object), judges: {} }),
  );
  return rig;
};

/** The verdicts that count. */
async function standing({ lines }: JudgeRig): Promise<readonly ScoreLine[]> {
  const scores = (await lines()).filter((line) => line.kind === "score");
  return [...new Map(scores.map((line) => [line.key, line])).values()];
}

const callsOf = async ({ lines }: JudgeRig): Promise<number> =>
  (await lines()).flatMap((line) => (line.kind === "score" ? (line.judge_calls ?? []) : [])).length;

test("score without the judges leaves paid verdicts as they are, and says so", async () => {
  const rig = await judged();
  const before = await readFile(rig.file, "utf8");
  const { code, text } = await rig.baimo("score", "r.jsonl", "--config", "nobody.yaml");
  expect(code).toBe(0);
  expect(text).toContain("3 条付费请裁判判过，这次没有裁判重判，保留原判");
  expect(text).toContain("0 条的判定有变化");
  expect(await readFile(rig.file, "utf8")).toBe(before);
});

test("what an earlier version hid comes back without paying", async () => {
  const rig = await judged();
  const hidden = (await standing(rig)).map(({ kind, key, grader }) =>
    JSON.stringify({
      kind,
      key,
      grader,
      verdict: "ungraded",
      value: null,
      extracted: null,
      why: "无裁判",
    }),
  );
  await writeFile(rig.file, `${await readFile(rig.file, "utf8")}${hidden.join("\n")}\n`);
  const [requests, calls] = [rig.requests(), await callsOf(rig)];
  expect((await standing(rig)).map(({ verdict }) => verdict)).toEqual(Array(3).fill("ungraded"));
  await rig.baimo("score", "r.jsonl", "--config", "nobody.yaml");
  expect((await standing(rig)).map(({ value }) => value)).toEqual([0.8, 0.8, 0.8]);
  expect([rig.requests(), await callsOf(rig)]).toEqual([requests, calls]);
  // And once they are back, nothing is written any more.
  const before = await readFile(rig.file, "utf8");
  await rig.baimo("score", "r.jsonl", "--config", "nobody.yaml");
  expect(await readFile(rig.file, "utf8")).toBe(before);
});

test("another grader that somebody asks for decides, until the items' own comes back", async () => {
  const rig = await judged();
  const other = ["--grader", "contains", "--with", '{"without":["一"]}'] as const;
  await rig.baimo("score", "r.jsonl", "--config", "nobody.yaml", ...other);
  expect((await standing(rig)).map(({ grader }) => grader.id)).toEqual(Array(3).fill("contains"));
  await rig.baimo("score", "r.jsonl", "--config", "nobody.yaml");
  expect((await standing(rig)).map(({ value }) => value)).toEqual([0.8, 0.8, 0.8]);
});

test("judges that are there replace it", async () => {
  const rig = await judged();
  const calls = await callsOf(rig);
  expect((await rig.baimo("score", "r.jsonl")).text).not.toContain("保留原判");
  expect(await callsOf(rig)).toBe(2 * calls);
});
