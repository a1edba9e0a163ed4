/**
 * English words as split by NLTK's `word_tokenize`, which CMRC's official scorer uses between Chinese characters.
 * Rules: Penn Treebank conventions in the form of NLTKWordTokenizer (nltk/tokenize/destructive.py). Its sentence
 * splitter matters only for full stops; here a full stop at the end of a word ends a sentence unless the word is a
 * common abbreviation, a single letter or contains another full stop.
 */
export function treebankWords(text: string): readonly string[] {
  return sentences(text).flatMap((sentence) => words(sentence));
}

const abbreviations: ReadonlySet<string> = new Set(
  "dr mr mrs ms prof st jr sr vs etc inc co corp ltd no vol fig gen col sgt lt rev hon jan feb mar apr jun jul aug sep sept oct nov dec dept univ assn ave blvd".split(
    " ",
  ),
);

function sentences(text: string): readonly string[] {
  const found: string[] = [];
  let from = 0;
  for (const match of text.matchAll(/[.?!]["')\]}]*\s+(?=\S)/g)) {
    const word = /\S*$/.exec(text.slice(Math.max(from, match.index - 20), match.index))?.[0] ?? "";
    if (match[0].startsWith(".") && (abbreviations.has(word) || /^[a-z]$|\./.test(word))) continue;
    found.push(text.slice(from, match.index + match[0].length));
    from = match.index + match[0].length;
  }
  found.push(text.slice(from));
  return found;
}

type Rule = readonly [RegExp, string];

const startingQuotes: readonly Rule[] = [
  [/([«“‘„]|[`]+)/g, " $1 "],
  [/^"/g, "``"],
  [/(``)/g, " $1 "],
  [/([ ([{<])("|'{2})/g, "$1 `` "],
  [/(?<![\p{L}\p{N}_])'(?!(?:re|ve|ll|m|t|s|d|n)(?![\p{L}\p{N}_]))(?=[\p{L}\p{N}_])/gu, "' "],
];
const punctuation: readonly Rule[] = [
  [/([^.])(\.)([\])}>"'»”’ ]*)$/g, "$1 $2 $3 "],
  [/([:,])(\D)/g, " $1 $2"],
  [/([:,])$/g, " $1 "],
  [/\.{2,}/g, " $& "],
  [/[;@#$%&]/g, " $& "],
  [/[\u2012-\u2015]/g, " $& "],
  [/([^.])(\.)([\])}>"']*)$/g, "$1 $2$3 "],
  [/[?!]/g, " $& "],
  [/([^'])' /g, "$1 ' "],
  [/[*]/g, " $& "],
];
const brackets: readonly Rule[] = [
  [/[\][(){}<>]/g, " $& "],
  [/--/g, " -- "],
];
const endingQuotes: readonly Rule[] = [
  [/([»”’])/g, " $1 "],
  [/''/g, " '' "],
  [/"/g, " '' "],
  [/\s+/g, " "],
  [/([^' ])('s|'m|'d|') /g, "$1 $2 "],
  [/([^' ])('ll|'re|'ve|n't) /g, "$1 $2 "],
];
const contractions: readonly Rule[] = [
  [/\b(can)(not)\b/g, " $1 $2 "],
  [/\b(d)('ye)\b/g, " $1 $2 "],
  [/\b(gim)(me)\b/g, " $1 $2 "],
  [/\b(gon)(na)\b/g, " $1 $2 "],
  [/\b(got)(ta)\b/g, " $1 $2 "],
  [/\b(lem)(me)\b/g, " $1 $2 "],
  [/\b(more)('n)\b/g, " $1 $2 "],
  [/\b(wan)(na)(?=\s)/g, " $1 $2 "],
  [/ ('t)(is)\b/g, " $1 $2 "],
  [/ ('t)(was)\b/g, " $1 $2 "],
];

function words(sentence: string): readonly string[] {
  const apply = (text: string, rules: readonly Rule[]): string =>
    rules.reduce((each, [pattern, spaced]) => each.replaceAll(pattern, spaced), text);
  const opened = apply(apply(apply(sentence.trimEnd(), startingQuotes), punctuation), brackets);
  const closed = apply(` ${opened} `, endingQuotes);
  return apply(closed, contractions)
    .split(/\s+/)
    .filter((word) => word !== "");
}
