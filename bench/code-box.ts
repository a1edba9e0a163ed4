/**
 * The grader `code`: every hostile program and forged pass against a laid bait (exit 1 if one gets through or out), then
 * how many programs a second are graded, from the first one and warm, and the memory of the boxes.
 * `tsx bench/code-box.ts [--quiet]`
 */
import { execFileSync } from "node:child_process";

import "../own-temporary.ts";

import type { CodeLanguage } from "../src/grading/code/box/messages.ts";

import { grader } from "../src/graders/code.ts";
import { layBait } from "../src/grading/code/testing/bait.ts";
import { forgedPasses, hostilePrograms } from "../src/grading/code/testing/hostile-programs.ts";
import { hostileTests, honestPrograms } from "../src/grading/code/testing/hostile-tasks.ts";
import { gradeSample } from "../src/grading/grade.ts";
import { parseGraderOptions } from "../src/grading/graders.ts";
import { sampleOf } from "../src/grading/testing/sample.ts";

const isQuiet = process.argv.includes("--quiet");
const fence = "```";

const gradeOf = (language: CodeLanguage, program: string) =>
  gradeSample(
    grader,
    parseGraderOptions(grader, { language, time: "1s", memory: "128MB" }),
    sampleOf(`${fence}${language}\n${program}\n${fence}`, { tests: hostileTests[language] }),
  );

const seconds = (from: number): number => (performance.now() - from) / 1000;

/** Programs a second; two at a time keep both boxes of two cores busy. */
async function rate(language: CodeLanguage, forSeconds: number): Promise<number> {
  const from = performance.now();
  let graded = 0;
  const lane = async (): Promise<void> => {
    while (seconds(from) < forSeconds) {
      const { verdict, why } = await gradeOf(language, honestPrograms[language]);
      if (verdict !== "right") throw new Error(`${language}: ${verdict} ${why}`);
      graded += 1;
    }
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
  return graded / seconds(from);
}

/** Resident memory of the boxes, as Linux tells it; null elsewhere. */
function boxMemoryMb(): readonly number[] | null {
  if (process.platform !== "linux") return null;
  const listed = execFileSync("ps", ["-o", "rss=,args=", "--ppid", String(process.pid)], {
    encoding: "utf8",
  });
  return listed
    .split("\n")
    .filter((line) => line.includes("warden"))
    .map((line) => Math.round(Number.parseInt(line, 10) / 1024));
}

for (const language of ["python", "javascript", "sql"] as const) {
  const from = performance.now();
  await gradeOf(language, honestPrograms[language]);
  const first = seconds(from);
  await rate(language, 1);
  const warm = await rate(language, 5);
  console.log(`${language}: first ${first.toFixed(2)} s, then ${warm.toFixed(0)} programs/s`);
}
console.log(`memory of the boxes: ${boxMemoryMb()?.join(" + ") ?? "unknown"} MB`);

const laid = await layBait(process.env);
const programs = [...hostilePrograms(laid.bait), ...forgedPasses];
let escaped = 0;
for (const { id, language, program } of programs) {
  const from = performance.now();
  const grade = await gradeOf(language, program);
  const isHeld = grade.verdict === "wrong" && !grade.why.includes(laid.secret);
  if (!isHeld) escaped += 1;
  if (!isQuiet || !isHeld)
    console.log(
      `${isHeld ? "held" : "ESCAPED"}  ${id}  ${seconds(from).toFixed(2)} s  ${grade.why}`,
    );
}
for (const language of ["python", "javascript", "sql"] as const) {
  const { verdict } = await gradeOf(language, honestPrograms[language]);
  if (verdict !== "right") escaped += 1;
}
if (laid.visits() > 0) escaped += 1;
await laid.close();
console.log(
  `${programs.length} hostile programs, ${escaped} not held; visits to the listener: ${laid.visits()}`,
);
process.exitCode = escaped === 0 ? 0 : 1;
