import type { CardLimit, Scorecard, StatedFacts } from "../../domain/choosing/scorecard.ts";
import type { Lang, Text } from "../../domain/text.ts";
import type { ChoiceCandidate, ChooseSource, CriterionMeasure } from "./criterion.ts";

import { measuredCriteria } from "../../domain/choosing/criteria.ts";
import { egressWord } from "../../domain/life/host-place.ts";
import { globMatches } from "../../text/glob.ts";
import { percent } from "../render/format.ts";
import { criteria } from "./criteria.ts";
import { measureText } from "./measure-text.ts";

/** Why a target is out, or cannot be ranked until something is known. */
export type VetoFinding = { readonly state: "out" | "open"; readonly text: Text };

const out = (zh: string, en: string): readonly VetoFinding[] => [
  { state: "out", text: { zh, en } },
];
const open = (zh: string, en: string): readonly VetoFinding[] => [
  { state: "open", text: { zh, en } },
];

/** What the card's vetoes say of a target, in the order in which a buyer looks. Empty where it passes. */
export function vetoesOf(
  { vetoes, facts }: Pick<Scorecard, "vetoes" | "facts">,
  source: ChooseSource,
  candidate: ChoiceCandidate,
): readonly VetoFinding[] {
  const stated = factsOf(facts, candidate.ref);
  return [
    ...(vetoes.red_lines ? redLines(candidate) : []),
    ...answersOf(candidate, vetoes.coverage),
    ...(vetoes.egress === undefined ? [] : egress(candidate, stated, vetoes.egress)),
    ...(vetoes.license === undefined ? [] : licence(stated, vetoes.license)),
    ...(vetoes.filing ? filing(stated) : []),
    ...(vetoes.price ? price(source, candidate) : []),
    ...vetoes.limits.flatMap((limit) => limitOf(limit, source, candidate)),
  ];
}

/** What the user entered of a target; null where no row names it. */
export const factsOf = (facts: readonly StatedFacts[], ref: string): StatedFacts | null =>
  facts.find(({ target }) => globMatches(target, ref)) ?? null;

function redLines({ entry: { summary } }: ChoiceCandidate): readonly VetoFinding[] {
  const { red_lines, red_line_suites, red_lines_pending, red_lines_unanswered } = summary;
  if (red_lines > 0) {
    return out(
      `触及红线 ${red_lines} 次（${red_line_suites.join("、")}）`,
      `red lines crossed: ${red_lines} (${red_line_suites.join(", ")})`,
    );
  }
  const waiting = red_lines_pending + red_lines_unanswered;
  return waiting === 0
    ? []
    : open(
        `${waiting} 道红线题待裁定或没有回答`,
        `${waiting} red-line items are to be ruled on or have no answer`,
      );
}

function answersOf(
  { entry: { summary, unranked } }: ChoiceCandidate,
  least: number,
): readonly VetoFinding[] {
  const { coverage } = summary;
  return [
    ...((coverage ?? 0) < least
      ? out(
          `覆盖率 ${percent(coverage)}，低于 ${percent(least)}`,
          `coverage ${percent(coverage)}, below ${percent(least)}`,
        )
      : []),
    ...(summary.misnamed
      ? open("作答与名字所说的设置不符", "its answers are not what its name says")
      : []),
    ...(unranked === "unjudged" ? open("裁判没有判定的太多", "judges gave too few verdicts") : []),
  ];
}

/**
 * Where the data go is not told from an address: behind one of this machine there may be a gateway that sends everything
 * abroad.
 */
