import type { Gold } from "../../../domain/grader.ts";
import type { ChoiceReading, Found } from "../reading.ts";

import { foldSimplified } from "../../../text/normalise.ts";
import { mentions } from "../group.ts";
import { wordsOf } from "../question/option-words.ts";

/** Part of an option's words: two or one Chinese characters, or the beginning of a Latin word. */
type Token = { readonly text: string; readonly weight: number; readonly own: boolean };
type Profile = {
  readonly label: string;
  readonly words: string;
  readonly tokens: readonly Token[];
  readonly total: number;
};

const profiles = new WeakMap<Gold, readonly Profile[]>();

/** What tells an option from the others: a token weighs the more, the fewer options have it. */
function profilesOf(gold: Gold): readonly Profile[] {
  const known = profiles.get(gold);
  if (known !== undefined) return known;
  const options = wordsOf(gold).map(([label, words]) => ({ label, words, parts: partsOf(words) }));
  const question = foldSimplified(gold.question).toLowerCase();
  const made = options.map(({ label, words, parts }) => {
    const tokens = parts.map((text) => {
      const shared = options.filter((each) => each.parts.includes(text)).length;
      const rarity = Math.log(options.length / shared) * (text.length === 1 ? 0.5 : 1);
      const weight = question.includes(text) ? rarity * 0.4 : rarity;
      return { text, weight, own: shared === 1 && text.length > 1 };
    });
    return { label, words, tokens, total: tokens.reduce((sum, { weight }) => sum + weight, 0) };
  });
  profiles.set(gold, made);
  return made;
}

const empty = new Set(Array.from("的了是在有和与这那个一也就都很更最被把会能对为以及其所"));

const common = /只有|就是|都是|可以|没有|不是|一个|一种|能够|应该|进行/;

function partsOf(words: string): readonly string[] {
  const found = new Set<string>();
  for (const run of words.toLowerCase().match(/\p{Script=Han}+|[a-z]{4,}|\d+(?:\.\d+)?/gu) ?? []) {
    if (/^\d/.test(run)) found.add(run);
    else if (/^[a-z]/.test(run)) found.add(run.slice(0, Math.max(4, Math.ceil(run.length * 0.65))));
    else
      for (let at = 0; at < run.length; at++) {
        const char = run.charAt(at);
        if (!empty.has(char)) found.add(char);
        const pair = run.slice(at, at + 2);
        if (pair.length === 2 && !common.test(pair)) found.add(pair);
      }
  }
  return [...found];
}

type Fit = {
  readonly profile: Profile;
  readonly share: number;
  readonly own: boolean;
  /** How many of its Latin words are there; null where it has none. */
  readonly words: number | null;
};

/** How much of each option's words a passage has, the most first. `own`: some that no other option has. */
export function shares(
  passage: string,
  gold: Gold,
): readonly { readonly label: string; readonly share: number; readonly own: boolean }[] {
  return fitsOf(passage, gold).map(({ profile, share, own }) => ({
    label: profile.label,
    share,
    own,
  }));
}

function fitsOf(passage: string, gold: Gold): readonly Fit[] {
  const text = passage.toLowerCase();
  return profilesOf(gold)
    .map((profile) => {
      const has = profile.tokens.filter((token) => text.includes(token.text));
      const weight = has.reduce((sum, each) => sum + each.weight, 0);
      const share = profile.total === 0 ? 0 : weight / profile.total;
      const latin = profile.tokens.filter((token) => /^[a-z]/.test(token.text));
      const words = latin.length < 2 ? null : has.filter((token) => latin.includes(token)).length;
      return { profile, share, own: has.some((each) => each.own), words };
    })
    .toSorted((a, b) => b.share - a.share);
}

/** Of the share that is needed, what suffices where the other options have next to nothing. */
const soleShare = 0.65;

/** The option whose words a passage has far more of than of any other's; null where none stands out. */
function bestFit(passage: string, gold: Gold, least: number): Profile | null {
  const [best, second] = fitsOf(passage, gold);
  if (best === undefined || second === undefined || !best.own) return null;
  if (!/\p{Script=Han}{3}|[a-z]{5}/iu.test(best.profile.words)) return null;
  // One English word of several is too little: CPU is the brain of a computer.
  if (best.words === 1 && best.share < 0.7) return null;
  const clear = best.share >= least && second.share <= best.share * 0.55;
  const sole = best.share >= least * soleShare && second.share <= best.share * 0.2;
  return clear || sole ? best.profile : null;
}

const concluding =
  /因此|所以|综上(?:所述)?|总之|可见|因而|由此可知|故而?|也就是说|[Tt]herefore|[Tt]hus|[Hh]ence|[Ss]o(?=[ ,])|[Ii]n (?:short|conclusion)/g;
