import type { Segment } from "../../text/segments/segment.ts";
import type { ReadNumber, Wanted } from "./candidates.ts";

import { announcedIn, answerParts } from "../announced.ts";
import { likeness } from "./asked.ts";
import { sameAs } from "./candidates.ts";
import { contact, withoutRemarks } from "./clauses.ts";
import { valueOf } from "./sentence.ts";

export type FoundNumber = {
  readonly quantity: ReadNumber | null;
  readonly why: string;
  /** Read by a rule of low trust. */
  readonly doubtful: boolean;
};

/** Announcements without a number to skip before trying the next method. */
const maxTries = 20;

/**
 * The number that a reply gives as its answer: what its last correction says, else the last 【】 with a number, boxed, in a
 * tag or key for the answer, after the last announcement, in the conclusion, in the last sentence that has a number. None
 * where that gives several different ones. `spell` rewrites a part of the reply in plain signs.
 */
export function findNumber(
  reply: string,
  wanted: Wanted,
  spell: (text: string) => string,
): FoundNumber {
  const { all, corrected } = answerParts(reply);
  if (corrected !== null) {
    const found = findIn(corrected, wanted, spell);
    if (found.quantity !== null) return { ...found, why: `correction, ${found.why}` };
  }
  return findIn(all, wanted, spell);
}

function findIn(
  parts: readonly Segment[],
  wanted: Wanted,
  spell: (text: string) => string,
): FoundNumber {
  const texts = parts.map(({ text }) => spell(text));
  for (const [why, announced] of announcedIn(parts, texts, texts.join("\n"))) {
    for (const part of announced.slice(-maxTries).toReversed()) {
      const found = announcedValue(part, wanted);
      if (found === "none") continue;
      return found === "several" ? severalBy(why) : sure(found, why);
    }
  }
  const cell = onlyBoldCell(parts, spell, wanted);
  return cell ?? concluded(parts, texts, wanted);
}

/** The one number in bold of the table with which a reply ends. */
function onlyBoldCell(
  parts: readonly Segment[],
  spell: (text: string) => string,
  wanted: Wanted,
): FoundNumber | null {
  const from = parts.findLastIndex(({ text }) => !isRow.test(text)) + 1;
  const rows = parts.slice(from).map(({ text }) => ({
    isTotal: /^\s*\|[\s*]*(?:合计|总|共|小计)/.test(text),
    values: Array.from(text.matchAll(boldCell), ([, cell = ""]) => cell).flatMap((cell) => {
      const value = valueOf(spell(cell), wanted);
      return value === "none" ? [] : [value];
    }),
  }));
  const bold = rows.filter(({ values }) => values.length > 0);
  const [only, ...more] = bold.flatMap(({ values }) => values);
  if (only === undefined || bold.at(-1)?.isTotal === true) return null;
  if (bold.length > 1) return severalBy("table");
  return only === "several" || more.length > 0
    ? null
    : { quantity: only, why: "table", doubtful: true };
}

const isRow = /^\s*\|.*\|\s*$/;
const boldCell = /(?<=\|)\s*\*\*([^*|\n]{1,60})\*\*[^|*\n]{0,12}(?=\|)/g;

const sure = (quantity: ReadNumber, why: string): FoundNumber => ({
  quantity,
  why,
  doubtful: false,
});
const severalBy = (why: string): FoundNumber => ({
  quantity: null,
  why: `${why}: several numbers`,
  doubtful: false,
});

/** The number of an announcement's first sentence. */
const announcedValue = (part: string, wanted: Wanted): ReturnType<typeof valueOf> =>
  valueOf(withoutRemarks(part).split(/[。;!?\n]|\.\s/)[0] ?? "", wanted);

