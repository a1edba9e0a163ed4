/**
 * `score` of a run file of 100,000 answers against the least that reads it: lines by node:readline, each parsed. Wall clock
 * of whole processes, alternating. The file of a run that was asked and graded (`numeric`, answers of one sentence) is what
 * the bound is about. The other one holds replies to a choice as models write them: letters, reasoning that ends in an option or
 * changes its mind, and some that name none.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { builtEntry, makeProject, ownRun, plainEnv, startServer } from "./kit/process.ts";
import { alternated, paired, type Row, rowOf } from "./kit/rows.ts";
import { writeRun } from "./view.ts";

const loop = `
const { createReadStream } = require("node:fs");
const { createInterface } = require("node:readline");
(async () => {
  let lines = 0;
  for await (const line of createInterface({ input: createReadStream(process.argv[1]) })) {
    JSON.parse(line);
    lines += 1;
  }
  console.log(lines);
})();
`;

const openings = ["我们先看题干。", "先理清条件。", "这道题考查基本概念。", ""];
const steps = [
  "A 项与题意不符，可以排除。",
  "B 项说得太绝对，值得怀疑。",
  "C 项把原因和结果弄反了。",
  "D 项前半句成立，后半句缺少依据。",
  "结合上文可知，关键在于时间先后。",
  "代入检验，等式两边并不相等。",
];

/** A reply to a choice: one in three is a letter, most others reason and end in an option, and a tenth of them names none. */
function choiceReply(answer: number): string {
  const letter = "ABCD"[(answer * 7) % 4] ?? "A";
  if (answer % 3 === 0)
    return [letter, `答案：${letter}`, `${letter}。`, `选${letter}`][answer % 4] ?? letter;
  const opening = openings[answer % openings.length] ?? "";
  const reasons = Array.from(
    { length: 2 + (answer % 5) },
    (_, at) => steps[(answer + at * 5) % steps.length] ?? "",
  ).join("");
  if (answer % 10 === 1) return `${opening}${reasons}条件不足，无法判断。`;
  const before = answer % 10 === 2 ? `乍看像是${"DABC"[(answer * 7) % 4] ?? "D"}，但不对。` : "";
  return `${opening}${reasons}${before}综上，正确答案是${letter}。`;
}

export async function rows({ quick }: { readonly quick: boolean }): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "baimo-bench-"));
  const answers = quick ? 10_000 : 100_000;
  const rounds = quick ? 2 : 5;
  const name = `score of ${answers.toLocaleString("en")} answers`;
  try {
    const asked = join(folder, "asked.jsonl");
    await askRun(asked, answers);
    const reasoned = join(folder, "reasoned.jsonl");
    await writeRun(reasoned, answers, choiceReply);
    return [
      rowOf(`${name} of one sentence, against readline and JSON.parse`, {
        ...(await scored(asked, rounds)),
        unit: "ms",
        bound: { most: 2 },
      }),
      rowOf(`${name} of a choice, short and reasoned`, {
        ...(await scored(reasoned, rounds)),
        unit: "ms",
      }),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The file of a run of the built program, 256 at once. */
async function askRun(file: string, answers: number): Promise<void> {
  const server = await startServer({ chunks: 1, first_ms: 5, gap_ms: 0, spread_ms: 0 });
  const project = await makeProject(server.url, answers, 256);
  try {
    copyFileSync((await ownRun(project.folder, "silent")).file, file);
  } finally {
    project.remove();
    await server.close();
  }
}

/** Milliseconds of `score` and of the loop. */
async function scored(file: string, rounds: number) {
  const cwd = dirname(file);
  const timed = (...args: readonly string[]): Promise<number> => {
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, {
      cwd,
      env: plainEnv(),
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}: ${stderr}`);
    return Promise.resolve(performance.now() - start);
  };
  const both = await alternated(
    rounds,
    () => timed("-e", loop, file),
    () => {
      // Each round grades the file as it was.
      const copy = join(cwd, "copy.jsonl");
      copyFileSync(file, copy);
      return timed(builtEntry, "score", copy);
    },
  );
  return paired(both, (ms) => ms);
}
