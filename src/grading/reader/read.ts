import type { Grade, GradeContext, Sample } from "../../domain/grader.ts";
import type { Ballot, Judge } from "../../domain/judging.ts";
import type { VerdictFormat } from "../judge/contract.ts";
import type { AnswerForm } from "./answer-form.ts";
import type { ByRule, ReaderOption } from "./reader.ts";

import { foldText } from "../../text/answer-fold.ts";
import { consult } from "../judge/consult.ts";
import { type CheckedReading, checked } from "./answer.ts";
import { readerContract } from "./contract.ts";
import { type Compared, compared, sameAs, twoAnswers } from "./same.ts";

/** What a reply to be read is graded with. */
type Reading<Options> = {
  readonly byRule: ByRule<Options>;
  readonly asked: AnswerForm;
  /** Whether a text that is not the gold may be the same in other words. */
  readonly isCompared: boolean;
};

/** One judge's reading, the answer as the reply writes it, and its grade, or null where it does not count. */
type Vote = {
  readonly grade: Grade | null;
  readonly answer: string | null;
  readonly quote: string;
  readonly ballot: Ballot;
};

/**
 * The grade of a reply as a panel of readers reads it: that of what more than half of them read, else `ruled`, the grade by
 * rule, as it is. Rejects only where the run stops.
 */
export async function readByModel<Options extends ReaderOption>(
  sample: Sample,
  options: Options,
  ruled: Grade,
  reading: Reading<Options>,
  { ask, panel }: GradeContext,
): Promise<Grade> {
  const { reader = "" } = options;
  const found = panel?.(reader) ?? null;
  if (ask === undefined || found === null) return ruled;
  const votes = await Promise.all(
    found.judges.map(async (judge): Promise<Vote> => {
      if (judge.kin && found.same_family === "refuse")
        return lost(judge, "kin", "同系模型不得读取");
      const format: VerdictFormat = judge.structured === true ? "json" : "line";
      const contract = readerContract(
        { ...sample.gold, reply: sample.reply },
        reading.asked,
        format,
      );
      const said = await consult(contract, judge.ref, { vote: 1, temperature: 0 }, ask);
      if (!said.ok) return lost(judge, said.fault, said.problem);
      const answer = checked(said.verdict, sample.reply, reading.asked);
      return voteOf(judge, answer, said.reason, gradeRead(answer, sample, options, reading));
    }),
  );
  const { grade: read, answer, quote } = agreed(votes);
  const two =
    read === null ||
    answer === null ||
    isGold(read) ||
    !reading.isCompared ||
    !isReadByMost(answer, votes)
      ? null
      : twoAnswers(sample, answer, reading.asked);
  const second = two === null ? null : await compared(two, found, ask);
  const ballots = [...votes.map(({ ballot }) => ballot), ...(second?.ballots ?? [])];
  const before = { reader, rule_verdict: ruled.verdict, rule_why: ruled.why };
  const isSame = second?.sense === "same";
  const grade = settled(read, answer ?? "", second?.sense ?? null);
  if (grade === null) {
    const decided_by = ruled.verdict === "unresolved" ? "nobody" : "rule";
    return { ...ruled, notes: { ...ruled.notes, ...before, decided_by }, ballots };
  }
  const { doubtful: _, ...kept } = ruled.notes ?? {};
  // What the panel could not compare stays with the rule that compared it.
  const isOpen = second !== null && second.sense === null;
  const differs = ruled.verdict !== "unresolved" && !isAlike(ruled, grade);
  return {
    ...grade,
    notes: {
      ...kept,
      ...before,
      decided_by: isOpen ? "rule" : "reader",
      ...(second === null || isOpen ? {} : { same: isSame }),
      ...(quote === "" ? {} : { quote: shortened(quote) }),
      ...(isOpen || (differs && (second === null || ruled.verdict === "right"))
        ? { doubtful: true }
        : {}),
    },
    ballots,
  };
}

/** The grade of what was read: that of a reply which ends with it; null where that cannot be graded. */
function gradeRead<Options>(
  answer: CheckedReading,
  sample: Sample,
  options: Options,
  { byRule, asked, isCompared }: Reading<Options>,
): Grade | string {
  if (!answer.ok) return answer.problem;
  if (answer.answer === null)
    return { verdict: "unresolved", value: 0, extracted: null, why: "reader: no answer" };
  const stated = `答案：${answer.answer}`;
  // Whether 0.15 is a share, and which year 次年 is, is told by the words around it.
  const told =
    isFraction(answer.answer, asked) || relative.test(answer.answer)
      ? byRule({ ...sample, reply: `${answer.quote}\n${stated}` }, options)
      : null;
  const grade =
    told === null || told.verdict === "unresolved"
      ? byRule({ ...sample, reply: stated }, options)
      : told;
  if (grade.verdict === "unresolved" && isCompared)
    return { verdict: "unresolved", value: 0, extracted: answer.answer, why: uncompared };
  if (grade.verdict === "unresolved" || !isTaken(answer.answer, grade, asked)) return notAsked;
  // Words that surely say another option are no evidence; anything else stands in the quotation itself.
  const alone =
    asked.kind === "letters" ? byRule({ ...sample, reply: answer.quote }, options) : grade;
  if (
    alone.verdict !== "unresolved" &&
    alone.notes?.["doubtful"] !== true &&
    !isAlike(alone, grade)
  )
    return "引文说的是另一个选项";
  return { ...grade, why: "reader" };
}

