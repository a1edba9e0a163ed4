import type { AnswerLine, ItemLine } from "../../domain/run-file/lines.ts";
import type { JudgeReserve as Held, Need } from "../run/budget.ts";
import type { Judges } from "./judges.ts";
import type { RunJudges } from "./judging.ts";
import type { RunSession } from "../run/session.ts";

import { isGraded } from "../../domain/outcome.ts";
import { judges, nothing } from "../run/budget.ts";
import { judgeAccess } from "./judging.ts";
import { createSemaphore } from "../calls/semaphore.ts";
import { breakRun, track } from "../run/session.ts";

/** Grades an answer and writes its score; what judges have cost takes the place of what was set aside for them. */
export async function score(
  item: ItemLine,
  answer: AnswerLine,
  held: Held,
  session: RunSession,
): Promise<void> {
  const { input } = session;
  let spent: readonly Need[] = [];
  try {
    const line = await input.grade(item, answer, accessFor(session, held));
    spent = (line.judge_calls ?? []).map((call) => session.judges?.spentOn(call) ?? nothing);
    // Nothing was paid and nothing decided: the answer stays as it is and is graded when the run goes on.
    if (line.pending === true && line.judge_calls === undefined) return;
    await input.writer.append(line);
    input.observe(line);
  } finally {
    held.settle(spent);
  }
}

function accessFor({ input, judges: pool, companions }: RunSession, held: Held) {
  const { judging = null, plan } = input;
  if (judging === null || pool === null) return null;
  const candidates = plan.targets.map(({ entry }) => entry);
  return judgeAccess(judging, candidates, pool.ask, companions, async (wait) => {
    held.pause();
    try {
      return await wait;
    } finally {
      held.resume();
    }
  });
}

/**
 * What judging one answer to an item is thought to need; `bound` are the tokens that the answer may have;
 * a pair has two of them.
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

/** Grades what earlier sessions left ungraded, while the rest is asked. */
export async function scoreEarlier(session: RunSession): Promise<void> {
  const semaphore = createSemaphore(atOnce);
  try {
    for (const { item, answer } of session.input.unscored ?? []) {
      await semaphore.enter();
      if (session.halted.signal.aborted) break;
      const held = await reserveFor(item, answer, session);
      if (held === null) {
        session.unjudged = true;
        break;
      }
      void track(session, () => score(item, answer, held, session).finally(semaphore.leave));
    }
  } catch (error) {
    breakRun(session, error);
  }
}

async function reserveFor(
  item: ItemLine,
  answer: AnswerLine,
  session: RunSession,
): Promise<Held | null> {
  const letters = answer.turns.reduce((sum, { text }) => sum + text.length, 0);
  const need = isGraded(answer.outcome)
    ? await judgingNeed(item, letters, session.input.judging ?? null, session.judges)
    : () => [];
  const reservation = await session.budget.reserve(judges, () => nothing, need);
  reservation?.settle([]);
  return reservation?.judging ?? null;
}
