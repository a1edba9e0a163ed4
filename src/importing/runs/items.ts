import type { ItemLine } from "../../domain/run-file/lines.ts";
import type { GraderRef, Item, Task } from "../../domain/suite.ts";
import type { ItemOf } from "./plan.ts";
import type { ForeignSample } from "./run-importer.ts";

import { digestOf } from "../../domain/digest.ts";
import { itemLine } from "../../domain/prompt.ts";
import { Item as ItemSchema } from "../../domain/suite.ts";
import { fold } from "../../text/normalise.ts";
import { validate } from "../../validation/issues.ts";
import { toId } from "../fields.ts";
import { open } from "./gold.ts";

/** Items as the files themselves tell them: the prompt as it was sent, the gold, and the grader that reads it. */
export const ownItems =
  (suite: string, grader: GraderRef | null): ItemOf =>
  (sample) => {
    const id = toId(sample.id) ?? digestOf([sample.prompt]).slice(0, 12);
    const read = validate(ItemSchema, { id, question: sample.prompt, ...goldOf(sample) });
    if (!read.ok) {
      const [finding] = read.findings;
      const at = finding?.path.map(String).join(".") ?? "";
      return {
        skip: {
          zh: `不能成为题目：${at} ${finding?.message.zh ?? ""}`,
          en: `cannot be an item: ${at} ${finding?.message.en ?? ""}`,
        },
      };
    }
    const task: Task = {
      id: toId(sample.dimension.join("-")) ?? "task",
      dimension: [...sample.dimension],
      prompt: "{{question}}",
      grader: grader ?? sample.gold?.grader ?? open,
      items: [read.value],
    };
    return asSent(itemLine({ id: suite }, task, read.value, [null]), sample);
  };

function goldOf({ gold }: ForeignSample): Partial<Item> {
  const { grader: _, ...rest } = gold ?? { grader: open };
  return rest;
}

/** The item with the prompt that was sent, whatever its own would be; its digest says whether both are the same. */
function asSent(item: ItemLine, { before, prompt }: ForeignSample): ItemLine {
  const [own] = item.asks;
  const isSame =
    own !== undefined &&
    own.turns.length === 1 &&
    JSON.stringify([own.messages, own.turns]) === JSON.stringify([before, [prompt]]);
  if (isSame) return item;
  const ask_digest = digestOf({
    messages: before,
    turns: [prompt],
    options: item.turns.map(({ options }) => options),
  });
  return { ...item, asks: [{ wording: null, ask_digest, messages: before, turns: [prompt] }] };
}

/**
 * Items of suites that the samples are found to answer: by their key or id, else by the question, which must stand in the prompt
 * of one item alone. What answers none is left out.
 */
export function suiteItems(lines: readonly ItemLine[]): ItemOf {
  const byId = new Map<string, ItemLine | null>();
  const byQuestion = new Map<string, ItemLine | null>();
  const put = (map: Map<string, ItemLine | null>, name: string, line: ItemLine): void => {
    if (name !== "") map.set(name, map.has(name) ? null : line);
  };
  for (const line of lines) {
    put(byId, line.item, line);
    put(byId, line.item.split("/").slice(2).join("/"), line);
    put(byQuestion, tight(line.turns[0]?.question ?? ""), line);
  }
  const questions = [...byQuestion];
  return (sample) => {
    const prompt = tight(sample.prompt);
    const within = (line: ItemLine): boolean =>
      prompt === "" || prompt.includes(tight(line.turns[0]?.question ?? ""));
    const named = byId.get(sample.id) ?? null;
    const found =
      named !== null && within(named)
        ? named
        : (byQuestion.get(prompt) ?? onlyOne(questions.filter(([text]) => prompt.includes(text))));
    if (found === null || found.turns.length !== 1) return { skip: noItem };
    return prompt === "" ? found : asSent(found, sample);
  };
}

const onlyOne = (found: readonly (readonly [string, ItemLine | null])[]): ItemLine | null => {
  // A question within another one's text is the shorter: the longest that fits is meant.
  const longest = found.reduce<readonly [string, ItemLine | null] | null>(
    (best, each) => (best === null || each[0].length > best[0].length ? each : best),
    null,
  );
  return longest?.[1] ?? null;
};

const tight = (text: string): string => fold(text).replaceAll(/\s+/g, "");

const noItem = {
  zh: "--suite 里没有这道题（按编号和题干都没有找到唯一的一道）",
  en: "the suites hold no such item (neither its id nor its question names one alone)",
};
