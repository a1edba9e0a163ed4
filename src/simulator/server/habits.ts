import type { FaultScript } from "../faults/script.ts";
import type { ChatRequest } from "../kit/exchange.ts";
import type { SimulatedModel } from "../models.ts";

import { globMatches } from "../../text/glob.ts";

/**
 * What a vendor does otherwise than it is asked, without an error: the request as it obeys it. A model that answers instead
 * of the asked one is named in the response, as a vendor that reroutes does.
 */
export function obeyed(chat: ChatRequest, { habits }: Pick<FaultScript, "habits">): ChatRequest {
  const habit = habits.find(({ model }) => globMatches(model, chat.model));
  if (habit === undefined) return chat;
  return {
    ...chat,
    model: habit.answers_as ?? chat.model,
    thinking: habit.thinks === undefined ? chat.thinking : habit.thinks === "always",
    must_think: habit.thinks === "always",
  };
}

/** A model that has to think can, whatever it is otherwise. */
export const obliged = (model: SimulatedModel, { must_think }: ChatRequest): SimulatedModel =>
  must_think !== true || model.thinking !== "never"
    ? model
    : { ...model, thinking: "switch", thought: { median_chars: 120, sigma: 0.4 } };
