import type { Wanted } from "./candidates.ts";
import type { Claim } from "./claims.ts";

import { equals } from "../../text/quantity/rational.ts";
import { hasUsualName, likeness, namedAs } from "./asked.ts";
import { sameAs } from "./candidates.ts";
import { calculation, declines, unsolved } from "./clauses.ts";
import {
  countsAsked,
  isBare,
  isForeign,
  isOther,
  namesAnother,
  partyOf,
  placesOf,
  relatesBy,
  verbs,
  wordOf,
} from "./counted.ts";
import {
  agrees,
  answers,
  checks,
  comparison,
  conversion,
  decides,
  difference,
  doubts,
  elaboration,
  isRemark,
  labelled,
  makes,
  mistaken,
  negated,
  onlyAsked,
  operatorAfter,
  operatorBefore,
  otherOpinion,
  outOf,
  reason,
  remains,
  restates,
  slips,
  states,
  sumsUp,
  supposes,
  tellsEvent,
  total,
  unasked,
} from "./phrases.ts";
import { topicsOf } from "./topics.ts";
import { asides, ofWording } from "./wording.ts";

type Holds = (claim: Claim, wanted: Wanted) => boolean | number;

/** What may speak for a claim or against it, by name; how much each counts has been learned (`weights.ts`). */
const ofClaim: Readonly<Record<string, Holds>> = {
  // Where it stands.
  inBracket: ({ source }) => source === "bracket",
  inBox: ({ source }) => source === "boxed",
  inWrapper: ({ source }) => source === "wrapper",
  marked: ({ source }) => source === "marker",
  markedFirst: ({ source, isFirst }) => source === "marker" && isFirst,
  conclusionPart: ({ part }) => part.kind === "conclusion",
  correctionPart: ({ part }) => part.kind === "correction",
  afterCorrection: ({ part }) => part.corrects,
  beforeCorrection: ({ part }) => part.corrected,
  remarkPart: ({ part }) => part.place === "remark",
  jsonValue: ({ part }) => part.wrapper === "json" && part.kind !== "announcement",
  jsonTotal: ({ part, clause }) =>
    part.wrapper === "json" && /总|合计|结果|final|total|result|value|sum/i.test(clause),
  headed: ({ headed }) => headed,
  underRemark: ({ underRemark }) => underRemark,
  bareFirst: ({ sentence, number, at }) => at === 0 && isBare(sentence, number.text),
  bareLine: ({ sentence, number }) => isBare(sentence, number.text),
  clauseStart: ({ within }) => within === 0,
  endsClause: ({ after }) => /^[\s*.。)]*$/.test(after),
  bold: ({ sentence, number }) => sentence.includes(`**${number.text.trim()}`),
  afterSlip: ({ slipBefore }) => slipBefore !== null && slipBefore <= 4,
  ownSlip: ({ slipBefore }) => slipBefore === 0,
  beforeSlip: ({ slipAfter }) => slipAfter !== null && slipAfter <= 3,
  nextSlip: ({ slipAfter }) => slipAfter === 1,
  // How it is said.
  concludes: ({ concludes: concluding }) => concluding,
  opens: ({ opens }) => opens,
  opensLater: ({ opens, previous }) => opens && previous !== null,
  afterEquals: ({ before }) => /=\s?$/.test(before),
  afterIs: ({ before }) => /(?:是|为|等于|得到?|即|\bis)\s?约?$/.test(before),
  labelled: ({ clause, within }) => within === 0 && labelled.test(clause),
  colonBefore: ({ before }) => /[::]\s?$/.test(before),
  totalWord: ({ before }) => /(?:共|总|合计|总计|加起来|合起来)\S{0,3}$/.test(before),
  makes: ({ before, after }) => makes.test(before) || remains.test(after),
  outOf: ({ before }) => outOf.test(before),
  theRest: ({ before }) => /\b(?:remaining|the other|the rest)\b/i.test(before),
  restatesOther: ({ number, previous, clause }) =>
    restates.test(clause) &&
    previous !== null &&
    wordOf(number) === wordOf(previous) &&
    !sameAs(number, previous),
  restatesUnit: ({ number, previous, clause }) =>
    restates.test(clause) &&
    previous !== null &&
    previous.role !== "ordinal" &&
    number.unit !== null &&
    wordOf(number) !== wordOf(previous) &&
    !sameAs(number, previous),
  restated: ({ after }) => /^[^\d,]{0,6},?\s?(?:即|也就是|亦即|折合|换算)/.test(after),
  rounded: ({ before, clause }) =>
    /约|≈|四舍五入|取整|保留/.test(before) || /四舍五入/.test(clause),
  thenNoun: ({ after }) => /^\s?(?:是|为)\p{Script=Han}/u.test(after),
  elaboration: ({ clause, within }, { asked }) =>
    within > 0 && elaboration.test(clause) && likeness(clause, asked) === 0,
  supposed: ({ supposed, clause }) => supposed && !answers.test(clause),
  operator: ({ before, after }) => operatorBefore.test(before) || operatorAfter.test(after),
  dots: ({ after }) => /^\s?(?:…|\.{3}|⋯)/.test(after),
  perEach: ({ before }, { asked, question }) =>
    question !== "" && !asked.each && /(?:每|平均)[^,]{0,6}$/.test(before),
  perEachAlone: ({ before }, { question }) =>
    question === "" && /(?:每|平均)[^,]{0,6}$/.test(before),
  eachAsked: ({ before, clause }, { asked }) => asked.each && /每|平均|均/.test(before + clause),
  // What is counted, in what, and under what name.
  askedKind: ({ number }, { kind }) =>
    kind !== null && kind !== "count" && number.unit?.kind === kind,
  otherKind: ({ number }, wanted) => isOther(number, wanted),
  countNotKind: ({ number }, { kind }) =>
    kind !== null && kind !== "count" && number.unit?.kind === "count",
  noUnit: ({ number }, { kind }) => kind !== null && number.unit === null && !number.percent,
  otherScale: ({ number }, { scale, kind }) =>
    scale !== null && number.unit?.kind === kind && !equals(number.unit?.scale ?? scale, scale),
  countsAsked,
  countsOther: ({ number }, { asked }) =>
    asked.measure !== null &&
    number.unit !== null &&
    /\p{Script=Han}$/u.test(number.text) &&
    !number.text.endsWith(asked.measure),
  namedPartly: ({ beside }, { asked }) => namedAs(beside, asked) > 0,
  named: ({ beside }, { asked }) => namedAs(beside, asked) === 1,
  likeness: ({ beside }, { asked }) => Math.min(4, likeness(beside, asked)) / 2,
  party: ({ beside, before }, { asked }) => partyOf(beside + before, asked.sentence) === "asked",
  otherParty: ({ beside, before }, { asked }) =>
    partyOf(beside + before, asked.sentence) === "other",
  sameTopic: (claim, { asked }) => isOfTopic(claim, asked.topics),
  offTopic: (claim, { asked, question }) =>
    question !== "" && topicsIn(claim).size > 0 && !isOfTopic(claim, asked.topics),
  noTopic: (claim, { asked }) => asked.topics.size > 0 && !isOfTopic(claim, asked.topics),
  bracketed: ({ bracketed }) => bracketed,
  roundedAsked: ({ before, clause }, { asked }) =>
    asked.rounds && (/约|≈|取|保留/.test(before) || /四舍五入/.test(clause)),
  relation: ({ before }, { asked }) => asked.relation !== null && relatesBy(before, asked.relation),
  relationVerb: ({ before }, { asked }) =>
    verbs.includes(asked.relation?.slice(-1) ?? "-") &&
    relatesBy(before, asked.relation?.slice(-1) ?? ""),
  placeDigit: ({ beside, number }, { asked }) =>
    /[个十百千万]分?位|第.位/.test(beside) &&
    /^\d$/.test(number.text) &&
    !/[个十百千万]分?位|第.位/.test(asked.sentence),
  fewPlaces: ({ number }, { asked }) =>
    asked.places !== null && placesOf(number.text) < asked.places,
  askedPlaces: ({ number }, { asked }) =>
    asked.places !== null && placesOf(number.text) === asked.places,
  ratioUnasked: ({ number }, { ratio }) => number.role === "ratio" && !ratio,
  ratioAsked: ({ number }, { ratio }) => number.role === "ratio" && ratio,
  oneNumeral: ({ number, before }) =>
    number.chinese &&
    number.unit === null &&
    number.text.length === 1 &&
    !/[是为得有共=:]\s?$/.test(before),
  chinese: ({ number }) => number.chinese,
  ordinal: ({ number }) => number.role === "ordinal" || number.role === "day",
  ordinalAsked: ({ number }, { asked }) =>
    number.role === "ordinal" && /第几|第多少|名次/.test(asked.sentence),
  year: ({ number }) => number.role === "year",
  percentUnasked: ({ number }, { asked, question, unit }) =>
    number.percent && !asked.share && question !== "" && !/[%％]/.test(unit ?? ""),
  shareAsked: ({ number }, { asked }) =>
    asked.share && (number.percent || number.text.includes("/") || number.text.includes("分之")),
  range: ({ number }) => !equals(number.low, number.high),
  givenAgrees: ({ number, sentence }, { asked }) =>
    agrees.test(sentence) && asked.given.some((given) => sameAs(given, number)),
  given: ({ number }, { asked }) =>
    asked.given.some(
      (given) =>
        given.text.trim() === number.text.trim() ||
        (sameAs(given, number) && given.unit?.kind === number.unit?.kind),
    ),
};

