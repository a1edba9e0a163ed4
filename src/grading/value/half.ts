import { foldText, undressed } from "../../text/answer-fold.ts";
import { quotedIn, withoutGloss, withoutQuotes } from "./gloss.ts";
import { defineValueType } from "./value-type.ts";

const attribution =
  /\s*(?:——|—|--|-)\s*(?:[(（【[]?(?:先秦|汉|魏|晋|唐|五代|北?宋|南宋|元|明|清)?[代]?[)）】\]]?\s*[·・]?\s*\p{Script=Han}{2,4})?\s*《[^《》]{1,30}》\s*$|(?<=[。”"])\s*——?\s*\p{Script=Han}{2,4}\s*$/u;
/** 下一句是, and a bare 是 before a quotation; 为 may be the first word of the half itself. */
const lead =
  /^(?:(?:它的|其)?(?:下|后|前|上)(?:半|一)?[句联]|后半部分|全句)(?:应该?|应当)?(?:是|为|:|：)\s*|^(?:应该?|应当)?(?:是|为|:|：)\s*(?=[“"「])/;

/** The other half of a saying, a couplet or two lines of verse; the half that was asked about may stand before it. */
export const half = defineValueType<string>({
  expected: {
    zh: "半句话（歇后语、诗句、对联的另一半）",
    en: "the other half of a saying or verse",
  },
  parseGold: (gold) => keyOf(gold),
  parse: (text, { question }) => {
    const bare = withoutGloss(undressed(text).replace(attribution, "")).replace(lead, "");
    const key = keyOf(bare);
    if (key === null || bare.length > 60) return null;
    const asked = askedHalves(question).flatMap((quoted) => keyOf(quoted) ?? []);
    const given = asked.find((each) => key.length > each.length && key.startsWith(each));
    const other = asked.find((each) => key.length > each.length && key.endsWith(each));
    if (given !== undefined) return key.slice(given.length);
    return other === undefined ? key : key.slice(0, -other.length);
  },
  mentions: (text, { question }) => {
    const asked = new Set(askedHalves(question).map((quoted) => keyOf(quoted)));
    return quotedIn(text).filter((quoted) => !asked.has(keyOf(quoted)));
  },
  loose: true,
  compare: (gold, reply) => (gold === reply ? "same" : "different"),
});

/** What the question quotes; a question of a few words is itself the half. */
function askedHalves(question: string): readonly string[] {
  const quoted = quotedIn(question);
  return quoted.length === 0 && question.length <= 24 ? [question] : quoted;
}

/** The words alone: no punctuation tells one half of a saying from another. */
function keyOf(text: string): string | null {
  const key = foldText(withoutQuotes(text)).replaceAll(/[^\p{L}\p{N}]/gu, "");
  return key === "" ? null : key;
}
