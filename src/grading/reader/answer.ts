import type { AnswerForm } from "./answer-form.ts";
import type { Said } from "./contract.ts";

import { fold } from "../../text/normalise.ts";
import { chineseNumber, numeralCharacters } from "../../text/quantity/chinese.ts";
import { spellNumbers } from "../../text/quantity/spell.ts";
import { type QuotedPlace, standingsOf } from "./verbatim.ts";

/** A reading that code has checked against the reply, or why it does not count, in words. */
export type CheckedReading =
  /** `answer` as the reply writes it, `quote` as it stands there; null where the reader found no answer. */
  | { readonly ok: true; readonly answer: string | null; readonly quote: string }
  | { readonly ok: false; readonly problem: string };

/**
 * Checks what a reader said. Its quotation must stand in the reply and the answer in the quotation: letters must be labels
 * of the question, everything else is taken from the reply itself and never from the reader. Numbers and formulas that the
 * reply spells in words may be written anew, of numbers that the quotation holds.
 */
export function checked({ answer, quote }: Said, reply: string, asked: AnswerForm): CheckedReading {
  if (answer === null) return { ok: true, answer: null, quote: "" };
  const places = standingsOf(quote, reply);
  const [place] = places;
  if (place === undefined) return { ok: false, problem: "引文在回答里找不到" };
  const quoted = dressedIn(reply, place);
  if (asked.kind === "letters") {
    const letters = lettersIn(answer, asked);
    if (letters === null) return { ok: false, problem: "答案不是这道题的选项" };
    if (namesAnother(quoted, letters, asked.labels))
      return { ok: false, problem: "引文说的是另一个选项" };
    return { ok: true, answer: letters, quote: quoted };
  }
  const found = takenFrom(answer, quoted, asked);
  if (found === null) return { ok: false, problem: "答案不在引文里" };
  return { ok: true, answer: found, quote: quoted };
}

function lettersIn(
  answer: string,
  { labels, several, parts }: Extract<AnswerForm, { kind: "letters" }>,
): string | null {
  if (parts === null) {
    const letters = labelsIn(answer, labels);
    if (letters === null || (!several && letters.length !== 1)) return null;
    return letters.join("");
  }
  const each = fold(answer)
    .trim()
    .split(/[\s,，;；、|]+/u);
  const read = each.map((one) => labelsIn(one.replace(/^\d+[.、:]?/u, ""), labels));
  if (read.length !== parts || read.some((one) => one === null)) return null;
  return read.map((one, at) => `${at + 1}. ${one?.join("") ?? ""}`).join("\n");
}

/** The one label that a quotation names, without denying it, is none of the answer's. */
function namesAnother(quoted: string, letters: string, labels: readonly string[]): boolean {
  const named = new Set(fold(quoted).match(/(?<![A-Za-z])[A-Z](?![A-Za-z])/g) ?? []);
  const [only = ""] = named;
  return (
    named.size === 1 && labels.includes(only) && !letters.includes(only) && !denies.test(quoted)
  );
}

const denies = /[不没非错误除未否假]|\b(?:not?|neither|nor|wrong|false|except|incorrect)\b/iu;

/** The labels that a text consists of; null where it holds anything else, or none. */
function labelsIn(text: string, labels: readonly string[]): readonly string[] | null {
  const bare = fold(text)
    .toUpperCase()
    .replaceAll(/[\s,，、;；.。()[\]"'“”]|选项|答案[:：]?|项/gu, "");
  const whole = labels.find((label) => label === bare);
  if (whole !== undefined) return [whole];
  const letters = Array.from(bare);
  if (letters.length === 0 || !letters.every((letter) => labels.includes(letter))) return null;
  return [...new Set(letters)].toSorted((a, b) => labels.indexOf(a) - labels.indexOf(b));
}

/** The answer as the quotation writes it; null where it does not stand there. */
function takenFrom(answer: string, quoted: string, asked: AnswerForm): string | null {
  const isExact = asked.kind === "words" && asked.exactly;
  if (isExact) return quoted.includes(answer.trim()) ? answer.trim() : null;
  const standings = standingsOf(answer, quoted);
  if (standings.length === 0) return isSpelledAnew(answer, quoted, asked) ? answer.trim() : null;
  const written = new Set(
    standings.flatMap(({ from, to, isWhole }) => (isWhole ? [withDress(quoted, from, to)] : [])),
  );
  const [only] = written;
  // 5² and 52 are one to a reader's JSON: which of them was meant cannot be told.
  if (written.size !== 1 || only === undefined) return null;
  // **K**ey **P**erformance **I**ndicator
  return asked.kind === "words" ? only.replaceAll("**", "") : only;
}

/** The quotation with the $\ before its first command and the $ after it, without which it is a fragment. */
function dressedIn(reply: string, { from, to }: QuotedPlace): string {
  const before = /(?:\${1,2}\s?)?\\?$/.exec(reply.slice(Math.max(0, from - 4), from))?.[0] ?? "";
  const isCommand = before.endsWith("\\") && /[A-Za-z]/u.test(reply[from] ?? "");
  const start = isCommand || before.includes("$") ? from - before.length : from;
  const after = /^\s?\${1,2}/.exec(reply.slice(to, to + 3))?.[0] ?? "";
  return reply.slice(start, before.includes("$") ? to + after.length : to);
}

/** $\frac{1}{2}$ keeps the dollars that it stands in, since without them it is a fragment. */
function withDress(quoted: string, from: number, to: number): string {
  const isMath = quoted[from - 1] === "\\" && /[A-Za-z]/u.test(quoted[from] ?? "");
  return quoted.slice(isMath ? from - 1 : from, to).trim();
}

/** x 等于负二 written as x=-2: nothing but numbers and signs that the quotation has in other words. */
function isSpelledAnew(answer: string, quoted: string, { kind }: AnswerForm): boolean {
  if (kind === "letters" || kind === "words") return false;
  const said = numbersIn(quoted);
  const own = numbersIn(answer);
  const isNegative = /(?:^|[^\d\s)A-Za-z])\s*[-−]\s*\d|^[-−]/u.test(answer);
  return (
    own.length > 0 &&
    own.every((number) => said.includes(number)) &&
    (!isNegative || /[-−负]|零下|minus|negative/u.test(quoted))
  );
}

const numbersIn = (text: string): readonly string[] =>
  (
    spellNumbers(fold(text))
      .replaceAll(numerals, (each) => String(chineseNumber(each) ?? each))
      .match(/\d+(?:\.\d+)?/g) ?? []
  ).map((number) => String(Number(number)));

const numerals = new RegExp(`[${numeralCharacters}]+`, "gu");
