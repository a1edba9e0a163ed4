import type { ChatMessage, ToolCall } from "../../../domain/call.ts";
import type { Environment, EnvironmentCall } from "../../../playing/environment.ts";
import type { ChatRequest } from "../../kit/exchange.ts";
import type { Random } from "../../random.ts";
import type { Intent } from "../cue.ts";

import { saidToUser, sayToUser } from "../../../playing/environment.ts";
import { answerCalls, stateAfter } from "../../../playing/play.ts";

type Agent = {
  readonly intent: Intent;
  /** Depends on the item and not on the step, so that an agent forgets the same thing throughout. */
  readonly random: Random;
};

const mostAtOnce = 4;
/** Of one call: the environment may be busy, and then it may go on refusing. */
const mostTries = 3;

type AgentWords = {
  readonly reasoning: string;
  readonly text: string;
  readonly calls?: readonly ToolCall[];
};

/**
 * What a model does next in an environment. One that gets it right follows the shortest plan, several calls of one tool at
 * once; a wrong one forgets one call of it and goes on as though it had been made; a silent one only says that all is done.
 * A model that takes no tools writes its calls in the text, as its system prompt tells it.
 */
export function agentReply(
  chat: ChatRequest,
  environment: Environment,
  start: unknown,
  { intent, random }: Agent,
): AgentWords {
  const steps = chat.messages.flatMap((message, at) => {
    const made = madeIn(message, chat.messages[at + 1]);
    return made.length === 0 ? [] : [made];
  });
  const state = stateAfter(environment, start, steps);
  const forgotten = intent === "wrong" ? forgottenIn(environment, start, random) : null;
  const plan = (environment.plan(state) ?? []).filter((call) => keyOf(call) !== forgotten);
  const [first] = plan;
  if (intent === "silent" || first === undefined) return words("都办好了，请您查收。");
  const made = steps
    .flat()
    .filter(
      (call) => call.arguments === JSON.stringify(first.arguments) && call.name === first.name,
    );
  if (made.length >= mostTries) return words("试了几次都没有成功，请您联系人工处理。");
  const said = saidToUser(first);
  if (said !== null) return words(said);
  const last = plan.findIndex(({ name }) => name !== first.name);
  const next = plan.slice(0, Math.min(last < 0 ? plan.length : last, mostAtOnce));
  if (isTextual(chat)) return words(next.map(marked).join("\n"));
  return {
    ...words(""),
    calls: next.map((call, index) => ({
      id: `call_sim_${steps.length + 1}_${index + 1}`,
      name: call.name,
      arguments: JSON.stringify(call.arguments),
    })),
  };
}

/** From this state the conversation's calls lead to the results that stand in it. */
export function gaveResults(
  environment: Environment,
  start: unknown,
  messages: readonly ChatMessage[],
): boolean {
  let state = start;
  return messages.every((message, at) => {
    const after = messages[at + 1];
    const played = answerCalls(environment, state, madeIn(message, after));
    ({ state } = played);
    const told = after?.results?.map(({ content }) => content).join("") ?? after?.text ?? "";
    return played.results.every(({ content }) => told.includes(content));
  });
}

/** The model can call tools: the request declares some, or the system prompt says how to write calls. */
export const canCall = (chat: ChatRequest): boolean => chat.tools !== undefined || isTextual(chat);

const mark = "<tool_call>";

const isTextual = ({ messages, tools = [] }: ChatRequest): boolean =>
  tools.length === 0 && messages.some(({ role, text }) => role === "system" && text.includes(mark));

const words = (text: string): AgentWords => ({ reasoning: "", text });

const marked = ({ name, arguments: given }: EnvironmentCall): string =>
  `${mark}\n${JSON.stringify({ name, arguments: given })}\n</tool_call>`;

/** What an earlier reply did: its calls, those that its text holds, or else its words, where the user answered them. */
function madeIn(
  { role, text, calls }: ChatMessage,
  after: ChatMessage | undefined,
): readonly ToolCall[] {
  if (role !== "assistant") return [];
  if (calls !== undefined) return calls;
  const written = text.split(mark).slice(1);
  if (written.length > 0) return written.map((each) => callIn(each.split("</tool_call>")[0] ?? ""));
  return after === undefined ? [] : [toolCall(sayToUser(text))];
}

/** A call as this model wrote it. */
const callIn = (json: string): ToolCall => toolCall(JSON.parse(json) as EnvironmentCall);

const toolCall = ({ name, arguments: given }: EnvironmentCall): ToolCall => ({
  id: null,
  name,
  arguments: JSON.stringify(given),
});

const keyOf = ({ name, arguments: given }: EnvironmentCall): string =>
  JSON.stringify([name, given]);

/** A call of the second half of the plan: what comes first nobody forgets. */
function forgottenIn(environment: Environment, start: unknown, random: Random): string | null {
  const plan = environment.plan(start) ?? [];
  const [first, ...rest] = plan.slice(Math.floor(plan.length / 2));
  return first === undefined ? null : keyOf(random.pick([first, ...rest]));
}
