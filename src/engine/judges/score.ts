import type { AnswerLine, ItemLine } from "../../domain/run-file/lines.ts";
import type { JudgeReserve, Need } from "../run/budget.ts";
import type { RunSession } from "../run/session.ts";
import type { Judges } from "./judges.ts";
import type { RunJudges } from "./judging.ts";

import { isGraded } from "../../domain/outcome.ts";
import { createSemaphore } from "../calls/semaphore.ts";
import { judges, nothing } from "../run/budget.ts";
import { breakRun, track } from "../run/session.ts";

/** Grades an answer and writes its score; what the judges cost replaces what was reserved for them. */
export async function score(
  item: ItemLine,
  answer: AnswerLine,
  reserve: JudgeReserve,
  session: RunSession,
): Promise<void> {
  const { input } = session;
  let spent: readonly Need[] = [];
  try {
    const access = isJudged(session) ? await accessFor(session, reserve) : null;
    const line = await input.grade(item, answer, access);
    spent = (line.judge_calls ?? []).map((call) => session.judges?.spentOn(call) ?? nothing);
    // Nothing was paid and nothing decided: the answer stays ungraded until the run is resumed.
    if (line.pending === true && line.judge_calls === undefined) return;
    await input.writer.append(line);
    input.observe(line);
    if (line.pending !== true) session.ungraded -= 1;
  } finally {
    reserve.settle(spent);
  }
}

/** For each answer of a run without judges, a promise less. */
const isJudged = ({ input }: RunSession): boolean => (input.judging ?? null) !== null;

async function accessFor({ input, judges: pool, companions }: RunSession, reserve: JudgeReserve) {
  const { judging = null, plan } = input;
  if (judging === null || pool === null || companions === null) return null;
  const candidates = plan.targets.map(({ entry }) => entry);
  const { judgeAccess } = await import("./judging.ts");
  return judgeAccess(judging, candidates, pool.ask, companions, async (wait) => {
    reserve.pause();
    try {
      return await wait;
    } finally {
      reserve.resume();
    }
  });
}

/**
 * Estimated cost of judging one answer to an item. `bound` is the most tokens the answer may have; a comparison
 * reads two of them.
 */
export async function judgingNeed(
  item: ItemLine,
  bound: number,
  judging: RunJudges | null,
  pool: Judges | null,
): Promise<() => readonly Need[]> {
  const calls = await judging?.calls(item);
  if (calls === undefined || calls.size === 0 || pool === null) return () => [];
  const texts = item.turns.flatMap(({ question, reference }) => [question, reference ?? ""]);
  return () =>
    [...calls].flatMap(([name, count]) =>
      (judging?.panels.get(name)?.judges ?? []).map((ref) =>
        pool.needOf(ref, count, texts, 2 * bound),
      ),
    );
}

const atOnce = 64;

/** Grades what earlier sessions left ungraded, while the remaining requests run. */
export async function scoreEarlier(session: RunSession): Promise<void> {
  const semaphore = createSemaphore(atOnce);
  try {
    for (const { item, answer } of session.input.unscored ?? []) {
      await semaphore.enter();
      if (session.halted.signal.aborted) break;
      const reserve = await reserveFor(item, answer, session);
      if (reserve === null) {
        session.unjudged = true;
        break;
      }
      void track(session, score(item, answer, reserve, session), semaphore.leave);
    }
  } catch (error) {
    breakRun(session, error);
  }
}

async function reserveFor(
  item: ItemLine,
  answer: AnswerLine,
  session: RunSession,
): Promise<JudgeReserve | null> {
  const letters = answer.turns.reduce((sum, { text }) => sum + text.length, 0);
  const need = isGraded(answer.outcome)
    ? await judgingNeed(item, letters, session.input.judging ?? null, session.judges)
    : () => [];
  const reservation = await session.budget.reserve(judges, () => nothing, need);
  reservation?.settle([]);
  return reservation?.judging ?? null;
}