const isFraction = (answer: string, { kind }: AnswerForm): boolean =>
  kind === "number" && /^\s*0?\.\d+\s*$/.test(answer);

const relative = /次年|翌年|第二年|[前后]一年|同年|当年/;

/** The letters that were read are those that are graded. */
const isTaken = (answer: string, { extracted }: Grade, { kind }: AnswerForm): boolean =>
  kind !== "letters" || answer.replaceAll(/^\d+\. |\n/gmu, "") === extracted?.replaceAll(" ", "");

/** The grade of what was read, once the panel has compared it with the gold, where it did; null where it does not count. */
function settled(read: Grade | null, answer: string, sense: Compared["sense"]): Grade | null {
  if (sense === "same") return sameAs(answer);
  if (read === null || read.why === uncompared) return null;
  return sense === "different" && read.verdict === "right"
    ? { ...read, verdict: "wrong", value: 0, extracted: answer }
    : read;
}

/** Not only a text at whose end the gold stands: 罗纳河上的星夜 is not 星夜. */
const isGold = ({ verdict, notes }: Grade): boolean =>
  verdict === "right" && notes?.["doubtful"] !== true;

/** Of an answer that the rules can hold neither for the gold nor for another. */
const uncompared = "reader: not compared";

/** Two readings of one reply that come to the same. */
const isAlike = (one: Grade, other: Grade): boolean =>
  one.verdict === other.verdict &&
  one.value === other.value &&
  // Letters are the same or not; a value may be written in two ways.
  (!isLetters(one.extracted) || one.extracted === other.extracted);

const isLetters = (text: string | null): boolean => /^[A-Z]+$/.test(text ?? "");

function voteOf(
  judge: Judge,
  answer: CheckedReading,
  reason: string | null,
  grade: Grade | string,
): Vote {
  if (typeof grade === "string" || !answer.ok)
    return lost(judge, "format", typeof grade === "string" ? grade : "");
  const isOpen = grade.why === uncompared;
  const ballot = isOpen
    ? lost(judge, "format", notAsked).ballot
    : { judge: judge.ref, vote: 1, value: grade.value, reason, invalid: null };
  return { grade, answer: answer.answer, quote: answer.quote, ballot };
}

const notAsked = "读出的答案不是题目要的那一种";

const lost = (judge: Judge, fault: NonNullable<Ballot["fault"]>, invalid: string): Vote => ({
  grade: null,
  answer: null,
  quote: "",
  ballot: { judge: judge.ref, vote: 1, value: null, reason: null, invalid, fault },
});

/** What more than half of the readings that count say; where none counts, of those that could not be compared. */
function agreed(votes: readonly Vote[]): Omit<Vote, "ballot"> {
  const read = votes.filter(({ grade }) => grade !== null);
  const sure = read.filter(({ grade }) => grade?.why !== uncompared);
  const valid = sure.length > 0 ? sure : read;
  const most = valid.filter(
    ({ grade }) =>
      valid.filter((other) => isAlike(other.grade ?? nothing, grade ?? nothing)).length * 2 >
      valid.length,
  );
  const [first = { grade: null, answer: null, quote: "" }] = most;
  return most.find(({ answer }) => isReadByMost(answer ?? "", valid)) ?? first;
}

/** Most readers whose reading counts took this text, with more or fewer words. */
function isReadByMost(answer: string, votes: readonly Vote[]): boolean {
  const own = foldText(answer);
  const read = votes.filter(({ grade }) => grade !== null);
  const alike = read.filter(({ answer: other }) => {
    const text = foldText(other ?? "");
    return text !== "" && (text.includes(own) || own.includes(text));
  });
  return alike.length * 2 > read.length;
}

const nothing: Grade = { verdict: "unresolved", value: 0, extracted: null, why: "" };

const mostQuoted = 200;
const shortened = (text: string): string =>
  text.length <= mostQuoted ? text : `${Array.from(text).slice(0, mostQuoted).join("")}…`;
