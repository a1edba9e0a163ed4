import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { beforeAll, expect, inject, test } from "vitest";

import { type JudgeRig, makeJudgeRig, verdictFor } from "../testing/judge-rig.ts";
import { baimo, baimoHere, startBaimo } from "../testing/process.ts";

const [rowCount, moments] = inject("matrix")
  ? [60, Array.from({ length: 24 }, (_, index) => (index * 7) % 31)]
  : [12, [0, 17]];

/** What nobody interrupts need not be a process of its own. */
const ask = inject("matrix") ? baimo : baimoHere;

let rig: JudgeRig;
beforeAll(async () => {
  rig = await makeJudgeRig({
    items: ["题"],
    candidates: { a: () => "好" },
    judges: {
      j: (prompt) => verdictFor(prompt, { 切题: prompt.length % 5 === 0 ? 3 : 4 }),
      k: (prompt) => verdictFor(prompt, { 切题: prompt.length % 3 === 0 ? 5 : 4 }),
    },
    limits: { scope: "model", concurrency: 2 },
  });
  const rows = Array.from({ length: rowCount }, (_, index) => ({
    question: `第 ${index} 题`,
    response: `${"好".repeat((index % 7) + 1)}。`,
    mark: (index % 5) + 1,
  }));
  await writeFile(
    join(rig.folder, "rows.jsonl"),
    rows.map((row) => JSON.stringify(row)).join("\n"),
  );
  return rig.close;
});

const command = (out: string): readonly string[] => [
  "judge-bench",
  "rows.jsonl",
  "--with",
  '{"criteria":["切题"],"votes":2}',
  "--repeat",
  "2",
  "--json",
  "-o",
  out,
];
const asked = (): number => Object.values(rig.requests()).reduce((sum, each) => sum + each, 0);
const linesOf = async (out: string): Promise<readonly string[]> =>
  (await readFile(join(rig.folder, out), "utf8").catch(() => "")).split("\n").slice(0, -1);
const callsIn = (lines: readonly string[]): number =>
  lines.filter((line) => line.includes('"bench":"call"')).length;

/**
 * Sends a signal once the program has the file open and has added so many calls. The lock beside the file says that it is
 * open: before, there is nothing to finish, and the system ends the program as it ends any other.
 */
async function interrupt(out: string, calls: number, signal: "SIGINT" | "SIGKILL") {
  const wanted = callsIn(await linesOf(out)) + calls;
  await rm(join(rig.folder, `${out}.lock`), { force: true });
  const { child, ended } = startBaimo(rig.folder, command(out));
  for (;;) {
    if (child.exitCode !== null) return child.exitCode;
    const isOpen = await stat(join(rig.folder, `${out}.lock`)).then(
      () => true,
      () => false,
    );
    if (isOpen && callsIn(await linesOf(out)) >= wanted) break;
    await new Promise((done) => setTimeout(done, 2));
  }
  child.kill(signal);
  return (await ended).code;
}

test("interrupted at several moments it ends with 130, goes on, and pays every call once", async () => {
  const whole = await ask(rig.folder, command("whole.jsonl"));
  expect(whole.code).toBe(0);
  // Two judges with two votes, each row twice.
  const all = rowCount * 8;
  expect(asked()).toBe(all);
  let interruptions = 0;
  for (const moment of moments) {
    const code = await interrupt("cut.jsonl", moment, "SIGINT");
    const lines = await linesOf("cut.jsonl");
    // A signal that comes after the last call finds a program that has nothing left to break off.
    if (callsIn(lines) < all) {
      expect(code).toBe(130);
      interruptions += 1;
    } else expect([0, 130]).toContain(code);
    for (const line of lines) expect(() => void JSON.parse(line)).not.toThrow();
    // What was under way when the signal came was waited for, and stands in the file.
    expect(callsIn(lines)).toBe(asked() - all);
  }
  // How many there are depends on how soon the signals come: on a busy machine the program is through before the last.
  expect(interruptions).toBeGreaterThan(0);
  const last = await ask(rig.folder, command("cut.jsonl"));
  expect(last.code).toBe(0);
  expect(asked()).toBe(2 * all);
  const figures = (text: string): unknown => {
    const { cost: _, ...rest } = JSON.parse(text) as Record<string, unknown>;
    return rest;
  };
  expect(figures(last.stdout)).toEqual(figures(whole.stdout));
  const verdicts = async (out: string) =>
    (await linesOf(out)).filter((line) => line.includes('"bench":"verdict"')).toSorted();
  expect(await verdicts("cut.jsonl")).toEqual(await verdicts("whole.jsonl"));
});

test("killed outright it loses no call that was written down, and no more than what was under way", async () => {
  const before = asked();
  for (const moment of inject("matrix") ? [3, 20] : [11]) {
    await interrupt("killed.jsonl", moment, "SIGKILL");
    await writeFile(join(rig.folder, "killed.jsonl"), '{"bench":"call","row', { flag: "a" });
  }
  const last = await ask(rig.folder, command("killed.jsonl"));
  expect(last.code).toBe(0);
  const paid = asked() - before;
  expect(paid).toBeGreaterThanOrEqual(rowCount * 8);
  // Two lanes with two requests each, two kills.
  expect(paid).toBeLessThanOrEqual(rowCount * 8 + 8);
});
