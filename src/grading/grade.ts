import type { Grade, GradeContext, Grader, Sample } from "../domain/grader.ts";
import type { JudgeAccess, JudgeCall } from "../domain/judging.ts";
import type { AnswerLine, ItemLine, ScoreLine, TurnScore } from "../domain/run-file/lines.ts";
import type { Soon } from "../domain/schema/soon.ts";

import { type CallRecord, callsMade } from "../domain/call.ts";
import { isFailed, isFiltered, isGraded } from "../domain/outcome.ts";
import { turnsAsked } from "../domain/rotate.ts";
import { whole } from "../domain/schema/whole.ts";
import { stripThink } from "../text/extract.ts";
import { stripLabels } from "../text/segments/label-lines.ts";
import { combine, unanswered } from "./dialogue.ts";
import { type GradedTurn, gradedTurns, graderStamp, preparedTurns } from "./graded-turns.ts";
import { type LoadGrader, loadGrader } from "./graders.ts";
import { contextOf, dialogueBefore, isAbort } from "./judge/context.ts";
import { needsNobody } from "./judge/needs.ts";

/** What is read of an item and of an answer so that the answer can be graded without judges. */
export type ItemToGrade = Pick<ItemLine, "turns" | "asks" | "tools" | "context" | "environment">;
export type AnswerToGrade = Pick<AnswerLine, "key" | "wording" | "outcome"> & {
  readonly turns: readonly CallToGrade[];
};
type CallToGrade = Pick<
  CallRecord,
  "outcome" | "text" | "finish" | "tool_calls" | "passages" | "played"
>;
type ContextAt = (turn: number, keep: (call: JudgeCall) => void) => GradeContext;

/**
 * Turns an answer into its one score line. Outcomes without an answer need no grader: a failed call is `failed`,
 * a vendor's block `filtered` (right where a refusal is expected), a prompt that did not fit `overflow`.
 * Rejects with a `UserError` where the item names a grader that does not exist or options that it does not take.
 * Where the run stops before a judge has answered, the line is marked `pending` and holds the calls made so far.
 */
export const gradeAnswer = (
  item: ItemLine,
  answer: AnswerLine,
  load: LoadGrader,
  judges: JudgeAccess | null = null,
): Promise<ScoreLine> =>
  gradeBy(item, answer, load, (turn, keep) => contextOf(judges, answer, turn, keep));

/** The same without judges, of no more than is read for it. */
export const gradeAlone = (
  item: ItemToGrade,
  answer: AnswerToGrade,
  load: LoadGrader,
): Promise<ScoreLine> => gradeBy(item, answer, load, () => ({}));

async function gradeBy(
  item: ItemToGrade,
  answer: AnswerToGrade,
  load: LoadGrader,
  contextOfTurn: ContextAt,
): Promise<ScoreLine> {
  const golds = turnsAsked(item, answer.wording);
  const turns = gradedTurns(golds, load) ?? (await preparedTurns(golds, load));
  const calls: JudgeCall[] = [];
  const contextAt = (turn: number): GradeContext => ({
    ...contextOfTurn(turn, (call) => calls.push(call)),
    load,
  });
  const grader = graderStamp(turns, contextAt(0));
  const line = (score: TurnScore, each?: readonly TurnScore[]): ScoreLine =>
    whole<ScoreLine>({
      kind: "score",
      key: answer.key,
      grader,
      verdict: score.verdict,
      value: score.value,
      extracted: score.extracted,
      why: score.why,
      notes: score.notes,
      ballots: score.ballots,
      sub_scores: score.sub_scores,
      labels: score.labels,
      turns: each,
      judge_calls: calls.length === 0 ? undefined : calls,
      pending: undefined,
    });
  if (isFailed(answer.outcome)) return line(unanswered("failed", answer.outcome));
  const scores: TurnScore[] = [];
  const broken: unknown[] = [];
  const scoreAt = async (turn: GradedTurn, at: number): Promise<void> => {
    try {
      scores[at] = await scoreTurn(turn, item, answer, contextAt(turn.index));
    } catch (error) {
      broken.push(error);
    }
  };
  const [first] = turns;
  // As nearly every item has it.
  if (first !== undefined && turns.length === 1) await scoreAt(first, 0);
  else await Promise.all(turns.map(scoreAt));
  if (broken.some(isAbort))
    return { ...line(unanswered("ungraded", "interrupted")), pending: true };
  if (broken.length > 0) throw broken[0];
  const [only] = scores;
  if (only === undefined) return line(unanswered("ungraded", "no graded turn"));
  if (scores.length === 1) return line(only);
  return line(
    combine(
      scores,
      turns.map(({ gold }) => gold.weight),
    ),
    scores,
  );
}

