import type { FirstToken } from "../domain/call.ts";
import type { ReplyDraft } from "./exchange/draft.ts";

import { listOf, memberOf, type Members, membersOf, textOf } from "../domain/json.ts";
import { finishOf } from "./evidence/finish-words.ts";

/**
 * Reads one chunk of a chat completion, or a complete one. Reads only what is used, because vendors add members and
 * leave others out.
 */
export function readChunk(json: unknown, part: "delta" | "message", draft: ReplyDraft): void {
  const chunk = membersOf(json);
  draft.model ??= textOf(chunk["model"]);
  draft.fingerprint ??= textOf(chunk["system_fingerprint"]);
  draft.id ??= textOf(chunk["id"]);
  const [first] = listOf(chunk["choices"]);
  const choice = membersOf(first);
  // Groq puts the usage of a stream into a member of its own, Kimi into the last choice.
  const counts = chunk["usage"] ?? membersOf(chunk["x_groq"])["usage"] ?? choice["usage"];
  if (typeof counts === "object" && counts !== null) draft.usage = counts;
  if (first === undefined) return;
  draft.first_token ??= firstToken(choice["logprobs"]);
  const message = messageIn(choice, part, draft);
  const { content } = message;
  draft.reasoning(reasoningIn(message));
  if (typeof content === "string") {
    draft.text(content);
  } else if (Array.isArray(content)) {
    draft.reasoning(content.map(thinkingText).join(""));
    draft.text(content.map(partText).join(""));
  }
  const refusal = textOf(message["refusal"]) ?? "";
  // A refusal ends with finish_reason stop, like an answer.
  if (refusal !== "") draft.refuse();
  draft.text(refusal);
  listOf(message["tool_calls"]).forEach((call, at) => readToolCall(call, at, draft));
  draft.finish = finishOf(choice["finish_reason"]);
}

/**
 * The text of a chunk of a stream that adds its text and, if one like it was read before, does nothing else; null for any
 * other. Goes through all that `readChunk` reads.
 */
export function plainTextOf(json: unknown): string | null {
  const chunk = membersOf(json);
  const [first] = listOf(chunk["choices"]);
  const choice = membersOf(first);
  const { content, ...others } = membersOf(choice["delta"]);
  const isPlain =
    typeof content === "string" &&
    content !== "" &&
    !holdsReply(others) &&
    listOf(others["reasoning_details"]).length === 0 &&
    [chunk["usage"], chunk["x_groq"], choice["usage"], choice["logprobs"]].every(isNothing) &&
    isNothing(choice["finish_reason"]);
  return isPlain ? content : null;
}

const isNothing = (value: unknown): boolean => value === undefined || value === null;

/** `{content: [{token, logprob, top_logprobs: [{token, logprob}]}]}`; blanks before the answer are no token of it. */
function firstToken(logprobs: unknown): FirstToken | null {
  for (const each of listOf(memberOf(logprobs, "content"))) {
    const odds = tokenOdds(each);
    if (odds === null || odds.token.trim() === "") continue;
    const top = listOf(memberOf(each, "top_logprobs")).map(tokenOdds);
    return { ...odds, top: top.filter((other) => other !== null).slice(0, mostAlternatives) };
  }
  return null;
}

/** Vendors send at most twenty. */
const mostAlternatives = 20;

function tokenOdds(value: unknown): FirstToken["top"][number] | null {
  const token = textOf(memberOf(value, "token"));
  const logprob = memberOf(value, "logprob");
  const isOdds = typeof logprob === "number" && Number.isFinite(logprob) && logprob <= 0;
  return token === null || !isOdds ? null : { token: token.slice(0, 100), logprob };
}

/**
 * What a choice holds. A stream has it in `delta` and a body in `message`; some gateways mix the two up, or answer as the
 * old completions did, with `text`. Where both hold something (Perplexity), the usual one is read.
 */
function messageIn(choice: Members, part: "delta" | "message", draft: ReplyDraft): Members {
  const usual = membersOf(choice[part]);
  if (holdsReply(usual)) return usual;
  const other = membersOf(choice[part === "delta" ? "message" : "delta"]);
  if (holdsReply(other) && (draft.isSilent() || mixedUp.has(draft))) {
    mixedUp.add(draft);
    return other;
  }
  return textOf(choice["text"]) === null ? usual : { content: choice["text"] };
}

/** Drafts whose reply comes in the wrong one of the two. */
const mixedUp = new WeakSet<ReplyDraft>();

/** Spelled out, because every token passes here. */
const holdsReply = (message: Members): boolean =>
  isFilled(message["content"]) ||
  isFilled(message["reasoning_content"]) ||
  isFilled(message["reasoning"]) ||
  isFilled(message["tool_calls"]) ||
  isFilled(message["refusal"]);

const isFilled = (value: unknown): boolean =>
  (typeof value === "string" || Array.isArray(value)) && value.length > 0;

/** The name depends on the vendor; MiniMax may also send the same text as `reasoning_details`. */
const reasoningIn = (message: Members): string =>
  textOf(message["reasoning_content"]) ??
  textOf(message["reasoning"]) ??
  listOf(message["reasoning_details"]).map(partText).join("");

/** Content may be a list of parts; the text parts are the answer. */
const partText = (part: unknown): string => textOf(memberOf(part, "text")) ?? "";

/** Mistral: `{type: "thinking", thinking: [{type: "text", text}]}`. */
function thinkingText(part: unknown): string {
  const thinking = memberOf(part, "thinking");
  return textOf(thinking) ?? listOf(thinking).map(partText).join("");
}

function readToolCall(call: unknown, position: number, draft: ReplyDraft): void {
  const index = memberOf(call, "index");
  const called = memberOf(call, "function");
  const given = memberOf(called, "arguments");
  draft.tool(typeof index === "number" ? index : position, {
    id: textOf(memberOf(call, "id")),
    name: textOf(memberOf(called, "name")) ?? "",
    arguments: textOf(given) ?? (given === undefined ? "" : JSON.stringify(given)),
  });
}
