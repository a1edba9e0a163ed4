import type { Tested } from "./constraint.ts";

import { declines } from "../../text/declines.ts";
import { broken } from "./constraint.ts";
import { partsOf } from "./parts.ts";

/** Why a text that holds the right words says nothing all the same; null where it may say something. */
export function emptiness(text: string, question: string): Tested | null {
  const letters = lettersOf(text);
  // A story may refuse later on; a reply that is a refusal begins with it.
  const [first] = partsOf(text, "sentence");
  if (first !== undefined && (declines(first.text) || apology.test(first.text)))
    return broken("是拒答", "is a refusal");
  const filler = fillerOf(letters);
  if (filler !== null) return broken(`只是重复“${filler}”`, `repeats "${filler}"`);
  if (circles(text)) return broken("只是反复说同样的话", "says the same over and over");
  if (isWordList(text)) return broken("只是罗列词语", "lists words");
  if (isRecited(text.toLowerCase())) return broken("用数目字之类凑数", "is filled up by counting");
  const own = lettersOf(withoutQuestion(text, question));
  return letters.length >= fewestLetters && own.length * 2 < letters.length
    ? broken("大半是照抄题目", "most of it repeats the question")
    : null;
}

const lettersOf = (text: string): readonly string[] => text.match(/[\p{L}\p{N}]/gu) ?? [];

const fewestLetters = 8;
/** In running Chinese the most frequent character (的) makes less than a tenth. */
const mostShare = 0.35;

/** The one character that most of a text consists of. */
function fillerOf(letters: readonly string[]): string | null {
  if (letters.length < fewestLetters) return null;
  const counts = [...Map.groupBy(letters, (letter) => letter)];
  const [letter, own] = counts.toSorted(([, a], [, b]) => b.length - a.length)[0] ?? ["", []];
  return own.length > letters.length * mostShare ? letter : null;
}

/** So many Han characters from the beginning are looked at: a long text repeats pairs without circling. */
const opening = 60;
/** Of 436 public replies of one model to tasks of writing, prose has 78% new pairs or more; below are a timetable and copies of the question. */
const fewestNew = 0.7;

/** Pairs of neighbours in a text that goes on are mostly new; in 石桥炊烟石桥炊烟 they come again and again. */
function circles(text: string): boolean {
  const points = (text.match(/\p{Script=Han}/gu) ?? []).slice(0, opening);
  if (points.length < 2 * fewestLetters) return false;
  const pairs = points.slice(1).map((point, at) => `${points[at] ?? ""}${point}`);
  return new Set(pairs).size < pairs.length * fewestNew;
}

const mostWords = 4;

/** Most clauses are of so few characters that they are words in a row: 春风，人，家，离家. */
function isWordList(text: string): boolean {
  const clauses = text
    .split(/[，,。；;！？!?]/u)
    .map((clause) => lettersOf(clause).length)
    .filter((n) => n > 0);
  return clauses.length >= mostWords && clauses.filter((n) => n <= 3).length * 2 > clauses.length;
}

const rows = ["一二三四五六七八九十", "甲乙丙丁戊己庚辛壬癸", "abcdefghijklmnopqrstuvwxyz"];

/** Four or more letters of a row that everybody can recite, such as 一二三四, and nothing between them. */
const isRecited = (text: string): boolean =>
  rows.some((row) =>
    Array.from(row).some((_, at) => at + 4 <= row.length && text.includes(row.slice(at, at + 4))),
  );

/** What a refusal opens with beside what `declines` knows. A story may open with 对不起 or 我不能忘记 too, so the deed is named. */
const deed = "(?:写|说|介绍|描述|回答|完成|提供|编|画|帮)";
const apology = new RegExp(
  [
    `^(?:非常|很|十分|实在)?(?:抱歉|对不起|不好意思|sorry)[^。！？!?\\n]{0,24}(?:(?:不能|无法|没法|不会|没办法)[^。，,]{0,4}${deed}|写不|做不|can't|cannot|unable)`,
    `^我(?:不知道(?:怎么|如何|该)|(?:不会|不能|没法|无法)${deed}|写不|做不[了到])`,
    "^作为(?:一[个名款位])?(?:大?语言|AI|人工智能)?(?:大?模型|AI|人工智能|智能助手|助手|程序)[，,]",
  ].join("|"),
  "iu",
);

/** Without the clauses that stand in the question word for word; short ones may be what it asks for. */
function withoutQuestion(text: string, question: string): string {
  const asked = lettersOf(question).join("");
  const clauses = text.split(/(?<=[，。！？；：,.!?;:\n])/u);
  const isCopied = (clause: string): boolean => {
    const letters = lettersOf(clause).join("");
    return letters.length >= 6 && asked.includes(letters);
  };
  return clauses.filter((clause) => !isCopied(clause)).join("");
}
