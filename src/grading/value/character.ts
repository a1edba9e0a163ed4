import type { ValueContext } from "./value-type.ts";

import { undressed, undressedAsWritten } from "../../text/answer-fold.ts";
import { quotedIn, withoutGloss } from "./gloss.ts";
import { characterOfWord } from "./places/forms.ts";
import { defineValueType } from "./value-type.ts";

const lead = /^(?:应该?|应当|应|就)?(?:是|为|填|写作?|读作|:|：)\s*/;
const blank = /(?:[(（]\s*[)）]|_{1,8}|[＿□〇○△?？]+|……?)/;

/** One or a few Chinese characters: 闻, “闻”字, 闻（wén）, or the phrase with its blank filled (守株待兔). */
export const character = defineValueType<string>({
  expected: { zh: "一到八个汉字", en: "one to eight Chinese characters" },
  parseGold: (gold, context) => {
    const bare = dressless(gold, context).trim();
    return /^\p{Script=Han}{1,8}$/u.test(bare) ? bare : null;
  },
  parse: (text, context) => {
    const said = withoutQuotes(withoutGloss(dressless(text, context)).replace(lead, ""));
    // 属马, where the sign of a year is asked for.
    const bare = /生肖|属相|属什么/u.test(context.question) ? said.replace(/^属(?=.)/u, "") : said;
    const filled = blankOf(bare, context);
    if (filled !== null) return filled;
    const noun = /(?:什么|哪一?[个种]?)(?<noun>\p{Script=Han})[?？。]/u.exec(context.question)
      ?.groups?.["noun"];
    const asked = new RegExp(
      `(?<=.)[”"」』》]?(?:这个|一|此|个)?(?:汉?字|一词${noun === undefined ? "" : `|${noun}`})$`,
      "u",
    );
    const word = bare.replace(asked, "");
    // 休息的休
    const [, phrase = "", char = ""] =
      /^(\p{Script=Han}{2,6})[”"」』]?(?:中|里面?)?的(?:那个)?[“"「『]?(\p{Script=Han})[”"」』]?字?$/u.exec(
        word,
      ) ?? [];
    if (char !== "" && phrase.includes(char)) return char;
    return /^\p{Script=Han}{1,8}$/u.test(withoutQuotes(word)) ? withoutQuotes(word) : null;
  },
  mentions: (text, context) => {
    const bare = dressless(text, context);
    const byWord = bare.split(/[，,。；;：:]/u).flatMap((clause) => characterOfWord(clause) ?? []);
    if (byWord.length > 0) return byWord.slice(-1);
    const quoted = quotedIn(bare).filter((each) => /^\p{Script=Han}{1,8}$/u.test(each));
    const named = /(?:是|为|成了?|填入?|写作|即|得到?)(?:[“"「])?(\p{Script=Han})(?:[”"」])?字/gu;
    return [...quoted, ...Array.from(bare.matchAll(named), ([, char = ""]) => char)];
  },
  loose: true,
  compare: (gold, reply) => (gold === reply ? "same" : "different"),
});

const dressless = (text: string, { options }: ValueContext): string =>
  options.script === "as written" ? undressedAsWritten(text) : undressed(text);

const withoutQuotes = (text: string): string =>
  text.replaceAll(/^[“"'「『《\s]+|[”"'」』》。.,\s]+$/gu, "");

const letters = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]/gu, "");

/** What fills the blank of the question, where the reply repeats the phrase around it. */
function blankOf(reply: string, context: ValueContext): string | null {
  const { question } = context;
  for (const phrase of dressless(question, context).split(/[“”「」『』"。！；;!\n]/)) {
    const [before, after, ...more] = phrase.split(blank);
    if (before === undefined || after === undefined || more.length > 0) continue;
    const [left, right] = [letters(before), letters(after)];
    const text = letters(reply);
    if (left.length + right.length < 2 || text.length <= left.length + right.length) continue;
    if (!text.startsWith(left) || !text.endsWith(right)) continue;
    const filled = text.slice(left.length, text.length - right.length);
    if (filled.length <= 8) return filled;
  }
  return null;
}
