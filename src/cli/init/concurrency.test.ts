import { expect, test } from "vitest";

import { seededRandom } from "../../stats/random.ts";
import { type AskTogether, proposedConcurrency } from "./concurrency.ts";

type Answer = Awaited<ReturnType<AskTogether>>;

const refused = { outcome: "rate-limited", message: "slow down" } as const;

/** Answers in the order in which calls of so many at once are made. */
function scripted(answers: Readonly<Record<number, readonly Answer[]>>): AskTogether {
  const asked = new Map<number, number>();
  return async (calls) => {
    const before = asked.get(calls) ?? 0;
    asked.set(calls, before + 1);
    const answer = answers[calls]?.[before];
    if (answer === undefined) throw new Error(`${calls} at once for the time ${before + 1}`);
    return answer;
  };
}

const serialWords =
  "服务是串行的：3 次单发，居中的 1.00 秒；3 次两个同发，后答完的那个最快也要 2.00 秒（2.0 倍";

test.each([
  ["waits each time", { 1: [1000, 900, 1000, 1100], 2: [2100, 2000, 2200] }, 1, serialWords],
  ["is slow once", { 1: [600, 500, 650], 2: [830, 700], 4: [700] }, 8, "4 个请求同发也不排队"],
  ["warms up", { 1: [9000, 1000, 1000, 1000], 2: [2000, 2050, 2100] }, 1, "串行"],
  ["shares what it has", { 1: [1000, 1000], 2: [1400], 4: [2900, 2800] }, 2, "2 个请求同发"],
  ["is slow with four once", { 1: [1000, 1000], 2: [1100], 4: [2000, 1300] }, 8, "4 个请求同发"],
  [
    "refuses four",
    { 1: [1000, 1000], 2: [1100], 4: [refused] },
    2,
    "单发 1.00 秒，同发时最慢的 1.10",
  ],
  ["refuses two", { 1: [1000, 1000], 2: [refused] }, 1, "两个请求同发时有一个被拒（rate-limited）"],
  ["refuses all", { 1: [refused] }, null, "试发一次没有成功（rate-limited：slow down）"],
])("a server that %s", async (_, answers, concurrency, words) => {
  const probed = await proposedConcurrency(scripted(answers));
  expect(probed.concurrency).toBe(concurrency);
  expect(probed.words.zh).toContain(words);
});

// The times of a simulator's short answers spread by a quarter of their length, those of a local server with one place by a tenth.
test("answers that differ by chance make no server serial, nor do they hide one that is", async () => {
  const random = seededRandom(5);
  const answers = (calls: number, spread: number): readonly number[] =>
    Array.from({ length: calls }, () => 500 * Math.exp(spread * normal(random)));
  const parallel: AskTogether = async (calls) => Math.max(...answers(calls, 0.25));
  const serial: AskTogether = async (calls) =>
    answers(calls, 0.1).reduce((sum, each) => sum + each);
  const calledSerial = { parallel: 0, serial: 0 };
  for (let trial = 0; trial < 1000; trial++) {
    if ((await proposedConcurrency(parallel)).concurrency === 1) calledSerial.parallel++;
    if ((await proposedConcurrency(serial)).concurrency === 1) calledSerial.serial++;
  }
  expect(calledSerial.parallel).toBeLessThan(20);
  expect(calledSerial.serial).toBeGreaterThan(900);
});

/** Nearly normal, of mean 0 and variance 1. */
const normal = (random: () => number): number =>
  Array.from({ length: 12 }, random).reduce((sum, each) => sum + each) - 6;
