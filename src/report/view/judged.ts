import type { ScoreLine, TurnScore } from "../../domain/run-file/lines.ts";
import type { JudgedTurn, TargetView } from "./model.ts";

/** Records what judges said of a row; a later score without judges removes it. */
export function takeJudged({ judged }: TargetView, row: number, line: ScoreLine): void {
  const turns = (line.turns ?? [line]).flatMap((turn) => judgedOf(turn) ?? []);
  if (turns.length > 0) judged.set(row, turns);
  else judged.delete(row);
}

function judgedOf({ value, ballots = [], notes = {} }: TurnScore): JudgedTurn | null {
  const { baseline, chars, baseline_chars, rule, rule_value, decided_by } = notes;
  if (ballots.length === 0 && rule === undefined) return null;
  const pair =
    typeof baseline === "string" && typeof chars === "number" && typeof baseline_chars === "number"
      ? { baseline, chars, baseline_chars }
      : null;
  return {
    value,
    ballots: ballots.map(({ judge, value: given, orders }) => ({
      judge,
      value: given,
      ...(orders === undefined ? {} : { orders }),
    })),
    pair,
    rule:
      rule === undefined
        ? null
        : {
            value: typeof rule_value === "number" ? rule_value : null,
            decided: decided_by === "rule",
          },
  };
}
