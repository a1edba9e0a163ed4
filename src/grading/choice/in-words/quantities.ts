import type { Gold } from "../../../domain/grader.ts";
import type { Quantity } from "../../../text/quantity/read.ts";
import type { Labels } from "../question/labels.ts";
import type { ChoiceReading, Found } from "../reading.ts";

import { clocksInMinutes } from "../../../text/quantity/clock.ts";
import { equals, times } from "../../../text/quantity/rational.ts";
import { quantitiesIn } from "../../../text/quantity/read.ts";
import { spellNumbers } from "../../../text/quantity/spell.ts";
import { optionTexts } from "../question/labels.ts";

type Amount = { readonly label: string; readonly quantity: Quantity };

const cache = new WeakMap<Gold, readonly Amount[]>();
const none: readonly Amount[] = [];

/** The options as amounts; empty unless each of them is one amount and no two are equal. */
function amountsOf(gold: Gold): readonly Amount[] {
  const known = cache.get(gold);
  if (known !== undefined) return known;
  const amounts = [...optionTexts(gold)].flatMap(([label, text]) => {
    const spelled = spelledOf(text.trim(), gold);
    const found = quantitiesIn(spelled);
    const [quantity] = found;
    const rest = quantity === undefined ? "" : spelled.replace(quantity.text, "");
    return quantity === undefined ||
      found.length > 1 ||
      rest.replaceAll(/[^\p{L}]/gu, "").length > 2
      ? []
      : [{ label, quantity }];
  });
  const count = optionTexts(gold).size;
  const distinct = amounts.every(({ quantity }, index) =>
    amounts.every((other, at) => at === index || !isSame(quantity, other.quantity)),
  );
  const made = amounts.length >= Math.max(2, count - 1) && distinct ? amounts : none;
  cache.set(gold, made);
  return made;
}

/** Times of day are compared in minutes. */
const spelledOf = (text: string, gold: Gold): string =>
  spellNumbers(
    [...optionTexts(gold).values()].every((each) => /^\D{0,4}\d{1,2}[:：]\d\d\D{0,2}$/.test(each))
      ? clocksInMinutes(text)
      : text,
  );

function isSame(one: Quantity, other: Quantity): boolean {
  if (one.unit !== null && other.unit !== null) {
    return (
      one.unit.kind === other.unit.kind &&
      equals(times(one.low, one.unit.scale), times(other.low, other.unit.scale)) &&
      equals(times(one.high, one.unit.scale), times(other.high, other.unit.scale))
    );
  }
  const strangers = [one.stranger, other.stranger].filter((each) => each !== null);
  if (strangers.length === 2 && one.stranger !== other.stranger) return false;
  if (strangers.length > 0 && (one.unit ?? other.unit) !== null) return false;
  return equals(one.low, other.low) && equals(one.high, other.high);
}

/** What makes a number without its unit a result. */
const result = /(?:[=≈]|[是为得共约]|结果|等于|得到)[ $(*]{0,3}$/;
const ends = /^[ $)*]{0,3}(?:$|[。,;!\n)]|[.](?!\d))/;

