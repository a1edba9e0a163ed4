import { z } from "zod";

import type { Gold, GoldProblem, Grade } from "../domain/grader.ts";

import { defineGrader } from "../domain/grader.ts";
import { afterLastMarker, boxed } from "../text/extract.ts";
import { answerTexts } from "../text/gold.ts";
import { fold, plain, stripLatex, stripMarkdown } from "../text/normalise.ts";

const Options = z.strictObject({
  mode: z
    .enum(["auto", "single", "multi"])
    .default("auto")
    .describe("auto: multi where the gold has several letters"),
});
type Options = z.infer<typeof Options>;

type Found = { readonly letters: readonly string[]; readonly why: string };

/** Letters of a choice question. Several letters to a single-choice question are unresolved, never a guess. */
export const grader = defineGrader({
  id: "choice",
  version: "1",
  title: { zh: "选择题", en: "choice" },
  options: Options,
  check,
  grade: ({ gold, reply }, options): Grade => {
    const labels = labelsOf(gold);
    const wanted = goldLetters(gold, labels);
    const found = find(stripLatex(stripMarkdown(fold(reply))), boxed(fold(reply)), gold, labels);
    if (found === null)
      return { verdict: "unresolved", value: 0, extracted: null, why: "no letter" };
    const extracted = found.letters.join("");
    if (!isMulti(wanted, options) && found.letters.length > 1) {
      return { verdict: "unresolved", value: 0, extracted, why: `${found.why}: several letters` };
    }
    const same = extracted === wanted.join("");
    return { verdict: same ? "right" : "wrong", value: same ? 1 : 0, extracted, why: found.why };
  },
});

const isMulti = (wanted: readonly string[], { mode }: Options): boolean =>
  mode === "multi" || (mode === "auto" && wanted.length > 1);

const labelsOf = ({ options }: Gold): readonly string[] =>
  options === null
    ? Array.from("ABCDEFG")
    : Object.keys(options).map((label) => label.toUpperCase());

function goldLetters(gold: Gold, labels: readonly string[]): readonly string[] {
  const texts = answerTexts(gold);
  const named = Object.entries(gold.options ?? {}).filter(([, text]) =>
    texts.some((each) => plain(each) === plain(text)),
  );
  const letters = texts.flatMap((text) => lettersIn(fold(text), labels));
  return sorted(letters.length > 0 ? letters : named.map(([label]) => label.toUpperCase()));
}

function check(gold: Gold, options: Options): readonly GoldProblem[] {
  const labels = labelsOf(gold);
  const written = answerTexts(gold).map((text) => fold(text).toUpperCase().trim());
  if (written.length === 0) {
    return [{ path: "answer", message: { zh: "缺少标准答案", en: "the answer is missing" } }];
  }
  const outside = written
    .flatMap((text) => text.match(/[A-Z]/g) ?? [])
    .filter((each) => !labels.includes(each));
  const letters = goldLetters(gold, labels);
  if (letters.length === 0 || (outside.length > 0 && letters.length !== 1)) {
    const list = labels.join("、");
    const said = written.join("、");
    return [
      {
        path: "answer",
        message: {
          zh: `应为选项 ${list} 之一，实为 ${said}`,
          en: `expected letters of ${list}, got ${said}`,
        },
      },
    ];
  }
  if (options.mode === "single" && letters.length > 1) {
    const message = { zh: "单选题的答案有多个字母", en: "several letters for a single choice" };
    return [{ path: "answer", message }];
  }
  return [];
}

function find(
  text: string,
  boxes: readonly string[],
  gold: Gold,
  labels: readonly string[],
): Found | null {
  const marked = afterLastMarker(text);
  const tiers: readonly (readonly [why: string, part: string | null | undefined])[] = [
    ["marker", marked],
    ["boxed", boxes.at(-1)],
    [
      "conclusion",
      text.match(/(?:故选|应选|选择|我选|因此选|所以选|選擇)\s*[::]?\s*([^\n]*)/)?.[1],
    ],
    ["whole reply", text.length <= 40 ? text : null],
    ["last line", text.trim().split("\n").at(-1)],
  ];
  for (const [why, part] of tiers) {
    if (part === null || part === undefined) continue;
    const letters = leadingLetters(part, labels);
    if (letters.length > 0) return { letters, why };
  }
  return byText(marked ?? text, gold);
}

/** Letters at the start of a text: `B`, `(B)`, `选项B。…`, `A、C`, `ACD`. */
function leadingLetters(text: string, labels: readonly string[]): readonly string[] {
  const run =
    /^[\s("'【[《「选項项:]*([A-Za-z](?:[\s、,，.;和与及/)(（）\]【】]*[A-Za-z](?![a-z]))*)(?![A-Za-z])/u.exec(
      text,
    )?.[1];
  return run === undefined ? [] : sorted(lettersIn(run, labels));
}

const lettersIn = (text: string, labels: readonly string[]): readonly string[] =>
  Array.from(text.toUpperCase()).filter((char) => labels.includes(char));

const sorted = (letters: readonly string[]): readonly string[] => [...new Set(letters)].toSorted();

/** The reply is an option's text, without its letter. */
function byText(text: string, { options }: Gold): Found | null {
  const said = plain(text);
  const hits = Object.entries(options ?? {}).filter(([, option]) => plain(option) === said);
  const [hit] = hits;
  return hit === undefined || hits.length > 1
    ? null
    : { letters: [hit[0].toUpperCase()], why: "option text" };
}