/** The same for all claims of a clause. */
const ofClause: Readonly<Record<string, Holds>> = {
  answersClause: ({ clause }) => answers.test(clause),
  calculation: ({ clause }) => calculation.test(clause),
  states: ({ clause }) => states.test(clause),
  sumsUp: ({ clause }) => sumsUp.test(clause),
  totalAsked: ({ clause }, { asked }) => total.test(clause) && asked.total,
  totalUnasked: ({ clause }, { asked }) =>
    /合起来|加起来|^[\s*]*(?:一共|共|总共|合计|总计|总)/.test(clause) && !asked.total,
  solved: ({ clause }) => /解得|求得|记作|应记/.test(clause),
  goesOn: ({ clause }) =>
    /^(?:再(?![过算求看])|然后|接着|最后|后来|又|加上|减去|乘[以上]|除以|去掉|扣[除掉])/.test(
      clause,
    ),
  predicate: ({ clause }, { asked }) =>
    asked.predicate !== null && clause.toLowerCase().includes(asked.predicate),
  leftUnasked: ({ clause }, { asked, question }) =>
    question !== "" && /剩/.test(clause) && !/[剩余还]/.test(asked.sentence),
  otherOpinion: ({ clause }) => otherOpinion.test(clause),
  restates: ({ clause }) => /^(?:即|也就是|亦即|就是|折合|换算|换句话说|i\.e\.)/.test(clause),
  assumed: ({ sentence, clause }) => /^假设|^假如/.test(sentence) && !answers.test(clause),
  unasked: ({ sentence, clause }) =>
    unasked.test(sentence) ||
    onlyAsked.test(sentence.slice(sentence.indexOf(clause) + clause.length)),
  decides: ({ clause }) => decides.test(clause),
  unsolved: ({ clause }, { asked }) => unsolved.test(clause) && namedAs(clause, asked) < 1,
  reason: ({ clause }) => reason.test(clause),
  negated: ({ clause }) => negated.test(clause),
  supposes: ({ clause }) => supposes.test(clause),
  supposesEarlier: ({ sentence, clause }) => supposes.test(sentence) && !answers.test(clause),
  slips: ({ clause }) => slips.test(clause),
  conversion: ({ clause }) => conversion.test(clause),
  comparison: ({ clause }, { asked }) => !asked.compares && comparison.test(clause),
  compares: ({ clause }, { asked }) =>
    asked.compares && (comparison.test(clause) || difference.test(clause)),
  comparesNot: ({ clause }, { asked }) =>
    asked.compares && !(comparison.test(clause) || difference.test(clause)),
  usualName: ({ clause }, { asked }) => hasUsualName(clause, asked),
  event: ({ clause }, { asked }) => tellsEvent(clause, asked.sentence, true),
  otherEvent: ({ clause }, { asked }) => tellsEvent(clause, asked.sentence, false),
  namesAnother: ({ clause }, wanted) => namesAnother(clause, wanted),
  foreign: ({ clause }, { asked }) => isForeign(clause, asked) && !sumsUp.test(clause),
};

