import type { Lang } from "../../domain/text.ts";
import type { ReviewCase } from "../../report/people/review/case.ts";

import { colon } from "../../domain/text.ts";
import { askedOf, goldTexts, repliesOf, whyText } from "../../report/people/review/case.ts";
import { verdictText } from "../../report/people/review/verdict-text.ts";
import { foldedText } from "../../report/render/folded.ts";
import { clean, points } from "../../report/render/format.ts";
import { wrap } from "../../report/render/width.ts";
import { blank, fitLine, line, type Line, type Tone } from "../line.ts";
import { words as runWords } from "../words.ts";
import { words } from "./words.ts";

const cache = new WeakMap<ReviewCase, { readonly name: string; readonly lines: readonly Line[] }>();

/** An answer with everything needed to rule on it: any number of lines, none wider than the screen. */
export function caseLines(
  shown: ReviewCase,
  lang: Lang,
  columns: number,
  revealed: boolean,
): readonly Line[] {
  const name = `${lang} ${columns} ${revealed}`;
  const known = cache.get(shown);
  if (known?.name === name) return known.lines;
  const lines = build(shown, lang, columns, revealed);
  cache.set(shown, { name, lines });
  return lines;
}

function build(shown: ReviewCase, lang: Lang, columns: number, revealed: boolean): readonly Line[] {
  const { item, answer } = shown;
  const asked = askedOf(item, answer);
  const golds = goldTexts(shown);
  return [
    ...verdictLines(shown, lang, columns, revealed),
    fitLine(
      line(clean([item.dimension.join(" / "), ...item.tags].join(" · "), 400), "dim"),
      columns,
    ),
    ...(asked?.messages ?? []).flatMap(({ role, text }) =>
      section(runWords.roles[role][lang], text, "dim", lang, columns),
    ),
    ...repliesOf(answer).flatMap((reply, turn) => [
      ...section(runWords.roles.user[lang], asked?.turns[turn] ?? "", "accent", lang, columns),
      ...((golds[turn] ?? "") === ""
        ? []
        : section(words.gold[lang], golds[turn] ?? "", "good", lang, columns)),
      ...section(
        runWords.roles.assistant[lang],
        shown.folded === true ? foldedText(reply, lang) : reply,
        undefined,
        lang,
        columns,
      ),
    ]),
  ];
}

function verdictLines(
  { item, answer, score }: ReviewCase,
  lang: Lang,
  columns: number,
  revealed: boolean,
): readonly Line[] {
  if (!revealed) return [fitLine(line(words.hidden[lang], "dim"), columns)];
  if (score === null) return [];
  const tone: Tone =
    score.verdict === "right" ? "good" : score.verdict === "wrong" ? "bad" : "warn";
  const verdict = `${words.grader[lang]}${colon[lang]}${verdictText({ item, answer, score }, lang)} ${points(score.value)}`;
  return [
    fitLine(line(verdict, tone), columns),
    ...textLines(whyText(score, lang), "dim", columns),
  ];
}

const section = (
  title: string,
  text: string,
  tone: Tone | undefined,
  lang: Lang,
  columns: number,
): readonly Line[] => [
  blank,
  line(`[${title}]`, "bold"),
  ...(text.trim() === ""
    ? [line(words.empty[lang], "dim")]
    : textLines(text.trimEnd(), tone, columns)),
];

const tabWidth = 4;
const maxLineChars = 200_000;

/** Every line of a text, indentation kept, because people review code here too. */
const textLines = (text: string, tone: Tone | undefined, columns: number): readonly Line[] =>
  text.split(/\r\n|[\n\r\u2028\u2029]/).flatMap((each) => {
    const [indent = ""] = /^[ \t]*/.exec(each) ?? [];
    const wide = indent.replaceAll("\t", " ".repeat(tabWidth)).length;
    const before = " ".repeat(Math.min(wide, Math.floor(columns / 3)));
    const parts = wrap(clean(each, maxLineChars), columns - before.length);
    return parts.map((part) => line(part === "" ? "" : before + part, tone));
  });
