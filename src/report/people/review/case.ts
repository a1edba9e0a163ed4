import type { AnswerLine, ItemLine, ScoreLine } from "../../../domain/run-file/lines.ts";
import type { Lang } from "../../../domain/text.ts";
import type { RunLines } from "../../../store/runs/run-lines.ts";
import type { QueueEntry } from "./queue.ts";

import { digestOf } from "../../../domain/digest.ts";
import { turnsAsked } from "../../../domain/rotate.ts";
import { isPlayed, saidIn, trajectoryText } from "../../agents/trajectory.ts";
import { constraintLines } from "../../render/constraints.ts";
import { isFolded } from "../../render/folded.ts";
import { passageTexts } from "../../render/passages.ts";
import { extractedText, reasonText } from "../../render/reasons.ts";
import { subScoreLines } from "../../render/sub-scores.ts";
import { verdictWords } from "../../render/words.ts";
import { votesOf } from "./votes.ts";

/** An answer with all that a person needs to rule on it. */
export type ReviewCase = {
  readonly entry: QueueEntry;
  readonly item: ItemLine;
  readonly answer: AnswerLine;
  readonly score: ScoreLine | null;
  /** Its words are not shown unless somebody asked for them. */
  readonly folded?: true;
};

/** Reads one answer of a queue. Replies to items that name a risk are folded unless `unfold`. */
export async function readCase(
  lines: RunLines,
  entry: QueueEntry,
  unfold: boolean,
): Promise<ReviewCase> {
  const item = (await lines.at(entry.item_at)) as ItemLine;
  const answer = (await lines.at(entry.answer_at)) as AnswerLine;
  const score = entry.score_at === null ? null : ((await lines.at(entry.score_at)) as ScoreLine);
  const folded = !unfold && isFolded(item) ? ({ folded: true } as const) : {};
  return { entry, item, answer, score, ...folded };
}

/** Names an answer by its run, its key and its words, so that a ruling never applies to words that nobody read. */
export const caseId = (run: string, { key, turns }: AnswerLine): string =>
  digestOf([
    run,
    key,
    turns.map(({ text, tool_calls }) => (tool_calls === undefined ? text : [text, tool_calls])),
  ]).slice(0, 12);

/** The conversation up to the last reply, each part under its speaker. */
export function conversationText({ item, answer }: ReviewCase, lang: Lang): string {
  const asked = askedOf(item, answer);
  const names = speakers[lang];
  const turns = asked?.turns ?? [];
  const parts = [
    ...(asked?.messages ?? []).map(({ role, text }) => ({ name: names[role], text })),
    ...turns.flatMap((text, turn) => [
      { name: names.user, text },
      ...(turn < turns.length - 1
        ? [{ name: names.assistant, text: replyText(answer, turn) }]
        : []),
    ]),
  ];
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only.text;
  return parts.map(({ name, text }) => `【${name}】\n${text}`).join("\n\n");
}

/** How the item was asked. */
export const askedOf = (item: ItemLine, { wording }: AnswerLine) =>
  item.asks.find((ask) => ask.wording === wording);

const speakers = {
  zh: { system: "系统", user: "用户", assistant: "模型" },
  en: { system: "system", user: "user", assistant: "model" },
} as const;

/**
 * The words and calls of a reply without its reasoning, which no grader reads either. An agent's answer is one reply,
 * whatever the turn: all that it said and called, with what came back and how long each request took.
 */
export function replyText({ turns }: AnswerLine, turn: number): string {
  if (isPlayed(turns)) return trajectoryText(turns);
  const record = turns[turn];
  return record === undefined ? "" : saidIn(record);
}

/** Each reply of an answer; an agent's is one. Times would tell who is who where names are hidden. */
export const repliesOf = (answer: AnswerLine, isTimed = true): readonly string[] =>
  isPlayed(answer.turns)
    ? [trajectoryText(answer.turns, isTimed)]
    : answer.turns.map((_, turn) => replyText(answer, turn));

/** The right reply to each turn, with the options in the order in which they were shown. */
export const goldTexts = ({
  item,
  answer,
}: Pick<ReviewCase, "item" | "answer">): readonly string[] =>
  turnsAsked(item, answer.wording).map((gold, turn) =>
    [
      ...[gold.answer, gold.answer_map ?? null, gold.answers, gold.expect].flatMap((each) =>
        each === null ? [] : [plainText(each)],
      ),
      ...(gold.aliases.length === 0 ? [] : [gold.aliases.join(" / ")]),
      ...(gold.reference === null ? [] : [gold.reference]),
      ...[gold.rubric, gold.constraints, gold.tests, gold.expected_calls].flatMap((each) =>
        each === null || each === undefined ? [] : [plainText(each)],
      ),
      ...passageTexts(answer.turns[turn]?.passages),
    ].join("\n"),
  );

/** The same in one text. */
export function goldText(each: Pick<ReviewCase, "item" | "answer">): string {
  const golds = goldTexts(each);
  if (golds.length === 1) return golds[0] ?? "";
  return golds.map((gold, turn) => `${turn + 1}. ${gold}`).join("\n");
}

const plainText = (value: unknown): string => {
  if (Array.isArray(value) && value.every((each) => typeof each !== "object")) {
    return value.join(" / ");
  }
  return typeof value === "string" ? value : JSON.stringify(value);
};

/** Who graded, what was read and why; for a panel, each vote with the judge's own words. */
export function whyText(score: ScoreLine | null, lang: Lang): string {
  if (score === null) return "";
  const head = [score.grader.id, ...readText(score, lang)];
  const turns = (score.turns ?? []).flatMap(
    ({ verdict, extracted, why, notes, sub_scores }, turn) => [
      `${turn + 1}. ${[verdictWords[verdict][lang], ...readText({ extracted, why }, lang)].join(" · ")}`,
      ...subScoreLines(sub_scores, lang),
      ...constraintLines(notes, lang),
    ],
  );
  const votes = votesOf(score)
    .flat()
    .map(({ judge, vote, value, reason }) => {
      const mark = value === null ? "—" : String(Math.round(value * 1_000) / 10);
      return `${judge} #${vote}: ${mark}${reason === null ? "" : ` ${reason}`}`;
    });
  return [
    head.join(" · "),
    ...subScoreLines(score.sub_scores, lang),
    ...constraintLines(score.notes, lang),
    ...turns,
    ...votes,
  ].join("\n");
}

/** What was read and where, as far as the grader says it. */
const readText = (
  { extracted, why }: Pick<ScoreLine, "extracted" | "why">,
  lang: Lang,
): readonly string[] => [
  ...(extracted === null || extracted === "" ? [] : [extractedText(extracted, lang)]),
  ...(why === "" ? [] : [reasonText(why, lang)]),
];
