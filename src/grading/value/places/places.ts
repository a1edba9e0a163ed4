import type { Segment } from "../../../text/segments/segment.ts";
import type { StatedAnswer } from "./stated-answer.ts";

import { answerText } from "../../../text/segments/segments.ts";
import { lastAnnounced } from "./announced.ts";
import { asked } from "./asked.ts";
import { filledBlank } from "./blank.ts";
import { isBeside, weightOf } from "./clauses.ts";
import { concludes, withoutConclusive } from "./concluding.ts";
import { withoutFormer } from "./former.ts";
import { forms, isHedged } from "./forms.ts";
import { labelledLine } from "./labelled-line.ts";
import { neighbourLine } from "./neighbour-line.ts";
import { inPlaceOfQuestionWord } from "./question-word.ts";
import { announcedQuotation } from "./quotation.ts";
import { answerSentences } from "./sentences.ts";
import { statedIn } from "./statement.ts";
import { tableRow } from "./table-row.ts";

/**
 * The places of a reply that may give its answer, the one that decides first: the last explicit correction or
 * announcement, then what it concludes, then a reply that is nothing else, then its sentences. Knows the question, not the gold.
 */
export function answerPlaces(reply: string, question: string): readonly StatedAnswer[] {
  if (latest?.reply !== reply || latest.question !== question)
    latest = { reply, question, places: placesIn(reply, question) };
  return latest.places;
}

/** What one rule leaves open the next one looks for in the same reply. */
let latest: {
  readonly reply: string;
  readonly question: string;
  readonly places: readonly StatedAnswer[];
} | null = null;

function placesIn(reply: string, question: string): readonly StatedAnswer[] {
  const sentences = answerSentences(reply);
  const parts = withoutFormer(sentences, question);
  const announced = lastAnnounced(reply, parts, question);
  if (announced !== null) return [announced];
  const [only] = parts;
  const isChanged =
    only !== undefined && sentences.length === 1 && only.text !== sentences[0]?.text;
  const whole = wholeReply(isChanged ? only.text : reply, question);
  const keyed = namedKey(parts, question);
  if (keyed !== null) return [keyed];
  const concluded = parts.filter(
    ({ kind, text, wrapper }) =>
      kind === "conclusion" ||
      kind === "announcement" ||
      (kind === "working" &&
        wrapper === null &&
        !isBeside(text) &&
        concludes(text) &&
        statedIn(text, question).length > 0),
  );
  const concluding =
    parts.length > 1
      ? concluded
      : concluded.filter(({ text }) => statedIn(text, question).length > 0);
  const last = concluding.at(-1);
  const bold = onlyBold(reply);
  return [
    ...(whole?.sure === true ? [whole] : []),
    ...bracketed(reply),
    ...announcedQuotation(answerText(reply), question),
    ...labelledLine(parts, question),
    ...onlyCode(reply, question),
    ...(last === undefined
      ? []
      : [referent(last, parts) ?? stating(last.text, question, "concluded")]),
    ...filledBlank(answerText(reply), question),
    ...tableRow(reply, question),
    ...neighbourLine(answerText(reply), question),
    ...(bold === null ? [] : [bold]),
    ...bareLine(parts, question),
    ...nearest(parts, question),
    ...(whole?.sure === true
      ? []
      : [
          whole ??
            ({ text: answerText(reply), stated: [], why: "whole reply", sure: false } as const),
        ]),
  ];
}

/** The value of the one JSON key that the question asks for. */
function namedKey(parts: readonly Segment[], question: string): StatedAnswer | null {
  const { nouns } = asked(question);
  const found = parts.filter(
    ({ wrapper, name }) =>
      wrapper === "json" &&
      name !== null &&
      nouns.some(
        (noun) =>
          noun === name ||
          isNameOf(noun, name) ||
          keyNames[noun]?.includes(name.toLowerCase()) === true,
      ),
  );
  const keyed = parts.filter(({ wrapper, name }) => wrapper === "json" && name !== null);
  const told = keyed.filter(({ name }) => !beside.test(name ?? ""));
  // {"command": "pwd", "not_to_confuse_with": […]}: one key is left that tells what it is.
  const isRest = told.length === 1 && told.length < keyed.length && keyed.length === parts.length;
  const [only] = found.length === 0 && isRest ? told : found;
  if (only === undefined || found.length > 1 || parts.at(-1)?.wrapper !== "json") return null;
  return { text: only.text, stated: forms(only.text), why: "json", sure: true };
}

