import type { Gold, Grade, Sample } from "../domain/grader.ts";

import { onlyLetters } from "../text/finding/only-letters.ts";
import { simplify } from "../text/normalise.ts";
import { standInOrder } from "../text/stand-in-order.ts";
import { goldTexts } from "./graders.ts";

/** Shorter replies may be an answer that stands in the question. */
const fewestLetters = 6;
/** The share of a question's letters that its subject's words make at least; a short reply may be a statement of the question that answers it. */
const leastShare = (letters: number): number => (letters < 12 ? 0.75 : 0.5);
/** How much longer than its question a reply may be that holds no more than the question and its instructions. */
const mostAdded = 240;

/** Before a question that is said again. */
const opening = /^(?:答案|[你您]问的(?:是|问题是)|问题|题目|Q|question)\s*[：:]/iu;
/** A line that says how to answer: prompts end with such. */
const instruction = /^(?:请|只回答|只写|不要|想好之后|您好|答案[：:](?:…|X|数字))/u;

const parroted: Grade = {
  verdict: "unresolved",
  value: 0,
  extracted: null,
  why: "repeats the question",
};

/** In 作为一个语言模型 the 一个 counts nothing. */
const introduction =
  /作[为為]一[个個名款位](?=[^，。,.\n]{0,12}(?:模型|助手|AI|人工智能|人工智慧|程序|机器人))/gu;

const withoutIntroduction = (sample: Sample): Sample =>
  /作[为為]一/.test(sample.reply)
    ? { ...sample, reply: sample.reply.replaceAll(introduction, "作为") }
    : sample;

/** A grader of answers that reads nothing in a reply which only repeats what was asked, and no number in one that introduces itself. */
export const unlessParroted =
  <Options>(
    grade: (sample: Sample, options: Options) => Grade,
  ): ((sample: Sample, options: Options) => Grade) =>
  (sample, options) =>
    isParrot(sample.reply, sample.gold) ? parroted : grade(withoutIntroduction(sample), options);

/**
 * True of a reply that is the question, with or without its instructions; most of its words in their order, and nothing else; or all its
 * options. Never where the gold itself is most of the reply, as where a sentence is to be punctuated.
 */
export function isParrot(reply: string, gold: Gold): boolean {
  if (listsOptions(reply, gold)) return reply.length <= longestOf(gold) + mostAdded;
  if (reply.length < fewestLetters || beginsOtherwise(reply, gold.question)) return false;
  if (reply.length > longestOf(gold) + mostAdded) return false;
  const asked = questionLetters(gold.question);
  if (asked.length < fewestLetters) return false;
  const repeated = reply.trim().replace(opening, "");
  if (!mayRepeat(repeated, asked, gold) || hasOwnMarks(reply, gold.question)) return false;
  const said = lettersOf(repeated);
  if (said.length < fewestLetters) return false;
  if (choosesLines(reply, gold)) return false;
  const golds = goldTexts(gold).map(lettersOf);
  if (golds.some((text) => text.length * 2 > said.length && said.includes(text))) return false;
  if (said.startsWith(asked) && isAddedInstruction(reply, gold.question)) return true;
  const options = Object.entries(gold.options ?? {}).map(([label, text]) =>
    lettersOf(label + text),
  );
  return (
    repeats(said, [asked], asked.length) ||
    (options.length > 0 && repeats(said, [asked, ...options], asked.length))
  );
}

/**
 * Nothing but lines of options, one of which is passed over (A: … ⏎ B: … ⏎ D: …), as who repeats them does not; or all of
 * them, where several are right.
 */
function choosesLines(reply: string, { answer }: Gold): boolean {
  const lines = reply.split("\n").filter((line) => line.trim() !== "");
  const labels = lines.map((line) => /^\s*([A-H])\s*[.:：、．)）]/.exec(line)?.[1] ?? "");
  if (labels.length < 2 || labels.includes("")) return false;
  const several = Array.isArray(answer) ? answer.length > 1 : /^[A-H]{2,8}$/.test(String(answer));
  return (
    labels.join("") === labels.toSorted().join("") &&
    (several || labels.some((label, at) => label !== String.fromCodePoint(65 + at)))
  );
}

const longestOf = ({ question, options }: Gold): number =>
  question.length + Object.values(options ?? {}).reduce((sum, { length }) => sum + length + 4, 0);

