import type { Summary } from "../../score/summary.ts";
import type { ClauseMeasure } from "./measure.ts";

import { normalQuantile } from "../../../stats/distributions.ts";
import { counted, notMeasured, ofScope } from "./measure.ts";

const common = {
  better: "higher",
  takes: ["of"],
  view: "#/people",
  invalid: {
    zh: "只取随机抽到的裁定，专挑可疑的不算；有一方没有给分的不进分母",
    en: "only rulings drawn at random, not those on doubtful answers; where one side gave no value it is left out",
  },
} as const;

/** How far graders and judges agree with people. */
export const peopleMeasures: readonly ClauseMeasure[] = [
  {
    ...common,
    id: "kappa",
    name: { zh: "人工抽检一致性 κ", en: "κ of grader and people" },
    aliases: [
      "人工抽检一致性κ",
      "人工抽检一致性",
      "人机一致性",
      "人机一致性κ",
      "一致性系数",
      "kappa",
      "kappa系数",
      "κ",
      "cohenkappa",
      "κ系数",
    ],
    unit: "plain",
    formula: {
      zh: "Cohen κ =（po − pe）/（1 − pe），满分、部分、零分三档；区间 κ ± 1.96 se",
      en: "Cohen's κ = (po − pe) / (1 − pe) over full, partial and no credit; interval κ ± 1.96 se",
    },
    figureOf: ofScope((summary) => {
      const sampled = sampledOf(summary);
      if (sampled === null) return noRulings();
      const { kappa, se } = sampled.kappa;
      if (kappa === null)
        return notMeasured(
          "裁定全是同一档，κ 没有意义",
          "all rulings are alike, so that κ has no meaning",
        );
      const half = se === null ? null : normalQuantile(0.975) * se;
      return {
        value: kappa,
        interval: half === null ? null : { low: kappa - half, high: Math.min(1, kappa + half) },
        sampled: true,
        n: sampled.n,
        n_of: counted.rulings,
        invalid: null,
        remarks: [],
      };
    }),
  },
  {
    ...common,
    id: "people-agreement",
    name: { zh: "人工抽检一致率", en: "agreement of grader and people" },
    aliases: ["人工抽检一致率", "人工一致率", "抽检一致率", "人机一致率", "peopleagreement"],
    unit: "share",
    formula: {
      zh: "与人给分相同的 / 随机抽检的",
      en: "values equal to a person's / rulings drawn at random",
    },
    figureOf: ofScope((summary) => {
      const sampled = sampledOf(summary);
      if (sampled === null || sampled.share === null) return noRulings();
      return {
        value: sampled.share,
        interval: sampled.interval,
        sampled: true,
        n: sampled.n,
        n_of: counted.rulings,
        invalid: null,
        remarks: [],
      };
    }),
  },
];

const sampledOf = ({ reviews }: Summary) =>
  reviews === null || reviews.sampled.n === 0 ? null : reviews.sampled;

const noRulings = () =>
  notMeasured(
    "没有随机抽检的人工裁定（baimo review）",
    "there are no rulings drawn at random (baimo review)",
  );
