import { z } from "zod";

import type { Gold, Grade } from "../domain/grader.ts";
import type { FoldMode } from "../text/answer-fold.ts";

import { defineGrader } from "../domain/grader.ts";
import { gradeAsWritten } from "../grading/exact/as-written.ts";
import { bareAnswer } from "../grading/exact/bare.ts";
import { toldIn } from "../grading/exact/candidates.ts";
import { saidFirst, saidInstead } from "../grading/exact/instead.ts";
import { rivalsIn } from "../grading/exact/namings.ts";
import { withOtherNumerals } from "../grading/exact/numerals.ts";
import { isOneValue } from "../grading/exact/one-value.ts";
import { plainly } from "../grading/exact/plainly.ts";
import { goldSaid, readAs } from "../grading/exact/says.ts";
import { shapeOfGold, type GoldShape } from "../grading/exact/shape.ts";
import { empty, headed, isMore, verdictOn } from "../grading/exact/verdict.ts";
import { goldTexts } from "../grading/graders.ts";
import { unlessParroted } from "../grading/parrot.ts";
import { readerOption, readsInSense, withReader } from "../grading/reader/reader.ts";
import { valuesOfType } from "../grading/value/inferred.ts";
import { isOutweighed } from "../grading/value/places/answering-clause.ts";
import { isPlaceAsked, isUndecided, namedAtLast } from "../grading/value/places/forms.ts";
import { answerPlaces } from "../grading/value/places/places.ts";
import { foldAnswer, foldModes } from "../text/answer-fold.ts";
import { simplify } from "../text/normalise.ts";
import { asksForScript } from "../text/script.ts";
import { answerText } from "../text/segments/segments.ts";

const Options = z.strictObject({
  from: z
    .enum(["marker", "reply"])
    .default("marker")
    .describe("marker: where the reply states its answer; reply: always all of it"),
  mode: z
    .enum(foldModes)
    .default("text")
    .describe(
      "text: spelling and punctuation may differ; code: case, blanks and every sign count; characters: all but outer blanks",
    ),
  ...readerOption,
});

type Options = z.infer<typeof Options>;

/** Whether other words may say the same as the gold. */
const isInSense = ({ from, mode }: Options): boolean => from === "marker" && mode === "text";

/** Right where what the reply answers and a gold are the same text; what distinguishes two answers is kept. */
export const grader = defineGrader({
  id: "exact",
  version: "11",
  title: { zh: "完全一致", en: "exact match" },
  options: Options,
  reads: ["answer", "aliases"],
  ...readsInSense(isInSense),
  check: (gold, { mode }) => {
    const texts = goldTexts(gold);
    if (texts.length > 0 && texts.every((text) => foldAnswer(text, mode) !== "")) return [];
    const message = {
      zh: "需要一个非空的标准答案（标点不算）",
      en: "needs an answer that is not empty (punctuation does not count)",
    };
    return [{ path: "answer", message }];
  },
  grade: withReader(
    unlessParroted((sample, options: Options): Grade => {
      const grade = otherwise(sample, options, gradeText(sample, options));
      if (grade.verdict !== "right" || options.from === "reply" || unrivalled.has(grade.why))
        return grade;
      const { gold } = sample;
      const question = simplify(gold.question);
      const rivals = rivalsIn(
        simplify(sample.reply),
        question,
        shapeOfGold(goldTexts(gold), question),
      );
      return rivals === null
        ? grade
        : {
            verdict: "unresolved",
            value: 0,
            extracted: null,
            why: `conflict: ${rivals.join(", ")}`,
          };
    }),
    ({ gold }, { mode }) => ({
      kind: "words",
      exactly: mode !== "text" || asksForScript(gold.question),
    }),
    isInSense,
  ),
});

