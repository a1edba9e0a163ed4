import type { GradeContext, Sample } from "../../domain/grader.ts";
import type { JudgeRequestOptions, Ballot, Judge, Panel } from "../../domain/judging.ts";
import type { JudgeOptions, Mark } from "./options.ts";
import type { Sides } from "./pair.ts";

import { consult } from "./context.ts";
import { boundsOf, checklistContract, type Marks, marksContract } from "./marks.ts";
import { criteriaOf } from "./options.ts";
import { pairContract, pointsOfBattle, resultOf } from "./pair.ts";

type Ask = NonNullable<GradeContext["ask"]>;

/** One vote of one judge, without judge and vote number. */
type Vote = Omit<Ballot, "judge" | "vote">;

/** All votes of a panel on a reply, with the judges in parallel. `sides` are the two texts of a pair. */
export async function ballotsOf(
  sample: Sample,
  sides: Sides | null,
  options: JudgeOptions,
  panel: Panel,
  ask: Ask,
): Promise<readonly Ballot[]> {
  const count = panel.votes ?? options.votes;
  // At temperature 0, repeated votes would be the same and only cost more.
  const temperature = options.temperature ?? (count > 1 ? 0.7 : 0);
  const votes = Array.from({ length: count }, (_, index) => index + 1);
  const seats = panel.judges.flatMap((judge) => votes.map((vote) => ({ judge, vote })));
  return Promise.all(
    seats.map(async ({ judge, vote }) => ({
      judge: judge.ref,
      vote,
      ...(await voteOf(sample, sides, options, panel, { judge, vote, temperature }, ask)),
    })),
  );
}

async function voteOf(
  sample: Sample,
  sides: Sides | null,
  options: JudgeOptions,
  { same_family }: Panel,
  { judge, ...how }: JudgeRequestOptions & { readonly judge: Judge },
  ask: Ask,
): Promise<Vote> {
  if (judge.kin && (same_family ?? options.same_family) === "refuse") {
    return invalid("同系模型不得互评");
  }
  if (sides !== null) return pairVote(sample, sides, options, judge.ref, how, ask);
  const contract =
    options.mode === "checklist"
      ? checklistContract(sample, options)
      : marksContract(sample, options);
  const read = await consult(contract, judge.ref, how, ask);
  if (!read.ok) return invalid(read.problem);
  const { verdict: marks, reason } = read;
  return { value: valueOfMarks(marks, options), marks, reason, invalid: null };
}

/** Both orders or nothing: the second is skipped where the first gave no verdict. */
async function pairVote(
  sample: Sample,
  sides: Sides,
  options: JudgeOptions,
  judge: string,
  how: JudgeRequestOptions,
  ask: Ask,
): Promise<Vote> {
  const first = await consult(pairContract(sample, sides, options, true), judge, how, ask);
  if (!first.ok) return invalid(first.problem);
  const second = await consult(pairContract(sample, sides, options, false), judge, how, ask);
  if (!second.ok) return invalid(second.problem);
  const orders = [first.verdict, second.verdict] as const;
  const reasons = [first.reason, second.reason].filter((each) => each !== null);
  return {
    value: pointsOfBattle[resultOf(orders)],
    orders,
    reason: reasons.length === 0 ? null : reasons.join("\n---\n"),
    invalid: null,
  };
}

const invalid = (problem: string): Vote => ({ value: null, reason: null, invalid: problem });

/** Weighted mean of the marks over the highest mark: five of five is 1, as in SuperCLUE. */
export function valueOfMarks(marks: Marks, options: JudgeOptions): number {
  const criteria: readonly Pick<Mark, "name" | "weight">[] =
    options.mode === "checklist"
      ? Object.keys(marks).map((name) => ({ name, weight: 1 }))
      : criteriaOf(options);
  const high = options.mode === "checklist" ? 1 : boundsOf[options.scale].high;
  const whole = criteria.reduce((sum, { weight }) => sum + weight, 0);
  return (
    criteria.reduce((sum, { name, weight }) => sum + weight * (marks[name] ?? 0), 0) /
    (whole * high)
  );
}