function egress(
  { ref, target }: ChoiceCandidate,
  stated: StatedFacts | null,
  allowed: readonly string[],
): readonly VetoFinding[] {
  const place = stated?.egress ?? target.entry?.egress ?? null;
  const mark =
    stated?.egress === undefined
      ? ["", ""]
      : ["（用户填写，未核实）", " (entered by the user, unverified)"];
  if (place === null) {
    const provider = target.entry?.provider ?? ref.split("/", 1)[0];
    return open(
      `数据去哪里未知，写明 内网、境内 或 境外：现在就写进计分卡的 facts（{target: ${ref}, egress: …, source: …, read: 日期}），或在 baimo.yaml 的 providers.${provider} 写 egress: …，对以后的运行有效`,
      `it is unknown where the data go; state in-house, mainland or abroad: for this choice in the card's facts ({target: ${ref}, egress: …, source: …, read: date}), for later runs as egress: … under providers.${provider} in baimo.yaml`,
    );
  }
  if (allowed.includes(place)) return [];
  const listed = (lang: Lang): string =>
    allowed.map((each) => egressWord(each, lang)).join(lang === "zh" ? "、" : ", ");
  return out(
    `数据会到${place}${mark[0]}，只允许${listed("zh")}`,
    `where the data go: ${egressWord(place, "en")}${mark[1]}; allowed: ${listed("en")}`,
  );
}

function licence(stated: StatedFacts | null, allowed: readonly string[]): readonly VetoFinding[] {
  const own = stated?.license;
  if (own === undefined) return open("许可未填写", "no licence was entered");
  if (allowed.includes(own)) return [];
  return out(
    `许可 ${own}（用户填写，未核实）不在允许之列`,
    `licence ${own} (entered by the user, unverified) is not among those allowed`,
  );
}

const filing = (stated: StatedFacts | null): readonly VetoFinding[] =>
  stated?.filing === undefined
    ? open(
        "备案号未填写，程序里也没有有日期的来源",
        "no 备案 number was entered, and baimo has no dated source of one",
      )
    : [];

function price(source: ChooseSource, candidate: ChoiceCandidate): readonly VetoFinding[] {
  if (source.bill === null)
    return (candidate.target.entry?.price ?? null) === null
      ? out(
          "价格未知：运行时没有写价格，写进 baimo.yaml 只对以后的运行有效；已有的运行给 --prices 和 --traffic",
          "its price is unknown: none was stated when it was asked, and one in baimo.yaml holds for later runs; for this run give --prices and --traffic",
        )
      : [];
  const { value, remark } = criteria.month_cost(source, candidate, null);
  return value === null && remark !== null ? out(remark.zh, remark.en) : [];
}

function limitOf(
  limit: CardLimit,
  source: ChooseSource,
  candidate: ChoiceCandidate,
): readonly VetoFinding[] {
  const { title } = measuredCriteria[limit.use];
  const name =
    limit.of === undefined
      ? title
      : { zh: `${title.zh} ${limit.of}`, en: `${title.en} ${limit.of}` };
  const measure = criteria[limit.use](source, candidate, limit.of ?? null);
  const told = judgedBy(limit, measure);
  if (measure.value === null)
    return open(
      `${name.zh}未测：${measure.remark?.zh ?? ""}`,
      `${name.en} was not measured: ${measure.remark?.en ?? ""}`,
    );
  if (told === null)
    return open(
      `${name.zh}的 95% 界定不下来，样本太少`,
      `the 95% bound of ${name.en} cannot be told from so few`,
    );
  const floor = limit.at_least;
  const mark = floor ?? limit.at_most ?? 0;
  if (floor === undefined ? told <= mark : told >= mark) return [];
  const [own, wanted] = [told, mark].map((each) => measureText(limit.use, each));
  const which =
    limit.by === "value"
      ? ["", ""]
      : floor === undefined
        ? ["的 95% 上限", ", upper 95% bound,"]
        : ["的 95% 下限", ", lower 95% bound,"];
  return out(
    `${name.zh}${which[0]} ${own?.zh ?? ""}，要求${floor === undefined ? "至多" : "至少"} ${wanted?.zh ?? ""}`,
    `${name.en}${which[1]} ${own?.en ?? ""}; required: ${floor === undefined ? "at most" : "at least"} ${wanted?.en ?? ""}`,
  );
}

/** The value or the worse end of its interval; null where the sample is too small for one. */
function judgedBy(
  { by, at_least }: CardLimit,
  { value, interval }: CriterionMeasure,
): number | null {
  if (by === "value" || value === null || !Number.isFinite(value)) return value;
  const bound = interval === null ? value : at_least === undefined ? interval.high : interval.low;
  return Number.isFinite(bound) ? bound : null;
}
