import type { Lead } from "./leads.ts";
import type { OptionClause } from "./sentences.ts";
import type { ClauseState, Saying } from "./state.ts";
import type { OptionJudgement } from "./words.ts";

import { choosesForOthers } from "../remarks.ts";
import { leadOf } from "./leads.ts";
import { byWords, evened } from "./membership.ts";
import { placeSaid } from "./places.ts";
import { say, without } from "./state.ts";
import { asked, judgementIn } from "./words.ts";

/** Options in a clause, with the words before and after them. */
export type Mention = {
  readonly letters: readonly string[];
  readonly before: string;
  readonly after: string;
  /** A concession (A 虽然…) affirms nothing. */
  readonly concession: boolean;
  /** No other option follows in the clause. */
  readonly last: boolean;
};

type Told = { readonly judgement: OptionJudgement; readonly force: Saying["force"] };

export const yes: OptionJudgement = { scale: "picked", value: true };
const no: OptionJudgement = { scale: "picked", value: false };
const member = (value: boolean): OptionJudgement => ({ scale: "member", value });
const judged = (judgement: OptionJudgement): Told => ({ judgement, force: "judged" });
const chosen = (judgement: OptionJudgement = yes): Told => ({ judgement, force: "chosen" });

/** Reads what a clause says of options that it names. */
export function readMention(state: ClauseState, mention: Mention): void {
  const { letters, after } = mention;
  const before = listed.exec(mention.before)?.[1] ?? mention.before;
  const lead = leadOf(before);
  const behind =
    placeSaid(mention, state.reading) ??
    exclusive(
      judgementIn(after.replace(excepting, ""), before.split(/[,:]/).at(-1)),
      after,
      state,
    ) ??
    byWords(state, after);
  if (hasNone.test(after) && refersBack(state)) return;
  if (lead?.kind === "but" || excepting.test(after)) {
    state.excepted = letters;
    state.subject = [];
    if (isApart(state, letters, after)) say(state, letters, yes, "judged");
    if (behind !== null && every.test(after)) sayOfRest(state, behind);
    else if (behind === null && (all.test(before) || allBehind.test(after)))
      sayOfRest(state, member(true));
    return;
  }
  if (state.excepted.length > 0 && behind !== null)
    say(state, state.excepted, { ...behind, value: !behind.value }, "judged");
  if (lead?.kind === "maybe" || possibly.test(after)) {
    for (const letter of letters) state.possible.add(letter);
    return;
  }
  const told =
    byLead(state, lead, behind, { ...mention, before }) ??
    byRest(state, lead, behind, { ...mention, before });
  if (told !== null) say(state, letters, told.judgement, told.force);
}

const hasNone = /^[^\p{L}]*(?:则|却|都|均|就)*没有?[^\p{L}]*$/u;
/** B、D 有新物质生成，A、C 没有: denies what was told of others, which may not be what is asked. */
const refersBack = ({ sayings, sentence, focus }: ClauseState): boolean =>
  focus.length > 1 && !sayings.some((each) => each.sentence === sentence);

/** 除 B 外，其余写法要么…: one option is set apart from the others, of which nothing good is said. */
const isApart = ({ reading }: ClauseState, letters: readonly string[], after: string): boolean => {
  if (reading.several || letters.length > 1 || reading.stem === "unknown") return false;
  const at = reading.text.indexOf(after);
  const rest = reading.text.slice(at, at + 60).split(/[。!?\n]/)[0] ?? "";
  return (
    /^[^。]{0,4}外,?(?:其[余他它]|别的|剩下|另外)/.test(rest) && judgementIn(rest)?.value !== true
  );
};

/** 才站得住, 更准确: said of one option only. */
function exclusive(
  judgement: OptionJudgement | null,
  after: string,
  { reading }: ClauseState,
): OptionJudgement | null {
  const one = judgement?.scale === "truth" && judgement.value && reading.stem === "right";
  return one && !reading.several && /^[^\p{L}]*(?:选?项)?(?:才|更|最|唯一)/u.test(after)
    ? yes
    : judgement;
}

