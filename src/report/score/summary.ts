import type { Board } from "../../domain/board.ts";
import type { Verdict } from "../../domain/grader.ts";
import type { Money } from "../../domain/money.ts";
import type { Outcome } from "../../domain/outcome.ts";
import type { Reduction } from "../../stats/trials/trials.ts";
import type { Details } from "../detail/details.ts";
import type { JudgeMissing } from "../judges/missing.ts";
import type { PersonAgreement } from "../people/agreement.ts";
import type { TargetView, View } from "../view/model.ts";
import type { Circular, PositionBias } from "./circular.ts";
import type { Score } from "./score.ts";
import type { Shortfall } from "./shortfall.ts";
import type { Wordings } from "./wordings.ts";
import type { ZeroReasons } from "./zero-reasons.ts";

import { type AgentSummary, agentsOf } from "../agents/agents.ts";
import { type AsAsked, asAskedOf } from "../asked/asked.ts";
import { detailsOf } from "../detail/details.ts";
import { judgeMissing } from "../judges/missing.ts";
import { withoutJudge } from "../judges/without.ts";
import { personAgreement } from "../people/agreement.ts";
import { type Safety, safetyOf } from "../safety/safety.ts";
import { type KnownBefore, knownBefore } from "../view/known.ts";
import { plannedOf } from "../view/planned.ts";
import { amounts, per } from "./amounts.ts";
import { type AnswerCounts, countRows, type TokenSums } from "./answer-counts.ts";
import { circularOf, positionBias } from "./circular.ts";
import { type ConstraintRates, constraintRates } from "./constraint-rates.ts";
import { type Distribution, distribution } from "./distribution.ts";
import { type DoubtedUsage, doubtedUsage, mostDoubted } from "./doubted-usage.ts";
import { type MustRefuse, mustRefuseOf, redLinesOf, redLineSuites } from "./red-lines.ts";
import { itemValues, scoreOf } from "./score.ts";
import { answerPlanOf, missingBounds, shortfallOf } from "./shortfall.ts";
import { type Timings, timingsOf } from "./timings.ts";
import { itemsOf, type Node } from "./tree.ts";
import { wordingsOf } from "./wordings.ts";
import { zeroReasonCounts, unrecognisedCount } from "./zero-reasons.ts";

/** Everything that reports show of one target. Fractions in [0, 1], times in ms. */
export type Summary = AsAsked &
  KnownBefore &
  Details & {
    readonly target: string;
    readonly vendor: { readonly zh: string; readonly en: string } | null;
    readonly baseline: boolean;
    readonly reference: boolean;
    readonly simulated: boolean;
    /** The price used was never checked against the vendor's page. */
    readonly unverified_price: boolean;
    readonly planned: number;
    readonly answers: number;
    readonly counted: number;
    /** counted / planned. */
    readonly coverage: number | null;
    /** What it lacks because judges gave no verdict; null where they gave all. */
    readonly judge_missing: JudgeMissing | null;
    /** Answers that wait for a judge in runs that had none. */
    readonly without_judge: number;
    /** What the score lacks; null where at most 2% of the planned answers are missing. */
    readonly shortfall: Shortfall | null;
    readonly verdicts: Readonly<Record<Verdict | "none", number>>;
    /** Why answers count 0 that are not simply wrong. */
    readonly zero_reasons: ZeroReasons;
    /** Answers of a simulator that did not know the prompt: they say nothing, not even of the simulated model. */
    readonly unrecognised: number;
    readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
    readonly score: Score;
    /** Null where no question was asked with its options in several orders. */
    readonly circular: Circular | null;
    /** Null where no item was scored in two wordings. */
    readonly wordings: Wordings | null;
    /** Null where no environment was played in. */
    readonly agents: AgentSummary | null;
    /** Null where no constraint of an item was checked. */
    readonly constraints: ConstraintRates | null;
    /** Null where no single choice was read. */
    readonly positions: PositionBias | null;
    /** Answers that crossed a red line, that wait for a ruling, and red-line items without an answer. */
    readonly red_lines: number;
    readonly red_lines_pending: number;
    readonly red_lines_unanswered: number;
    /** What people ruled on this target's answers, beside what graders said; null where nobody ruled. */
    readonly reviews: PersonAgreement | null;
    /** The suites in which red lines were crossed. */
    readonly red_line_suites: readonly string[];
    /** Null where no item expects a refusal. */
    readonly must_refuse: MustRefuse | null;
    /** Null where no item names a risk or has to be answered although it looks harmful. */
    readonly safety: Safety | null;
    /** What the times below are worth. */
    readonly timings: Timings;
    readonly first_token_ms: Distribution | null;
    /** Calls with and without input from the vendor's cache, apart; both null where the vendor does not say. */
    /** By where the worker stood, null where nobody said; empty where all times are of one place. */
    readonly first_token_by_region: readonly RegionTimes[];
    readonly first_token_cached_ms: Distribution | null;
    readonly first_token_uncached_ms: Distribution | null;
    readonly first_answer_ms: Distribution | null;
    /** From the first token to the answer, of calls whose reasoning was seen. */
    readonly thinking_ms: Distribution | null;
    readonly total_ms: Distribution | null;
    /** Code points per second. */
    readonly speed: Distribution | null;
    /** Calls that the first attempt answered, over all calls. */
    readonly first_ok: { readonly share: number; readonly calls: number } | null;
    readonly tokens: TokenSums;
    /** Answers whose token counts cannot be true; null where there is none. */
    readonly usage_doubt: DoubtedUsage | null;
    /** Null where a price or a count is unknown or more than 2% of the counts are doubted; a list of one, or of several currencies; empty where nobody was asked. */
    readonly cost: readonly Money[] | null;
    readonly cost_incomplete: boolean;
    /** Paid for answers that later ones replaced, and for steps of conversations that have no answer yet. */
    readonly replaced_cost: readonly Money[];
    readonly judge_cost: readonly Money[];
    readonly cost_per: {
      readonly thousand_calls: Money | null;
      readonly ten_thousand_words: Money | null;
      readonly right: Money | null;
      readonly million_tokens: Money | null;
    };
  };

