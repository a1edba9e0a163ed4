import type { AnswerLine, ItemLine } from "../domain/record.ts";
import type { Judging as Held, Need } from "./budget.ts";
import type { Judges } from "./judges.ts";
import type { Judging } from "./judging.ts";
import type { Session } from "./session.ts";

import { isGraded } from "../domain/outcome.ts";
import { judges, nothing } from "./budget.ts";
import { judgeAccess } from "./judging.ts";
import { createRoom } from "./room.ts";
import { breakRun, track } from "./session.ts";

/** Grades an answer and writes its score; what judges have cost takes the place of what was set aside for them. */
export async function score(
  item: ItemLine,
  answer: AnswerLine,
  held: Held,
  session: Session,
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

function accessFor({ input, judges: bench, companions }: Session, held: Held) {
  const { judging = null, plan } = input;
  if (judging === null || bench === null) return null;
  const candidates = plan.targets.map(({ entry }) => entry);
  return judgeAccess(judging, candidates, bench.ask, companions, async (wait) => {
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
  judging: Judging | null,
  bench: Judges | null,
): Promise<() => readonly Need[]> {
  const calls = await judging?.calls(item);
  if (calls === undefined || calls.size === 0 || bench === null) return () => [];
  const texts = item.turns.flatMap(({ question, reference }) => [question, reference ?? ""]);
  return () =>
    [...calls].flatMap(([name, count]) =>
      (judging?.panels.get(name)?.judges ?? []).map((ref) =>
        bench.needOf(ref, count, texts, 2 * bound),
      ),
    );
}

const atOnce = 64;

/** Grades what earlier sessions left ungraded, while the rest is asked. */
export async function scoreEarlier(session: Session): Promise<void> {
  const room = createRoom(atOnce);
  try {
    for (const { item, answer } of session.input.unscored ?? []) {
      await room.enter();
      if (session.halted.signal.aborted) break;
      const held = await reserveFor(item, answer, session);
      if (held === null) {
        session.unjudged = true;
        break;
      }
      void track(session, () => score(item, answer, held, session).finally(room.leave));
    }
  } catch (error) {
    breakRun(session, error);
  }
}

async function reserveFor(
  item: ItemLine,
  answer: AnswerLine,
  session: Session,
): Promise<Held | null> {
  const letters = answer.turns.reduce((sum, { text }) => sum + text.length, 0);
  const need = isGraded(answer.outcome)
    ? await judgingNeed(item, letters, session.input.judging ?? null, session.judges)
    : () => [];
  const reservation = await session.budget.reserve(judges, () => nothing, need);
  reservation?.settle([]);
  return reservation?.judging ?? null;
}
