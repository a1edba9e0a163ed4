import type { GradeContext } from "../../domain/grader.ts";
import type { Ballot, BallotFault, Judge, Panel } from "../../domain/judging.ts";
import type { Consulted } from "./consult.ts";
import type { JudgedSample } from "./material.ts";
import type { JudgeOptions } from "./options.ts";
import type { Sides } from "./pair.ts";
import type { Marks } from "./verdict/criteria.ts";

import { consult } from "./consult.ts";
import { boundsOf, checklistContract, marksContract } from "./marks.ts";
import { criteriaOf, gateName, overallMark, scoreRule } from "./options.ts";
import { pairContract, pointsOfBattle, resultOf } from "./pair.ts";
import { solutionOf } from "./solution.ts";

type Ask = NonNullable<GradeContext["ask"]>;

/** One vote of one judge, without judge and vote number. */
type Vote = Omit<Ballot, "judge" | "vote">;

/** What a vote is cast on. `sides` are the two texts of a pair. */
type Case = {
  readonly sample: JudgedSample;
  readonly sides: Sides | null;
  readonly options: JudgeOptions;
  readonly panel: Panel;
  readonly ask: Ask;
};

type Seat = { readonly judge: Judge; readonly vote: number; readonly temperature: number };

/**
 * All votes of a panel on a reply, with the judges in parallel. Where refusals leave fewer than `min_valid` valid votes,
 * another judge of the panel casts them, one for each, as an extra ballot that names whom it stands in for.
 */
export async function ballotsOf(
  sample: JudgedSample,
  sides: Sides | null,
  options: JudgeOptions,
  panel: Panel,
  ask: Ask,
): Promise<readonly Ballot[]> {
  const own: Case = { sample, sides, options, panel, ask };
  const count = panel.votes ?? options.votes;
  // At temperature 0, repeated votes would be the same and only cost more.
  const temperature = options.temperature ?? (count > 1 ? 0.7 : 0);
  const votes = Array.from({ length: count }, (_, index) => index + 1);
  const seats = panel.judges.flatMap((judge) =>
    votes.map((vote) => ({ judge, vote, temperature })),
  );
  const ballots = await Promise.all(seats.map((seat) => ballotOf(own, seat)));
  return [...ballots, ...(await standIns(own, ballots, count))];
}

/** The valid votes that a grade needs: more than half of those asked for, unless panel or suite says otherwise. */
export function neededVotes(
  ballots: readonly Ballot[],
  options: JudgeOptions,
  panel: Panel,
): number {
  const asked = ballots.filter(({ stands_in_for }) => stands_in_for === undefined).length;
  const majority = Math.floor(asked / 2) + 1;
  return Math.min(panel.min_valid ?? options.min_valid ?? majority, asked);
}

async function standIns(
  own: Case,
  ballots: readonly Ballot[],
  votes: number,
): Promise<readonly Ballot[]> {
  const refused = ballots.filter(({ fault }) => fault === "refused");
  const valid = ballots.filter(({ value }) => value !== null).length;
  const short = Math.min(refused.length, neededVotes(ballots, own.options, own.panel) - valid);
  const able = own.panel.judges.filter(({ ref }) =>
    ballots.some(({ judge, value }) => judge === ref && value !== null),
  );
  if (short <= 0 || able.length === 0) return [];
  return Promise.all(
    refused.slice(0, short).map(async ({ judge: absent }, index) => {
      const judge = able[index % able.length] ?? { ref: absent, kin: false };
      const vote = votes + 1 + Math.floor(index / able.length);
      const temperature = own.options.temperature ?? 0.7;
      return { ...(await ballotOf(own, { judge, vote, temperature })), stands_in_for: absent };
    }),
  );
}

const ballotOf = async (own: Case, seat: Seat): Promise<Ballot> => ({
  judge: seat.judge.ref,
  vote: seat.vote,
  ...(await voteOf(own, seat)),
});

