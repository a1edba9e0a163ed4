import type { Lang } from "../../domain/text.ts";
import type { Kappa } from "../../stats/agreement/agreement.ts";
import type { Interval } from "../../stats/interval.ts";
import type { Reviewed, TargetView } from "../view/model.ts";

import { colon } from "../../domain/text.ts";
import { cohenKappa } from "../../stats/agreement/agreement.ts";
import { wilson } from "../../stats/interval.ts";
import { clean, fixed, percent } from "../render/format.ts";
import { rulingInForce } from "../view/opinions.ts";
import { sameValue } from "./disputes.ts";
import { ratersLines } from "./raters-text.ts";
import { type Raters, ratersOf } from "./raters.ts";

/** How well graders agree with the people who ruled on their verdicts. */
export type RaterAgreement = {
  /** Answers on which both a grader and a person gave a value. */
  readonly n: number;
  readonly agree: number;
  /** agree / n with its 95% interval; null without answers. */
  readonly share: number | null;
  readonly interval: Interval | null;
  /** Cohen's κ of full, partial and no credit. */
  readonly kappa: Kappa;
  /** The grader gave more than the person. */
  readonly false_right: number;
  /** The grader gave less. */
  readonly false_wrong: number;
  /** Mean of the grader's value minus the person's, in [-1, 1]; null without answers. */
  readonly bias: number | null;
};

export type PersonAgreement = {
  /** Answers that a person ruled on. */
  readonly ruled: number;
  /** Their names, in the order in which they first ruled. */
  readonly people: readonly string[];
  /** A person gave a value where no grader had, and the other way round. */
  readonly person_alone: number;
  readonly grader_alone: number;
  /** Over all rulings: mostly on doubtful answers, so it does not say how well the grader does overall. */
  readonly all: RaterAgreement;
  /** Over those drawn at random. */
  readonly sampled: RaterAgreement;
  /** By the grader that had graded, most rulings first. */
  readonly by_grader: readonly { readonly grader: string; readonly agreement: RaterAgreement }[];
  /** How people agree with each other; null where no two ruled on the same answer. */
  readonly raters: Raters | null;
};

/** Over the rulings on some targets, in the rows that `counts` accepts; null where nobody ruled. */
export function personAgreement(
  targets: readonly TargetView[],
  counts: (target: TargetView, row: number) => boolean = () => true,
): PersonAgreement | null {
  const reviewed = targets.flatMap((target) =>
    [...target.reviews].flatMap(([row, each]) => (counts(target, row) ? [each] : [])),
  );
  if (reviewed.length === 0) return null;
  const pairs = reviewed.flatMap(pairOf);
  const byGrader = Map.groupBy(pairs, ({ grader }) => grader ?? "?");
  const lone = (test: (person: number | null, grader: number | null) => boolean): number =>
    reviewed.filter((each) => test(rulingInForce(each)?.value ?? null, each.said.value)).length;
  return {
    ruled: reviewed.length,
    people: [...new Set(reviewed.flatMap(({ rulings }) => [...rulings.keys()]))],
    person_alone: lone((person, grader) => person !== null && grader === null),
    grader_alone: lone((person, grader) => person === null && grader !== null),
    all: agreementOf(pairs),
    sampled: agreementOf(pairs.filter(({ sampled }) => sampled)),
    by_grader: [...byGrader]
      .toSorted(([, a], [, b]) => b.length - a.length)
      .map(([grader, own]) => ({ grader, agreement: agreementOf(own) })),
    raters: ratersOf(reviewed.map(({ rulings }) => rulings)),
  };
}

/** Two values of one answer: the first is measured against the second. */
type Pair = { readonly first: number; readonly second: number };
type GraderPair = Pair & { readonly grader: string | null; readonly sampled: boolean };

function pairOf(reviewed: Reviewed): readonly GraderPair[] {
  const ruling = rulingInForce(reviewed);
  const { value: first, grader } = reviewed.said;
  if (ruling === null || ruling.value === null || first === null) return [];
  return [{ first, second: ruling.value, grader, sampled: isSampled(reviewed) }];
}

