import type { FaultScript, Habit } from "../faults/script.ts";
import type { ChatRequest } from "../kit/exchange.ts";
import type { SimulatedModel } from "../models.ts";

import { globMatches } from "../../text/glob.ts";
import { imitation } from "../models.ts";

/**
 * What a vendor does otherwise than it is asked, without an error: the request as it obeys it. A model that answers instead
 * of the asked one is named in the response, as a vendor that reroutes does.
 */
export function obeyed(chat: ChatRequest, { habits }: Pick<FaultScript, "habits">): ChatRequest {
  const habit = habitOf(habits, chat.model);
  if (habit === undefined) return chat;
  const least = Math.min(chat.max_tokens ?? Infinity, habit.max_tokens ?? Infinity);
  return {
    ...chat,
    max_tokens: Number.isFinite(least) ? least : chat.max_tokens,
    model: habit.answers_as ?? chat.model,
    thinking: habit.thinks === undefined ? chat.thinking : habit.thinks === "always",
    must_think: habit.thinks === "always",
  };
}

const habitOf = (habits: readonly Habit[], asked: string): Habit | undefined =>
  habits.find(({ model }) => globMatches(model, asked));

/**
 * The model as a host serves it: other weights under the asked name, less skill, or answers that waver between repeats. What
 * wavers is drawn for each host by itself.
 */
export function hosted(
  model: SimulatedModel,
  { habits }: Pick<FaultScript, "habits">,
  { models, attempt }: { readonly models: readonly SimulatedModel[]; readonly attempt: number },
): SimulatedModel {
  const habit = habitOf(habits, model.id);
  if (habit === undefined) return model;
  const { weights, skill = 0, wavers = 0 } = habit;
  const known = weights === undefined ? model : models.find(({ id }) => id === weights);
  const served = known ?? imitation(weights ?? model.id, models);
  const moved = (share: number): number => Math.min(1, Math.max(0, share + skill));
  return {
    ...served,
    id: model.id,
    weights: served.id,
    skill: {
      ...Object.fromEntries(Object.entries(served.skill).map(([name, of]) => [name, moved(of)])),
      default: moved(served.skill.default),
    },
    ...(wavers === 0 ? {} : { wavers: { share: wavers, draw: `${model.id} ${attempt}` } }),
  };
}

/** A model that has to think can, whatever it is otherwise. */
export const obliged = (model: SimulatedModel, { must_think }: ChatRequest): SimulatedModel =>
  must_think !== true || model.thinking !== "never"
    ? model
    : { ...model, thinking: "switch", thought: { median_chars: 120, sigma: 0.4 } };
