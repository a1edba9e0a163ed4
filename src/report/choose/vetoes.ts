import type { CardLimit, Scorecard, StatedFacts } from "../../domain/choosing/scorecard.ts";
import type { Lang, Text } from "../../domain/text.ts";
import type { ChoiceCandidate, ChooseSource, CriterionMeasure } from "./criterion.ts";

import { measuredCriteria } from "../../domain/choosing/criteria.ts";
import { egressWord } from "../../domain/life/host-place.ts";
import { globMatches } from "../../text/glob.ts";
import { ownPriceAt } from "../bill/own-prices.ts";
import { byAddressMark, egressByAddress } from "../egress/by-address.ts";
import { percent } from "../render/format.ts";
import { criteria } from "./criteria.ts";
import { measureText } from "./measure-text.ts";

/** A fact that nobody stated and that a user can enter. */
export type LackingFact = "egress" | "price";

/** Why a target is out, or cannot be ranked until something is known. */
export type VetoFinding = {
  readonly state: "out" | "open";
  readonly text: Text;
  readonly lacks: LackingFact | null;
};

const out = (zh: string, en: string): readonly VetoFinding[] => [
  { state: "out", text: { zh, en }, lacks: null },
];
const open = (zh: string, en: string, lacks: LackingFact | null = null): readonly VetoFinding[] => [
  { state: "open", text: { zh, en }, lacks },
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

/** Where the data go: as the card says, else as the provider's file or the config does, else by the address. */
function egress(
  { target }: ChoiceCandidate,
  stated: StatedFacts | null,
  allowed: readonly string[],
): readonly VetoFinding[] {
  const told = stated?.egress ?? target.entry?.egress ?? null;
  const place = told ?? (target.entry === null ? null : egressByAddress(target.entry));
  if (place === null) return open("不知道数据去哪里", "it is unknown where the data go", "egress");
  if (allowed.includes(place)) return [];
  const mark =
    stated?.egress !== undefined
      ? { zh: "（用户填写，未核实）", en: " (entered by the user, unverified)" }
      : told === null
        ? byAddressMark
        : { zh: "", en: "" };
  const listed = (lang: Lang): string =>
    allowed.map((each) => egressWord(each, lang)).join(lang === "zh" ? "、" : ", ");
  return out(
    `数据会到${place}${mark.zh}，只允许${listed("zh")}`,
    `where the data go: ${egressWord(place, "en")}${mark.en}; allowed: ${listed("en")}`,
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

/** A price that is not known vetoes nobody: whoever enters it has the target ranked. */
function price(source: ChooseSource, candidate: ChoiceCandidate): readonly VetoFinding[] {
  const { ref, target } = candidate;
  if (source.bill === null) {
    const at = new Date(source.view.runs.at(-1)?.started_at ?? 0);
    const own = ownPriceAt(source.prices, ref, target.entry?.price ?? null, at);
    return own === null ? open("价格未知", "its price is unknown", "price") : [];
  }
  const { value, remark } = criteria.month_cost(source, candidate, null);
  if (value !== null || remark === null) return [];
  const isUnpriced = source.bill.offers.some(
    ({ targets, why }) => why === "price" && targets.length === 1 && targets[0] === ref,
  );
  return open(remark.zh, remark.en, isUnpriced ? "price" : null);
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