async function voteOf(own: Case, seat: Seat): Promise<Vote> {
  const { options, panel } = own;
  if (seat.judge.kin && (panel.same_family ?? options.same_family) === "refuse") {
    return invalid("kin", "同系模型不得互评");
  }
  if (!options.solve) return judgedVote(own, seat);
  const solved = await solutionOf(own.sample, seat, options, own.ask);
  if (!solved.ok) return invalid(solved.fault, solved.problem);
  const { sample } = own;
  const facts = { ...sample.facts, solution: solved.verdict };
  return judgedVote({ ...own, sample: { ...sample, facts } }, seat);
}

async function judgedVote(own: Case, { judge, vote, temperature }: Seat): Promise<Vote> {
  const { sample, sides, options, ask } = own;
  const format = judge.structured === true ? "json" : "line";
  const how = { vote, temperature };
  if (sides !== null) {
    return pairVote((first) =>
      consult(pairContract(sample, sides, options, first, format), judge.ref, how, ask),
    );
  }
  const contract =
    options.mode === "checklist"
      ? checklistContract(sample, options, format)
      : marksContract(sample, options, format);
  const read = await consult(contract, judge.ref, how, ask);
  if (!read.ok) return lost(read);
  const { verdict: marks, reason } = read;
  return { value: valueOfMarks(marks, options), marks, reason, invalid: null, ...remarks([read]) };
}

type PairConsulted = Consulted<{
  readonly battle: "win" | "tie" | "loss";
  readonly both: "good" | "bad" | null;
}>;

/** Both orders or nothing: the second is skipped where the first gave no verdict. */
async function pairVote(ask: (candidateFirst: boolean) => Promise<PairConsulted>): Promise<Vote> {
  const first = await ask(true);
  if (!first.ok) return lost(first);
  const second = await ask(false);
  if (!second.ok) return { ...lost(second), ...remarks([first, second]) };
  const orders = [first.verdict.battle, second.verdict.battle] as const;
  const reasons = [first.reason, second.reason].filter((each) => each !== null);
  const { both } = first.verdict;
  return {
    value: pointsOfBattle[resultOf(orders)],
    orders,
    ...(both !== null && both === second.verdict.both ? { both } : {}),
    reason: reasons.length === 0 ? null : reasons.join("\n---\n"),
    invalid: null,
    ...remarks([first, second]),
  };
}

const invalid = (fault: BallotFault, problem: string): Vote => ({
  value: null,
  reason: null,
  invalid: problem,
  fault,
});

const lost = (read: Extract<Consulted<unknown>, { readonly ok: false }>): Vote => ({
  ...invalid(read.fault, read.problem),
  ...remarks([read]),
});

const remarks = (reads: readonly Consulted<unknown>[]) => ({
  ...(reads.some(({ again }) => again) ? ({ asked_again: true } as const) : {}),
  ...(reads.some((each) => each.ok && each.doubts) ? ({ doubts_reference: true } as const) : {}),
});

/**
 * What the marks come to, over the highest mark: five of five is 1, as in SuperCLUE. `overall` is the overall mark,
 * `minimum` the lowest, `mean` the weighted mean, and `gate` that mean but no more than the mark of 准确.
 */
export function valueOfMarks(marks: Marks, options: JudgeOptions): number {
  if (options.mode === "checklist") {
    const given = Object.values(marks);
    return given.reduce((sum, mark) => sum + mark, 0) / given.length;
  }
  const { high } = boundsOf[options.scale];
  const criteria = criteriaOf(options);
  const whole = criteria.reduce((sum, { weight }) => sum + weight, 0);
  const mean =
    criteria.reduce((sum, { name, weight }) => sum + weight * (marks[name] ?? 0), 0) / whole;
  const least = Math.min(...criteria.map(({ name }) => marks[name] ?? 0));
  const value = {
    overall: marks[overallMark] ?? mean,
    minimum: least,
    gate: Math.min(mean, marks[gateName] ?? mean),
    mean,
  }[scoreRule(options)];
  return value / high;
}