/**
 * Grades one reply: reasoning and vendors' labels (本回答由 AI 生成) are removed first, and an empty reply is unresolved;
 * the note `vendor_labels` counts the labels. A grader that throws leaves the reply
 * ungraded, because its failure says nothing about the model. Rejects only where the run stops.
 */
export async function gradeSample<Options>(
  grader: Grader<Options>,
  options: Options,
  sample: Sample,
  context: GradeContext = {},
): Promise<Grade> {
  const { text, unclosed } =
    grader.readsCalls === true && isCallChannel.test(sample.reply)
      ? { text: sample.reply, unclosed: false }
      : stripThink(sample.reply);
  const hasCalls =
    grader.readsCalls === true && (sample.play !== undefined || (sample.calls ?? []).length > 0);
  if (unclosed && !hasCalls) return unresolved("unclosed think");
  if (text.trim() === "" && !hasCalls) return unresolved("empty");
  const { text: said, labels } = stripLabels(text);
  const bare = { ...sample, reply: said };
  try {
    const grade =
      mayBeHeavy(grader, options, bare) && (await isOffloaded(grader, options))
        ? await (await import("./worker.ts")).gradeInWorker(grader.id, options, bare)
        : await grader.grade(bare, options, context);
    return labels === 0 ? grade : { ...grade, notes: { ...grade.notes, vendor_labels: labels } };
  } catch (error) {
    if (isAbort(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    return { verdict: "ungraded", value: null, extracted: null, why: `grader failed: ${reason}` };
  }
}

/** gpt-oss calls tools in a channel that is otherwise one of thoughts. */
const isCallChannel = /<\|channel\|>\w+ to=functions\./;

/** Replies longer than this can block the event loop noticeably, whatever the rule. */
const longReply = 20_000;

const mayBeHeavy = <Options>(grader: Grader<Options>, options: Options, sample: Sample): boolean =>
  sample.reply.length > longReply || grader.heavy?.(sample, options) === true;

/** Only built-in graders that need no judge can run on another thread. */
async function isOffloaded<Options>(grader: Grader<Options>, options: Options): Promise<boolean> {
  return (
    needsNobody(grader, options) &&
    grader.isApart !== true &&
    (await loadGrader(grader.id)) === grader
  );
}

const unresolved = (why: string): Grade => ({
  verdict: "unresolved",
  value: 0,
  extracted: null,
  why,
});

function scoreTurn(
  { gold, index, ready }: GradedTurn,
  item: ItemToGrade,
  answer: AnswerToGrade,
  context: GradeContext,
): Soon<TurnScore> {
  const { environment } = item;
  // An agent's turns are its requests: what it said at last is its reply.
  const call = environment === undefined ? answer.turns[index] : answer.turns.at(-1);
  if (call !== undefined && isGraded(call.outcome)) {
    const finish_reason = call.finish?.reason ?? null;
    return gradeSample(
      ready.grader,
      ready.options,
      whole<Sample>({
        gold,
        reply: call.text,
        finish_reason,
        passages: passagesOf(call, item),
        dialogue: dialogueBefore(item, answer, index),
        calls: call.tool_calls ?? [],
        tools: item.tools,
        play:
          environment === undefined
            ? undefined
            : { environment, steps: answer.turns.map(callsMade) },
      }),
      context,
    );
  }
  // The dialogue ended at or before this turn.
  const outcome = call?.outcome ?? answer.outcome;
  if (isFiltered(outcome)) {
    return gold.expect === "refuse"
      ? { verdict: "right", value: 1, extracted: null, why: `refused: ${outcome}` }
      : unanswered("filtered", outcome);
  }
  return unanswered(outcome === "context-overflow" ? "overflow" : "failed", outcome);
}

/** What the target retrieved, else the passages that it was shown. */
const passagesOf = (call: CallToGrade, { context }: ItemToGrade): Sample["passages"] | undefined =>
  call.passages ?? context?.map((text) => ({ text }));