const heading =
  /(?:^|\n)[ \t#>*_]{0,8}(?:【)?(?:结论|总结|小结|[Cc]onclusion)(?:】)?[*_ ]{0,3}[:：]?[ \t]*\n?/g;
const bracketed = /\([^()\n]{0,200}\)$/;
/** A reply of this length without a word of conclusion is taken as a whole. */
const short = 140;

/** What a reply ends with: the text under its last heading 结论, after its last 因此, or all of a short one. */
function passageOf(text: string): string | null {
  const body = text.trim().replace(bracketed, "").trimEnd();
  const tail = body.slice(-400);
  const under = lastEnd(tail, heading);
  const after = lastEnd(tail, concluding);
  const from = Math.max(under, after);
  if (from >= 0) {
    const passage = tail.slice(from).trim();
    return passage.length <= 160 ? passage : null;
  }
  return body.length <= short && !body.trim().includes("\n") ? body : null;
}

function lastEnd(text: string, pattern: RegExp): number {
  let end = -1;
  for (const match of text.matchAll(pattern)) end = match.index + match[0].length;
  return end;
}

const denials =
  /不(?!仅|但|只|断|同|过)|(?<![浸淹沉埋吞出隐])没|非(?!常)|无(?!论|疑|误)|未|别(?![的人])|\bnot\b|n't|\bno\b|\bnever\b/gi;
const denialsIn = (text: string): number => (text.match(denials) ?? []).length;

const opposites = Array.from(
  [
    "大小",
    "多少",
    "高低",
    "升降",
    "快慢",
    "强弱",
    "远近",
    "早晚",
    "左右",
    "增减",
    "先后",
    "正负",
    "吸放",
    "胀缩",
  ],
  (pair) => [pair.charAt(0), pair.charAt(1)] as const,
);

/** The passage says the contrary of the option: 小 where it says 大. */
const turnsRound = (passage: string, words: string): boolean =>
  opposites.some((pair) =>
    [pair, pair.toReversed()].some(
      ([one = "", other = ""]) =>
        words.includes(one) &&
        !words.includes(other) &&
        passage.includes(other) &&
        !passage.includes(one),
    ),
  );

const open =
  /如果|假如|倘若|若|可能|也许|或许|难以|无法|取决于|看情况|\b(?:may|might|perhaps|depends)\b|[?？]/;

/** 不要转发，也不要下载: what to leave undone. */
const rejecting =
  /^[\s。]*(?:也|更|而|千万|切|绝对?)?(?:不要|(?:既|并)?不是|并非|不能|不应该?|不该|不可以?|别|切勿|而不是|而非)/;
/** Only a few words are needed to point at one: 说能量转化的那一句. */
const pointing = /那一?[个句项条种](?:[。.!]|$|选项|说法|才?是?(?:对|正确|符合))/;

/**
 * A reply without labels whose conclusion says an option in other words: 因此这个铁块在水里受到的浮力更大. Only where one
 * option fits far better than all others, and denial and direction agree.
 */
export function fitting({ text, gold, labels, stem, several }: ChoiceReading): Found | null {
  if (several || !labels.known || text.length > 6_000 || gold.question === "") return null;
  const passage = passageOf(text);
  if (passage === null || passage.length < 4 || open.test(passage)) return null;
  if (mentions(passage, labels).length > 0) return null;
  if (stem === "wrong") return refuted(passage, text, gold);
  if (stem !== "right") return null;
  const affirmed = passage
    .split(/[,;]/)
    .filter((clause) => !rejecting.test(clause))
    .join(",");
  const best = bestFit(affirmed, gold, pointing.test(passage) ? 0.16 : 0.42);
  if (best === null) return null;
  const sameSense = denialsIn(affirmed) % 2 === denialsIn(best.words) % 2;
  return sameSense && !turnsRound(passage, best.words)
    ? { letters: [best.label], why: "words that fit", doubtful: true }
    : null;
}

const refuting =
  /(?:而|并|也)?(?:不是|不属于)|并非|而非|有误|不对|不准确|不正确|说错|(?:是|有|就)错|错误|错在|(?:应为|应当?该?是|应改为|实际上?是)|\bnot\b|n't|incorrect|wrong|false/i;

const forbidding = /不要|不能|不应|不该|不可|切勿|千万别|(?:^|[,。])别/;

/** Where the wrong one is asked, a short reply that refutes one option's words: ……是青藏高原，不是黄土高原. */
function refuted(passage: string, text: string, gold: Gold): Found | null {
  if (text.length > 160) return null;
  const refutes = refuting.test(passage);
  if (!refutes && !forbidding.test(passage)) return null;
  const best = bestFit(passage, gold, 0.25);
  if (best === null) return null;
  const sameSense = denialsIn(passage) % 2 === denialsIn(best.words) % 2;
  return sameSense && !refutes
    ? null
    : { letters: [best.label], why: "refuted in words", doubtful: true };
}

const quotation = /["“「『]([^"”“「」』\n]{3,60})["”」』]/g;

/** A quotation of part of one option's words, and of no other's, stands for that option. */
export function quotedAsLetters(text: string, gold: Gold): string {
  if (!/["“「『]/.test(text)) return text;
  return text.replaceAll(quotation, (all, inner: string) => {
    const words = inner.replace(/[。.,!?;…]+$/, "").trim();
    if (words.length < 3 || foldSimplified(gold.question).includes(words)) return all;
    const pieces = words.split(/\.{3,6}|…+/).filter((piece) => piece !== "");
    const hits = wordsOf(gold).filter(([, each]) => pieces.every((piece) => each.includes(piece)));
    return hits.length === 1 ? (hits[0]?.[0] ?? all) : all;
  });
}
