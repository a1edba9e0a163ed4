import type { Text } from "../../domain/text.ts";
import type { MarkAgreement } from "../../grading/calibration/judge-agreement.ts";
import type {
  LengthHabit,
  PositionHabit,
  RepeatHabit,
} from "../../grading/calibration/judge-habits.ts";

import { fixed, percent } from "../render/format.ts";

/** Whether a judge may stand in for people: `use`, `unsure` where the rows are too few to tell, or `avoid`. */
export type JudgeUse = {
  readonly verdict: "use" | "unsure" | "avoid";
  /** One sentence, with what to mind. */
  readonly says: Text;
};

/**
 * What a judge must reach. Beside single people's agreement with each other it counts as one more person at 80%; where no
 * row has several people, κ must be substantial in the words of Landis and Koch (Biometrics 33, 1977).
 */
const least = { ratio: 0.8, kappa: 0.6, rows: 30, questions: 10, consistent: 0.8 } as const;

/** A judge that leaves more than this without a mark chooses what it marks. */
const mostUngraded = 0.02;

/** Half a step of the scale: a mean that is this far off moves places on a leaderboard. */
const mostBias = 0.5;

type Measured = {
  readonly n: number;
  readonly ungraded: number;
  readonly overall: MarkAgreement;
  readonly position: PositionHabit | null;
  readonly repeat: RepeatHabit | null;
  readonly length: LengthHabit | null;
};

/** The verdict follows the interval, not the figure: `use` where all of it is above the line, `avoid` where all of it is below. */
export function judgeUse(measured: Measured): JudgeUse {
  const { n, ungraded, overall } = measured;
  const { ceiling } = overall;
  const level =
    ceiling?.ratio == null
      ? {
          value: overall.kappa_quadratic,
          interval: overall.kappa_quadratic_interval,
          line: least.kappa,
        }
      : { value: ceiling.ratio, interval: ceiling.ratio_interval, line: least.ratio };
  const said = reached(overall);
  if (level.value === null || overall.n < least.rows || overall.questions < least.questions) {
    return {
      verdict: "unsure",
      says: {
        zh: `${said.zh}；只有 ${overall.n} 条、${overall.questions} 道题，至少要 ${least.rows} 条、${least.questions} 道题才能下结论。`,
        en: `${said.en}; ${overall.n} rows on ${overall.questions} questions are too few to tell, at least ${least.rows} on ${least.questions} are needed.`,
      },
    };
  }
  const minds = mindsOf(measured);
  const isLow = level.interval !== null && level.interval.high < level.line;
  const isHigh = level.interval !== null && level.interval.low >= level.line;
  const chooses = ungraded / n > mostUngraded;
  const verdict = isLow ? "avoid" : isHigh && !chooses ? "use" : "unsure";
  const words = chooses && !isLow ? refusing(ungraded, n) : wordsOf[verdict];
  return {
    verdict,
    says: {
      zh: `${said.zh}：${words.zh}${minds.map(({ zh }) => `；${zh}`).join("")}。`,
      en: `${said.en}: ${words.en}${minds.map(({ en }) => `; ${en}`).join("")}.`,
    },
  };
}

const wordsOf = {
  use: { zh: "可以代替人评分", en: "it may stand in for people" },
  unsure: {
    zh: "还不能断定可以代替人评分，请多标一些",
    en: "whether it may stand in for people is open, mark more rows",
  },
  avoid: { zh: "不能代替人评分", en: "it must not stand in for people" },
} as const satisfies Readonly<Record<JudgeUse["verdict"], Text>>;

const refusing = (ungraded: number, n: number): Text => ({
  zh: `有 ${ungraded}/${n} 条不给判定，等于自己挑题，暂不能代替人评分`,
  en: `it gave no verdict on ${ungraded}/${n}, so it chooses what it marks and must not stand in for people yet`,
});

function reached({ ceiling, kappa_quadratic, kappa_quadratic_interval: own }: MarkAgreement): Text {
  if (ceiling?.ratio != null) {
    const { ratio, ratio_interval: bounds } = ceiling;
    const range = bounds === null ? "" : `${percent(bounds.low, 0)}–${percent(bounds.high, 0)}`;
    return {
      zh: `与人一致性达到人际水平的 ${percent(ratio, 0)}${range === "" ? "" : `（95% 区间 ${range}）`}`,
      en: `Its agreement with people reaches ${percent(ratio, 0)} of theirs with each other${range === "" ? "" : ` (95% ${range})`}`,
    };
  }
  if (kappa_quadratic === null)
    return { zh: "一致性算不出来", en: "Its agreement with people is unknown" };
  const range = own === null ? "" : `[${fixed(own.low, 2)}, ${fixed(own.high, 2)}]`;
  return {
    zh: `与人的二次加权 κ ${fixed(kappa_quadratic, 2)} ${range}（没有多人评分，不知道人际水平）`,
    en: `Its quadratic κ with people is ${fixed(kappa_quadratic, 2)} ${range} (nothing was marked by several people, so theirs is unknown)`,
  };
}

/** What even a good judge's marks need to be corrected for. */
function mindsOf({ overall, position, repeat, length }: Measured): readonly Text[] {
  const { bias, bias_interval: bounds } = overall;
  const biased = bounds !== null && (bounds.low > 0 || bounds.high < 0);
  const minds: Text[] = [];
  if (bias !== null && biased && Math.abs(bias) >= mostBias) {
    const size = fixed(Math.abs(bias), 2);
    minds.push({
      zh: `${bias > 0 ? "偏松" : "偏严"} ${size} 档，均分要用随机裁定校正（review --draw）`,
      en: `it is ${bias > 0 ? "lenient" : "strict"} by ${size} steps, so correct means by rulings drawn at random (review --draw)`,
    });
  }
  const consistent = position?.consistent ?? null;
  if (consistent !== null && consistent.value < least.consistent) {
    minds.push({
      zh: `换序后只有 ${percent(consistent.value, 0)} 不变`,
      en: `only ${percent(consistent.value, 0)} of its verdicts survive a change of order`,
    });
  }
  const same = repeat?.same ?? null;
  if (same !== null && same.value < least.consistent) {
    minds.push({
      zh: `重复评分只有 ${percent(same.value, 0)} 同分，宜多票取中位数`,
      en: `asked again it repeats only ${percent(same.value, 0)} of its marks, so take the median of several votes`,
    });
  }
  const range = length?.interval ?? null;
  if (range !== null && (range.low > 0 || range.high < 0)) {
    minds.push(
      range.low > 0
        ? { zh: "偏爱长回答", en: "it favours long answers" }
        : { zh: "偏爱短回答", en: "it favours short answers" },
    );
  }
  return minds;
}