/** 29 has no divisors: a number of which something is said. */
const headsClause = /(?:^|[.。;,\n] ?)$/;
const predicate = /^ ?(?:is|has|was|isn't|cannot|can)\b|^ ?(?:只能|不能|无法|除了)/;

const bracketedUnit = /^ ?\([\p{L}/²³°%]{1,6}\)/u;

/** 39=3×13, of which only the number counts. */
const factored = /(?<![\d.=×*/+-])(\d{1,6}) ?= ?\d{1,6}(?: ?[×*] ?\d{1,6})+(?= ?[,、;。和与])/g;

/** 25、26、28都不能…: a number in a list of them of which one thing is said. */
function isListed(text: string, { start, end }: Quantity): boolean {
  const before = text.slice(Math.max(0, start - 12), start);
  const after = text.slice(end, end + 48);
  if (!/^ ?(?:[、,和与及]|以及|and)/.test(after) && !/(?:[、,和与及]|and) ?$/.test(before))
    return false;
  return /^(?: ?(?:[、,和与及]|以及|and){0,2} ?[-\d.,/%]{1,12}){0,4}[,、]? ?(?:[三两这它们]{0,2}[个数者]*)?(?:都|均|皆|全|除以|are |can |all )/.test(
    after,
  );
}

/** The text in which an amount that is one option's is that option's label: 共有 13 名 becomes 共有 C 名. */
export function amountsAsLetters(text: string, gold: Gold, labels: Labels): string {
  if (!labels.latin || !/\d|[一二三四五六七八九十百]/.test(text)) return text;
  const amounts = amountsOf(gold);
  if (amounts.length === 0) return text;
  const spelled = spelledOf(factored.test(text) ? text.replaceAll(factored, "$1") : text, gold);
  let out = "";
  let at = 0;
  for (const quantity of quantitiesIn(spelled)) {
    const hit = amounts.find((each) => isSame(each.quantity, quantity));
    if (hit === undefined || !/^(?:value|ratio)$/.test(quantity.role)) continue;
    const bare = quantity.unit === null && hit.quantity.unit !== null;
    const before = spelled.slice(Math.max(0, quantity.start - 8), quantity.start);
    const after = spelled.slice(quantity.end, quantity.end + 4);
    if (/√\(?$/.test(before)) continue;
    // 三个月以上, 不满一年: the bound of a case, and no result.
    if (/^(?:以[上下内]|不满)/.test(after) || before.endsWith("不满")) continue;
    if (
      /[\d.+*/×÷^_A-Za-z]$|[-−](?!\d)$/.test(before.slice(-1)) ||
      /^[+*/×÷^=]|^ ?[-−+×÷=] ?\d/.test(after)
    )
      continue;
    const listed = isListed(spelled, quantity);
    const isSubject = headsClause.test(before) && predicate.test(spelled.slice(quantity.end));
    if (
      (bare || quantity.unit === null) &&
      !(listed || isSubject || result.test(before) || ends.test(after))
    )
      continue;
    if (bare && !listed && !result.test(before)) continue;
    // 每段2.4米 names no 段D.
    const apart = /[段面组球盒站]$/.test(before) ? " " : "";
    out += `${spelled.slice(at, quantity.start)}${apart}${hit.label}`;
    // The unit in brackets: 2×10=20(N).
    at =
      quantity.end +
      (bracketedUnit.exec(spelled.slice(quantity.end, quantity.end + 10))?.[0].length ?? 0);
    // 13名: a word that is no unit stays apart from the label.
    if (/^[A-Za-z\d(队班组]/.test(spelled.slice(at, at + 1))) out += " ";
  }
  return at === 0 ? text : out + spelled.slice(at);
}

/** A short reply in which only one option's number occurs, under whatever noun: 每队上场11名球员 where 11人 is an option. */
export function onlyAmount({ text, gold, stem, several }: ChoiceReading): Found | null {
  if (several || stem !== "right" || text.length > 240 || amountsOf(gold).length === 0) return null;
  const asked = quantitiesIn(spelledOf(gold.question, gold));
  const spelled = spelledOf(text, gold);
  // 33%, not 50% as many assume
  const said = quantitiesIn(spelled).filter(
    ({ start }) =>
      !/(?:不是|并非|而非|\bnot|rather than)\s*$/.test(spelled.slice(0, start).slice(-12)),
  );
  const hits = amountsOf(gold).filter(({ quantity }) =>
    said.some((each) => equals(each.low, quantity.low) && equals(each.high, quantity.high)),
  );
  const [hit, second] = hits;
  if (hit === undefined || second !== undefined) return null;
  if (asked.some((each) => equals(each.low, hit.quantity.low))) return null;
  return { letters: [hit.label], why: "only number", doubtful: true };
}
