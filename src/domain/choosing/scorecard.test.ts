import { expect, test } from "vitest";

import { parseYaml } from "../../store/yaml/yaml.ts";
import { formatProblem, UserError } from "../text.ts";
import { Scorecard } from "./scorecard.ts";

/** What is printed of a card's mistakes. */
function said(card: string): string {
  try {
    parseYaml(card, "bad.yaml", Scorecard);
    return "nothing";
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.problems.map((problem) => formatProblem(problem, "zh")).join("\n");
  }
}

const wrong = (criterion: string, more = ""): string =>
  `schema: scorecard/1\n${more}groups:\n  - name: 全部\n    criteria:\n      - ${criterion}\n`;

test.each([
  ["a tab", "schema: scorecard/1\ngroups:\n\t- name: x\n", "bad.yaml:3"],
  [
    "weights that sum to 0",
    wrong("{use: effect, weight: 0, points: {worst: 1, best: 2}}"),
    "权重加起来是 0",
  ],
  ["no number", wrong("{use: effect, weight: .nan, points: {worst: 1, best: 2}}"), "bad.yaml:5"],
  [
    "a negative weight",
    wrong("{use: effect, weight: -1, points: {worst: 1, best: 2}}"),
    "bad.yaml:5",
  ],
  [
    "a scale upside down",
    wrong("{use: ttft_p95, weight: 1, points: {worst: 1, best: 2}}"),
    "best 应小于 worst",
  ],
  [
    "per cent for a share",
    wrong("{use: steadiness, weight: 1, points: {worst: 90, best: 99}}"),
    "0 到 1 之间",
  ],
  ["a flat scale", wrong("{use: effect, weight: 1, points: {worst: 2, best: 2}}"), "不能相同"],
  [
    "lowest price of what should be high",
    wrong("{use: effect, weight: 1, points: lowest-price}"),
    "越低越好",
  ],
  [
    "a criterion that is none",
    wrong("{use: efect, weight: 1, points: {worst: 1, best: 2}}"),
    "effect",
  ],
  [
    "one criterion twice",
    wrong(
      "{use: effect, weight: 1, points: {worst: 1, best: 2}}\n      - {use: effect, weight: 1, points: {worst: 1, best: 3}}",
    ),
    "列了两次",
  ],
  [
    "steps that fall",
    wrong(
      "{use: effect, weight: 1, points: {steps: [{from: 1, points: 9}, {from: 2, points: 3}]}}",
    ),
    "反而分越低",
  ],
  [
    "a limit on both sides",
    wrong(
      "{use: effect, weight: 1, points: {worst: 1, best: 2}}",
      "vetoes: {limits: [{use: effect, at_least: 1, at_most: 2}]}\n",
    ),
    "只写一个",
  ],
])("%s is refused with its place", (_, card, words) => {
  const text = said(card);
  expect(text).toContain(words);
  expect(text).toMatch(/^bad\.yaml:\d+:\d+ /u);
});

test("groups share their weight, and what is left out has its default", () => {
  const card =
    "schema: scorecard/1\ngroups: [{name: 技术, weight: 60, criteria: [{use: effect, weight: 3, points: {worst: 0, best: 100}}]}]\n";
  expect(said(card)).toBe("nothing");
  expect(parseYaml(card, "card.yaml", Scorecard).value).toMatchObject({
    missing: "unranked",
    vetoes: { red_lines: true, coverage: 0.98, price: false, filing: false, limits: [] },
  });
});