/** What was read only by guess counts as another answer where the gold stands nowhere in the reply. */
function otherwise(
  { gold, reply: written }: { readonly gold: Gold; readonly reply: string },
  { from, mode }: Options,
  grade: Grade,
): Grade {
  const isOpen = grade.verdict === "unresolved" && opened.test(grade.why);
  if (!isOpen || from === "reply" || mode !== "text" || asksForScript(gold.question)) return grade;
  const question = simplify(gold.question);
  const reply = plainly(simplify(written), question);
  const golds = goldTexts(withOtherNumerals(gold)).map((text) => simplify(text));
  const first = saidFirst(reply, question, golds);
  if (first !== null)
    return {
      verdict: "right",
      value: 1,
      extracted: first,
      why: "clause",
      notes: { doubtful: true },
    };
  const said = saidInstead(
    reply,
    question,
    golds,
    shapeOfGold(
      goldTexts(gold).map((text) => simplify(text)),
      question,
    ),
    answerPlaces(reply, question),
  );
  return said === null
    ? grade
    : {
        verdict: "wrong",
        value: 0,
        extracted: said,
        why: "another value",
        notes: { doubtful: true },
      };
}

const opened = /^(?:unsure|no answer stated)/;

/** Rules that read all of a reply, or a part of it that stands for all. */
const unrivalled: ReadonlySet<string> = new Set(["whole reply", "json", "tag", "boxed"]);

function gradeText(
  { gold: given, reply: written }: { readonly gold: Gold; readonly reply: string },
  { from, mode }: Options,
): Grade {
  // The rules of reading are written in simplified characters.
  const isScript = mode === "text" && asksForScript(given.question);
  if (isScript) return gradeAsWritten(given, written, from);
  const question = mode === "text" ? simplify(given.question) : given.question;
  const reply = mode === "text" ? plainly(simplify(written), question) : written;
  const gold = mode === "text" ? withOtherNumerals({ ...given, question }) : given;
  const keys = goldTexts(gold).map((text) => foldAnswer(text, mode));
  if (from === "reply") return verdictOn(reply.trim(), [reply], gold, mode, "whole reply");
  const whole = answerText(reply);
  if (foldAnswer(whole, "text") === "") return empty;
  if (keys.includes(foldAnswer(whole, mode))) {
    return { verdict: "right", value: 1, extracted: whole, why: "whole reply" };
  }
  const shape = shapeOfGold(goldTexts(given), question);
  const places = answerPlaces(reply, gold.question).map((place) =>
    mode === "text" && place.why === "whole reply"
      ? bareAnswer(place, gold.question, shape)
      : place,
  );
  for (const { text, stated, sure, why } of places) {
    const grade = verdictOn(stated[0] ?? "", stated, gold, mode, why);
    if (grade.verdict === "unresolved") continue;
    if (why === "correction" && grade.verdict === "wrong" && !holdsShape(stated, shape))
      return { verdict: "unresolved", value: 0, extracted: grade.extracted, why: `unsure: ${why}` };
    if (!sure && isUndecided(whole)) break;
    if (
      sure &&
      why === "whole reply" &&
      grade.verdict === "wrong" &&
      !mayBeTyped(text, shape, gold)
    )
      return { verdict: "unresolved", value: 0, extracted: grade.extracted, why: `unsure: ${why}` };
    if (sure && mode !== "text") return grade;
    if (sure) {
      const read =
        grade.verdict === "right"
          ? grade
          : (withRemark(reply, gold, shape, why) ?? headed(stated, gold, grade));
      return isPlainly({ text, why }, whole) || read.verdict === "unresolved"
        ? read
        : { ...read, notes: { doubtful: true } };
    }
    // What was only stated may be more or less than the answer: a match is one, a difference says nothing, unless
    // one value of the gold's kind is concluded.
    const told =
      grade.verdict === "right" || mode !== "text"
        ? null
        : toldAs(reply, gold, shape, { text, stated, why });
    if (told !== null) return { ...told, notes: { doubtful: true } };
    const isRead =
      grade.verdict === "right"
        ? !isNamedOtherwise(whole, keys, mode, gold.question) &&
          !(
            guessed.has(why) &&
            asksWho.test(gold.question) &&
            isOutweighed(grade.extracted ?? text, reply, gold.question)
          )
        : (why === "concluded" || concludes.test(text)) &&
          !refersBack.test(text) &&
          isOneValue(stated, text, shape, whole, gold.question) &&
          shape.typed === null &&
          !shape.isList;
    return isRead
      ? { ...grade, notes: { doubtful: true } }
      : { verdict: "unresolved", value: 0, extracted: grade.extracted, why: `unsure: ${why}` };
  }
  const told = mode === "text" ? toldAs(reply, gold, shape, null) : null;
  return told === null
    ? { verdict: "unresolved", value: 0, extracted: null, why: "no answer stated" }
    : { ...told, notes: { doubtful: true } };
}

