import type { Group } from "../group.ts";
import type { Stem } from "../question/stem.ts";
import type { ChoiceReading, Found } from "../reading.ts";

import { foldSimplified } from "../../../text/normalise.ts";
import { pronounsIn } from "../clauses/pronouns.ts";
import { mentions } from "../group.ts";
import { inLetters } from "../in-words/letters.ts";
import { askingClause } from "../question/stem.ts";
import { affirming, sideOf } from "./valence.ts";

/** Options of which one thing is said, by a head before them (可再生：A、C) or by what follows them (A、C 有害). */
type Sorted = { readonly letters: readonly string[]; readonly words: string };

/** What may stand between two options of one list. */
const joins =
  /^(?:[ \t]*\([^()\n]{1,30}\))?[\s、,;，和与及+/&|*_>•·-]*(?:以及|and)?(?:\d{1,2}[.)、]|[①-⑩])?[\s*_(【[-]*$/;

/**
 * A reply that sorts the options into groups, each under its head or with one predicate: 符合的：1. A 2. C 不符合：B; A、C 有害，
 * B、D 有益; A → 伤眼, B → 护眼. Only where every option that it names is sorted, and to both sides.
 */
export function sortedOut(reading: ChoiceReading): Found | null {
  const { gold, labels, stem, several } = reading;
  if (!labels.latin || !labels.known || reading.text.length > 4_000 || stem === "unknown")
    return null;
  const text = inLetters(reading.text, gold, labels);
  if (pronounsIn(text).some(({ kind }) => kind === "all")) return null;
  const parts = partsOf(text, runsOf(text, mentions(text, labels)));
  if (parts.length < 2 || parts.some(({ words }) => words === "")) return null;
  const sides = settled(
    inQuestion(
      parts.map((part) => ({ ...part, side: sideOf(part.words, gold.question, stem) })),
      foldSimplified(askingClause(gold.question)),
      stem,
    ),
  );
  const odd = stem === "not" && !several ? oddOf(parts, labels.list.length) : null;
  if (odd !== null) return { letters: [odd], why: "sorted", doubtful: true };
  const yes = new Set(sides.flatMap(({ letters, side }) => (side === true ? letters : [])));
  const no = new Set(sides.flatMap(({ letters, side }) => (side === false ? letters : [])));
  const clear = sides.every(({ side }) => side !== null) && [...yes].every((each) => !no.has(each));
  const named = new Set(mentions(text, labels).flatMap(({ letters }) => letters));
  if (!clear || yes.size === 0 || no.size === 0 || yes.size + no.size < named.size) return null;
  if (named.size < labels.list.length || (!several && yes.size !== 1)) return null;
  return { letters: [...yes].toSorted(), why: "sorted", doubtful: true };
}

type Run = { readonly start: number; readonly end: number; readonly letters: readonly string[] };

/** Options with nothing but marks, numbers and brackets between them. */
function runsOf(text: string, groups: readonly Group[]): readonly Run[] {
  const runs: Run[] = [];
  for (const { start, end, letters, hedged } of groups) {
    if (hedged) return [];
    const last = runs.at(-1);
    const gap = last === undefined ? "" : text.slice(last.end, start);
    if (last !== undefined && gap.length < 120 && isItem(text, last, gap)) {
      runs.splice(-1, 1, { ...last, end, letters: [...last.letters, ...letters] });
      continue;
    }
    if (
      last !== undefined &&
      gap.length < 40 &&
      joins.test(gap) &&
      !/[。;]|^[^)]*\([^)]*$/.test(gap)
    )
      runs.splice(-1, 1, { ...last, end, letters: [...last.letters, ...letters] });
    else runs.push({ start, end, letters });
  }
  return runs;
}

/** The next line of a list under a head, whatever is told of the option in the line before. */
const isItem = (text: string, { start }: Run, gap: string): boolean =>
  /^[^\n:]*\n[ \t]*(?:\d{1,2}[.)、]|[-*•①-⑩])[\s*(【]*$/.test(gap) &&
  /[:】*][ *]*\n+[ \t]*(?:\d{1,2}[.)、]|[-*•①-⑩])[\s*(【]*$/.test(
    text.slice(Math.max(0, start - 16), start),
  );

const head =
  /(?:^|[\n。;!])[^\S\n]*[\d.、)(]{0,3}[\s>#*_•·【[(-]*([^\n。;,!:】\]]{1,20}?)[\s*_]*(?:[:】\]→—]|(?:的?[有是为包括]{1,2}))[\s:*_】\]>—-]*(?:\d[.)、]|[①-⑩(【]|[•·-])?[\s*_(]*$/u;
const opens = /(?:^|[\n。;!?,:|])[^\S\n]*[\d.、)(]{0,3}[\s>#*_•·|(【[-]*$/;

function partsOf(text: string, runs: readonly Run[]): readonly Sorted[] {
  const parts: Sorted[] = [];
  for (const [index, { start, end, letters }] of runs.entries()) {
    const from = runs[index - 1]?.end ?? 0;
    const before = text.slice(Math.max(from, start - 60), start);
    const over = head.exec(before)?.[1]?.trim() ?? "";
    if (/\p{L}/u.test(over)) {
      parts.push({ letters, words: bare(over) });
      continue;
    }
    if (!opens.test(before)) return [];
    const next = text.slice(end, runs[index + 1]?.start ?? text.length);
    const words = (next.split(/[\n。;!?]/)[0] ?? "").replace(/,[^,]*$/, (last) =>
      /\p{L}/u.test(last) ? last : "",
    );
    parts.push({ letters, words: bare(words) });
  }
  return parts;
}

/** Without marks, counts and copulas: 三项都属于化石能源 is 化石能源. */
const bare = (words: string): string =>
  words
    .trim()
    .replace(/^[^\p{L}\p{N}✓✔√☑✅👍👌🙆○✗✘❌❎✖👎🙅×]+|[\s,:|*_)】]+$/gu, "")
    .replace(
      /^(?:[一二两三四五]?[项者种个]?(?:选项|做法|说法|行为)?)?(?:都|均|皆|全|则|也|就)*(?:是|属于|属)?(?=\p{L}{2})/u,
      "",
    )
    .replace(/的?(?:选项|做法|说法|行为|有|是|一?[项些])?$/u, "");

/** A：果实；B：块茎；C：果实；D：果实: the only one of which another thing is said. */
function oddOf(parts: readonly Sorted[], count: number): string | null {
  const said = new Map<string, string[]>();
  for (const { words, letters } of parts) said.set(words, [...(said.get(words) ?? []), ...letters]);
  const lone = [...said.values()].filter(({ length }) => length === 1);
  return said.size === 2 &&
    count > 2 &&
    [...said.values()].flat().length === count &&
    lone.length === 1
    ? (lone[0]?.[0] ?? null)
    : null;
}

/** 物理 and 化学, where 物理变化 is asked: what the question has in its own words, and what it has not. */
function inQuestion(parts: readonly Judged[], asked: string, stem: Stem): readonly Judged[] {
  if (stem === "wrong" || parts.some(({ side }) => side !== null)) return parts;
  const has = parts.map(
    ({ words }) => words.length > 1 && words.length < 8 && asked.includes(words),
  );
  if (!has.includes(true) || parts.some(({ words }) => words.length > 7)) return parts;
  return parts.map((part, index) => ({ ...part, side: has[index] === (stem === "right") }));
}

type Judged = Sorted & { readonly side: boolean | null };

/** Where two things are said, and one is the denial of the other, both are known. */
function settled(parts: readonly Judged[]): readonly Judged[] {
  const words = [...new Set(parts.map((part) => part.words))];
  const known = parts.map((part) => {
    if (part.side !== null) return part;
    const yes = words.map((each) => affirming(part.words, each)).find((each) => each !== null);
    return yes === undefined ? part : { ...part, side: part.words === yes };
  });
  const open = known.filter(({ side }) => side === null);
  const sides = new Set(known.flatMap(({ side }) => side ?? []));
  const [only] = sides;
  const brief = words.every((each) => each.length < 9 && !/[也还]/.test(each));
  // Two things are said, of which one is known.
  return open.length > 0 && words.length === 2 && brief && sides.size === 1 && only !== undefined
    ? known.map((part) => (part.side === null ? { ...part, side: !only } : part))
    : known;
}
