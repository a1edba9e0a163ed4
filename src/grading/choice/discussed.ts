import type { Group } from "./group.ts";
import type { Stem } from "./question/stem.ts";
import type { ChoiceReading, Found } from "./reading.ts";
import type { OptionVerdicts } from "./verdicts.ts";

import { choiceOf, isSupposed } from "./announced.ts";
import { isFaultedBy } from "./elimination.ts";
import { enumeration } from "./enumeration.ts";
import { groupAt, mentions } from "./group.ts";
import { firstGroup } from "./label-lines.ts";
import { choosesForOthers } from "./remarks.ts";
import { chosenBy, readOptionVerdicts, verdictBehind } from "./verdicts.ts";

/** Replies without an announcement: a label first, or options taken one by one. */
export function discussed(reading: ChoiceReading): Found | null {
  const { text, labels, stem, several } = reading;
  const groups = meant(text, mentions(text, labels));
  const named = namedIn(groups);
  const first = leadingGroup(reading);
  const lead =
    first === null ||
    (several && namedIn(groups) > 1 && !standsApart.test(text.slice(first.end, first.end + 12))) ||
    isTold(text, first, groups, reading) ||
    isListing(text, first, groups, reading)
      ? null
      : first;
  // A label with no other mentioned: the most common form of all.
  if (lead !== null && !several && named < 2 && verdictBehind(text, lead) === null)
    return choiceOf(lead, "leading letter", reading);
  const judged = readOptionVerdicts(text, groups, stem, several);
  const listed = named < 2 || (lead === null && !several) ? [] : enumeration(text, labels);
  const counted = judged.truth.size + judged.picked.size;
  const chosen = chosenBy(judged, labels, stem, several);
  const picks = [...judged.picked.values()].filter((value) => value).length;
  if (named > 1 && !several && picks !== 1 && hedges(text, groups))
    return { letters: [], why: "hedged" };
  if (
    lead !== null &&
    (listed.length === 0 || (several && lead.letters.length > 1 && chosen === null)) &&
    !(several && lead.letters.length === 1 && counted > 1) &&
    (several || leads(lead, judged, chosen?.letters[0] ?? null, stem))
  ) {
    return choiceOf(lead, "leading letter", reading);
  }
  return chosen;
}

/** What may follow the labels of a list that answers, where a predicate would only tell of some: A、C 有害. */
const standsApart =
  /^[)\s*】\]"”]{0,6}(?:选?项|[两三四][项者种个])?[)\s*】\]"”]{0,6}(?:$|[.。,、:;!\n(—–-]|(?:[两三四]?[项者个])?(?:都|均|皆|全)?(?:正确|符合|对|是|应?入?选|当选|属于|可以|can|are|is|及|以及))/;

const concession =
  /[ \t)\]】*]{0,4}(?:选?项)?[ \t]?(?:\([^()\n]{1,40}\))?(?:虽|看似|看起来|乍看|乍一看|固然|尽管|好像|似乎|表面|听起来|貌似|诚然|确实|也有|有一定|而言|(?:和|与|跟)[^。\n]{1,12}(?:相比|比较|之间)|(?:选?项|两者|二者)?(?:相比|比较|之间|当中|中,|中哪))/y;
const excepted = /[ \t)\]】*]{0,4}(?:选?项)?[ \t]?(?:除外|[之以]外)/y;
/** Text that goes on from the label itself tells of the option, where others are told of as well. */
const tells = /[ \t)\]】*]{0,4}(?:选?项)?[ \t]?(?:[是为]?[\p{Script=Han}])/uy;

const supposing = /如果|假如|倘若|要是|若/;

/** 若是儿童施救，答案就是 A；成人…: an answer for another case. */
const isConditional = (text: string, start: number): boolean =>
  /(?:^|[。;!?\n])[^。;!?\n,]{0,4}(?:若|如果|假如|倘若|要是)[^。;!?\n]{1,30},[^。;!?\n,]{0,6}(?:选|答案|为|是)[^。;!?\n,]{0,4}$/.test(
    text.slice(Math.max(0, start - 60), start),
  ) && /[;。]/.test(text.slice(start, start + 8));

/** Without labels in suppositions about another question, and those that others choose. */
function meant(text: string, groups: readonly Group[]): readonly Group[] {
  const supposes = supposing.test(text);
  return groups.filter(
    ({ start, end }) =>
      !choosesForOthers.test(text.slice(end, end + 16)) &&
      !(supposes && (isSupposed(text, start) || isConditional(text, start))),
  );
}

/** The reply begins by weighing options, not by choosing: A 虽然…；C 才是; A、C 都…，只有 B …. */
function isTold(
  text: string,
  first: Group,
  groups: readonly Group[],
  { several }: ChoiceReading,
): boolean {
  const { end, letters } = first;
  excepted.lastIndex = end;
  if (excepted.test(text)) return true;
  if (namedIn(groups) < 2) return false;
  if (oneByOne.test(text.slice(0, 24)) && (text.match(named) ?? []).length > 1) return true;
  if (!several && letters.length > 1 && groups.length > 1) return true;
  // A（矩形才有），C（矩形才有）: each with a reason against it.
  const [, second] = groups;
  if (!several && second !== undefined && isFaultedBy(text, end) && isFaultedBy(text, second.end))
    return true;
  concession.lastIndex = end;
  if (concession.test(text)) return true;
  const next = groups.find(({ start }) => start >= end)?.start;
  if (
    letters.length > 1 ||
    next === undefined ||
    (new Set(groups.flatMap((each) => each.letters)).size < 3 &&
      /^ ?(?:选?项)?(?:比|优于|好于|胜过)/.test(text.slice(end, end + 6)))
  )
    return false;
  if (/^ ?(?:选?项)?比/.test(text.slice(end, end + 6))) return true;
  tells.lastIndex = end;
  return tells.test(text) && weighs(text.slice(end, Math.min(next, end + 60)));
}