const closes =
  /^[\s>*_#(∴]{0,8}(?:答|∴|所以|因此|因而|故|综上|由此|可知|可见|总[之计共]|合计|共|一共|于是|解得|最终|最后|therefore|thus|so\b|hence|in total)/i;
const states = /[=≈]|是|为|等于|得|有|共|需|约|剩|花|用|付|\b(?:is|are|equals|there)\b/;

type Claimed = {
  readonly value: ReadNumber | "several";
  readonly sentence: string;
  readonly concludes: boolean;
};

/** No announcement: the conclusion, else the last sentence with a number, from the end. */
function concluded(
  parts: readonly Segment[],
  texts: readonly string[],
  wanted: Wanted,
): FoundNumber {
  const sentences = texts.flatMap((text, index) => {
    const kind = parts[index]?.kind ?? "working";
    return sentencesOf(text)
      .filter((sentence) => !contact.test(sentence))
      .map((sentence) => ({ sentence, kind }));
  });
  const read = (readable: (sentence: string) => string): readonly Claimed[] =>
    sentences.flatMap(({ sentence, kind }) => {
      const value = valueOf(readable(sentence), wanted);
      const concludes =
        kind === "conclusion" || closes.test(sentence) || /,\s?(?:所以|因此|故)/.test(sentence);
      return value === "none" ? [] : [{ value, sentence, concludes }];
    });
  const outside = read(withoutRemarks);
  const all = outside.length > 0 ? outside : read((sentence) => sentence);
  const kept = all.filter(({ sentence }) => !warns.test(sentence) && !retracts.test(sentence));
  const values = measuredAs(wanted, kept.length > 0 ? kept : all);
  if (sentences.some(({ sentence }) => declines.test(sentence)))
    return { quantity: null, why: "declines", doubtful: false };
  const labelled = values.filter(({ sentence }) => subQuestion.test(sentence));
  if (labelled.length > 1 && labelled.at(-1) === values.at(-1)) {
    const fitting = labelled.flatMap(({ value }) =>
      value !== "several" && wanted.kind !== null && value.unit?.kind === wanted.kind
        ? [value]
        : [],
    );
    const [only] = fitting;
    return only !== undefined &&
      fitting.length === 1 &&
      labelled.every(({ value }) => value !== "several" && value.unit !== null)
      ? { quantity: only, why: "sub-questions", doubtful: true }
      : severalBy("sub-questions");
  }
  const last = values.at(-1);
  if (last === undefined) return { quantity: null, why: "no number", doubtful: false };
  const chosen = chosenOf(values, last, wanted.question);
  if (chosen.value === "several") return severalBy(chosen.concludes ? "conclusion" : "last line");
  const first = chosen.value;
  if (chosen.concludes) return sure(first, "conclusion");
  const said = values.map(({ value }) => value);
  if (said.every((value) => value !== "several" && sameAs(value, first))) {
    return sure(first, "only number");
  }
  return {
    quantity: first,
    why: states.test(chosen.sentence) ? "last line" : "last number",
    doubtful: true,
  };
}

/** Without what is measured in other units at the end: 周长30厘米 and then 面积54平方厘米, where the former is asked. */
function measuredAs({ kind }: Wanted, values: readonly Claimed[]): readonly Claimed[] {
  const isOf = ({ value }: Claimed, other: boolean): boolean =>
    value !== "several" && value.unit !== null && (value.unit.kind === kind) !== other;
  const last = values.at(-1);
  if (kind === null || kind === "count" || last === undefined || !isOf(last, true)) return values;
  if (last.value !== "several" && last.value.unit?.kind === "count") return values;
  const fitting = values.findLastIndex((each) => isOf(each, false));
  return fitting < 0 ? values : values.slice(0, fitting + 1);
}

/** Says that there is no answer; what follows is an example. */
const declines =
  /(?:无法|不能|没法|难以)(?:得出|确定|计算|求出|求得|给出|算出)|不能回答|无法回答|超出.{0,8}能力|需要(?:更多|补充)|条件不足|信息不足|缺少(?:必要)?(?:的)?(?:条件|信息)|cannot be (?:determined|calculated)/i;

const subQuestion = /^[\s>*_#-]{0,8}(?:第[一二三四五\d](?:小?问|小题|空)|\([1-9]\)|[①-⑨])/;

/** The last one, unless it is a remark or tells something else than what is asked and an earlier one does not. */
function chosenOf(values: readonly Claimed[], last: Claimed, question: string): Claimed {
  if (last.concludes) return last;
  if (isRemark(last.sentence)) return values.findLast(({ concludes }) => concludes) ?? last;
  if (last.sentence.includes("=") || likeness(last.sentence, question) > 0) return last;
  const asked = values.filter(
    ({ sentence, value }) => value !== "several" && likeness(sentence, question) > 0,
  );
  return asked.at(-1) ?? last;
}

/** Tells of a mistake to avoid, or of one that was made. */
const warns = /^[\s>*_#(]{0,8}(?:注意|提醒|提示|易错|常见错误|切勿|note:)|否则(?:会|就|将)/i;
const retracts =
  /^[\s>*_#(]{0,8}(?:我|一开始|起初|最初|先前)[^,]{0,10}(?:以为|误以为|误算|错算|算成)[^,]{0,20}(?:,|$)(?!.*(?:实际|其实|应))/;

/** Says more about an answer that has been given. */
const isRemark = (sentence: string): boolean =>
  /^[\s>*_#(]{0,8}(?:比|较|相比|当|此时|其中|注意|注|这|说明|另外|同时|补充|因为|由于|也就是|即|其|若|如果|假如|倘若|万一|取等|等号|note|here|this|since|because)/i.test(
    sentence,
  );

const listMark = /^[\s>]*(?:#{1,6}\s+)?(?:\d{1,2}[.、)]\s*(?=\D)|[-*•]\s+)/;

const sentencesOf = (text: string): readonly string[] =>
  text
    .split(/[。;!?\n]|\.\s/)
    .map((sentence) => sentence.replace(listMark, ""))
    .filter((sentence) => sentence.trim() !== "");