/** One person may have met it in the sample and another among the doubtful ones: it was drawn all the same. */
const isSampled = ({ rulings }: Reviewed): boolean =>
  [...rulings.values()].some(({ sampled }) => sampled);

function agreementOf(pairs: readonly Pair[]): RaterAgreement {
  const n = pairs.length;
  const agree = pairs.filter(({ first, second }) => Math.abs(first - second) <= sameValue).length;
  return {
    n,
    agree,
    share: n === 0 ? null : agree / n,
    interval: n === 0 ? null : wilson(agree / n, n),
    kappa: cohenKappa(pairs.map(({ first, second }) => [creditOf(first), creditOf(second)])),
    false_right: pairs.filter(({ first, second }) => first - second > sameValue).length,
    false_wrong: pairs.filter(({ first, second }) => second - first > sameValue).length,
    bias: n === 0 ? null : pairs.reduce((sum, { first, second }) => sum + first - second, 0) / n,
  };
}

const creditOf = (value: number): "full" | "partial" | "none" =>
  value >= 1 ? "full" : value <= 0 ? "none" : "partial";

const mostNames = 3;

/** Fewer random rulings than this say next to nothing about a grader. */
const leastSample = 30;

/** What people's rulings say about the graders, in lines. */
export function agreementLines(found: PersonAgreement, lang: Lang): readonly string[] {
  const zh = lang === "zh";
  const { all, sampled, by_grader, raters } = found;
  const names = found.people.slice(0, mostNames).map((name) => clean(name, 40));
  const more = found.people.length > mostNames ? (zh ? " 等" : " and others") : "";
  const who = zh ? `${names.join("、")}${more}` : `${names.join(", ")}${more}`;
  const lone = found.person_alone + found.grader_alone;
  return [
    zh
      ? `人工裁定 ${found.ruled} 条（${who}），以人为准。与评分器一致 ${shareText(all, lang)}；评分器偏高 ${all.false_right}、偏低 ${all.false_wrong}，平均 ${biasText(all)} 分${lone === 0 ? "" : `，${lone} 条只有一方给了分`}。`
      : `${found.ruled} answers ruled by people (${who}), which counts over any grader. They agree with the grader on ${shareText(all, lang)}; it gave too much ${all.false_right} times, too little ${all.false_wrong} times, ${biasText(all)} points on average${lone === 0 ? "" : `; on ${lone} only one side gave a value`}.`,
    ...(by_grader.length < 2
      ? []
      : [
          `${zh ? "按评分器" : "By grader"}${colon[lang]}${by_grader
            .map(({ grader, agreement }) => `${clean(grader, 40)} ${shareText(agreement, lang)}`)
            .join(zh ? "；" : "; ")}`,
        ]),
    sampleLine(sampled, lang),
    ...(raters === null ? [] : ratersLines(raters, lang)),
  ];
}

function sampleLine(sampled: RaterAgreement, lang: Lang): string {
  const zh = lang === "zh";
  if (sampled.n === 0) {
    return zh
      ? "其中没有随机抽样：被挑出来的多是可疑的，上面的一致率不能代表全体。"
      : "None was drawn at random: doubtful ones were picked, so that share does not stand for all answers.";
  }
  const few = sampled.n < leastSample ? (zh ? "，样本小，只作参考" : "; a small sample") : "";
  return zh
    ? `其中随机抽样 ${sampled.n} 条，一致 ${shareText(sampled, lang)}：这一项能代表全体${few}。`
    : `Of ${sampled.n} drawn at random they agree on ${shareText(sampled, lang)}: that stands for all answers${few}.`;
}

const biasText = ({ bias }: RaterAgreement): string =>
  bias === null ? "—" : `${bias > 0 ? "+" : ""}${fixed(bias * 100, 1)}`;

function shareText({ share, interval, agree, n, kappa }: RaterAgreement, lang: Lang): string {
  const zh = lang === "zh";
  if (share === null || interval === null) return zh ? "未知" : "unknown";
  const bounds = `${percent(interval.low)}–${percent(interval.high)}`;
  const k = kappa.kappa === null ? (zh ? "未知" : "unknown") : fixed(kappa.kappa, 2);
  return `${agree}/${n} (${percent(share)}, 95% ${bounds}, κ ${k})`;
}
