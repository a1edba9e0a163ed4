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
import type { Distribution } from "./distribution.ts";
import type { DoubtedUsage } from "./doubted-usage.ts";
import type { ModelNames } from "./returned-models.ts";
import type { Score } from "./score.ts";
import type { Shortfall } from "./shortfall.ts";
import type { Wordings } from "./wordings.ts";
import type { ZeroReasons } from "./zero-reasons.ts";

import { verdicts } from "../../domain/grader.ts";
import { outcomes } from "../../domain/outcome.ts";
import { type AgentSummary, agentsOf } from "../agents/agents.ts";
import { detailsOf } from "../detail/details.ts";
import { judgeMissing } from "../judges/missing.ts";
import { personAgreement } from "../people/agreement.ts";
import { type Safety, safetyOf } from "../safety/safety.ts";
import { plannedOf } from "../view/items.ts";
import { flag } from "../view/shapes.ts";
import { amounts, per } from "./amounts.ts";
import { circularOf, positionBias } from "./circular.ts";
import { type ConstraintRates, constraintRates } from "./constraint-rates.ts";
import { distribution } from "./distribution.ts";
import { doubtedUsage, mostDoubted } from "./doubted-usage.ts";
import { type MustRefuse, mustRefuseOf, redLinesOf, redLineSuites } from "./red-lines.ts";
import { modelNamesOf } from "./returned-models.ts";
import { itemValues, scoreOf } from "./score.ts";
import { answerPlanOf, missingBounds, shortfallOf } from "./shortfall.ts";
import { type Timings, timingsOf } from "./timings.ts";
import { itemsOf, type Node } from "./tree.ts";
import { wordingsOf } from "./wordings.ts";
import { zeroReasonCounts } from "./zero-reasons.ts";

/** Everything that reports show of one target. Fractions in [0, 1], times in ms. */
export type Summary = ModelNames &
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
    /** What the score lacks; null where at most 2% of the planned answers are missing. */
    readonly shortfall: Shortfall | null;
    readonly verdicts: Readonly<Record<Verdict | "none", number>>;
    /** Why answers count 0 that are not simply wrong. */
    readonly zero_reasons: ZeroReasons;
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
    readonly first_answer_ms: Distribution | null;
    /** From the first token to the answer, of calls whose reasoning was seen. */
    readonly thinking_ms: Distribution | null;
    readonly total_ms: Distribution | null;
    /** Code points per second. */
    readonly speed: Distribution | null;
    /** Calls that the first attempt answered, over all calls. */
    readonly first_ok: { readonly share: number; readonly calls: number } | null;
    readonly tokens: {
      readonly input: number | null;
      readonly cached_input: number | null;
      readonly output: number | null;
      readonly reasoning: number | null;
    };
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
    ...modelNamesOf(target),
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
    shortfall: shortfallOf(view, target, root, filling),
    verdicts: counts.verdicts,
    zero_reasons: zeroReasonCounts(view, target, isInside),
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

/** Rows of the marked items. */
const rowsOf = ({ rows: { at, length } }: TargetView, inside: Uint8Array): readonly number[] =>
  Array.from({ length }, (_, row) => row).filter((row) => inside[at.item[row] ?? 0] === 1);

type Counts = ReturnType<typeof emptyCounts>;

const emptyCounts = () => ({
  answers: 0,
  counted: 0,
  verdicts: Object.fromEntries(["none", ...verdicts].map((name) => [name, 0])) as Record<
    Verdict | "none",
    number
  >,
  outcomes: {} as Partial<Record<Outcome, number>>,
  simulated: false,
  costIncomplete: false,
  costUnknown: false,
  /** Answers that a vendor was asked for and returned. */
  asked: 0,
  words: 0,
  cost: { CNY: 0, USD: 0 },
  tokens: { input: 0, cached_input: 0, output: 0, reasoning: 0 } as Record<
    keyof Summary["tokens"],
    number | null
  >,
  calls: 0,
  firstOk: 0,
  firstToken: [] as number[],
  firstAnswer: [] as number[],
  thinking: [] as number[],
  total: [] as number[],
  speed: [] as number[],
});

function countRows(target: TargetView, inside: Uint8Array): Counts {
  const counts = emptyCounts();
  for (let row = 0; row < target.rows.length; row++) {
    if (inside[target.rows.at.item[row] ?? 0] === 1) countRow(target, row, counts);
  }
  return counts;
}

const verdictNames = ["none", ...verdicts] as const;

function countRow(target: TargetView, row: number, counts: Counts): void {
  const { at } = target.rows;
  const verdict = verdictNames[at.verdict[row] ?? 0] ?? "none";
  const outcome = outcomes[at.outcome[row] ?? 0] ?? "ok";
  const flags = at.flags[row] ?? 0;
  counts.answers++;
  counts.verdicts[verdict]++;
  counts.outcomes[outcome] = (counts.outcomes[outcome] ?? 0) + 1;
  if (!Number.isNaN(at.value[row] ?? Number.NaN)) counts.counted++;
  if (flags & flag.simulated) counts.simulated = true;
  if (flags & flag.costIncomplete) counts.costIncomplete = true;
  if (flags & flag.costUnknown) counts.costUnknown = true;
  if (flags & flag.asked && verdict !== "failed") countAsked(target, row, counts);
  counts.cost[at.currency[row] === 1 ? "USD" : "CNY"] += at.cost[row] ?? 0;
  countCalls(target, row, counts);
}

function countAsked({ rows: { at } }: TargetView, row: number, counts: Counts): void {
  counts.asked++;
  counts.words += at.words[row] ?? 0;
  counts.tokens.input = add(counts.tokens.input, at.input[row]);
  counts.tokens.cached_input = add(counts.tokens.cached_input, at.cached_input[row]);
  counts.tokens.output = add(counts.tokens.output, at.output[row]);
  counts.tokens.reasoning = add(counts.tokens.reasoning, at.reasoning[row]);
}

const add = (sum: number | null, more: number | undefined): number | null =>
  sum === null || more === undefined || more < 0 ? null : sum + more;

function countCalls({ rows, calls: { at } }: TargetView, row: number, counts: Counts): void {
  if (!((rows.at.flags[row] ?? 0) & flag.asked)) return;
  const from = rows.at.calls_from[row] ?? 0;
  for (let call = from; call < from + (rows.at.calls[row] ?? 0); call++) {
    counts.calls++;
    counts.firstOk += at.first_ok[call] ?? 0;
    push(counts.firstToken, at.first_token_ms[call]);
    push(counts.firstAnswer, at.first_answer_ms[call]);
    push(counts.thinking, at.thinking_ms[call]);
    push(counts.total, at.total_ms[call]);
    push(counts.speed, at.speed[call]);
  }
}

function push(list: number[], value: number | undefined): void {
  if (value !== undefined && !Number.isNaN(value)) list.push(value);
}

function costOf(view: View, counts: Counts, doubt: DoubtedUsage | null): readonly Money[] | null {
  if (counts.asked === 0) return [];
  if (counts.costUnknown || (doubt?.answers ?? 0) > counts.asked * mostDoubted) return null;
  const sums = amounts(view, counts.cost);
  return sums.length === 0 ? [{ amount: 0, currency: "CNY" }] : sums;
}

const tokensOf = ({ tokens }: Counts): number =>
  tokens.input === null || tokens.output === null ? 0 : tokens.input + tokens.output;
