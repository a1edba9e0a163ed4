import type { Ballot } from "../domain/judging.ts";
import type { ScoreLine, TurnScore } from "../domain/record.ts";
import type { TargetView } from "./target-view.ts";

/** What a report keeps of one ballot: no texts. */
export type BallotView = Pick<Ballot, "judge" | "value" | "orders">;

/** One graded turn that a judge graded, or that a rule decided so that no judge was asked. */
export type Judged = {
  readonly value: number | null;
  readonly ballots: readonly BallotView[];
  /** Of a pair: whom it was compared with, and both lengths in characters; null for other modes. */
  readonly pair: {
    readonly baseline: string;
    readonly chars: number;
    readonly baseline_chars: number;
  } | null;
  /** Of a cascade: what the rule said alone, and who decided; null where there was no rule. */
  readonly rule: { readonly value: number | null; readonly decided: boolean } | null;
};

/** Notes what judges said of a row; a later score without judges takes it away. */
export function takeJudged({ judged }: TargetView, row: number, line: ScoreLine): void {
  const turns = (line.turns ?? [line]).flatMap((turn) => judgedOf(turn) ?? []);
  if (turns.length > 0) judged.set(row, turns);
  else judged.delete(row);
}

function judgedOf({ value, ballots = [], notes = {} }: TurnScore): Judged | null {
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
