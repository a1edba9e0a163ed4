import type { AnswerLine, ItemLine, ScoreLine } from "../../../domain/run-file/lines.ts";
import type { Lang } from "../../../domain/text.ts";

import { declines } from "../../../text/declines.ts";
import { zeroReasonWords } from "../../leaderboard/remarks.ts";
import { verdictWords } from "../../render/words.ts";
import { zeroReason } from "../../score/zero-reasons.ts";
import { expectsRefusal } from "../../view/items.ts";
import { replyKindOf } from "../../view/reply-kind.ts";

type Graded = {
  readonly item: ItemLine | null;
  readonly answer: AnswerLine | null;
  readonly score: ScoreLine;
};

/**
 * A verdict in a word, and why it counts 0 where the reply was no wrong answer, such as a refusal: in the words in which the
 * board counts it.
 */
export function verdictText({ item, answer, score }: Graded, lang: Lang): string {
  const { verdict, value, extracted } = score;
  const word = verdictWords[verdict][lang];
  const last = answer?.turns.at(-1);
  if (last === undefined) return word;
  const reason = zeroReason({
    value,
    verdict,
    kind: replyKindOf(last),
    isToRefuse: item !== null && expectsRefusal(item),
    isRead: extracted !== null && !declines(extracted),
  });
  // The verdict itself says the others.
  if (reason === null || reason === "no_answer" || reason === verdict) return word;
  const why = zeroReasonWords[reason][lang];
  return lang === "zh" ? `${word}（${why}）` : `${word} (${why})`;
}
