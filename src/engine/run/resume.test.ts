import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import type { AnswerLine, RunFileLine, StepLine } from "../../domain/run-file/lines.ts";
import type { LimitLine } from "../../domain/run-file/session.ts";

import { answerKey } from "../../domain/id.ts";
import { answerLine, endLine, itemLine, runLine, scoreLine } from "../../report/testing/lines.ts";
import { readAnswersOf, readResumePoint } from "./resume.ts";

const target = "qwen/a";
const keyOf = (item: string) => answerKey({ item, wording: null, trial: 1, target });

let folder = "";
let file = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "baimo-resume-"));
  file = join(folder, "run.jsonl");
});
afterEach(() => rm(folder, { recursive: true }));

const textOf = (lines: readonly RunFileLine[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join("");
const header = runLine([target]);
const write = (...lines: readonly RunFileLine[]): Promise<void> =>
  writeFile(file, textOf([header, ...lines]));

const item = (id: string) => itemLine(`s/t/${id}`);
const answer = (id: string, outcome: "ok" | "server" | "auth" = "ok") =>
  answerLine({ item: `s/t/${id}`, target, outcome });
const score = (id: string) => scoreLine({ item: `s/t/${id}`, target }, "right");

test("what is answered, failed, scored and spent is counted by the last line of each key", async () => {
  await write(item("a"), item("b"), answer("a", "server"), answer("b"), score("b"), answer("a"));
  const point = await readResumePoint(file, "none");
  expect(point.header).toEqual(header);
  expect(point.end).toBeNull();
  expect(point.done).toMatchObject({ answered: 2, failed: 0 });
  expect(point.done.answers.has(keyOf("s/t/a"))).toBe(true);
  expect(point.done.items.has("s/t/b")).toBe(true);
  expect([...point.done.answeredBy]).toEqual([[target, 2]]);
  // The call that failed cost nothing; both others count, whichever answer stands.
  expect(point.done.spent.get(target)?.tokens).toBe(2 * (96 + 20));
  // `a` was answered anew: what it scored before does not count, and it had no score.
  expect(point.unscored.map(({ answer: { key } }) => key)).toEqual([keyOf("s/t/a")]);
});

test("an answer after its score awaits another; a pending score is none", async () => {
  const pending = { ...score("b"), pending: true as const };
  await write(item("a"), item("b"), answer("a"), score("a"), answer("a"), answer("b"), pending);
  const { unscored } = await readResumePoint(file, "none");
  expect(unscored.map(({ item: { item: id } }) => id)).toEqual(["s/t/a", "s/t/b"]);
});

test("failed calls are done, unless they are to be tried again", async () => {
  await write(item("a"), item("b"), answer("a", "server"), answer("b"));
  const kept = await readResumePoint(file, "none");
  expect(kept.done).toMatchObject({ answered: 2, failed: 1 });
  const again = await readResumePoint(file, "all");
  expect(again.done).toMatchObject({ answered: 1, failed: 0 });
  expect(again.done.answers.has(keyOf("s/t/a"))).toBe(false);
  expect([...again.done.answeredBy]).toEqual([[target, 1]]);
});

test("what the network or the server failed can be tried again by itself", async () => {
  await write(
    item("a"),
    item("b"),
    item("c"),
    answer("a", "server"),
    answerLine({ item: "s/t/b", target, outcome: "bad-request" }),
    answer("c"),
  );
  const { done, retried } = await readResumePoint(file, "transport");
  expect(retried).toBe(1);
  expect(done).toMatchObject({ answered: 2, failed: 1 });
  expect(["a", "b", "c"].map((id) => done.answers.has(keyOf(`s/t/${id}`)))).toEqual([
    false,
    true,
    true,
  ]);
});

test("a call that stopped its target is never done: the next session has another key", async () => {
  await write(item("a"), answer("a", "auth"));
  const { done } = await readResumePoint(file, "none");
  expect([done.answered, done.failed, done.answers.has(keyOf("s/t/a"))]).toEqual([0, 0, false]);
});

/** The first steps of the conversation that an item's answer will be. */
const steps = (id: string, count: number, from = 1): readonly StepLine[] =>
  Array.from({ length: count }, (_, at) => {
    const { key, digest, turns } = answer(id);
    const [call] = turns;
    if (call === undefined) throw new Error("an answer without a call");
    return { kind: "step", key, item: `s/t/${id}`, target, digest, step: from + at, call };
  });

/** An answer of so many calls, the last of which ended so. */
function conversation(id: string, calls: number, outcome: "ok" | "server" | "auth"): AnswerLine {
  const [call] = answer(id).turns;
  const last = answer(id, outcome);
  return { ...last, turns: [...Array(calls - 1).fill(call), ...last.turns] };
}

const tokensEach = 96 + 20;
const begunIn = async (retryFailed: boolean) => {
  const { begun, spent } = (await readResumePoint(file, retryFailed ? "all" : "none")).done;
  return {
    begun: Object.fromEntries(
      [...begun].map(([key, lines]) => [key, lines.map(({ step }) => step)]),
    ),
    calls: (spent.get(target)?.tokens ?? 0) / tokensEach,
  };
};

test("steps without an answer are the beginning of one, and are counted once", async () => {
  await write(item("a"), item("b"), ...steps("a", 3), ...steps("b", 2), conversation("b", 3, "ok"));
  expect(await begunIn(false)).toEqual({ begun: { [keyOf("s/t/a")]: [1, 2, 3] }, calls: 3 + 3 });
});

test("a conversation that failed goes on only where failures are tried again, and where its target stopped", async () => {
  await write(item("a"), ...steps("a", 3), conversation("a", 4, "server"));
  expect(await begunIn(false)).toEqual({ begun: {}, calls: 3 });
  expect(await begunIn(true)).toEqual({ begun: { [keyOf("s/t/a")]: [1, 2, 3] }, calls: 3 });
  await appendFile(file, textOf([...steps("a", 1, 4), conversation("a", 5, "ok")]));
  expect(await begunIn(true)).toEqual({ begun: {}, calls: 5 });
  expect(await begunIn(false)).toEqual({ begun: {}, calls: 5 });
  await write(item("a"), ...steps("a", 2), conversation("a", 3, "auth"));
  expect(await begunIn(false)).toEqual({ begun: { [keyOf("s/t/a")]: [1, 2] }, calls: 2 });
});

test("a conversation that began anew has its new steps alone", async () => {
  await write(item("a"), ...steps("a", 3), ...steps("a", 1));
  expect(await begunIn(false)).toEqual({ begun: { [keyOf("s/t/a")]: [1] }, calls: 4 });
});

test("the end counts only while nothing follows it", async () => {
  const end = endLine({ answers: 1 });
  await write(item("a"), answer("a"), end);
  expect((await readResumePoint(file, "none")).end).toEqual(end);
  await appendFile(file, textOf([answer("b")]));
  expect((await readResumePoint(file, "none")).end).toBeNull();
});

test("limits of the last hour are kept, older ones are forgotten", async () => {
  const limit = (lane: string, minutes: number): LimitLine => ({
    kind: "limit",
    when: new Date(Date.now() - minutes * 60_000).toISOString(),
    lane,
    cap: 8,
    concurrency: 2,
    rpm: null,
    why: "cut",
    at_ms: 0,
  });
  await write(limit("new", 5), limit("old", 90), limit("new", 2));
  const { limits } = (await readResumePoint(file, "none")).done;
  expect([...limits.keys()]).toEqual(["new"]);
});

test("a line that was cut off is no line", async () => {
  await write(item("a"), answer("a"));
  await appendFile(file, JSON.stringify(answer("b")).slice(0, -20));
  const { done, scanned } = await readResumePoint(file, "none");
  expect([done.answered, scanned.torn]).toEqual([1, true]);
});

test("the latest answers of some targets alone", async () => {
  const later = answerLine({ item: "s/t/a", target, text: "答案：B" });
  const other = answerLine({ item: "s/t/a", target: "qwen/b" });
  await write(item("a"), answer("a"), other, later);
  expect(await readAnswersOf(file, new Set([target]))).toEqual(new Map([[later.key, later]]));
  expect(await readAnswersOf(file, new Set())).toEqual(new Map());
});
