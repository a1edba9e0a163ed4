import type { ForeignReply } from "./run-importer.ts";

import { listOf, memberOf, textOf } from "../../domain/json.ts";
import {
  contentOf,
  failed,
  finishOf,
  outcomeOfFinish,
  reasoningOf,
  said,
  usageOf,
} from "./reply.ts";

/** The reply of a body of `chat/completions`, `responses`, or Anthropic's `messages`; null where it is none of them. */
export function completionOf(body: unknown): ForeignReply | null {
  const [choice] = listOf(memberOf(body, "choices"));
  const message = memberOf(choice, "message");
  const model = textOf(memberOf(body, "model"));
  const usage = usageOf(memberOf(body, "usage"));
  if (choice !== undefined) {
    const finish = finishOf(memberOf(choice, "finish_reason"));
    const text = message === undefined ? memberOf(choice, "text") : memberOf(message, "content");
    const refusal = textOf(memberOf(message, "refusal"));
    return said(refusal ?? contentOf(text), {
      outcome: outcomeOfFinish(finish),
      reasoning: textOf(memberOf(message, "reasoning_content")) ?? "",
      finish,
      usage,
      model,
    });
  }
  if (Array.isArray(memberOf(body, "output"))) return responseOf(body, model, usage);
  if (Array.isArray(memberOf(body, "content"))) {
    const parts = listOf(memberOf(body, "content"));
    const finish = finishOf(memberOf(body, "stop_reason"));
    return said(textsOf(parts), {
      outcome: outcomeOfFinish(finish),
      reasoning: parts.map((part) => textOf(memberOf(part, "thinking")) ?? "").join(""),
      finish,
      usage,
      model,
    });
  }
  const error = memberOf(body, "error");
  if (error === undefined || error === null) return null;
  return failed(textOf(memberOf(error, "message")) ?? JSON.stringify(error));
}

function responseOf(
  body: unknown,
  model: string | null,
  usage: ForeignReply["usage"],
): ForeignReply {
  const output = listOf(memberOf(body, "output"));
  const messages = output.filter((each) => memberOf(each, "type") === "message");
  const cut = textOf(memberOf(memberOf(body, "incomplete_details"), "reason"));
  const finish = cut === null ? "stop" : /max/.test(cut) ? "length" : finishOf(cut);
  return said(messages.map((each) => textsOf(listOf(memberOf(each, "content")))).join("\n"), {
    outcome: outcomeOfFinish(finish),
    reasoning: output
      .filter((each) => memberOf(each, "type") === "reasoning")
      .map((each) => reasoningOf([each]) || textsOf(listOf(memberOf(each, "summary"))))
      .join("\n"),
    finish,
    usage,
    model,
  });
}

const textsOf = (parts: readonly unknown[]): string =>
  parts
    .flatMap((part) => textOf(memberOf(part, "text")) ?? textOf(memberOf(part, "refusal")) ?? [])
    .join("\n");
