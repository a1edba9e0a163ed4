import type { Board } from "../../../domain/board.ts";
import type { LoadSummary } from "../../../domain/load/summary.ts";
import type { Text } from "../../../domain/text.ts";
import type { LoadFile } from "../../../store/load/load-file.ts";
import type { Offer } from "../../bill/bill.ts";
import type { Summary } from "../../score/summary.ts";
import type { Sorted } from "../../slices/slices.ts";
import type { SeenWindow } from "../../steadiness/series.ts";
import type { TargetView, View } from "../../view/model.ts";
import type { ResponseInterval } from "../response.ts";

/**
 * What a figure is counted in. Base units: a share of 1, ms, 字 a second, tokens a second, requests a second, requests at once,
 * yuan, a plain number (κ), a count.
 */
export type UnitKind =
  | "share"
  | "time"
  | "speed"
  | "token-speed"
  | "rate"
  | "at-once"
  | "money"
  | "plain"
  | "count";

/** A load: requests at once (closed loop), or arrivals a second (open loop). */
export type LoadLevel = { readonly loop: "closed" | "open"; readonly level: number };

/** On what a clause wants something measured. */
export type ClauseAsked = {
  /** A suite, suite/task, `tag=…`, a dimension; null for the whole run. */
  readonly of: string | null;
  readonly label: string | null;
  readonly at: LoadLevel | null;
};

/** A load of the target, with its rows. */
export type TargetLoadFile = {
  /** As it was named. */
  readonly shown: string;
  readonly file: LoadFile;
  readonly figures: LoadSummary["targets"][number];
};

/** All that measures may look at: one target of a view, and what else was given. */
export type Facts = {
  readonly view: View;
  readonly target: TargetView;
  readonly board: Board | null;
  /** Items by tag, difficulty …, of the facets that clauses name. */
  readonly sorted: readonly Sorted[];
  /** Null where no run file was read for it. */
  readonly windows: readonly SeenWindow[] | null;
  readonly loads: readonly TargetLoadFile[];
  /** The month's bill of the target on demand; null where no traffic was given. */
  readonly bill: Offer | null;
  /** The summary of the items that a clause is about, or why there is none. Computed once for each. */
  readonly scope: (of: string | null) => Scoped;
};

/** `inside` marks the items by number. */
export type Scoped =
  | { readonly summary: Summary; readonly inside: Uint8Array }
  | { readonly why: Text };

/** What was measured. */
export type MeasuredFigure = {
  /** In the measure's base unit; null where there is none, and then a remark says why. +Infinity stands for a timeout. */
  readonly value: number | null;
  readonly interval: ResponseInterval | null;
  /** False where all that the clause asks for was counted, so that there is nothing to be unsure of. */
  readonly sampled: boolean;
  readonly n: number | null;
  readonly n_of: Text | null;
  readonly invalid: number | null;
  readonly remarks: readonly Text[];
  /** Of a load: its file, in place of the run files. */
  readonly file?: string;
};

/** Something that a clause can ask for and that files of baimo tell. */
export type ClauseMeasure = {
  /** What a YAML file writes. */
  readonly id: string;
  readonly name: Text;
  /** Other names in use, without blanks, in lower case. */
  readonly aliases: readonly string[];
  readonly unit: UnitKind;
  /** Units that a bound has to be per, such as 千字 for money; absent where there is one way. */
  readonly per?: MoneyPer;
  readonly better: "higher" | "lower";
  /** The quantile or mean that the clause has to name, where there are several of one name. */
  readonly point?: MeasurePoint;
  /** Stands for its name where a clause names no quantile. */
  readonly pointOptional?: true;
  /** What a clause about a load means, in place of what was measured in a run. */
  readonly underLoad?: string;
  /** What a clause may say besides the bound. */
  readonly takes: readonly (keyof ClauseAsked)[];
  readonly view: string | null;
  readonly formula: Text;
  readonly invalid: Text;
  readonly figureOf: (facts: Facts, asked: ClauseAsked) => MeasuredFigure;
};

export type MeasurePoint = "p50" | "p90" | "p95" | "p99" | "mean";

export type MoneyPer = "item" | "right" | "thousand-chars" | "million-tokens" | "month";

/** No figure, and why. */
export const notMeasured = (zh: string, en: string): MeasuredFigure => ({
  value: null,
  interval: null,
  sampled: true,
  n: null,
  n_of: null,
  invalid: null,
  remarks: [{ zh, en }],
});

/** A figure of a scope's summary; without one where the run does not hold the scope. */
export const ofScope =
  (
    figure: (
      summary: Summary,
      more: { readonly facts: Facts; readonly asked: ClauseAsked; readonly inside: Uint8Array },
    ) => MeasuredFigure,
  ): ClauseMeasure["figureOf"] =>
  (facts, asked) => {
    const scoped = facts.scope(asked.of);
    return "why" in scoped
      ? notMeasured(scoped.why.zh, scoped.why.en)
      : figure(scoped.summary, { facts, asked, inside: scoped.inside });
  };

/** What is counted. */
export const counted = {
  items: { zh: "题", en: "items" },
  answers: { zh: "次作答", en: "answers" },
  calls: { zh: "次调用", en: "calls" },
  windows: { zh: "个 5 分钟窗口", en: "windows of 5 minutes" },
  requests: { zh: "次请求", en: "requests" },
  rulings: { zh: "条随机抽检", en: "rulings drawn at random" },
} as const satisfies Readonly<Record<string, Text>>;