/** 收件人 for 收件人姓名. */
const isNameOf = (noun: string, key: string): boolean =>
  key.length > 1 &&
  noun.startsWith(key) &&
  /^的?(?:姓名|名字|名称|全名|号码|编号|内容|信息)$/u.test(noun.slice(key.length));

/** Keys of what is not the answer. */
const beside =
  /^(?:not_|non_|wrong|exclude|avoid|confus|similar|distractor|易混|易错|错误|不是|不要|区别|混淆)/i;

/** Keys in English that programs give to what a question asks for. */
const keyNames: Readonly<Record<string, readonly string[]>> = {
  主语: ["subject"],
  谓语: ["predicate", "verb"],
  宾语: ["object"],
  作者: ["author", "writer"],
  首都: ["capital"],
  城市: ["city"],
  名称: ["name"],
  姓名: ["name"],
  名字: ["name"],
  书名: ["title", "book"],
  朝代: ["dynasty"],
  地点: ["place", "location"],
  地址: ["address"],
  日期: ["date"],
  时间: ["time"],
  电话: ["phone", "tel"],
  编号: ["id", "no", "number", "code"],
  收件人: ["recipient", "receiver", "to"],
  寄件人: ["sender", "from"],
  发件人: ["sender", "from"],
  公司: ["company"],
};

/** Characters of a reply that can be an answer and nothing else. */
const longestBare = 40;

/** A reply of one line that is no sentence about the answer. */
function wholeReply(reply: string, question: string): StatedAnswer | null {
  const text = answerText(reply);
  const bare = text.trim();
  const inner = bare.replace(/[。.！!]$/u, "");
  if (
    bare === "" ||
    bare.length > 4 * longestBare ||
    Array.from(bare).length > longestBare ||
    /[\n。！!？?；;]/u.test(inner)
  )
    return null;
  const isLong = inner !== bare && Array.from(bare).length > 8;
  const filled = inPlaceOfQuestionWord(bare, question);
  const isFilled = filled !== null && inner !== bare;
  const sentence = isLong || isFilled || statedIn(bare, "").length > 0 || isHedged(bare);
  const tail = withoutConclusive(bare);
  return {
    text: bare,
    stated: [
      ...(filled === null ? [] : forms(filled)),
      ...(tail === bare ? [bare, ...forms(bare)] : forms(tail)),
    ],
    why: "whole reply",
    sure: !sentence,
  };
}

/** The last line where it is a text in 【】 or in bold and nothing else. */
function bracketed(reply: string): readonly StatedAnswer[] {
  const last = answerText(reply).split("\n").at(-1) ?? "";
  const text =
    /^\s*[*_]{0,3}【([^【】]{1,200})】[*_]{0,3}[。.]?\s*$/u.exec(last)?.[1] ??
    /^\s*\*\*([^*:：]{1,40})\*\*[。.]?\s*$/u.exec(last)?.[1];
  return text === undefined ? [] : [{ text, stated: forms(text), why: "bracket", sure: true }];
}

/** The one text in bold of a reply. */
function onlyBold(reply: string): StatedAnswer | null {
  const bold = Array.from(
    answerText(reply).matchAll(/\*\*([^*\n]{1,80})\*\*(?!\s*[:：])/g),
    ([, text = ""]) => text,
  );
  const [only] = bold;
  if (only === undefined || new Set(bold).size !== 1 || /[:：]\s*$/u.test(only)) return null;
  return { text: only, stated: forms(only), why: "bold", sure: false };
}

const stating = (text: string, question: string, why: "concluded" | "stated"): StatedAnswer => ({
  text: withoutConclusive(text),
  stated: statedIn(text, question),
  why,
  sure: false,
});

