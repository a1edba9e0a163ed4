import { type Draft, finishOf } from "./draft.ts";
import { listOf, memberOf, textOf } from "./json.ts";

/**
 * One chunk of a chat completion, or a whole one. Reads only what is used; vendors add members and leave others
 * out.
 */
export function readChunk(json: unknown, part: "delta" | "message", draft: Draft): void {
  draft.model ??= textOf(memberOf(json, "model"));
  draft.fingerprint ??= textOf(memberOf(json, "system_fingerprint"));
  draft.id ??= textOf(memberOf(json, "id"));
  const [choice] = listOf(memberOf(json, "choices"));
  // Groq tells the usage of a stream in a member of its own, Kimi in the last choice.
  const counts =
    memberOf(json, "usage") ??
    memberOf(memberOf(json, "x_groq"), "usage") ??
    memberOf(choice, "usage");
  if (typeof counts === "object" && counts !== null) draft.usage = counts;
  if (choice === undefined) return;
  const message = memberOf(choice, part);
  const content = memberOf(message, "content");
  draft.reasoning(reasoningIn(message));
  draft.reasoning(listOf(content).map(thoughtOf).join(""));
  draft.text(textOf(content) ?? listOf(content).map(saidOf).join(""));
  const refusal = textOf(memberOf(message, "refusal"));
  if (refusal !== null) draft.text(refusal);
  listOf(memberOf(message, "tool_calls")).forEach((call, at) => readToolCall(call, at, draft));
  const finish = finishOf(memberOf(choice, "finish_reason"));
  // A refusal ends with finish_reason stop, like an answer.
  const refuses = draft.finish?.reason === "refusal" || (refusal ?? "") !== "";
  if (refuses && (finish === null || finish.reason === "stop")) {
    draft.finish = { reason: "refusal", raw: "refusal" };
  } else {
    draft.finish = finish ?? draft.finish;
  }
}

/** Under the name of the vendor's choice; MiniMax may send the same text as `reasoning_details` as well. */
const reasoningIn = (message: unknown): string =>
  textOf(memberOf(message, "reasoning_content")) ??
  textOf(memberOf(message, "reasoning")) ??
  listOf(memberOf(message, "reasoning_details")).map(saidOf).join("");

/** Content may be a list of parts, of which the text ones are the answer. */
const saidOf = (part: unknown): string => textOf(memberOf(part, "text")) ?? "";

/** Mistral: `{type: "thinking", thinking: [{type: "text", text}]}`. */
function thoughtOf(part: unknown): string {
  const thinking = memberOf(part, "thinking");
  return textOf(thinking) ?? listOf(thinking).map(saidOf).join("");
}

function readToolCall(call: unknown, position: number, draft: Draft): void {
  const index = memberOf(call, "index");
  const asked = memberOf(call, "function");
  const given = memberOf(asked, "arguments");
  draft.tool(typeof index === "number" ? index : position, {
    id: textOf(memberOf(call, "id")),
    name: textOf(memberOf(asked, "name")) ?? "",
    arguments: textOf(given) ?? (given === undefined ? "" : JSON.stringify(given)),
  });
}
