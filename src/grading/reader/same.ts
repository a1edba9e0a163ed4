import type { Gold, Grade, GradeContext, Sample } from "../../domain/grader.ts";
import type { Ballot, Judge, Panel } from "../../domain/judging.ts";
import type { AnswerForm } from "./answer-form.ts";
import type { ReaderOption } from "./reader.ts";

import { foldText } from "../../text/answer-fold.ts";
import { kindOf, shapeOfGold } from "../exact/shape.ts";
import { goldTexts } from "../graders.ts";
import { consult } from "../judge/consult.ts";
import { typeOfGold } from "../value/inferred.ts";
import { sameContract, type Sense, type TwoAnswers } from "./same-contract.ts";

/** What more than half of a panel say of two answers, null where they are of no one mind; and their votes. */
export type Compared = {
  readonly sense: "same" | "different" | null;
  readonly ballots: readonly Ballot[];
};

type Vote = { readonly sense: Sense | null; readonly ballot: Ballot };

/** Asks every judge of a panel whether two answers come to the same. Rejects only where the run stops. */
export async function compared(
  two: TwoAnswers,
  panel: Panel,
  ask: NonNullable<GradeContext["ask"]>,
): Promise<Compared> {
  const votes = await Promise.all(
    panel.judges.map(async (judge): Promise<Vote> => {
      if (judge.kin && panel.same_family === "refuse")
        return lost(judge, "kin", "同系模型不得读取");
      const contract = sameContract(two, judge.structured === true ? "json" : "line");
      const said = await consult(contract, judge.ref, { vote: sameVote, temperature: 0 }, ask);
      if (!said.ok) return lost(judge, said.fault, said.problem);
      const { verdict: sense, reason } = said;
      const value = sense === "open" ? null : sense === "same" ? 1 : 0;
      const invalid = sense === "open" ? "无法判断" : null;
      return { sense, ballot: { judge: judge.ref, vote: sameVote, value, reason, invalid } };
    }),
  );
  const said = votes.flatMap(({ sense }) => sense ?? []);
  const isMost = (sense: Sense): boolean =>
    said.filter((each) => each === sense).length * 2 > said.length;
  return {
    sense: isMost("same") ? "same" : isMost("different") ? "different" : null,
    ballots: votes.map(({ ballot }) => ballot),
  };
}

/** The first question to a judge is what a reply answers, the second whether that is the gold. */
export const sameVote = 2;

const lost = (judge: Judge, fault: NonNullable<Ballot["fault"]>, invalid: string): Vote => ({
  sense: null,
  ballot: { judge: judge.ref, vote: sameVote, value: null, reason: null, invalid, fault },
});

const mostAnswerChars = 80;

/**
 * The gold and an answer, to be compared in sense; null where code knows that they differ, where the
 * question asks for a text word for word, and where the answer is too long to be one,
 * names several or only says the question again.
 */
export function twoAnswers({ gold }: Sample, answer: string, asked: AnswerForm): TwoAnswers | null {
  const golds = spellingsOf(gold, asked);
  if (golds.length === 0 || Array.from(answer).length > mostAnswerChars) return null;
  if (wordForWord.test(gold.question)) return null;
  if (alternatives.test(answer) || repeats(answer, golds, gold.question)) return null;
  if (golds.some((each) => areTyped(each, answer, gold.question))) return null;
  return { question: gold.question, gold: golds.join(" 或 "), answer };
}

/** 王羲之或颜真卿: spellings of the gold are joined so, of which one is enough. */
const alternatives = /或|还是|要么|\bor\b|\beither\b/iu;

/** 书圣 where it is asked who that is; an option that the question lists is an answer. */
function repeats(answer: string, golds: readonly string[], question: string): boolean {
  const asked = foldText(question);
  const said = foldText(answer).replaceAll(pointing, "");
  return asked.includes(said) && !golds.some((gold) => asked.includes(foldText(gold)));
}

const pointing = /^[这那就是]+[个位种]?|的?(?:那[个位种]?|这[个位种]?|本人|自己)$/gu;

/** A list is one answer, of which other spellings may be given. */
const spellingsOf = (gold: Gold, asked: AnswerForm): readonly string[] =>
  asked.kind === "value" && asked.type === "list" && Array.isArray(gold.answer)
    ? [gold.answer.join("、"), ...gold.aliases]
    : goldTexts(gold);

/** A text is asked as it stands in a source, or as it is written. */
const wordForWord =
  /原[文句话]|原样|照抄|抄写|一字不[差改漏]|逐字|默写|补[全写充].{0,6}(?:诗|句)|[上下前后][一半]?[句联]|[大小]写|大小写|拼写|怎么写|\bverbatim\b|\bword for word\b|\bspell(?:ing|ed)?\b/iu;

/** Two numbers, single characters, dates, times or weekdays, which code compares for certain. */
function areTyped(gold: string, answer: string, question: string): boolean {
  const type = typeOfGold(gold, question);
  return (
    (isPlain(gold) && isPlain(answer)) ||
    (type !== null && type !== "list" && typeOfGold(answer, question) === type)
  );
}

const isPlain = (text: string): boolean => /^(?:[-+]?\d+(?:\.\d+)?|.)$/u.test(foldText(text));

const mostAnnouncedChars = 40;

/**
 * The grade of a text that a rule took for the answer without doubt and that differs from the gold: right where the panel says
 * that it comes to the same. Dates, numbers, codes and single characters differ for certain and are not asked for.
 */
export async function gradeAnnounced(
  sample: Sample,
  { reader = "" }: ReaderOption,
  ruled: Grade,
  asked: AnswerForm,
  { ask, panel }: GradeContext,
): Promise<Grade> {
  const answer = ruled.extracted ?? "";
  const found = panel?.(reader) ?? null;
  const isLong = Array.from(answer).length > mostAnnouncedChars;
  const two =
    answer === "" || isLong || isCertain(sample.gold) ? null : twoAnswers(sample, answer, asked);
  if (ask === undefined || found === null || two === null) return ruled;
  const { sense, ballots } = await compared(two, found, ask);
  const notes = { ...ruled.notes, reader, rule_verdict: ruled.verdict, rule_why: ruled.why };
  if (sense === null)
    return { ...ruled, notes: { ...notes, decided_by: "rule", doubtful: true }, ballots };
  const grade = sense === "same" ? sameAs(answer) : ruled;
  const isSame = sense === "same";
  return { ...grade, notes: { ...notes, decided_by: "reader", same: isSame }, ballots };
}

/** The grade of an answer that is the gold in other words. */
export const sameAs = (answer: string): Grade => ({
  verdict: "right",
  value: 1,
  extracted: answer,
  why: "reader: same",
});

/** Whether another text than this gold is another answer for certain. */
function isCertain(gold: Gold): boolean {
  const { typed, token } = shapeOfGold(goldTexts(gold), gold.question);
  const [first = ""] = goldTexts(gold).map(foldText);
  return (
    typed !== null ||
    token === "file" ||
    ["number", "code"].includes(kindOf(first)) ||
    Array.from(first).length <= 1
  );
}
