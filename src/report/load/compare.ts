import type { LoadRequest } from "../../domain/load/lines.ts";
import type { KneeFigures } from "../../domain/load/summary.ts";
import type { Lang, Text } from "../../domain/text.ts";
import type { LoadFile } from "../../store/load/load-file.ts";
import type { Table } from "../render/table.ts";

import { formats } from "../../domain/formats.ts";
import { isGraded } from "../../domain/outcome.ts";
import { beforeCut, fromPlan, judgedRows } from "../../engine/load/good.ts";
import { ratioByBlocks } from "../../stats/load/block-bootstrap.ts";
import { fixed } from "../render/format.ts";
import { summaryOf } from "./summary.ts";
import { levelText } from "./text.ts";

type Ratio = { readonly value: number; readonly low: number; readonly high: number };
type LoadVerdict = "worse" | "better" | "tie" | "undetermined";

/** One level that both loads have tried. Ratios are new over base; null where either side has too little. */
type ComparedStep = {
  readonly target: string;
  readonly loop: "open" | "closed";
  readonly level: number;
  readonly ttft_p50: Ratio | null;
  readonly ttft_p99: Ratio | null;
  readonly total_p50: Ratio | null;
  readonly verdict: LoadVerdict;
};

/** Whether a vendor slowed down between two loads. */
export type LoadComparison = {
  readonly schema: typeof formats.loadComparison;
  readonly base: string;
  readonly new: string;
  readonly steps: readonly ComparedStep[];
  /** New over base. */
  readonly knees: readonly {
    readonly target: string;
    readonly ratio: Ratio | null;
    readonly verdict: LoadVerdict;
  }[];
  readonly notes: readonly Text[];
};

/** A ratio within this of 1 matters to nobody. */
const tie = 0.05;

/** Compares the steps of one level and loop, of targets of one name. Steps whose times cannot be believed are left out. */
export function compareLoads(base: LoadFile, fresh: LoadFile): LoadComparison {
  const [before, after] = [trustedSteps(base), trustedSteps(fresh)];
  const steps = before.flatMap((step): readonly ComparedStep[] => {
    const other = after.find(
      ({ target, loop, level }) =>
        target === step.target && loop === step.loop && level === step.level,
    );
    if (other === undefined) return [];
    const ratioOf = (of: (row: LoadRequest) => number | null, share: number) =>
      ratioByBlocks(timesOf(step.rows, of), timesOf(other.rows, of), share);
    const first = (row: LoadRequest) => fromPlan(row, row.first_token_ms);
    const ttft_p50 = ratioOf(first, 0.5);
    return [
      {
        target: step.target,
        loop: step.loop,
        level: step.level,
        ttft_p50,
        ttft_p99: ratioOf(first, 0.99),
        total_p50: ratioOf((row) => fromPlan(row, row.total_ms), 0.5),
        verdict: verdictOf(ttft_p50, "less"),
      },
    ];
  });
  return {
    schema: formats.loadComparison,
    base: base.file,
    new: fresh.file,
    steps,
    knees: comparedKnees(base, fresh),
    notes: notesOf(base, fresh, steps.length),
  };
}

function trustedSteps({ head, steps, rows }: LoadFile) {
  const byStep = Map.groupBy(rows, ({ step }) => step);
  return steps
    .filter(({ self_check }) => self_check.trusted)
    .map((line) => ({
      target: line.target,
      loop: line.loop,
      level: line.level,
      rows: beforeCut(
        judgedRows(byStep.get(line.step) ?? [], line, head.plan.slo).map(({ row }) => row),
      ),
    }));
}