/** A – LIFO. B – FIFO. C – …: every option in its turn, so that the first one is only the first. */
function isListing(
  text: string,
  { letters }: Group,
  groups: readonly Group[],
  { labels }: ChoiceReading,
): boolean {
  const { list } = labels;
  if (letters.length > 1 || letters[0] !== list[0] || list.length < 3) return false;
  const heads = groups.filter(
    (each) =>
      each.letters.length === 1 &&
      /(?:^|[\n。;!]|[.]\s)[\s*_#>(【|•-]*$/.test(
        text.slice(Math.max(0, each.start - 8), each.start),
      ),
  );
  const order = [...new Set(heads.map((each) => each.letters[0] ?? ""))];
  return order.length >= list.length - 1 && order.join("") === order.toSorted().join("");
}

/** Answer A is …. Answer C is …. */
const oneByOne = /^[^\p{L}]*(?:Answer|Choice|Option) [A-H](?![A-Za-z])/u;
const named = /\b(?:Answer|Choice|Option) [A-H](?![A-Za-z])/g;

const verdictNear = /正确|错|对|符合|合适|恰当|最|应选|答案|属于|是[,。]/;

/** No verdict stands in what is said of the first label. */
const weighs = (words: string): boolean => !verdictNear.test(words.split(/[。;\n]/)[0] ?? "");

/** The verdicts, where there are any, support the label that the reply begins with. */
function leads(lead: Group, judged: OptionVerdicts, chosen: string | null, stem: Stem): boolean {
  const counted = judged.truth.size + judged.picked.size;
  const isJudged = judged.direct.has(lead.letters[0] ?? "");
  if (counted < 2 && (stem === "unknown" || !isJudged)) return true;
  if (chosen !== null && chosen === lead.letters[0]) return true;
  return !contradicts(judged, lead, stem) && !isTied(judged, lead);
}

/** Number of different labels named; counting stops at two. */
function namedIn(groups: readonly Group[]): number {
  const first = groups[0]?.letters[0];
  if (first === undefined) return 0;
  return groups.every(({ letters }) => letters.length === 1 && letters[0] === first) ? 1 : 2;
}

function hedges(text: string, groups: readonly Group[]): boolean {
  if (!text.includes("可能") && !text.includes("许")) return false;
  const maybe = groups.filter((group) => mayBe(text, group)).flatMap(({ letters }) => letters);
  return new Set(maybe).size > 1;
}

const maybeSo = /[ \t)\]】*"'”]{0,6}(?:选?项)?[ \t]?(?:都|也|均)?(?:是)?有可能/y;

function mayBe(text: string, { start, end }: Group): boolean {
  maybeSo.lastIndex = end;
  return maybeSo.test(text) || perhaps.test(text.slice(Math.max(0, start - 6), start));
}

const perhaps = /(?:可能|也许|或许)(?:是|选|为)[ (*]{0,2}$/;

/** All judged options get the same verdict, so the first has no special role: A项错误，C项也错误。 */
function isTied({ truth, picked, direct }: OptionVerdicts, lead: Group): boolean {
  const [letter = ""] = lead.letters;
  const own = truth.get(letter);
  if (own === undefined || picked.size > 0 || !direct.has(letter)) return false;
  const alike = [...truth.values()].filter((value) => value === own).length;
  return alike > 1 && truth.size < 4 && [...truth.values()].every((value) => value === own);
}

/** The reply's own verdict on its leading option is not what the question asks for. */
function contradicts(judged: OptionVerdicts, lead: Group, stem: Stem): boolean {
  const [letter = ""] = lead.letters;
  if (judged.picked.get(letter) === false) return true;
  if (stem === "not") return judged.truth.get(letter) === true && judged.direct.has(letter);
  return judged.truth.get(letter) === (stem === "wrong");
}

/** C → B: the second one replaces the first. */
const changed = /[ *]{0,3}(?:→|->|=>)[ *]{0,3}(?=[A-H](?![A-Za-z]| ?(?:→|->|=>)))/y;
const leadRest =
  /[ \t)\]】}*_`"'”’$]{0,6}(?:选?项)?[ \t]?(?:[.。、:,;(—-]|\n|$|是?正确|[ \t]?[^A-Za-z\d\s?])/y;

/** The labels with which the reply begins, unless the text after them makes them part of something else. */
function leadingGroup(reading: ChoiceReading): Group | null {
  const first = firstGroup(reading.text, reading.labels);
  if (first === null) return null;
  if (choosesForOthers.test(reading.text.slice(first.end, first.end + 16))) return null;
  changed.lastIndex = first.end;
  const next = changed.test(reading.text)
    ? groupAt(reading.text, changed.lastIndex, reading.labels, false)
    : null;
  if (next !== null) return next;
  // A→B→C→D is an order of them.
  if (
    /^[ *]{0,3}(?:→|->|=>)[ *]{0,3}[A-H](?![A-Za-z])/.test(
      reading.text.slice(first.end, first.end + 12),
    )
  )
    return null;
  // 21=3×7 has an option's number at its head, and works something out.
  if (/^\s?[=≈×÷]/.test(reading.text.slice(first.end, first.end + 3))) return null;
  leadRest.lastIndex = first.end;
  return leadRest.test(reading.text) ? first : null;
}
