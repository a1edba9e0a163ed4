import type { ToolCall } from "../../domain/call.ts";
import type { GoldTurn } from "../../domain/run-file/lines.ts";
import type { Answer, ChatRequest } from "../kit/exchange.ts";
import type { ReplyStyle, SimulatedModel } from "../models.ts";
import type { Random } from "../random.ts";
import type { Recognised } from "./catalogue.ts";
import type { Intent, Style } from "./cue.ts";

import { saidIn } from "../../domain/request/said.ts";
import { turnsAsked } from "../../domain/rotate.ts";
import { unrecognisedReply } from "../../domain/run-file/unrecognised-reply.ts";
import { normalCdf, randomOf } from "../random.ts";
import { tokensOf } from "../tokens.ts";
import { agentReply, canCall } from "./agent/agent.ts";
import { composeReply } from "./compose.ts";
import { filledForm } from "./form.ts";
import { refusal } from "./free.ts";

/** How far the models agree on which items are hard: the correlation of their luck on one item. */
const sharedDifficulty = 0.35;
const perMessageTokens = 4;
const cacheBlock = 64;
const styles = ["reasoned", "terse", "markdown", "hedged", "bare_text"] as const;

/**
 * The answer of `model`. Equal seed, model and conversation give an equal answer in any order and process; attempts and
 * trials make no difference.
 */
export function answerTo(
  chat: ChatRequest,
  found: Recognised | null,
  model: SimulatedModel,
  seed: number,
): Answer {
  const scripted = model.says?.(chat) ?? null;
  const words =
    scripted !== null
      ? { reasoning: "", text: scripted }
      : found === null
        ? unknownPromptReply(chat, model, seed)
        : knownReply(chat, found, model, seed);
  return bounded(cutAtStop(words, chat.stop), chat);
}

type Words = {
  readonly reasoning: string;
  readonly text: string;
  readonly calls?: readonly ToolCall[];
};

function knownReply(
  chat: ChatRequest,
  found: Recognised,
  model: SimulatedModel,
  seed: number,
): Words {
  const { line, asked, turn, others } = found;
  const gold = turnsAsked(line, asked.wording)[turn];
  if (gold === undefined) return unknownPromptReply(chat, model, seed);
  if (found.environment !== null && line.environment !== undefined && canCall(chat))
    return agentReply(chat, found.environment, line.environment.state, {
      intent: intentOf(found, model, seed),
      random: randomOf(seed, "agent", model.id, line.item),
    });
  const random = randomOf(
    seed,
    "words",
    nameOfLuck(model),
    line.item,
    asked.wording ?? "",
    turn,
    ...(model.wavers === undefined ? [] : [model.wavers.draw]),
  );
  const cue = {
    prompt: asked.turns[turn] ?? "",
    gold,
    intent: conductOf(gold, model) ?? intentOf(found, model, seed),
    style: styleOf(model.style, random),
    random,
    others,
    previous: turn === 0 ? null : (chat.messages.findLast(isAssistant)?.text ?? null),
  };
  if (model.refuses === "everything")
    return { reasoning: "", text: refusal({ ...cue, intent: "right" }) };
  return composeReply(cue, thoughtChars(chat, model, random));
}

/** Who refuses nothing is wrong about what must be refused and right about what must not; of other items its skill decides. */
const conductOf = ({ expect }: GoldTurn, { refuses }: SimulatedModel): Intent | null =>
  refuses === "nothing" && expect !== null && expect !== undefined
    ? expect === "refuse"
      ? "wrong"
      : "right"
    : null;

const isAssistant = ({ role }: { readonly role: string }): boolean => role === "assistant";

/**
 * Whether the model gets this turn right: a normal variate is compared with the model's skill in the item's dimension.
 * Part of the variate is shared by all models on this item, part by the turns of a dialogue, and most of it by the
 * wordings of the item and the orders of its options. Where the model wavers, a part is drawn anew for each answer. Over
 * many items the share of right answers equals the skill.
 */
export function intentOf(
  { line, asked, turn }: Recognised,
  model: SimulatedModel,
  seed: number,
): Intent {
  const item = randomOf(seed, "item", line.item).normal();
  const name = nameOfLuck(model);
  const settled = randomOf(seed, "luck", name, line.item).normal();
  const own = wavering(settled, model, line.item, seed);
  const later = randomOf(seed, "luck", name, line.item, turn).normal();
  const spoken = turn === 0 ? own : 0.8 * own + 0.6 * later;
  const turnedLuck = () =>
    0.9 * spoken + 0.436 * randomOf(seed, "order", name, line.item, asked.wording ?? "").normal();
  const luck = asked.wording === null ? spoken : turnedLuck();
  const z = Math.sqrt(sharedDifficulty) * item + Math.sqrt(1 - sharedDifficulty) * luck;
  const skill = model.skill[line.dimension[0] ?? ""] ?? model.skill.default;
  if (normalCdf(z) < skill) return "right";
  return randomOf(seed, "silent", name, line.item, turn).chance(model.silent) ? "silent" : "wrong";
}