/** 您要的是后者: one of the two that the sentence before it tells of. */
function referent(concluding: Segment, parts: readonly Segment[]): StatedAnswer | null {
  const which = /(?:是|为|选|要|取|即|只要|只需)\s?(前者|后者)[^，,。]{0,4}[。.！!]?\s*$/u.exec(
    concluding.text,
  )?.[1];
  if (which === undefined) return null;
  const clauses = concluding.text.split(/[，,]/u).slice(0, -1).join("，");
  const before = parts[parts.indexOf(concluding) - 1]?.text ?? "";
  const told = /[和与及]/u.test(clauses) ? clauses : before;
  const pair = told.split(/以及|[和与及]/u);
  if (pair.length !== 2) return null;
  const [one = "", other = ""] = pair;
  const side =
    which === "后者"
      ? (other.split(/[，,。；;]/u)[0] ?? "")
      : (one.split(/[，,。；;：:]/u).findLast((each) => each.trim() !== "") ?? "");
  return { text: side, stated: forms(side), why: "concluded", sure: false };
}

/** The one block or span of code of a reply, unless it is the question's. */
function onlyCode(reply: string, question: string): readonly StatedAnswer[] {
  const text = answerText(reply);
  const blocks = Array.from(text.matchAll(/^`{3,}[^\n`]*\n([^`]{1,2000}?)\n?`{3,}\s*$/gm));
  const spans = Array.from(text.matchAll(/(?<!`)`([^`\n]{1,200})`(?!`)/g));
  const found = (blocks.length > 0 ? blocks : spans).map(([, code = ""]) => code);
  const own = [...new Set(found)].filter((code) => !question.includes(code.trim()));
  const [only] = own;
  if (only === undefined || own.length > 1) return [];
  return [{ text: only, stated: [only], why: "code", sure: false }];
}

/** The first or the last sentence where it is a few words and nothing else: 汴京。 before an explanation. */
function bareLine(parts: readonly Segment[], question: string): readonly StatedAnswer[] {
  if (parts.length < 2) return [];
  const bare = [parts[0], parts.at(-1)]
    .filter((part) => part !== undefined)
    .filter(
      ({ kind, wrapper, text }) =>
        kind === "working" &&
        wrapper === null &&
        text.length <= longestBareLine &&
        !quotedAlong.test(text.replace(directed, "")) &&
        !/[:：#|，,]|[？?]\s*$|^(?:[—–(（-]|好的|您好|你好|当然|没问题|好|嗯|解|分析|首先)/u.test(
          text,
        ) &&
        !isHedged(text) &&
        weightOf(text, question) > -1 &&
        statedIn(text, question).length === 0,
    );
  const [only] = bare;
  if (only === undefined || bare.length > 1) return [];
  return [{ text: only.text, stated: forms(only.text), why: "bare line", sure: false }];
}

/** 应写“川” says what to answer. */
const directed = /^\s*(?:[这此][里处])?(?:应该?|应当)?[填写读答选是为用]/u;
/** A quotation with words of a sentence around it: 《山居》获得提名奖。 */
const quotedAlong = /\p{Script=Han}{2}[^“《「]*[“《「][^”》」]*[”》」]|[”》」]\p{Script=Han}{2,}/u;

/** Characters of a sentence that can be the answer alone. */
const longestBareLine = 24;

const longestStatement = 400;

/** Sentences from the end that are compared with the question. */
const mostSentences = 60;

/** The sentences that state something, the one that says most of what was asked first. */
function nearest(parts: readonly Segment[], question: string): readonly StatedAnswer[] {
  return parts
    .filter(({ kind }) => kind === "working" || kind === "option-reason")
    .slice(-mostSentences)
    .map(({ text }, at, all) => ({
      place: stating(text, question, "stated"),
      rank:
        text.length > longestStatement
          ? -9
          : weightOf(text, question) + (at === 0 || at === all.length - 1 ? 0.5 : 0),
      at,
    }))
    .filter(({ place }) => place.stated.length > 0)
    .toSorted((a, b) => b.rank - a.rank || b.at - a.at)
    .slice(0, 3)
    .map(({ place }) => place);
}
