import { expect, test } from "vitest";

import type { GoldTurn } from "../../domain/run-file/lines.ts";
import type { Intent, Style } from "./cue.ts";

import { gradeSample } from "../../grading/grade.ts";
import { loadGrader, parseGraderOptions } from "../../grading/graders.ts";
import { goldOf } from "../../grading/testing/sample.ts";
import { randomOf } from "../random.ts";
import { composeReply } from "./compose.ts";

const labels = ["退款", "物流", "发票"];
const checks = [
  { name: "类别", use: "labels", with: { labels } },
  { name: "单号", use: "contains" },
];
const golds: Readonly<
  Record<string, readonly [use: string, given: object, gold: Partial<GoldTurn>]>
> = {
  "one label": ["labels", { labels }, { answer: "退款" }],
  "several labels": ["labels", { labels }, { answer: ["退款", "物流"] }],
  "no label": ["labels", { labels, several: true }, { answer: [] }],
  fields: [
    "json",
    { fields: { no: "exact" } },
    { answer_map: { no: "GD-307", sum: 12, paid: true } },
  ],
  checks: ["all", { checks }, { answer_map: { 类别: "发票", 单号: "GD-307" } }],
};

const styles: readonly Style[] = ["reasoned", "terse", "markdown", "hedged", "bare_text"];
const intents: readonly Intent[] = ["right", "wrong"];
const cases = Object.keys(golds).flatMap((name) =>
  styles.flatMap((style) => intents.map((intent) => [name, style, intent] as const)),
);

test.each(cases)(
  "a reply with %s in the style %s, meant to be %s, is",
  async (name, style, intent) => {
    const [use, given, own] = golds[name] ?? ["", {}, {}];
    const grader = await loadGrader(use);
    if (grader === null) throw new Error(use);
    const gold = {
      ...goldOf(own),
      weight: 1,
      grader: { use, with: { ...given } },
    };
    for (let seed = 1; seed <= 10; seed++) {
      const random = randomOf(seed, name, style, intent);
      const cue = { prompt: "", gold, intent, style, random, others: [], previous: null };
      const { text } = composeReply(cue, 0);
      const sample = { gold, reply: text, finish_reason: "stop" };
      const { verdict } = await gradeSample(
        grader,
        parseGraderOptions(grader, { ...given }),
        sample,
      );
      expect([text, verdict === "right"]).toEqual([text, intent === "right"]);
    }
  },
);