const lettersOf = (text: string): string => onlyLetters(simplify(text).toLowerCase());

// oxlint-disable-next-line no-control-regex
const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

/** Cached, because one question goes to many targets. */
const questions = new Map<string, string>();
const mostQuestions = 1_000;

function questionLetters(question: string): string {
  if (isAscii(question)) return lettersOf(question);
  const known = questions.get(question);
  if (known !== undefined) return known;
  if (questions.size >= mostQuestions) questions.clear();
  const letters = lettersOf(question);
  questions.set(question, letters);
  return letters;
}

/**
 * False where the first letters of a reply already stand in no order of the question, its options and the instructions, as those of
 * nearly every reply: its other letters need not be looked at.
 */
function mayRepeat(reply: string, asked: string, { options }: Gold): boolean {
  const first = lettersOf(reply.slice(0, 2 * fewestLetters));
  if (standInOrder(first, asked + instructions)) return true;
  return (
    options !== null &&
    standInOrder(first, asked + lettersOf(Object.entries(options).flat().join("")) + instructions)
  );
}

const mark = /[^\p{L}\p{N}\s，、,。；;：:？?“”"‘’'%….-]/u;
const marks = new RegExp(mark, "gu");

/** Marks that the question has not, such as {, = and ✓, say something of what is repeated. */
function hasOwnMarks(reply: string, question: string): boolean {
  for (const [each] of reply.matchAll(marks)) if (!question.includes(each)) return true;
  return false;
}

/** Most of those that do begin with one, which costs less to see than all of a reply. */
const beginsOtherwise = (reply: string, question: string): boolean => {
  const first = reply.charAt(0);
  return !isHalf(first) && mark.test(first) && !question.includes(first);
};

/** Half of a character of two units. */
const isHalf = (char: string): boolean => (char.charCodeAt(0) & 0xf800) === 0xd800;

/** What prompts say beside the question, of which key words are a part. */
const instructions =
  "请写出必要的步骤并在最后一行用答案数字给出结果不带单位请在最后一行用答案给出答案答案后面不要再写别的请在最后一行用答案x给出选项字母";

/** Every letter stands in these texts or in the usual instructions, in the same order, and enough of each text is said. */
function repeats(said: string, texts: readonly string[], asked: number): boolean {
  const counts = texts.map(() => 0);
  const whole = [...texts, instructions];
  let [segment, at] = [0, -1];
  for (const letter of said) {
    at = (whole[segment] ?? "").indexOf(letter, at + 1);
    while (at < 0 && segment < texts.length) {
      segment++;
      at = (whole[segment] ?? "").indexOf(letter);
    }
    if (at < 0) return false;
    if (segment < texts.length) counts[segment] = (counts[segment] ?? 0) + 1;
  }
  const [own = 0, ...others] = counts;
  // Who chooses repeats one option; who repeats the question names most of them, if only by what they do not share.
  return (
    own >= asked * (others.length > 0 ? 0.5 : leastShare(Math.min(said.length, asked))) &&
    others.filter((count) => count > 0).length * 2 >= others.length
  );
}

function isAddedInstruction(reply: string, question: string): boolean {
  const at = reply.indexOf(question);
  if (at < 0) return false;
  const rest = reply.slice(at + question.length).split("\n");
  return rest.every((line) => line.trim() === "" || instruction.test(line.trim()));
}

/** All options of a question with one right answer, in their own words, and nothing else beside the question. */
function listsOptions(reply: string, { options, answer, question }: Gold): boolean {
  if (options === null) return false;
  // Nearly every reply lacks one of them, and soon.
  for (const label in options) if (!reply.includes(options[label] ?? "")) return false;
  const texts = Object.values(options);
  if (texts.length < 2 || (Array.isArray(answer) && answer.length > 1)) return false;
  let rest = reply.replace(question, "").replace(opening, "");
  for (const text of texts.toSorted((a, b) => b.length - a.length)) {
    if (!rest.includes(text)) return false;
    rest = rest.replace(text, "");
  }
  const labels = new Set(Object.keys(options).map((label) => label.toLowerCase()));
  return Array.from(rest).every(
    (letter) => labels.has(letter.toLowerCase()) || /[\s.,、，:：;；。()（）]/u.test(letter),
  );
}
