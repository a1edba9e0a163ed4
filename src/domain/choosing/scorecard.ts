import { z } from "zod";

import { formats } from "../formats.ts";
import { Egress } from "../life/host-place.ts";
import { sentence } from "../schema/expected.ts";
import { measuredCriteria, measuredNames } from "./criteria.ts";

const Weight = z.number().nonnegative();

/** How a value becomes a share of its criterion's weight. */
const Points = z.union([
  z
    .strictObject({
      worst: z.number().describe("this and everything beyond it gets nothing"),
      best: z.number().describe("this and everything beyond it gets all; in between by proportion"),
    })
    .refine(({ worst, best }) => worst !== best, {
      error: sentence("worst 和 best 不能相同", "worst and best cannot be the same"),
    }),
  z.strictObject({
    steps: z
      .array(z.strictObject({ from: z.number(), points: z.number().min(0).max(100) }))
      .min(1)
      .describe(
        "from this value on, towards the better end, that many points of 100; before the first none",
      ),
  }),
  z
    .literal("lowest-price")
    .describe("低价优先法: the lowest value among the candidates / the value"),
]);
export type PointsRule = z.infer<typeof Points>;

const missing = z.enum(["unranked", "zero", "leave-out"]);
export type MissingRule = z.infer<typeof missing>;

const shared = {
  name: z.string().min(1).optional(),
  weight: Weight.describe("shares of the group's weight, or points of the whole"),
  points: Points,
  missing: missing.optional().describe("instead of the card's"),
};

const Measured = z.strictObject({
  use: z.enum(measuredNames),
  of: z
    .string()
    .min(1)
    .optional()
    .describe("effect: a suite, or a dimension such as 客服/退款; midpoint: suite/task"),
  ...shared,
});

const Stated = z.strictObject({
  use: z.literal("stated").describe("what the user enters and nobody measures, such as 商务分"),
  ...shared,
  name: z.string().min(1),
  unit: z.string().min(1).optional(),
  better: z.enum(["higher", "lower"]).default("higher"),
  values: z
    .record(z.string(), z.number())
    .describe("value by provider/model; a target that is not named is 未测"),
  source: z.string().min(1).optional(),
});

const Criterion = z.union([Measured, Stated]);
export type CardCriterion = z.infer<typeof Criterion>;

const Limit = z
  .strictObject({
    use: z.enum(measuredNames),
    of: z.string().min(1).optional(),
    at_least: z.number().optional(),
    at_most: z.number().optional(),
    by: z
      .enum(["bound", "value"])
      .default("bound")
      .describe("bound: the worse end of the 95% interval has to keep it"),
  })
  .refine((limit) => (limit.at_least === undefined) !== (limit.at_most === undefined), {
    error: sentence(
      "at_least 和 at_most 要写一个，也只写一个",
      "state at_least or at_most, one of both",
    ),
  });
export type CardLimit = z.infer<typeof Limit>;

const Vetoes = z.strictObject({
  red_lines: z.boolean().default(true).describe("whoever crossed a red line is out"),
  coverage: z.number().min(0).max(1).default(0.98).describe("least share of answers that count"),
  price: z
    .boolean()
    .default(false)
    .describe(
      "whose price is unknown is not ranked until it is; with traffic, whose month cannot be billed",
    ),
  egress: z
    .array(Egress)
    .min(1)
    .optional()
    .describe("where questions and answers may go: 内网, 境内, 境外"),
  license: z.array(z.string().min(1)).min(1).optional().describe("licences that will do"),
  filing: z.boolean().default(false).describe("a 备案 number has to be stated under facts"),
  limits: z.array(Limit).default([]),
});
export type CardVetoes = z.infer<typeof Vetoes>;

const Facts = z.strictObject({
  target: z.string().min(1).describe("glob over provider/model; the first that matches decides"),
  egress: Egress.optional(),
  license: z.string().min(1).optional(),
  filing: z.string().min(1).optional().describe("备案号"),
  source: z.string().min(1),
  read: z.iso.date().describe("day of the source"),
});
export type StatedFacts = z.infer<typeof Facts>;

const Group = z.strictObject({
  name: z.string().min(1),
  weight: Weight.optional().describe(
    "points of the whole, shared by the group's criteria; absent: the sum of theirs",
  ),
  criteria: z.array(Criterion).min(1),
});

/** How a buyer chooses: what rules a target out, what counts how much, and how values become points. */
export const Scorecard = z
  .strictObject({
    schema: z.literal(formats.scorecard),
    title: z.string().min(1).optional(),
    missing: missing
      .default("unranked")
      .describe(
        "where a target lacks a measurement: it has no rank; it gets no points there; or the criterion is left out for all",
      ),
    vetoes: Vetoes.prefault({}),
    facts: z.array(Facts).default([]).describe("what the user entered, shown as unverified"),
    groups: z.array(Group).min(1),
  })
  .superRefine((card, context) => {
    for (const [path, zh, en] of problemsOf(card))
      context.addIssue({ code: "custom", path: [...path], message: sentence(zh, en) });
  });