/** 五大湖是苏必利尔、密歇根、B: what stands before a list of which the option is a part. */
const listed = /^(.*(?:是|有|为|包括|:))[^,。;:]{1,40}[、和与及] ?$/;
const excepting = /^[ )”"*]{0,4}(?:选?项)?(?:\([^)]*\))?(?:除外|[之以]外)/;
const every = /都|均|全|皆/;
/** 全部属于，除了 B; all except A and D. */
const all =
  /(?:^|[,\s])(?:全部?|都|均|皆)[^不没无非,]{0,6},?[ ]?除|(?:^|[\s,])(?:[Aa]ll|[Ee]very[a-z]*)(?: (?!not)[a-z]{2,10}){0,3} ?(?:except|other than|apart from)/;
const allBehind = /^[^,。]{0,6}(?:的|,)?(?:全部|所有|其[余他]|剩下)[^不没非无]{0,8}[^\p{L}]*$/u;
const possibly = /^[ )”"*]{0,4}(?:选?项)?(?:也|都|均)?(?:是)?有?可能/;
/** 与 B 项一致, 与 A 最接近. */
const agreeing =
  /^[ )”"*]{0,4}(?:选?项)?(?:(?:的|所|[中里]的?)[^,。]{1,6})?(?:最|完全)?(?:一致|相符|吻合|接近|符合|对应|同义|近义|(?:意思|词义|含义)?相[同近])/;

/** 终究不如 B. */
const inferior =
  /(?:不如|不及|[比赶]不[上过]|不敌|逊于|逊色于|[略稍]?逊|输给|败给|让位于)[^\p{L}]*$/u;

/** What the words before the options decide; null where what follows decides. */
function byLead(
  state: ClauseState,
  lead: Lead | null,
  behind: OptionJudgement | null,
  { after, before }: Mention,
): Told | null {
  if (lead === null) return null;
  switch (lead.kind) {
    case "compared":
      return agreeing.test(after) || inferior.test(before) ? chosen() : null;
    case "marked":
      return behind?.value === !lead.right ? null : judged({ scale: "truth", value: lead.right });
    case "added":
      return behind?.value === false ? null : judged(yes);
    case "forbidden":
      return judged({ scale: "truth", value: false });
    case "lacked":
      return judged(member(false));
    case "denied":
      // 不是B, where what is no member is asked, says of B that it is none.
      return judged(state.reading.stem === "not" && isNot.test(before) ? member(false) : no);
    case "stated":
      return byStatement(state, lead, behind);
    case "only": {
      const own =
        judgementIn(after.slice(0, directly), before) ??
        byWords(state, after) ??
        (denies.test(after) ? member(false) : yes);
      if (own.value) {
        state.only = state.subject;
        return chosen(own);
      }
      // 只有B不是: the others are.
      if (own.scale !== "picked" && state.reading.several)
        say(state, without(state, state.subject), { ...own, value: true }, "judged");
      return judged(own);
    }
    case "chosen":
      return choosesForOthers.test(after) ||
        judgementIn(after.slice(0, directly), before)?.value === false
        ? null
        : chosen();
    case "but":
    case "maybe":
    case "named":
      return null;
  }
}

const isNot = /(?:不是|并非|非).{0,6}$/;
/** Characters after an option in which a judgement is on it and on nothing else. */
const directly = 8;

/** 符合题意的是B, 属于A类的有B: judged by the words before 的是. */
function byStatement(
  state: ClauseState,
  { judgement, words }: Lead & { readonly kind: "stated" },
  behind: OptionJudgement | null,
): Told {
  const own = judgement ?? byWords(state, words);
  if (own !== null) return asked(own, state.reading.stem) === true ? chosen(own) : judged(own);
  return behind !== null && behind.scale !== "member"
    ? judged(behind)
    : { judgement: yes, force: "named" };
}