export type SummaryOptions = {
  readonly root: Node;
  readonly board?: Board | null;
  readonly reduction?: Reduction;
  /** Whether levels of thinking of the target's model could not be told apart. */
  readonly effortIgnored?: (ref: string) => boolean;
};

/** Sums a target up from its rows. */
export function summaryOf(view: View, target: TargetView, options: SummaryOptions): Summary {
  const { root, board = null, reduction = "mean" } = options;
  const inside = itemsOf(root, view.items.length);
  const counts = countRows(target, inside);
  const whole = plannedOf(view, target.ref, board) ?? counts.answers;
  const values = itemValues(view, target, reduction);
  const method = board?.total.method ?? "macro";
  const isInside = (row: number): boolean => inside[target.rows.at.item[row] ?? 0] === 1;
  const filling = { plan: answerPlanOf(view, target.ref), method, reduction };
  const doubt = doubtedUsage(target, isInside);
  const redLines = redLinesOf(view, target, inside);
  const cost = costOf(view, counts, doubt);
  const single = cost?.length === 1 ? (cost[0] ?? null) : null;
  return {
    target: target.ref,
    ...asAskedOf(target, options.effortIgnored?.(target.ref)),
    ...knownBefore(target),
    vendor: target.entry?.vendor ?? null,
    baseline: target.entry?.baseline ?? false,
    reference:
      (target.entry?.reference ?? false) || (board?.reference.includes(target.ref) ?? false),
    simulated: counts.simulated,
    unverified_price: target.entry?.price?.verified === false,
    planned: whole,
    answers: counts.answers,
    counted: counts.counted,
    coverage: whole === 0 ? null : counts.counted / whole,
    judge_missing: judgeMissing(target, isInside, () => missingBounds(view, target, root, filling)),
    without_judge: withoutJudge(view, target, isInside),
    shortfall: shortfallOf(view, target, root, filling),
    verdicts: counts.verdicts,
    zero_reasons: zeroReasonCounts(view, target, isInside),
    unrecognised: unrecognisedCount(target, isInside),
    outcomes: counts.outcomes,
    score: scoreOf(root, values, view.items, method),
    circular: circularOf(view, target, inside),
    wordings: wordingsOf(view, target, inside),
    ...detailsOf(view, target, isInside),
    agents: agentsOf(target, isInside),
    constraints: constraintRates(target, (item) => inside[item] === 1),
    positions: positionBias(view, target, inside),
    red_lines: redLines.crossed.length,
    red_lines_pending: redLines.pending.length,
    red_lines_unanswered: redLines.unanswered.length,
    reviews: personAgreement([target], (_, row) => isInside(row)),
    red_line_suites: redLineSuites(view, target, redLines),
    must_refuse: mustRefuseOf(view, target, inside),
    safety: safetyOf(view, target, inside),
    timings: timingsOf(view, target, rowsOf(target, inside)),
    first_token_ms: distribution(counts.firstToken),
    first_token_by_region: regionsOf(view, counts),
    first_token_cached_ms: distribution(counts.cachedFirst),
    first_token_uncached_ms: distribution(counts.uncachedFirst),
    first_answer_ms: distribution(counts.firstAnswer),
    thinking_ms: distribution(counts.thinking),
    total_ms: distribution(counts.total),
    speed: distribution(counts.speed),
    first_ok:
      counts.calls === 0 ? null : { share: counts.firstOk / counts.calls, calls: counts.calls },
    tokens: counts.tokens,
    cost,
    usage_doubt: doubt,
    cost_incomplete: counts.costIncomplete || doubt !== null,
    replaced_cost: amounts(view, target.totals.replacedCost),
    judge_cost: amounts(view, target.totals.judgeCost),
    cost_per: {
      thousand_calls: per(single, counts.asked / 1_000),
      ten_thousand_words: per(single, counts.words / 10_000),
      right: per(single, counts.verdicts.right),
      million_tokens: per(single, tokensOf(counts) / 1_000_000),
    },
  };
}

type RegionTimes = { readonly region: string | null; readonly times: Distribution };

function regionsOf({ regions }: View, { regionFirst }: AnswerCounts): readonly RegionTimes[] {
  const parts = [...regionFirst].flatMap(([number, values]) => {
    const times = distribution(values);
    return times === null ? [] : [{ region: regions[number] ?? null, times }];
  });
  return parts.length < 2 && (parts[0]?.region ?? null) === null ? [] : parts;
}

/** Rows of the marked items. */
const rowsOf = ({ rows: { at, length } }: TargetView, inside: Uint8Array): readonly number[] =>
  Array.from({ length }, (_, row) => row).filter((row) => inside[at.item[row] ?? 0] === 1);

function costOf(
  view: View,
  counts: AnswerCounts,
  doubt: DoubtedUsage | null,
): readonly Money[] | null {
  if (counts.asked === 0) return [];
  if (counts.costUnknown || (doubt?.answers ?? 0) > counts.asked * mostDoubted) return null;
  const sums = amounts(view, counts.cost);
  return sums.length === 0 ? [{ amount: 0, currency: "CNY" }] : sums;
}

const tokensOf = ({ tokens }: AnswerCounts): number =>
  tokens.input === null || tokens.output === null ? 0 : tokens.input + tokens.output;
