import type { CallRecord } from "../../domain/call.ts";
import type { Dropped } from "../../domain/params.ts";
import type { TargetView } from "./model.ts";

import { wasAsked } from "../../domain/call.ts";
import { isGraded } from "../../domain/outcome.ts";
import { isVendorsWord } from "../../domain/request/refused.ts";
import { isOffWord, treatedAsAnother } from "../../domain/request/thinking.ts";
import { stripThink } from "../../text/extract.ts";
import { codePoints } from "../../text/length.ts";
import { takeNames } from "./model-names.ts";

/** Bits of a row's `thinking`: what its requests asked of thinking, and what came. */
export const thinkingBit = {
  askedOff: 1,
  /** Reasoning came though none was asked for. */
  despite: 2,
  askedOn: 4,
  came: 8,
  /** It is known that none came. */
  silent: 16,
  /** No level could be sent. */
  unsent: 32,
} as const;

/** Writes what the turns of an answer asked of thinking and what came, and which params were not taken as asked. */
export function takeThinking(target: TargetView, row: number, turns: readonly CallRecord[]): void {
  const { at } = target.rows;
  let bits = 0;
  let chars = 0;
  for (const turn of turns) {
    if (!isGraded(turn.outcome)) continue;
    bits |= bitsOf(target, turn);
    chars += codePoints(turn.reasoning);
  }
  at.thinking[row] = bits;
  at.thought_chars[row] = chars;
  const dropped = turns.flatMap((turn) => turn.dropped);
  const refused = dropped.filter(({ reason }) => isVendorsWord(reason)).map(({ param }) => param);
  takeNames(target.refused, at.refused, row, [...new Set(refused)]);
  const levels = dropped
    .filter(({ param, reason }) => param === "thinking" && !isVendorsWord(reason))
    .map(levelName);
  takeNames(target.levels, at.levels, row, [...new Set(levels)]);
  for (const { priced_as } of turns) if (priced_as !== undefined) target.pricedAs.add(priced_as);
}

/** A level that was asked for, the one that holds (null for the vendor's default), and who replaced it. */
export type LevelChange = {
  readonly asked: string;
  readonly held: string | null;
  readonly by: "vendor" | "us";
};

/** As a name that can be counted; `levelOf` reads it. */
const levelName = ({ asked, effective, reason }: Dropped): string =>
  JSON.stringify({
    asked: wordOf(asked),
    held: effective === null ? null : wordOf(effective),
    by: reason === treatedAsAnother ? "vendor" : "us",
  } satisfies LevelChange);

export const levelOf = (name: string): LevelChange => JSON.parse(name) as LevelChange;

const wordOf = (level: unknown): string =>
  typeof level === "string" ? level : JSON.stringify(level);

function bitsOf({ entry }: TargetView, turn: CallRecord): number {
  // Files of earlier versions say it of the target alone.
  const asked = turn.thinking?.asked ?? entry?.params.thinking ?? entry?.params.thinking_budget;
  if (asked === undefined || !wasAsked(turn)) return 0;
  const came = hasThought(turn);
  if (isOffWord(asked)) return thinkingBit.askedOff | (came === true ? thinkingBit.despite : 0);
  return (
    thinkingBit.askedOn |
    (came === true ? thinkingBit.came : came === false ? thinkingBit.silent : 0) |
    (turn.thinking?.sent === null ? thinkingBit.unsent : 0)
  );
}

/** A text has fewer tokens than this: rare characters take two. */
const mostTokens = (text: string): number => 2 * codePoints(text) + 64;

/** In files of versions that left reasoning in the text; empty tags are none. */
function isInText(text: string): boolean {
  const { text: answer } = stripThink(text);
  const bare = (part: string): string => part.replaceAll(/<\/?think>|\s/g, "");
  return answer !== text && bare(answer).length < bare(text).length;
}

/** Whether the model reasoned before it answered, by text or tokens; null where neither tells. */
function hasThought({ text, reasoning, usage, usage_doubt, tool_calls = [] }: CallRecord) {
  if (reasoning.trim() !== "" || isInText(text)) return true;
  if ((usage.reasoning ?? 0) > 0) return true;
  if (usage_doubt !== undefined || usage.output === null) {
    return usage.reasoning === 0 ? false : null;
  }
  const said = text + tool_calls.map((call) => call.name + call.arguments).join("");
  // Counted, billed and not shown.
  return usage.output > mostTokens(said);
}
