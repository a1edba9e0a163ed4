import { basename } from "node:path";

import type { GradedElsewhere } from "../domain/run-file/elsewhere.ts";
import type {
  ForeignFile,
  ForeignGold,
  ForeignReply,
  ForeignSample,
  RunImporter,
} from "../importing/runs/run-importer.ts";

import { isObject, listOf, memberOf, textOf } from "../domain/json.ts";
import { listField, textField } from "../importing/fields.ts";
import { SkipRow } from "../importing/importer.ts";
import { choiceGold, letterOf, promptedGold } from "../importing/runs/gold.ts";
import { askedIn, contentOf, failed, messagesOf, said, usageOf } from "../importing/runs/reply.ts";
import { linesOfFile, sampledRows } from "../importing/runs/rows.ts";
import { notOfFormat } from "../importing/runs/run-importer.ts";

/** Names under which programs of one's own keep these; the first that is there counts. */
const names = {
  id: ["id", "item", "item_id", "question_id", "qid", "编号"],
  task: ["task", "dataset", "subset", "category", "分类"],
  model: ["model", "target", "model_name", "模型"],
  prompt: ["prompt", "question", "query", "instruction", "input", "题目"],
  reply: [
    "reply",
    "response",
    "output",
    "prediction",
    "completion",
    "generated_text",
    "model_answer",
    "回答",
  ],
  gold: [
    "gold",
    "reference",
    "reference_answer",
    "target_answer",
    "label",
    "ground_truth",
    "expected",
    "answer",
    "标准答案",
    "答案",
  ],
  grade: ["score", "correct", "is_correct", "passed", "pass", "value", "得分", "判定"],
  error: ["error", "错误"],
  when: ["when", "timestamp", "time", "created_at", "时间"],
} as const;

/** Results of one's own programs: an object a line with a question, a reply and, where there are, gold and score. */
export const runImporter: RunImporter = {
  id: "jsonl",
  title: { zh: "JSON Lines（自己的程序）", en: "JSON Lines of one's own" },
  matches: /\.jsonl?$/,
  read: (file) =>
    sampledRows(linesOfFile(file), (value, row) => {
      if (replyText(value) === null && textField(value, ...names.error) === null) {
        if (row === 1) throw notResults(file);
        throw new SkipRow("没有回答", "there is no reply");
      }
      return sampleOf(value, row, file);
    }),
};

const notResults = (file: ForeignFile) =>
  notOfFormat(file, runImporter.title, {
    zh: `每行应有题目（${names.prompt.join("、")} 或 messages）和回答（${names.reply.join("、")}）`,
    en: `each line should hold a question (${names.prompt.join(", ")} or messages) and a reply (${names.reply.join(", ")})`,
  });

function sampleOf(value: unknown, row: number, file: ForeignFile): ForeignSample {
  const asked = askedOf(value);
  return {
    dimension: [textField(value, ...names.task) ?? basename(file.name).replace(/\.jsonl?$/, "")],
    id: textField(value, ...names.id) ?? `r${row}`,
    model: textField(value, ...names.model) ?? basename(file.name).replace(/\.jsonl?$/, ""),
    ...asked,
    gold: goldOf(value, asked.prompt),
    reply: replyOf(value),
    graded: gradedOf(value),
    when: momentOf(textField(value, ...names.when)),
  };
}

function askedOf(value: unknown): Pick<ForeignSample, "before" | "prompt"> {
  const messages = listField(value, "messages");
  if (messages.length > 0) return askedIn(messagesOf(messages));
  const prompt = textField(value, ...names.prompt);
  const system = textField(value, "system");
  return {
    before: system === null ? [] : [{ role: "system", text: system }],
    prompt: prompt ?? "",
  };
}

/** As it stands: blanks at its ends belong to it. Empty is a reply, null is none. */
function replyText(value: unknown): string | null {
  for (const name of names.reply) {
    const found = memberOf(value, name);
    if (typeof found === "string" || typeof found === "number") return String(found);
  }
  const last = listField(value, "messages").at(-1);
  return memberOf(last, "role") === "assistant" ? contentOf(memberOf(last, "content")) : null;
}

function replyOf(value: unknown): ForeignReply {
  const text = replyText(value);
  const error = textField(value, ...names.error);
  if (error !== null && (text === null || text === "")) return failed(error);
  return said(text ?? "", {
    reasoning: textField(value, "reasoning", "reasoning_content") ?? "",
    usage: usageOf(memberOf(value, "usage")),
  });
}

function goldOf(value: unknown, prompt: string): ForeignGold | null {
  const found = names.gold
    .map((name) => memberOf(value, name))
    .find((each) => each !== undefined && each !== null);
  const golds = [found]
    .flat()
    .filter((each) => typeof each === "string" || typeof each === "number")
    .map(String);
  const choices = choicesOf(value);
  const letters = golds.map((gold) => gold.trim()).join("");
  if (choices.length > 1 && /^[A-Z]+$/.test(letters)) return choiceGold(choices, letters);
  const place = choices.indexOf(golds[0] ?? "");
  if (choices.length > 1 && place >= 0) return choiceGold(choices, letterOf(place));
  return promptedGold(golds, prompt);
}

/** Options as a list, a map by letter, or members A, B, C … */
function choicesOf(value: unknown): readonly string[] {
  const options = memberOf(value, "options") ?? memberOf(value, "choices");
  if (Array.isArray(options)) return listOf(options).map(String);
  const lettered = isObject(options) ? options : isObject(value) ? value : {};
  const texts: string[] = [];
  while (lettered[letterOf(texts.length)] !== undefined)
    texts.push(String(lettered[letterOf(texts.length)]));
  return texts;
}

/** A share or a word; anything else is no verdict that could be compared. */
function gradedOf(value: unknown): GradedElsewhere | null {
  const by = names.grade.find(
    (name) => memberOf(value, name) !== undefined && memberOf(value, name) !== null,
  );
  if (by === undefined) return null;
  return {
    by,
    value: shareOf(memberOf(value, by)),
    extracted: null,
    why: textField(value, "why", "reason", "理由"),
  };
}

const words: Readonly<Record<string, number>> = {
  right: 1,
  correct: 1,
  true: 1,
  pass: 1,
  对: 1,
  正确: 1,
  wrong: 0,
  incorrect: 0,
  false: 0,
  fail: 0,
  错: 0,
  错误: 0,
};

function shareOf(score: unknown): number | null {
  if (typeof score === "boolean") return score ? 1 : 0;
  if (typeof score === "number") return score >= 0 && score <= 1 ? score : null;
  return words[(textOf(score) ?? "").trim().toLowerCase()] ?? null;
}

function momentOf(text: string | null): string | null {
  const ms = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}
