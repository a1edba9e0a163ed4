import { readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";

import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";

import type { Grade } from "../domain/grader.ts";
import type { CodeLanguage } from "../grading/code/box/messages.ts";

import { layBait, type LaidBait } from "../grading/code/testing/bait.ts";
import { forgedPasses, hostilePrograms } from "../grading/code/testing/hostile-programs.ts";
import { hostileTests, honestPrograms } from "../grading/code/testing/hostile-tasks.ts";
import { gradeSample } from "../grading/grade.ts";
import { parseGraderOptions } from "../grading/graders.ts";
import { sampleOf } from "../grading/testing/sample.ts";
import { grader } from "./code.ts";

let laid: LaidBait;
beforeAll(async () => {
  laid = await layBait(process.env);
});
afterAll(() => laid.close());

const gradeOf = (language: CodeLanguage, program: string): Promise<Grade> => {
  const options = parseGraderOptions(grader, { language, time: "1s", memory: "96MB" });
  const fence = "```";
  const reply = `程序如下：\n\n${fence}${language}\n${program}\n${fence}\n`;
  return gradeSample(grader, options, sampleOf(reply, { tests: hostileTests[language] }));
};

/**
 * The quick ones; in the matrix all of them. Places do not matter to what a program does; the real ones are known only once the bait is laid.
 */
const ids = hostilePrograms({ file: "", variable: "x", port: 0 })
  .filter(({ isSlow }) => inject("matrix") || isSlow !== true)
  .map(({ id }) => id);

describe("hostile programs end as wrong, with a reason", () => {
  test.each(ids)("%s", async (id) => {
    const found = hostilePrograms(laid.bait).find((each) => each.id === id);
    const grade = await gradeOf(found?.language ?? "python", found?.program ?? "");
    expect(grade.verdict, grade.why).toBe("wrong");
    expect(grade.why).not.toBe("");
    expect(grade.why).not.toContain(laid.secret);
  });

  test("an endless loop ends at its limit, in any language", async () => {
    const loops: readonly (readonly [CodeLanguage, string])[] = [
      ["javascript", "while (true) {}"],
      ...(inject("matrix") ? [["python", "while True: pass"] as const] : []),
    ];
    for (const [language, program] of loops) {
      expect(await gradeOf(language, program)).toMatchObject({
        verdict: "wrong",
        notes: { failure: "time" },
      });
    }
  });
});

test.each(forgedPasses.map((each) => [each.id, each] as const))(
  "a forged pass is none: %s",
  async (_, { language, program }) => {
    const grade = await gradeOf(language, program);
    expect(grade.verdict, grade.why).toBe("wrong");
    expect(grade.why).toMatch(/^test \d of 3/);
  },
);

test("after all of them, right programs are right and nobody has got out", async () => {
  for (const language of ["python", "javascript", "sql"] as const) {
    expect(await gradeOf(language, honestPrograms[language])).toMatchObject({ verdict: "right" });
  }
  expect(laid.visits()).toBe(0);
  expect(readFileSync(laid.bait.file, "utf8")).toBe(laid.secret);
  expect(readdirSync(dirname(laid.bait.file))).toEqual(["secret.txt"]);
});