const timesOf = (
  rows: readonly LoadRequest[],
  of: (row: LoadRequest) => number | null,
): Float64Array =>
  Float64Array.from(rows, (row) =>
    isGraded(row.outcome) ? (of(row) ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY,
  );

function verdictOf(ratio: Ratio | null, better: "less" | "more"): LoadVerdict {
  if (ratio === null) return "undetermined";
  if (ratio.low > 1 - tie && ratio.high < 1 + tie) return "tie";
  if (ratio.low > 1) return better === "less" ? "worse" : "better";
  if (ratio.high < 1) return better === "less" ? "better" : "worse";
  return "undetermined";
}

/** The logarithm of a quotient of independent estimates has the sum of their variances. */
function comparedKnees(base: LoadFile, fresh: LoadFile): LoadComparison["knees"] {
  const [before, after] = [base, fresh].map(
    (load) => (load.end?.summary ?? summaryOf(load)).targets,
  );
  return (before ?? []).flatMap(({ target, knee }): LoadComparison["knees"] => {
    const other = after?.find((each) => each.target === target)?.knee;
    if (other === undefined || knee.rate === null || other.rate === null) return [];
    const [a, b] = [errorOf(knee), errorOf(other)];
    if (a === null || b === null)
      return [{ target, ratio: null, verdict: "undetermined" as const }];
    const value = other.rate / knee.rate;
    const spread = Math.exp(Math.hypot(a, b));
    const ratio = { value, low: value / spread, high: value * spread };
    return [{ target, ratio, verdict: verdictOf(ratio, "more") }];
  });
}

/** Half the interval on the scale of logarithms; null where it has none, or no knee was found. */
const errorOf = ({ state, low, high }: KneeFigures): number | null =>
  (state !== "found" && state !== "undetermined") || low === null || high === null || low <= 0
    ? null
    : Math.log(high / low) / 2;

function notesOf(base: LoadFile, fresh: LoadFile, common: number): readonly Text[] {
  const differs = (of: (load: LoadFile) => unknown): boolean =>
    JSON.stringify(of(base)) !== JSON.stringify(of(fresh));
  return [
    ...(common > 0
      ? []
      : [
          {
            zh: "两次没有同一级负载，只能比拐点：用 --rate 写明同样的几级。",
            en: "The two have no level in common, so only knees can be compared: name the same levels with --rate.",
          },
        ]),
    ...(differs(({ head }) => head.plan.profile)
      ? [
          {
            zh: "两次的提示词不同：差别可能来自长度，不是服务。",
            en: "The prompts of the two differ: a difference may come from their length and not from the server.",
          },
        ]
      : []),
    ...(differs(({ head }) => head.plan.slo)
      ? [
          {
            zh: "两次的达标条件不同，拐点不可比。",
            en: "What counted as good differs, so the knees cannot be compared.",
          },
        ]
      : []),
  ];
}

/** The comparison for people: a sentence for each, then the ratios. */
export function loadComparisonText(
  comparison: LoadComparison,
  lang: Lang,
): { readonly lines: readonly string[]; readonly table: Table } {
  const { steps, knees, notes } = comparison;
  const lines = [
    ...steps.map(
      (step) => `${step.target} ${levelText(step, lang)}：${stepWords[step.verdict][lang]}`,
    ),
    ...knees.map(
      ({ target, ratio, verdict }) =>
        `${target} ${kneeWords[verdict][lang]}${ratio === null ? "" : ` ${ratioText(ratio)}`}`,
    ),
    ...notes.map((note) => note[lang]),
  ];
  const columns = [
    { zh: "目标", en: "Target" },
    { zh: "负载", en: "Load" },
    { zh: "首字 p50（新/旧）", en: "TTFT p50, new/base" },
    { zh: "首字 p99", en: "TTFT p99" },
    { zh: "全文 p50", en: "Total p50" },
  ].map((title) => ({ title: title[lang] }));
  const rows = steps.map((step) => [
    step.target,
    levelText(step, lang),
    ratioText(step.ttft_p50),
    ratioText(step.ttft_p99),
    ratioText(step.total_p50),
  ]);
  return { lines, table: { columns, rows } };
}

const ratioText = (ratio: Ratio | null): string =>
  ratio === null
    ? "—"
    : `×${fixed(ratio.value, 2)} [${fixed(ratio.low, 2)}, ${fixed(ratio.high, 2)}]`;

const stepWords: Readonly<Record<LoadVerdict, Text>> = {
  worse: { zh: "变慢了", en: "slower" },
  better: { zh: "变快了", en: "faster" },
  tie: { zh: "没有变化（5% 以内）", en: "no change (within 5%)" },
  undetermined: { zh: "未定，请测得更久", en: "undetermined; measure for longer" },
};

const kneeWords: Readonly<Record<LoadVerdict, Text>> = {
  worse: { zh: "承受力下降", en: "bears less" },
  better: { zh: "承受力上升", en: "bears more" },
  tie: { zh: "承受力没有变化（5% 以内）", en: "bears the same (within 5%)" },
  undetermined: { zh: "承受力是否变化，未定", en: "whether it bears less is undetermined" },
};