export type Scorecard = z.infer<typeof Scorecard>;

type Found = readonly [path: readonly (string | number)[], zh: string, en: string];
type CardBody = Pick<Scorecard, "groups"> & { readonly vetoes: CardVetoes };

/** What is wrong between several fields. */
function problemsOf({ groups, vetoes }: CardBody): readonly Found[] {
  const names = new Map<string, number>();
  const found: Found[] = [];
  for (const [at, { weight, criteria }] of groups.entries()) {
    const own = criteria.reduce((sum, each) => sum + each.weight, 0);
    if ((weight ?? 0) > 0 && own === 0)
      found.push([
        ["groups", at, "weight"],
        "这一组有权重，各项的权重却都是 0",
        "the group has a weight, but all its criteria weigh 0",
      ]);
    for (const [place, criterion] of criteria.entries()) {
      const path = ["groups", at, "criteria", place] as const;
      const name = criterionKey(criterion);
      if (names.has(name))
        found.push([
          [...path, "use"],
          `“${name}”列了两次；同一项要用两回，请各写一个 name`,
          `${JSON.stringify(name)} is listed twice; give each a name of its own`,
        ]);
      names.set(name, at);
      found.push(
        ...scaleProblems(criterion).map(([rest, zh, en]): Found => [[...path, ...rest], zh, en]),
      );
    }
  }
  const total = groups.reduce((sum, group) => sum + weightOfGroup(group), 0);
  if (total <= 0) found.push([["groups"], "权重加起来是 0，没有可算的", "the weights sum to 0"]);
  for (const [at, limit] of vetoes.limits.entries()) {
    const value = limit.at_least ?? limit.at_most ?? 0;
    const { most, better, unit, title } = measuredCriteria[limit.use];
    if (most !== null && (value > most || value < 0))
      found.push([["vetoes", "limits", at], ...outside(title.zh, unit, most)]);
    if ((better === "higher") !== (limit.at_least !== undefined))
      found.push([
        ["vetoes", "limits", at],
        better === "higher" ? "这一项越高越好，应写 at_least" : "这一项越低越好，应写 at_most",
        better === "higher"
          ? "higher is better here: use at_least"
          : "lower is better here: use at_most",
      ]);
  }
  return found;
}

/** The name under which a criterion goes in a card and its results. */
export const criterionKey = (
  criterion: Pick<CardCriterion, "use" | "name"> & { of?: string | undefined },
): string =>
  criterion.name ??
  (criterion.of === undefined ? criterion.use : `${criterion.use} ${criterion.of}`);

/** The group's weight in the whole. */
export const weightOfGroup = ({ weight, criteria }: Scorecard["groups"][number]): number =>
  weight ?? criteria.reduce((sum, each) => sum + each.weight, 0);

/** Which end of a criterion is better. */
export const betterOf = (criterion: CardCriterion): "higher" | "lower" =>
  criterion.use === "stated" ? criterion.better : measuredCriteria[criterion.use].better;

const outside = (zh: string, unit: { readonly zh: string; readonly en: string }, most: number) =>
  [
    `${zh}的单位是${unit.zh}，数值应在 0 到 ${most} 之间`,
    `the unit is ${unit.en}: a number from 0 to ${most}`,
  ] as const;

function scaleProblems(criterion: CardCriterion): readonly Found[] {
  const { points } = criterion;
  const higher = betterOf(criterion) === "higher";
  if (points === "lowest-price")
    return higher
      ? [
          [
            ["points"],
            "lowest-price 只用于越低越好的项",
            "lowest-price needs a criterion of which less is better",
          ],
        ]
      : [];
  const values =
    "steps" in points ? points.steps.map(({ from }) => from) : [points.worst, points.best];
  const facts = criterion.use === "stated" ? null : measuredCriteria[criterion.use];
  const most = facts?.most ?? null;
  if (facts !== null && most !== null && values.some((value) => value < 0 || value > most))
    return [[["points"], ...outside(facts.title.zh, facts.unit, most)]];
  if ("steps" in points) {
    const sorted = points.steps.toSorted((a, b) => (higher ? a.from - b.from : b.from - a.from));
    const falls = sorted.some(({ points: own }, at) => own < (sorted[at - 1]?.points ?? 0));
    const twice = new Set(values).size < values.length;
    return falls || twice
      ? [
          [
            ["points", "steps"],
            "档次有重复，或越好反而分越低",
            "steps repeat, or a better value gets fewer points",
          ],
        ]
      : [];
  }
  return points.best > points.worst === higher
    ? []
    : [
        [
          ["points"],
          higher ? "这一项越高越好，best 应大于 worst" : "这一项越低越好，best 应小于 worst",
          higher
            ? "higher is better here: best has to be above worst"
            : "lower is better here: best has to be below worst",
        ],
      ];
}
