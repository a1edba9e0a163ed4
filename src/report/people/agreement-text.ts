import type { Lang } from "../../domain/text.ts";
import type { RaterAgreement, PersonAgreement } from "./agreement.ts";

import { clean, fixed, percent } from "../render/format.ts";

const mostNames = 3;
/** Fewer random rulings than this say next to nothing about a grader. */
const leastSample = 30;

/** What people's rulings say about the graders, in lines. */
export function agreementLines(found: PersonAgreement, lang: Lang): readonly string[] {
  const zh = lang === "zh";
  const { all, sampled, by_grader, between_people } = found;
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
          `${zh ? "按评分器" : "By grader"}: ${by_grader
            .map(({ grader, agreement }) => `${clean(grader, 40)} ${shareText(agreement, lang)}`)
            .join(zh ? "；" : "; ")}`,
        ]),
    sampleLine(sampled, lang),
    ...(between_people.n === 0
      ? []
      : [
          zh
            ? `两人都裁过的 ${between_people.n} 条中，人与人一致 ${shareText(between_people, lang)}。`
            : `Of ${between_people.n} that two people ruled on they agree on ${shareText(between_people, lang)}.`,
        ]),
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
