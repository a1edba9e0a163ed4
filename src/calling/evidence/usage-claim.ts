import type { ChatMessage } from "../../domain/call.ts";
import type { Usage } from "../../domain/run-file/usage-counts.ts";
import type { ReplyContent } from "../exchange/reply-content.ts";
import type { UsageHistory } from "./usage-history.ts";

import { readUsage, type UsageClaim, usageDoubt, type UsageMap } from "../../domain/usage.ts";
import { codePoints, estimatedTokens } from "../../text/length.ts";
import { isFarBelow } from "../truncation.ts";

/** The vendor's latest counts, and whether they contradict themselves, what came or what was asked. */
export function claimOf(
  history: UsageHistory,
  map: UsageMap,
  content: ReplyContent,
  messages: readonly ChatMessage[],
): UsageClaim {
  const { usage, doubt } = readUsage(history.last(), map);
  const isPrompt = usage.input !== null && isFarBelow(messages, usage.input);
  return {
    usage,
    doubt:
      doubt ??
      usageDoubt(usage, generatedIn(content)) ??
      (isIncrements(history, map, content) ? "increments" : isPrompt ? "prompt" : null),
  };
}

const generatedIn = ({ text, reasoning, tool_calls }: ReplyContent): number =>
  [text, reasoning, ...tool_calls.map((call) => call.name + call.arguments)].reduce(
    (sum, each) => sum + codePoints(each),
    0,
  );

/**
 * Running totals grow with the text. Counts that fall, or stay the same over three reports with text between them, were
 * counted for each event alone; unless they are large enough for the whole, which a gateway may repeat with each piece.
 */
function isIncrements(history: UsageHistory, map: UsageMap, content: ReplyContent): boolean {
  const samples = history.samples();
  // Most vendors send one.
  if (samples.length < fewestSamples) return false;
  const outputs = samples
    .map((raw) => readUsage(raw, { output: map.output }).usage.output)
    .filter((output) => output !== null);
  const first = outputs[0];
  if (outputs.length < fewestSamples || first === undefined) return false;
  const falls = outputs.some((output, at) => output < (outputs[at - 1] ?? 0));
  return falls || (outputs.every((output) => output === first) && first < fewestTokens(content));
}

const fewestSamples = 3;

/** No tokeniser packs more Han characters or other signs into one token on average. */
const hanPerToken = 2.5;
const signsPerToken = 6;

function fewestTokens({ text, reasoning }: ReplyContent): number {
  const whole = text + reasoning;
  const han = whole.match(/\p{Script=Han}/gu)?.length ?? 0;
  return han / hanPerToken + (codePoints(whole) - han) / signsPerToken;
}

/** An end of the stream and a stray mark of reasoning are tokens too, and are seen by nobody. */
const unseenTokens = 3;

/**
 * The tokens of answer that the vendor counted where neither answer nor tool call came; 0 where none are missing or it
 * cannot be told. `isCut`: the reply reached its limit, by which hidden reasoning may have taken all of it.
 */
export function missingTokens(
  { output, reasoning }: Usage,
  content: ReplyContent,
  isCut: boolean,
): number {
  if (output === null || content.text !== "" || content.tool_calls.length > 0) return 0;
  // Some vendors send their reasoning and report 0 tokens of it.
  const thought = reasoning !== null && reasoning > 0 ? reasoning : null;
  const hidden = reasoning === null && (isCut || content.reasoning !== "");
  const visible = output - (thought ?? (hidden ? output : estimatedTokens(content.reasoning)));
  return visible > unseenTokens ? visible : 0;
}