/** What follows the options, or the verb before them. */
function byRest(
  state: ClauseState,
  lead: Lead | null,
  behind: OptionJudgement | null,
  { letters, before, after, concession, last }: Mention,
): Told | null {
  if (lead?.kind === "compared" || (lead?.kind === "chosen" && choosesForOthers.test(after)))
    return null;
  if (behind !== null) {
    if (concession && behind.value) return null;
    // Only one can have the most.
    const most = behind.scale === "member" && behind.value && state.word?.includes("最") === true;
    return most && evened(after).includes("最") ? chosen(behind) : judged(behind);
  }
  if (denies.test(after) && state.reading.stem !== "wrong") return judged(member(false));
  if (lead?.kind === "named") {
    // 夹角是A, where the angle is asked.
    if (byWords(state, before.split(/[A-H](?![A-Za-z])/).at(-1) ?? "")?.value === true)
      return chosen(member(true));
    return last ? { judgement: yes, force: "named" } : null;
  }
  // 输入设备：A、B、D, where these are asked.
  const head = nothingElse.test(after) && /[:：]\s*$/.test(before) ? byWords(state, before) : null;
  if (head !== null) return head.value ? chosen(head) : judged(head);
  const listed = letters.length > 1 && nothingElse.test(after) && /[:：]\s*$/.test(before);
  return listed ? { judgement: yes, force: "named" } : null;
}

/** 是最规范的, 因此它是四份之中最规范的: said of the subject before. */
const predicates =
  /^[^\p{L}]*(?:(?:所以|因此|因而|故|可见),?)?(?:它|这一?[个项句种条份])?(?:就|便|无疑|当然|显然|才|也)?[是为]/u;

const nothingElse = /^[\s*"”)]*$/;

/** Reads a clause without an option, which goes on about the one before. */
export function readOn(state: ClauseState, clause: OptionClause, words: string): void {
  if (
    !predicates.test(words) &&
    /最.{1,4}的|的(?:就|才|只|应)?(?:是|有|为)[^\p{L}]*$/u.test(words)
  ) {
    state.subject = [];
    return;
  }
  const own = judgementIn(words) ?? placeSaid({ before: "", after: words }, state.reading);
  // What the question speaks of is said of the subject of the same sentence only.
  const judgement = own ?? (clause.opens ? null : byWords(state, words));
  // A new sentence is about something else, unless it points back.
  if (clause.opens && state.judged && !pointsBack.test(words)) return;
  const lacks = together.exec(words)?.[0].length ?? -1;
  if (
    judgement === null &&
    lacks >= 0 &&
    /^(?:不|没|非|无)(?!错|疑|误)/.test(words.slice(lacks)) &&
    state.focus.length > 1
  ) {
    say(state, state.focus, member(false), "judged");
    return;
  }
  if (judgement === null || (own?.scale === "member" && clause.opens && clause.opensLine)) return;
  if (state.excepted.length > 0 && every.test(words)) {
    sayOfRest(state, judgement);
  } else if (/^[^\p{L}]*.{0,4}[之以]外/u.test(words) && state.subject.length > 0) {
    say(state, without(state, state.subject), judgement, "judged");
  } else if (together.test(words) && state.focus.length > state.subject.length) {
    say(state, state.focus, judgement, judgement.scale === "picked" ? "chosen" : "judged");
  } else {
    say(state, state.subject, judgement, "judged");
  }
}

/** 除B外都对: of the others one thing, of B the contrary. */
function sayOfRest(state: ClauseState, judgement: OptionJudgement): void {
  say(state, without(state, state.excepted), judgement, "judged");
  say(state, state.excepted, { ...judgement, value: !judgement.value }, "judged");
}

/** ……，都不是: of all that the sentence named. */
const together =
  /^[^\p{L}]*(?:[三两二]者|它们|这[三两几](?:[个项者种])?|[三两][个项种])?(?:都|均|皆|全)/u;
const pointsBack =
  /^[\s"“(]*(?:所以|因此|因而|故|可见)?,?(?:它|这|该|此|其[^余他它]|也|排除|不选|It|This)/;

const denies =
  /^[ )”"*]{0,4}(?:选?项)?(?:则|并|也|都|均|皆|却|就|根本|其实|显然|当然|[一两三]者|它们?)*(?:不(?:是|属于|属|算|能|会|可(?![或缺思替忽])|具备|含|包括|在|涉及|具有|存在)|并非|没有(?!一[个项种]是?不)|无法|isn't|is not|are not|aren't|doesn't|does not|don't|do not|cannot|can't|lacks?)/;