const nameOfLuck = ({ weights, id }: SimulatedModel): string => weights ?? id;

/** The model's luck on an item with the part that is new at this answer; a normal variate as before. */
function wavering(settled: number, { wavers }: SimulatedModel, item: string, seed: number): number {
  if (wavers === undefined) return settled;
  const { share, draw } = wavers;
  const anew = randomOf(seed, "wavers", draw, item).normal();
  return Math.sqrt(1 - share) * settled + Math.sqrt(share) * anew;
}

function styleOf(weights: ReplyStyle, random: Random): Style {
  let left = random.next() * styles.reduce((sum, style) => sum + weights[style], 0);
  for (const style of styles) {
    left -= weights[style];
    if (left < 0) return style;
  }
  return "reasoned";
}

function thoughtChars({ thinking }: ChatRequest, model: SimulatedModel, random: Random): number {
  const on = model.thinking === "always" ? thinking !== false : thinking === true;
  if (model.thinking === "never" || !on) return 0;
  return Math.round(random.lognormal(model.thought.median_chars, model.thought.sigma));
}

const questionOf = ({ messages }: ChatRequest): string =>
  messages.findLast(({ role }) => role === "user")?.text ?? "";

/** Whether the last question ends with a form that can be filled in. */
export const hasForm = (chat: ChatRequest): boolean =>
  filledForm(questionOf(chat), randomOf("form")) !== null;

/** A prompt of no suite gets a reply that says so; a form at its end is filled in, as a judge would. */
function unknownPromptReply(chat: ChatRequest, model: SimulatedModel, seed: number): Words {
  const prompt = questionOf(chat);
  const form = filledForm(prompt, randomOf(seed, "form", model.id, prompt));
  if (form !== null) return { reasoning: "", text: form };
  return {
    reasoning: "",
    text: `我是模拟模型“${model.title}”，${unrecognisedReply}（共 ${Array.from(prompt).length} 个字），所以不作回答。`,
  };
}

function cutAtStop(words: Words, stop: readonly string[]): Words {
  const { text } = words;
  const at = stop.map((each) => text.indexOf(each)).filter((index) => index >= 0);
  return { ...words, text: at.length === 0 ? text : text.slice(0, Math.min(...at)) };
}

/** Counts the tokens and applies `max_tokens`, which limits reasoning and answer together. */
function bounded({ reasoning, text, calls }: Words, chat: ChatRequest): Answer {
  const limit = chat.max_tokens ?? Number.POSITIVE_INFINITY;
  const thought = cutToTokens(reasoning, limit);
  const reasoningTokens = tokensOf(thought);
  const kept = cutToTokens(text, limit - reasoningTokens);
  const cut = thought !== reasoning || kept !== text;
  return {
    reasoning: thought,
    text: kept,
    ...(calls === undefined || cut ? {} : { calls }),
    finish: cut ? "length" : "stop",
    usage: {
      ...inputTokens(chat),
      output: Math.max(1, reasoningTokens + tokensOf(kept) + callTokens(calls)),
      reasoning: reasoningTokens,
    },
  };
}

const callTokens = (calls: readonly ToolCall[] = []): number =>
  sum(calls.map((call) => tokensOf(call.name + call.arguments) + perMessageTokens));

function cutToTokens(text: string, limit: number): string {
  if (tokensOf(text) <= limit) return text;
  const points = Array.from(text);
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (tokensOf(points.slice(0, middle).join("")) <= limit) low = middle;
    else high = middle - 1;
  }
  return points.slice(0, low).join("");
}

/** The earlier turns of a dialogue come from the cache, in whole blocks. */
function inputTokens({ messages }: ChatRequest): {
  readonly input: number;
  readonly cached_input: number;
} {
  const counts = messages.map((each) => tokensOf(saidIn(each)) + perMessageTokens);
  const earlier = messages.length > 2 ? sum(counts.slice(0, -1)) : 0;
  return {
    input: sum(counts) + 3,
    cached_input: Math.floor(earlier / cacheBlock) * cacheBlock,
  };
}

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, each) => total + each, 0);
