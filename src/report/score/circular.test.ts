import { expect, test } from "vitest";

import type { RunEvent } from "../../domain/run-file/event.ts";

import { seededRandom } from "../../stats/random.ts";
import { leaderboardJson } from "../leaderboard/json.ts";
import { leaderboardOf } from "../leaderboard/leaderboard.ts";
import { leaderboardMarkdown } from "../leaderboard/markdown.ts";
import { leaderboardTerminal } from "../leaderboard/text.ts";
import { answerLine, endLine, itemLine, runLine, scoreLine } from "../testing/lines.ts";
import { createView, step } from "../view/view.ts";

const rotations = [null, "rotate:1", "rotate:2", "rotate:3"];
const asks = rotations.map((wording) => ({
  wording,
  ask_digest: `digest ${wording}`,
  messages: [],
  turns: ["题"],
}));

/** The letter of the right option when A is right in the written order. */
const rightLetter = (place: number): string => "ADCB"[place] ?? "";

type Model = (item: number, place: number) => string;

function viewOf(models: Readonly<Record<string, Model>>, items = 40) {
  const targets = Object.keys(models);
  const events: RunEvent[] = [runLine(targets)];
  for (let item = 0; item < items; item++) {
    const name = `s/t/i${item}`;
    events.push(itemLine(name, { asks }));
    for (const [target, model] of Object.entries(models)) {
      for (const [place, wording] of rotations.entries()) {
        const facts = { item: name, target, wording };
        const extracted = model(item, place);
        events.push(answerLine(facts));
        const verdict = extracted === rightLetter(place) ? "right" : "wrong";
        events.push({ ...scoreLine(facts, verdict), extracted });
      }
    }
  }
  events.push(endLine());
  const view = createView();
  for (const event of events) step(view, event);
  return view;
}

const summaryOf = (models: Readonly<Record<string, Model>>, items?: number) => {
  const [entry] = leaderboardOf(viewOf(models, items)).entries;
  if (entry === undefined) throw new Error("no entry");
  return entry.summary;
};

test("a model that knows half of the answers and says A else", () => {
  const { circular, positions } = summaryOf({
    "a/knows": (item, place) => (item % 2 === 0 ? rightLetter(place) : "A"),
  });
  expect(circular).toMatchObject({ items: 40, left_out: 0 });
  expect(circular?.plain.value).toBe(1);
  expect(circular?.mean.value).toBe(0.625);
  expect(circular?.strict.value).toBe(0.5);
  expect(circular?.drop.value).toBe(0.5);
  expect(circular?.drop.interval?.low).toBeGreaterThan(0.3);
  expect(positions?.places.map(({ chosen, right }) => [chosen, right])).toEqual([
    [100, 40],
    [20, 40],
    [20, 40],
    [20, 40],
  ]);
  expect(positions?.places[0]?.excess.value).toBeCloseTo(0.375, 12);
  expect(positions?.preferred).toEqual(["A"]);
  expect(positions?.avoided).toEqual(["B", "C", "D"]);
});

test("one who guesses evenly shows a drop and no bias in most worlds", () => {
  let biased = 0;
  for (let seed = 0; seed < 60; seed++) {
    const random = seededRandom(seed);
    const { positions, circular } = summaryOf({
      "a/guesses": () => "ABCD"[Math.floor(random() * 4)] ?? "",
    });
    if ((positions?.preferred.length ?? 0) + (positions?.avoided.length ?? 0) > 0) biased++;
    expect(circular?.strict.value).toBeLessThan(0.1);
  }
  // 5% are expected; 12 of 60 would come once in ten thousand tries.
  expect(biased).toBeLessThan(12);
});

test("an item without all its orders is left out and counted", () => {
  const view = viewOf({ "a/b": (_, place) => rightLetter(place) }, 10);
  const facts = { item: "s/t/i3", target: "a/b", wording: "rotate:2" };
  step(view, scoreLine(facts, "ungraded", null));
  const [entry] = leaderboardOf(view).entries;
  expect(entry?.summary.circular).toMatchObject({ items: 9, left_out: 1 });
});

test("the written order alone makes the score; reports show the rest beside it", () => {
  const view = viewOf({ "a/b": (_, place) => (place === 0 ? "A" : "B") });
  const board = leaderboardOf(view);
  expect(board.entries[0]?.summary.score.value).toBe(1);
  const shown = leaderboardTerminal(view, board, { lang: "zh", width: 160 });
  expect(shown).toContain("选项轮换 平均/全对");
  expect(shown).toContain("50.0/0.0");
  expect(shown).toContain("由原序下降 100.0 [100.0, 100.0] 分");
  expect(shown).toContain("B 被选 75%，应选 25%");
  expect(leaderboardMarkdown(view, board, "en")).toContain("Circular a/b: 40 items");
  expect(leaderboardJson(view, board)).toMatchObject({
    targets: [{ circular: { strict: { value: 0 } }, positions: { preferred: ["B"] } }],
  });
});

test("nothing is said of it where no options were rotated", () => {
  const view = createView();
  step(view, runLine(["a/b"]));
  step(view, itemLine("s/t/i1"));
  step(view, answerLine({ item: "s/t/i1", target: "a/b" }));
  step(view, scoreLine({ item: "s/t/i1", target: "a/b" }, "right"));
  const board = leaderboardOf(view);
  expect(board.entries[0]?.summary.circular).toBeNull();
  expect(leaderboardTerminal(view, board, { lang: "zh" })).not.toContain("循环");
});
