import { chineseDigits } from "../../text/quantity/chinese.ts";

/** Formulas that a reply says in words as it would write them: e squared as e^2, negative two as -2, x^2减一 as x^2-1. */
export const wordsInSigns = (text: string): string =>
  spoken.test(text)
    ? rewrites.reduce((told, [pattern, formula]) => told.replaceAll(pattern, formula), text)
    : text;

const spoken =
  /\b(?:squared|cubed|negative|minus|square root|halves|half|thirds?|quarters?|fifths?)\b|[a-z\d)](?:\^\d)?\s?[加减]\s?[一二两三四五六七八九十]/i;

const small: readonly string[] =
  "zero one two three four five six seven eight nine ten eleven twelve".split(" ");
const number = `(${small.join("|")}|\\d+)`;
const digits = (word: string): string => {
  const at = small.indexOf(word.toLowerCase());
  return at < 0 ? word : String(at);
};

const parts: Readonly<Record<string, string>> = { half: "2", third: "3", quarter: "4", fifth: "5" };

const rewrites: readonly (readonly [RegExp, (all: string, ...groups: string[]) => string])[] = [
  [/(?<![A-Za-z])([a-z]|\d+) squared\b/gi, (_, base = "") => `${base}^2`],
  [/(?<![A-Za-z])([a-z]|\d+) cubed\b/gi, (_, base = "") => `${base}^3`],
  [new RegExp(`\\b(?:the )?square root of ${number}\\b`, "gi"), (_, of = "") => `√${digits(of)}`],
  [new RegExp(`\\b(?:negative|minus) ${number}\\b`, "gi"), (_, of = "") => `-${digits(of)}`],
  [
    new RegExp(`\\b${number}[ -](half|third|quarter|fifth)s?\\b`, "gi"),
    (_, above = "", below = "") => `${digits(above)}/${parts[below.toLowerCase()] ?? below}`,
  ],
  [
    /(?<=[a-z\d)](?:\^\d)?)\s?([加减])\s?([一二两三四五六七八九十]{1,3})(?!\p{Script=Han})/gu,
    (_, sign = "", of = "") => `${sign === "加" ? "+" : "-"}${chineseDigits(of) ?? of}`,
  ],
];
