import type { ClauseState } from "./state.ts";

import { say } from "./state.ts";
import { asked, judgementIn } from "./words.ts";

const yes = { scale: "picked", value: true } as const;
const no = { scale: "picked", value: false } as const;

const between = /^[^,。;]{0,4}(?:比|要?比)[^\p{L}]*$/u;
const superior =
  /^[^,。;]{0,6}(?:优于|好于|胜过|强于|好过|胜于|打败|压过|beats?|outranks)[^\p{L}]*$/u;
const worse = /^[^,。;]{0,4}(?:差|弱|逊|糟|次|不如|更?(?:不|没))/;
const denied = /不|没|未必|难|并非/;

/** C 比 B 恰当, B 优于 A: says of both options what the comparison makes of them; false where nothing is compared. */
export function compare(
  state: ClauseState,
  first: readonly string[],
  gap: string,
  second: readonly string[],
  after: string,
): boolean {
  const { several, stem } = state.reading;
  if (several || stem === "wrong" || first.length === 0) return false;
  if (superior.test(gap)) {
    if (denied.test(gap)) return false;
    say(state, first, yes, "judged");
    say(state, second, no, "judged");
    return true;
  }
  if (!between.test(gap) || denied.test(gap)) return false;
  const told = judgementIn(after)?.value;
  if (worse.test(after)) say(state, first, no, "judged");
  // 好一些 is not good yet.
  else if (/一些|一点|稍|略/.test(after)) say(state, second, no, "judged");
  else if (told === true || after.includes(wanted(state))) {
    say(state, first, yes, "judged");
    say(state, second, no, "judged");
  } else return false;
  return true;
}

/** 大 of 最大, where the largest is asked. */
const wanted = ({ reading }: ClauseState): string =>
  /最([^的\s]{1,2})的?/.exec(reading.gold.question)?.[1] ?? "\0";

/** Before an option that is set against the others: 跟这三个比起来，B …; Unlike a stack (A), B …. */
const set =
  /(?:^|[\s,;])(?:(?:跟|与|和|同|较之?|相?比起?)[^,。;\n]{1,12}(?:相?比(?:起来|之下|较)?|不同|不一样|相反|相对)|相比之下|相较之下|(?:[Uu]nlike|[Cc]ompared (?:with|to)|[Ii]n contrast (?:to|with)|[Aa]s opposed to|[Rr]ather than)[^,;.\n]{1,40})(?:,[^,;.。\n]{0,40})?,[^\p{L}]*(?:而|则|反而)?[^\p{L}]*$/u;

/** The words before an option in its sentence set it against those before. */
export const isSetAgainst = (before: string): boolean => set.test(before);

const turns =
  /^[\s"“]*(?:但|可(?!以|能|见|知|谓|取|行|靠|信|用|再|持)|却|不过|然而|只是|but\b|yet\b|however\b)/;
const concedes =
  /也|其实|确实|的确|本身|固然|诚然|倒是?|有些?|似乎|表面|看|听|虽|曾|admittedly|also|although/;
const denies = /不|没|非|仅|而已|却|未|早|\bnot\b|n't|\bonly\b|\bno\b/;
const advises = /注意|记得|小心|容易|别忘|不要|建议|remember|careful/;

/**
 * 青海湖其实更大，可它是咸水湖: what was said for an option counts no more where the next clause turns against it without
 * another option.
 */
export function turnAgainst(state: ClauseState, words: string, told: string): void {
  const { several, stem } = state.reading;
  if (several || stem === "wrong" || !turns.test(words) || advises.test(words)) return;
  if (judgementIn(words)?.value === true) return;
  if (!concedes.test(told) && !denies.test(words)) return;
  const [subject] = state.subject;
  const kept = state.sayings.filter(
    (each) =>
      each.sentence !== state.sentence ||
      each.force === "named" ||
      each.letters.length !== 1 ||
      each.letters[0] !== subject ||
      asked(each, stem) !== true,
  );
  state.sayings.splice(0, state.sayings.length, ...kept);
}
