import { expect, test } from "vitest";

import type { Outcome } from "../../domain/outcome.ts";

import { leaderboardOf } from "../leaderboard/leaderboard.ts";
import { leaderboardTerminal } from "../leaderboard/text.ts";
import { answerLine, itemLine, runLine, scoreLine, targetEntry } from "../testing/lines.ts";
import { createView, step } from "../view/view.ts";

type Replies = Readonly<Record<string, readonly (0 | 1 | Outcome)[]>>;

/** Replies of each target by dimension; a baseline is named so, and a reference. */
function textOf(targets: Readonly<Record<string, Replies>>, lang: "zh" | "en" = "zh"): string {
  const view = createView();
  const refs = Object.keys(targets);
  step(
    view,
    runLine(
      refs.map((ref) =>
        targetEntry(ref, {
          baseline: ref.startsWith("baseline/"),
          reference: ref.startsWith("ref/"),
        }),
      ),
    ),
  );
  for (const [target, replies] of Object.entries(targets)) {
    for (const [dimension, list] of Object.entries(replies)) {
      for (const [index, reply] of list.entries()) {
        const item = `s/${dimension.replaceAll("/", "-")}/${index}`;
        step(view, itemLine(item, { dimension: dimension.split("/") }));
        step(view, answerLine({ item, target, outcome: typeof reply === "string" ? reply : "ok" }));
        if (typeof reply === "string") continue;
        step(view, scoreLine({ item, target }, reply === 1 ? "right" : "wrong"));
      }
    }
  }
  return leaderboardTerminal(view, leaderboardOf(view), { lang, width: 160, wide: true });
}

const own: Replies = { "数学/加法": [1, 1, 1, 0], "数学/应用题": [0, 0, 1, 0], 成语: [1, 1, 0, 0] };
const guessing: Replies = {
  "数学/加法": [0, 1, 0, 0],
  "数学/应用题": [0, 0, 0, 0],
  成语: [0, 0, 0, 0],
};

test("where several dimensions are the strongest, how many is said", () => {
  const text = textOf({ "mine/a": { ...own, 成语: [1, 1, 1, 0] } });
  expect(text).toMatch(/最强 \S+ 等 2 个维度，都是 75\.0 分，最弱 数学\/应用题 25\.0 分（4 题）/);
});

test("the only target beside a baseline and a reference", () => {
  const text = textOf({
    "mine/a": own,
    "baseline/random": guessing,
    "ref/b": { ...own, 成语: [1, 1, 1, 1] },
  });
  expect(text).toContain(
    "mine/a：比参照 ref/b（75.0 分）低 25.0 分，比基线 baseline/random（6.3 分）高 43.8 分",
  );
  expect(text).toContain(
    "mine/a：最强 数学/加法 75.0 分（4 题），最弱 数学/应用题 25.0 分（4 题）",
  );
  expect(text).not.toContain("名次范围");
  expect(text).not.toMatch(/🥇/);
  expect(textOf({ "mine/a": own, "baseline/random": guessing }, "en")).toContain(
    "mine/a: strongest 数学/加法 75.0 (4 items), weakest 数学/应用题 25.0 (4 items)",
  );
});

test.each<[string, readonly (0 | 1 | Outcome)[], boolean]>([
  ["every answer", [1, 1, 0, 0], true],
  ["one call of twelve failed", [1, 1, 0, "timeout"], false],
  ["a whole dimension failed", ["server", "server", "server", "server"], false],
])("how far it is from a baseline waits until the score is whole: %s", (_, replies, isTold) => {
  const mine = { "mine/a": { ...own, 成语: replies }, "baseline/random": guessing };
  expect(textOf(mine).includes("比基线")).toBe(isTold);
  expect(textOf(mine, "en").includes("the baseline baseline/random")).toBe(isTold);
});

test("a baseline that lacks answers is nothing to measure by", () => {
  const text = textOf({
    "mine/a": own,
    "baseline/random": { ...guessing, 成语: [0, 0, "server", "server"] },
    "ref/b": own,
  });
  expect(text).toContain("mine/a：与参照 ref/b 同分（50.0 分）");
  expect(text).not.toContain("比基线");
});

test("a dimension of one or two items is neither the strongest nor the weakest", () => {
  const text = textOf({ "mine/a": { ...own, 阅读: [0], 常识: [1, 1] } });
  expect(text).toContain("最强 数学/加法 75.0 分（4 题），最弱 数学/应用题 25.0 分（4 题）");
});

test("failed calls are told with their causes", () => {
  const text = textOf({ "mine/a": { ...own, 成语: ["timeout", "timeout", "server", 1] } });
  expect(text).toContain("mine/a：3 次调用失败，不计分：超时 2、服务器出错 1");
});

test.each<[string, Readonly<Record<string, Replies>>]>([
  ["two rivals", { "mine/a": own, "mine/b": guessing }],
  ["a baseline alone", { "baseline/random": guessing }],
  ["one dimension", { "mine/a": { 成语: [1, 0] } }],
  ["dimensions that score alike", { "mine/a": { 成语: [1, 0], 数学: [0, 1] } }],
])("nothing is said of %s", (_, targets) => {
  expect(textOf(targets)).not.toMatch(/最强|比基线|次调用失败/);
});