/** An announcement, a correction in so many words or a reply of one clause, none of which points to something else. */
const isPlainly = (
  { text, why }: { readonly text: string; readonly why: string },
  reply: string,
): boolean =>
  !relative.test(text) &&
  (why === "whole reply" || why === "marker"
    ? !several.test(text.trim())
    : why === "correction"
      ? replaces.test(reply)
      : why !== "quotation");

/** 次年元旦, 前者: what it is has been said elsewhere. */
const relative =
  /次[年月日]|翌[年日]|[前后同当今去明][一]?[年月天日]|前者|后者|上述|以上|同上|该[年月日市人]/u;
const several = /[，,；;。\n](?=[^”"」）)]*\p{L}{2})/u;
const replaces =
  /更正|[修订纠改]正|改[为成]|应[该当]?[为是]|不对[，,。！!]|错了|答案|correct|should be|actually|\bno\b|wait/iu;

/** water（/ˈwɔːtə/），不可数名词: a short reply that leads with its answer. */
function withRemark(reply: string, gold: Gold, shape: GoldShape, why: string): Grade | null {
  if (why !== "whole reply" || !/[，,（(：:]/u.test(reply)) return null;
  const told = toldAs(reply, gold, shape, null);
  return told?.verdict === "right" ? { ...told, notes: { doubtful: true } } : null;
}

/** 所以它才是第一名 says something of an answer that was named before. */
const refersBack = /[它他她](?:们)?(?:才|也)?(?:是|为)/u;

/** 1.15截止 where a date is asked: another spelling of a value that may be right. */
const mayBeTyped = (text: string, { typed }: GoldShape, gold: Gold): boolean =>
  typed === null ||
  typed === "list" ||
  !/\d/.test(text) ||
  valuesOfType(text, typed, gold.question).length > 0;

const asksWho = /谁|何人|哪[一两]?[位人]|什么人/u;

/** A correction that names no number where the gold is one has said something else. */
const holdsShape = (forms: readonly string[], { script }: GoldShape): boolean =>
  script !== "digits" || forms.some((form) => /[\d〇零一二三四五六七八九十百千万]/u.test(form));

/** The first thing told in other words that is the gold; null where another one comes before it that decides. */
function toldAs(
  reply: string,
  gold: Gold,
  shape: GoldShape,
  decided: Parameters<typeof toldIn>[3],
): Grade | null {
  for (const candidate of toldIn(reply, gold.question, shape, decided)) {
    const { why } = candidate;
    const said = goldSaid(candidate, goldTexts(gold), gold.question);
    if (said !== null)
      return { verdict: "right", value: 1, extracted: readAs(candidate) ?? said, why };
    if (candidate.kind === "forms" && candidate.isValue && !isMore(candidate.forms, gold))
      return { verdict: "wrong", value: 0, extracted: candidate.forms[0] ?? null, why };
    if (candidate.isFinal) return null;
  }
  return null;
}

/** Rules that only point to a part of a reply. */
const guessed: ReadonlySet<string> = new Set(["stated", "bare line", "bold"]);

const concludes = /[，,]\s*(?:所以|因此|于是|故|从而)/u;

/** The reply names what it told as something else than any gold: …这就是“负荆请罪”. */
function isNamedOtherwise(
  reply: string,
  keys: readonly string[],
  mode: FoldMode,
  question: string,
): boolean {
  const name = isPlaceAsked(question) ? null : namedAtLast(reply);
  return name !== null && !keys.includes(foldAnswer(name, mode));
}
