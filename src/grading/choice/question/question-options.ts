import { fold } from "../../../text/normalise.ts";

/** Start and end of an option's mark. */
type Mark = { readonly start: number; readonly end: number };

export type OptionMarks = {
  readonly marks: readonly Mark[];
  /** The marks have a point, bracket or colon, so that they can hardly be anything else. */
  readonly sure: boolean;
  /** The marks are numbers. */
  readonly digits: boolean;
};

type Form = {
  readonly pattern: RegExp;
  readonly first: string;
  readonly least: number;
  readonly sure: boolean;
};

/** The ways in which authors write options into a question, from the surest to a guess. */
const forms: readonly Form[] = [
  {
    pattern: /(?<=^|[\s。?;,(①-⑳])([A-H])\s*[.、:．)]\s*(?=\S)/g,
    first: "A",
    least: 2,
    sure: true,
  },
  { pattern: /(?<![A-Za-z\d])\(?([A-H])[ ]?[.、:．)]\s*(?=\S)/g, first: "A", least: 3, sure: true },
  { pattern: /(?<![A-Za-z\d])\(?([a-h])[ ]?[.、:．)]\s*(?=\S)/g, first: "a", least: 3, sure: true },
  { pattern: /(?<=^|\n|[\s?。:)])([A-H])[ \t]+(?=[^\sA-H])/g, first: "A", least: 3, sure: false },
  {
    pattern: /(?<=^|[\s?。:);,、])([A-H])(?=[\p{Script=Han}\d$\\"“《])/gu,
    first: "A",
    least: 3,
    sure: false,
  },
  {
    pattern: /(?<=\p{Script=Han})([A-H])(?=\p{Script=Han})/gu,
    first: "A",
    least: 4,
    sure: false,
  },
  { pattern: /([①-⑧])[ ]?(?=[^\s①-⑧])/g, first: "①", least: 3, sure: false },
  { pattern: /\(([1-8])\)[ ]?(?=[^\s()])/g, first: "1", least: 3, sure: true },
  {
    pattern: /(?<=^|[\s?。:;,)])([1-8])[.、)](?: (?=\S)|(?=[^\s\d]))/g,
    first: "1",
    least: 3,
    sure: true,
  },
];

const none: OptionMarks = { marks: [], sure: false, digits: false };

/** The marks of the options inside a question: the last ascending series of the first form that has one. */
export function optionMarks(question: string): OptionMarks {
  if (question === "") return none;
  if (question !== latest.question) latest = { question, marks: marksIn(fold(question)) };
  return latest.marks;
}

/** Labels, stem and options of a question are asked for one after the other. */
let latest: { question: string; marks: OptionMarks } = { question: "", marks: none };

function marksIn(text: string): OptionMarks {
  for (const { pattern, first, least, sure } of forms) {
    const marks = series(text, pattern, first);
    const digits = first === "1";
    if (marks.length < least || (digits && !areOptions(text, marks))) continue;
    return { marks, sure, digits };
  }
  return none;
}

/** Numbers also count sub-questions and statements: options are short and ask nothing. */
const areOptions = (text: string, marks: readonly Mark[]): boolean =>
  marks.every(({ end }, index) => {
    const words = text.slice(end, marks[index + 1]?.start ?? text.length).trim();
    return words !== "" && words.length <= 40 && !/[?？]|_{2}|\( *\)|哪|什么|多少|求/.test(words);
  });

function series(text: string, pattern: RegExp, first: string): readonly Mark[] {
  let marks: Mark[] = [];
  for (const match of text.matchAll(pattern)) {
    const expected = String.fromCodePoint((first.codePointAt(0) ?? 0) + marks.length);
    const mark = { start: match.index, end: match.index + match[0].length };
    if (match[1] === expected) marks.push(mark);
    else if (match[1] === first) marks = [mark];
  }
  return marks;
}