/** The same for all claims of a sentence. */
const ofSentence: Readonly<Record<string, Holds>> = {
  firstSentence: ({ at }) => at === 0,
  checks: ({ sentence }) => checks.test(sentence),
  agrees: ({ sentence }) => agrees.test(sentence),
  supposing: ({ sentence }) =>
    /如果|若(?!干)|假如|要是|的话|例如|比如|譬如|\bif\b|\bfor example\b/i.test(sentence),
  mistaken: ({ sentence }) => mistaken.test(sentence),
  asks: ({ sentence }) => /[?]\s*$/.test(sentence),
  isRemark: ({ sentence, at }) => at > 0 && isRemark.test(sentence),
  doubts: ({ sentence }) => doubts.test(sentence),
  declined: ({ sentence }) => declines.test(sentence),
};

const topicsIn = ({ topicWords }: Claim): ReadonlySet<string> => topicsOf(topicWords);

function isOfTopic(claim: Claim, asked: ReadonlySet<string>): boolean {
  for (const each of topicsIn(claim)) if (asked.has(each)) return true;
  return false;
}

/** What is known of a claim, by the names of the evidence. */
export type Observed = Readonly<Record<string, number>>;

/** The evidence on claims by themselves; `besides_…` where one tells something of which the question does not speak. */
export function observedOn(claims: readonly Claim[], wanted: Wanted): readonly Observed[] {
  let last: Claim | null = null;
  let [bySentence, byClause]: readonly Observed[] = [{}, {}];
  return claims.map((claim) => {
    if (last?.sentence !== claim.sentence || last.at !== claim.at) {
      bySentence = holding(ofSentence, claim, wanted);
      last = null;
    }
    if (last?.clause !== claim.clause) byClause = holding(ofClause, claim, wanted);
    last = claim;
    const found = {
      ...bySentence,
      ...byClause,
      ...holding(ofClaim, claim, wanted),
      ...holding(ofWording, claim, wanted),
    };
    if (wanted.question !== "")
      for (const topic of topicsIn(claim))
        if (!wanted.asked.toldTopics.has(topic)) found[`besides_${topic}`] = 1;
    if (claim.underRemark || asides.some((name) => found[name] !== undefined)) found["aside"] = 1;
    return found;
  });
}

function holding(
  table: Readonly<Record<string, Holds>>,
  claim: Claim,
  wanted: Wanted,
): Record<string, number> {
  const found: Record<string, number> = {};
  for (const name in table) {
    const value = Number(table[name]?.(claim, wanted));
    if (value !== 0) found[name] = value;
  }
  return found;
}
