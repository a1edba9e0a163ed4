import { expect, test } from "vitest";

import type { RunEvent } from "../../../domain/run-file/event.ts";

import { isGraded, type Outcome } from "../../../domain/outcome.ts";
import { seededRandom } from "../../../stats/random.ts";
import { answerLine, endLine, itemLine, runLine, scoreLine } from "../../testing/lines.ts";
import { createView, step } from "../view.ts";
import { addToSums, createSums } from "./sums.ts";

const targets = ["qwen/qwen-plus", "deepseek/deepseek-chat"];
const first: readonly Outcome[] = [
  "ok",
  "ok",
  "ok",
  "ok",
  "length",
  "server",
  "timeout",
  "filtered-input",
  "context-overflow",
];

type Asked = { readonly item: string; readonly target: string };

/** The events of a session; scores come up to twenty answers late. */
function* sessionOf(
  asked: readonly Asked[],
  outcomeOf: (one: Asked) => Outcome,
  random: () => number,
): Generator<RunEvent> {
  const late: RunEvent[] = [];
  for (const one of asked) {
    const answer = answerLine({
      ...one,
      outcome: outcomeOf(one),
      first_token_ms: 100 + 900 * random(),
      cost: { amount: random() / 100, currency: "CNY" },
    });
    const { key, target } = answer;
    yield { kind: "asking", key, target };
    const [call] = answer.turns;
    if (random() < 0.2 && call !== undefined)
      yield { ...answer, kind: "step", step: 1, call: { ...call, outcome: "ok" } };
    yield answer;
    if (random() < 0.05) yield { ...scoreLine(one, "ungraded"), pending: true };
    if (isGraded(answer.outcome)) late.push(scoreLine(one, random() < 0.6 ? "right" : "wrong"));
    while (late.length > 20 * random()) yield* late.splice(0, 1);
  }
  yield* late;
}

/** A first session with failures, and a second one that asks again what failed. */
function* runOf(items: readonly string[], seed: number): Generator<RunEvent> {
  const random = seededRandom(seed);
  yield runLine(targets);
  for (const [at, item] of items.entries())
    yield itemLine(item, { turns: [{ expect: at % 7 === 0 ? "refuse" : null }] });
  const failed: Asked[] = [];
  const drawn = (one: Asked): Outcome => {
    const outcome = first[Math.floor(random() * first.length)] ?? "ok";
    if (!isGraded(outcome)) failed.push(one);
    return outcome;
  };
  const asked = items.flatMap((item) => targets.map((target) => ({ item, target })));
  yield* sessionOf(asked, drawn, random);
  yield endLine();
  yield* sessionOf(failed, ({ item }) => (item.endsWith("3") ? "server" : "ok"), random);
}

test("the sums are those of a view of the same events, and hold failures alone", () => {
  const items = Array.from({ length: 100 }, (_, at) => `s/idiom/i${at}`);
  const view = createView();
  const sums = createSums();
  let answers = 0;
  let failures = 0;
  let mostHeld = 0;
  for (const event of runOf(items, 7)) {
    step(view, event);
    addToSums(sums, event);
    if (event.kind !== "answer") continue;
    answers += 1;
    if (!isGraded(event.outcome)) failures += 1;
    mostHeld = Math.max(mostHeld, sums.held.size - failures);
  }
  // Those whose score is still to come.
  expect(mostHeld).toBeLessThanOrEqual(22);
  expect(sums.run).toBe(view.run);
  expect(sums.failures).toEqual(view.failures);
  expect(answers).toBeGreaterThan(220);
  for (const [at, target] of sums.targets.entries()) {
    const { totals, inFlight } = view.targets[at] ?? {};
    expect(target.inFlight).toBe(inFlight);
    expect(rounded(target.totals)).toEqual(rounded(totals));
    expect(target.rows.length).toBeLessThanOrEqual(1 + failures);
    expect(target.calls.length).toBeLessThanOrEqual(failures);
  }
});

test("a failure leaves the list once its answer is asked again, and stands there once if it fails again", () => {
  const one = { item: "s/t/1", target: "qwen/a" };
  const [view, sums] = [createView(), createSums()];
  const listed = (event: RunEvent): readonly (string | null)[] => {
    step(view, event);
    addToSums(sums, event);
    expect(sums.failures).toEqual(view.failures);
    return sums.failures.map(({ outcome }) => outcome);
  };
  listed(runLine(["qwen/a"]));
  listed(answerLine({ item: "s/t/0", target: "qwen/a", outcome: "network" }));
  const failed = answerLine({ ...one, outcome: "auth" });
  expect(listed(failed)).toEqual(["network", "auth"]);
  expect(listed({ kind: "asking", key: failed.key, target: one.target })).toEqual(["network"]);
  expect(listed(answerLine({ ...one, outcome: "server" }))).toEqual(["network", "server"]);
  // A file holds no word of asking.
  expect(listed(answerLine({ ...one, outcome: "timeout" }))).toEqual(["network", "timeout"]);
  expect(listed(answerLine(one))).toEqual(["network"]);
});

/** Money is added in another order. */
const rounded = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_key, each: unknown) =>
    typeof each === "number" ? Math.round(each * 1e9) / 1e9 : each,
  );
