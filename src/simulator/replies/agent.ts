import type { ToolCall } from "../../domain/call.ts";
import type { Environment, EnvironmentCall } from "../../playing/environment.ts";
import type { ChatRequest } from "../kit/exchange.ts";
import type { Random } from "../random.ts";
import type { Intent } from "./cue.ts";

import { stateAfter } from "../../playing/play.ts";

type Agent = {
  readonly intent: Intent;
  /** Depends on the item and not on the step, so that an agent forgets the same thing throughout. */
  readonly random: Random;
};

const mostAtOnce = 4;
/** Of one call: the environment may be busy, and then it may go on refusing. */
const mostTries = 3;

/**
 * What a model does next in an environment. One that gets it right follows the shortest plan, several calls of one tool at
 * once; a wrong one forgets one call of it and goes on as though it had been made; a silent one only says that all is done.
 */
export function agentReply(
  { messages }: ChatRequest,
  environment: Environment,
  start: unknown,
  { intent, random }: Agent,
): { readonly reasoning: string; readonly text: string; readonly calls?: readonly ToolCall[] } {
  const steps = messages.flatMap(({ calls }) => (calls === undefined ? [] : [calls]));
  const state = stateAfter(environment, start, steps);
  const forgotten = intent === "wrong" ? forgottenIn(environment, start, random) : null;
  const plan = (environment.plan(state) ?? []).filter((call) => keyOf(call) !== forgotten);
  const [first] = plan;
  if (intent === "silent" || first === undefined)
    return { reasoning: "", text: "都办好了，请您查收。" };
  const made = steps
    .flat()
    .filter(
      (call) => call.arguments === JSON.stringify(first.arguments) && call.name === first.name,
    );
  if (made.length >= mostTries)
    return { reasoning: "", text: "试了几次都没有成功，请您联系人工处理。" };
  const last = plan.findIndex(({ name }) => name !== first.name);
  const next = plan.slice(0, Math.min(last < 0 ? plan.length : last, mostAtOnce));
  return {
    reasoning: "",
    text: "",
    calls: next.map((call, index) => ({
      id: `call_sim_${steps.length + 1}_${index + 1}`,
      name: call.name,
      arguments: JSON.stringify(call.arguments),
    })),
  };
}

const keyOf = ({ name, arguments: given }: EnvironmentCall): string =>
  JSON.stringify([name, given]);

/** A call of the second half of the plan: what comes first nobody forgets. */
function forgottenIn(environment: Environment, start: unknown, random: Random): string | null {
  const plan = environment.plan(start) ?? [];
  const [first, ...rest] = plan.slice(Math.floor(plan.length / 2));
  return first === undefined ? null : keyOf(random.pick([first, ...rest]));
}
