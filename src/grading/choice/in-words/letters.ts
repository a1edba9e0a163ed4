import type { Gold } from "../../../domain/grader.ts";
import type { Labels } from "../question/labels.ts";

import { stripMarkdown } from "../../../text/normalise.ts";
import { optionSaid } from "../option-text.ts";
import { optionTexts } from "../question/labels.ts";
import { areNumbered, areNumbers, optionOfNumber, wordsOf } from "../question/option-words.ts";
import { quotedAsLetters } from "./fitting.ts";
import { numbersAsLetters, positionsAsLetters } from "./positions.ts";
import { amountsAsLetters } from "./quantities.ts";
import { pointedAsLetters, sentencesAsLetters } from "./sentences.ts";
import { abbreviationsAsLetters, isParty, listedAsLetters, spellingsOf } from "./spellings.ts";

type Edit = { readonly start: number; readonly end: number; readonly label: string };

/** The text in which a label that is followed or explained by its own words is only the label: A（119）, 道家（B）. */
export function withoutGloss(text: string, gold: Gold, labels: Labels): string {
  if (!labels.latin || text.length > longest) return text;
  const edits: Edit[] = [];
  for (const [label, written] of wordsOf(gold)) {
    const latin = /^[A-Z][\x20-\x7e]{2}/.test(written);
    const [searched, words] = latin ? [text.toLowerCase(), written.toLowerCase()] : [text, written];
    for (
      let at = searched.indexOf(words);
      at >= 0;
      at = searched.indexOf(words, at + words.length)
    ) {
      const edit = isWhole(text, at, words) ? glossAt(text, at, at + words.length, label) : null;
      if (edit !== null) edits.push(edit);
    }
  }
  return bracketed(edited(text, edits), gold, labels);
}

/** Longer replies are read as they are. */
const longest = 20_000;

/** The words are not the middle of a longer word or number. */
function isWhole(text: string, at: number, words: string): boolean {
  const end = at + words.length;
  if (
    isCircled(words.charCodeAt(0)) &&
    (isCircled(text.charCodeAt(at - 1)) || isCircled(text.charCodeAt(end)))
  )
    return false;
  if (joins(words.charCodeAt(0), text.charCodeAt(at - 1))) return false;
  const last = words.charCodeAt(words.length - 1);
  if (joins(last, text.charCodeAt(end))) return false;
  return !(last >= 48 && last <= 57 && /^[.,/:^]\d/.test(text.slice(end, end + 2)));
}

const joins = (a: number, b: number): boolean => isWordCode(a) && isWordCode(b);

/** ① to ⑳: ②③ is no part of ①②③. */
const isCircled = (code: number): boolean => code >= 0x2460 && code <= 0x2473;

const isWordCode = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

