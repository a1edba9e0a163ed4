import type { ChatMessage } from "../domain/call.ts";
import type { GradedElsewhere } from "../domain/run-file/elsewhere.ts";
import type { ForeignReply, ForeignSample, RunImporter } from "../importing/runs/run-importer.ts";

import { isObject, listOf, memberOf, textOf } from "../domain/json.ts";
import { assertedGold } from "../importing/runs/assertions.ts";
import {
  askedIn,
  failed,
  finishOf,
  messagesOf,
  outcomeOfFinish,
  said,
  usageOf,
} from "../importing/runs/reply.ts";
import { linesOfFile, numbered, sampledRows, wholeJson } from "../importing/runs/rows.ts";
import { notOfFormat } from "../importing/runs/run-importer.ts";

/** What `promptfoo eval -o x.json` and `-o x.jsonl` write (https://www.promptfoo.dev/docs/configuration/outputs/), read in 2026-11. */
export const runImporter: RunImporter = {
  id: "promptfoo",
  title: { zh: "promptfoo", en: "promptfoo" },
  matches: /\.jsonl?$/,
  read: async function* read(file, version) {
    if (file.path.endsWith(".jsonl")) {
      yield* sampledRows(linesOfFile(file), (value) => sampleOf(value));
      return;
    }
    const whole = await wholeJson(file, {
      zh: "请用 promptfoo eval -o x.jsonl 写成一行一条",
      en: "have it written line by line, with promptfoo eval -o x.jsonl",
    });
    const results = memberOf(memberOf(whole, "results"), "results");
    if (!Array.isArray(results)) {
      throw notOfFormat(file, runImporter.title, {
        zh: "里面应有 results.results",
        en: "it should hold results.results",
      });
    }
    const own = textOf(memberOf(memberOf(whole, "metadata"), "promptfooVersion"));
    if (own !== null) version(own);
    yield* sampledRows(numbered(results), (value) => sampleOf(value));
  },
};

function sampleOf(result: unknown): ForeignSample {
  const test = memberOf(result, "testCase");
  const prompt = memberOf(result, "prompt");
  const raw = textOf(memberOf(prompt, "raw")) ?? "";
  const label = textOf(memberOf(prompt, "label")) ?? "prompt";
  return {
    dimension: [label.replaceAll(/\s+/g, " ").trim().slice(0, 60) || "prompt"],
    id: nameOf(test, memberOf(result, "vars")),
    model: modelOf(memberOf(result, "provider")),
    ...askedOf(raw),
    gold: assertedGold(listOf(memberOf(test, "assert"))),
    reply: replyOf(result),
    graded: gradedOf(result, test),
    when: null,
  };
}

/** What tells a test from others whenever it is repeated: `testIdx` counts repetitions too. */
const nameOf = (test: unknown, vars: unknown): string =>
  textOf(memberOf(test, "description")) ??
  (Object.values(isObject(vars) ? vars : {})
    .filter((value) => typeof value === "string" || typeof value === "number")
    .join("-")
    .slice(0, 40) ||
    "test");

const modelOf = (provider: unknown): string =>
  textOf(provider) ??
  (textOf(memberOf(provider, "label")) || textOf(memberOf(provider, "id"))) ??
  "unknown";

/** A prompt is a text, or a conversation as JSON. */
function askedOf(raw: string): {
  readonly before: readonly ChatMessage[];
  readonly prompt: string;
} {
  if (!/^\s*\[\s*\{/.test(raw)) return { before: [], prompt: raw };
  try {
    const messages: unknown = JSON.parse(raw);
    return askedIn(messagesOf(messages));
  } catch {
    return { before: [], prompt: raw };
  }
}

/** `failureReason` 2 is an error; older files say it by a response without output. */
function replyOf(result: unknown): ForeignReply {
  const response = memberOf(result, "response");
  const output = memberOf(response, "output");
  const error = textOf(memberOf(response, "error")) ?? textOf(memberOf(result, "error"));
  if (memberOf(result, "failureReason") === 2 || output === undefined || output === null) {
    return failed(error ?? "no output");
  }
  const finish = finishOf(memberOf(response, "finishReason"));
  return said(typeof output === "string" ? output : JSON.stringify(output), {
    outcome:
      memberOf(response, "isRefusal") === true && output === ""
        ? "filtered-output"
        : outcomeOfFinish(finish),
    finish,
    usage: usageOf(memberOf(response, "tokenUsage")),
  });
}

/** Pass or fail is their verdict; their score is a mean of assertions and may be above half where one failed. */
function gradedOf(result: unknown, test: unknown): GradedElsewhere | null {
  const success = memberOf(result, "success");
  const asserted = listOf(memberOf(test, "assert"));
  if (typeof success !== "boolean" || asserted.length === 0) return null;
  const grading = memberOf(result, "gradingResult");
  if (memberOf(result, "failureReason") === 2 || !isObject(grading)) return null;
  return {
    by: [...new Set(asserted.map((each) => textOf(memberOf(each, "type")) ?? "?"))].join("+"),
    value: success ? 1 : 0,
    extracted: null,
    why: textOf(memberOf(grading, "reason")),
  };
}
