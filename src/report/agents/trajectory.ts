import type { CallRecord } from "../../domain/call.ts";

import { stripThink } from "../../text/extract.ts";

type Said = Pick<CallRecord, "text" | "tool_calls" | "played" | "results" | "timing">;

/** An environment answered the calls of this conversation. */
export const isPlayed = (turns: readonly Pick<CallRecord, "results">[]): boolean =>
  turns.some(({ results }) => results !== undefined);

/**
 * `→ name arguments` for a call, unless the text itself holds it, and `← …` for what came back, from a tool or from the
 * user.
 */
export const callTexts = ({
  tool_calls,
  played = [],
  results = [],
}: Pick<Said, "tool_calls" | "played" | "results">): readonly string[] =>
  (tool_calls ?? played).flatMap((call, at) => {
    const made = tool_calls === undefined ? [] : [`→ ${call.name} ${call.arguments}`];
    const result = results[at];
    return result === undefined ? made : [...made, `← ${result.content}`];
  });

/** What one reply said and called. */
export const saidIn = (turn: Omit<Said, "timing">): string =>
  [stripThink(turn.text).text.trim(), ...callTexts(turn)].filter((line) => line !== "").join("\n");

/** All requests of a conversation, each with its number and, if wanted, how long it took. */
export const trajectoryText = (turns: readonly Said[], isTimed = true): string =>
  turns
    .map((turn, at) => {
      const ms = isTimed ? turn.timing?.total_ms : undefined;
      const head = `#${at + 1}${ms === undefined ? "" : ` · ${(ms / 1_000).toFixed(2)} s`}`;
      return `${head}\n${saidIn(turn)}`;
    })
    .join("\n");