const labelBefore =
  /(?<![A-Za-z\d\\])([A-Z])[ ]?(?:选?项)?[ *_`]{0,4}[.、:)\]】〕」]?[ *_`]{0,3}[—–-]{0,2}[ ]?(["“「'(【《]?)[*$]{0,2}$/;
const labelAfter =
  /^[*_`”"」]{0,3}[ ]?[([【][ ]?(?:选?项|即|也就是)?[ ]?([A-Z])(?:选?项)?[ ]?[)\]】]/;
const closing: Readonly<Record<string, string>> = {
  '"': '"',
  "“": "”",
  "「": "」",
  "'": "'",
  "(": ")",
  "【": "】",
  "〔": "〕",
  "[": "]",
  "《": "》",
};

function glossAt(text: string, at: number, end: number, label: string): Edit | null {
  const before = hasLabel(text, at) ? labelBefore.exec(text.slice(Math.max(0, at - 16), at)) : null;
  if (before !== null) {
    if (before[1] !== label) return null;
    const [all, , opened = ""] = before;
    const close = closing[opened];
    const rest = /^[*$]{0,2}/.exec(text.slice(end, end + 3))?.[0].length ?? 0;
    const dressed = all.includes("**") ? "" : text.slice(end, end + rest);
    const inner = end + (close === undefined ? 0 : rest);
    const closed = close !== undefined && text.charAt(inner) === close;
    if (close !== undefined && close !== "(" && !closed && opened !== "") return null;
    const labelAt = at - all.length;
    const inside = all.charAt(1) !== "" && closing[text.charAt(labelAt - 1)] === all.charAt(1);
    const start = inside ? labelAt - 1 : labelAt;
    if (
      /^[A-Z][.:]/.test(all) &&
      /(?:^|\n)[ *>-]*$/.test(text.slice(Math.max(0, start - 12), start)) &&
      /^\p{Script=Han}/u.test(text.slice(end, end + 2))
    )
      return null;
    return { start, end: closed ? inner + 1 : end + (dressed === "$" ? 1 : 0), label };
  }
  const after = '([【*_`”"」 '.includes(text.charAt(end))
    ? labelAfter.exec(text.slice(end, end + 16))
    : null;
  return after?.[1] === label ? { start: at, end: end + after[0].length, label } : null;
}

/** What may stand between a label and words. */
const leads = new Set(Array.from(' *_`选项.、:)]】(“"「', (char) => char.charCodeAt(0)));

/** The label of another option whose words directly follow a label, or null. */
export function glossOf(text: string, from: number, label: string, gold: Gold): string | null {
  let at = from;
  while (at - from < 8 && leads.has(text.charCodeAt(at))) at++;
  if (at === from || at === text.length || "<\n,。".includes(text.charAt(at))) return null;
  for (const [other, words] of wordsOf(gold)) {
    if (other === label || !text.startsWith(words, at)) continue;
    const after = text.charAt(at + words.length);
    if (after === "" || /[\s。.,;!)”"」*(]/.test(after)) return other;
  }
  return null;
}

/** A capital stands shortly before. */
function hasLabel(text: string, at: number): boolean {
  for (let before = at - 1; before >= 0 && at - before <= 12; before--) {
    const code = text.charCodeAt(before);
    if (code >= 65 && code <= 90) return true;
  }
  return false;
}

const inBrackets = /(?<![A-Za-z\d\\])([A-Z])[ ]?(?:选?项)?[ ]?\(([^()\n]{1,40})\)/g;

/** A label whose brackets hold its option's value in another spelling: C（200） for 200元. */
function bracketed(text: string, gold: Gold, labels: Labels): string {
  if (!text.includes("(") || !areNumbers(gold)) return text;
  return text.replaceAll(inBrackets, (all, label: string, inner: string) => {
    if (!labels.list.includes(label) || !/[\d$\\]/.test(inner)) return all;
    const value = inner.replace(/(?<=\d)[\p{Script=Han}]{1,3}$/u, "");
    const named = [inner, value].map(
      (each) => optionSaid(each, gold) ?? optionOfNumber(each, gold),
    );
    return named.includes(label) ? label : all;
  });
}

function edited(text: string, edits: readonly Edit[]): string {
  if (edits.length === 0) return text;
  let out = "";
  let at = 0;
  for (const { start, end, label } of edits.toSorted(
    (a, b) => a.start - b.start || b.end - a.end,
  )) {
    if (start < at) continue;
    out += text.slice(at, start) + label;
    at = end;
  }
  return out + text.slice(at);
}

const circled =
  /(?:选项|选|答案[是为:]{0,2}|[是为]|第|[>{])[ ]?([①-⑧](?:[ 、,;和与及]{0,3}[①-⑧])*)(?:[ ]?项|个)?/g;
const onlyCircled = /^[①-⑧](?:[ 、,和与及]{0,3}[①-⑧])*$/;

/**
 * The text with options named by their label instead of their words, position or number: 惊蛰、霜降都是节气 becomes
 * A、C都是节气. Only for replies that name no option otherwise, since words of an option may stand for themselves.
 */
export function inLetters(text: string, gold: Gold, labels: Labels): string {
  if (!labels.latin || !labels.known || text.length > longest) return text;
  if (latest?.text !== text || latest.gold !== gold)
    latest = { text, gold, named: named(text, gold, labels) };
  return latest.named;
}

/** Several rules ask for one text, one after the other. */
let latest: { readonly text: string; readonly gold: Gold; readonly named: string } | null = null;

function named(text: string, gold: Gold, labels: Labels): string {
  const plain = amountsAsLetters(stripMarkdown(text), gold, labels);
  const edits = wordsOf(gold).flatMap(([label, words]) =>
    spellingsOf(label, words, gold).flatMap((each) => edgesOf(plain, each, gold, label)),
  );
  const texts = [...optionTexts(gold).values()];
  const numbered = !areNumbered(texts) && texts.some((each) => /[①-⑳]/.test(each));
  const whole = abbreviationsAsLetters(edited(plain, keepLongest(edits)), gold);
  const said = listedAsLetters(quotedAsLetters(whole, gold), gold);
  const told = sentencesAsLetters(
    pointedAsLetters(positionsAsLetters(numbersAsLetters(said, labels), labels, gold), gold),
    gold,
    labels,
  );
  if (numbered) return told;
  const letterOf = (sign: string): string => labels.list[sign.charCodeAt(0) - 0x2460] ?? sign;
  const bare = told.trim().replace(/[。.]$/, "");
  if (onlyCircled.test(bare)) return Array.from(bare.match(/[①-⑧]/g) ?? [], letterOf).join("、");
  return told.replaceAll(circled, (all) =>
    all
      .replace(/^第/, "")
      .replace(/(?<=[①-⑧])个$/, "")
      .replaceAll(/[①-⑧]/g, letterOf),
  );
}

/** Edits sorted by place; of two that overlap the longer one stays. */
function keepLongest(edits: readonly Edit[]): readonly Edit[] {
  return edits.filter(
    (each) =>
      !edits.some(
        (other) =>
          other.end - other.start > each.end - each.start &&
          other.start <= each.start &&
          each.end <= other.end,
      ),
  );
}

const most = 40;

function edgesOf(text: string, words: string, gold: Gold, label: string): readonly Edit[] {
  if (/[①-⑳]/.test(words)) return [];
  if (gold.options !== null && gold.question.includes(words) && !asksAmong(gold)) return [];
  const brief = /^[A-Z][A-Za-z\d]$/.test(words);
  if (/^[-+\d.]/.test(words) && !/^\d+\p{Script=Han}+\d/u.test(words))
    return begins(text, words) ? [{ start: 0, end: words.length, label }] : [];
  const latin = /^[\x20-\x7e]+$/.test(words);
  if (latin && words.length < 3 && !(brief && /\p{Script=Han}/u.test(text))) return [];
  const searched = latin && !brief ? text.toLowerCase() : text;
  const sought = latin && !brief ? words.toLowerCase() : words;
  // judiciary, where judici is the stem of Judicial.
  const isStem =
    latin && wordsOf(gold).some(([, full]) => full.length > words.length && full.startsWith(words));
  const edits: Edit[] = [];
  for (
    let at = searched.indexOf(sought);
    at >= 0 && edits.length < most;
    at = searched.indexOf(sought, at + sought.length)
  ) {
    const end = at + sought.length;
    if (joins(searched.charCodeAt(at), text.charCodeAt(at - 1))) continue;
    const plural = latin && /^s(?![a-z])/.test(text.slice(end, end + 2)) ? 1 : 0;
    const tail = isStem
      ? (/^[a-z]{0,4}(?![a-z])/.exec(text.slice(end, end + 6))?.[0].length ?? 0)
      : plural;
    if (joins(searched.charCodeAt(end - 1), text.charCodeAt(end + tail))) continue;
    if (isBound(text, at, end)) continue;
    if (
      words.length === 1 &&
      !standsAlone(text, at) &&
      !isPerson(text, at) &&
      !isParty(words, gold)
    )
      continue;
    edits.push({ start: latin ? phraseStart(text, at) : at, end: end + tail, label });
  }
  return edits;
}

/** 三个月以上, 不满一年: the bound of a case. */
const isBound = (text: string, at: number, end: number): boolean =>
  /^(?:以[上下内]|不满)/.test(text.slice(end, end + 2)) || text.slice(at - 2, at) === "不满";

/** The article or the first names before a word: the Pacific, William Shakespeare. */
function phraseStart(text: string, at: number): number {
  const before = text.slice(Math.max(0, at - 32), at);
  const name = /^[A-Z]/.test(text.slice(at)) ? names.exec(before)?.[0] : undefined;
  return at - (name ?? article.exec(before)?.[0] ?? "").length;
}

const article = /(?<![A-Za-z])(?:[Tt]he|[Aa]n?) $/;
const names =
  /(?<![A-Za-z])(?:[Tt]he )?(?!(?:The|An?|It|Its|While|Although|Though|Not|So|And|But|In|On|Of|Only|Unlike|That|This|Both|Neither|Either|If|As|Is|Was|Thus|Hence|Therefore|Option|Answer|Choice|With|For|By|Since|Because|Between|To|From) )[A-Z][a-z]{1,14} $/;

/** A short reply that begins by saying something of a value: 21 is not prime. */
const begins = (text: string, words: string): boolean =>
  text.length < 120 &&
  text.startsWith(words) &&
  /^ ?(?:is |isn't|[是为不才])/.test(text.slice(words.length));

/** The question is about its options themselves: 甲、乙、丙中谁说真话. */
const asksAmong = (gold: Gold): boolean => {
  const inQuestion = wordsOf(gold).filter(([, words]) => gold.question.includes(words));
  return (
    inQuestion.length > 1 && inQuestion.every(([, words]) => /^[\p{Script=Han}]{1,4}$/u.test(words))
  );
};

/** 甲 to 戊 as names of people or things. */
const isPerson = (text: string, at: number): boolean =>
  /[甲乙丙丁戊]/.test(text.charAt(at)) &&
  !/[甲乙丙丁戊、和与]/.test(text.charAt(at - 1) + text.charAt(at + 1));

/** A single character counts only as a word of its own. */
const standsAlone = (text: string, at: number): boolean =>
  /[\s,。、:：;(“"「是为选有只以此即∴和与及跟-]/.test(text.charAt(at - 1) || "\n") &&
  /[\s,。、:：;)”"」(是最为的不属才能更和与也了吧都均皆仅次排居则却虽朝代]/.test(
    text.charAt(at + 1) || "\n",
  );
