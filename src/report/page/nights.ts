import type { Currency, Money } from "../../domain/money.ts";
import type { Text } from "../../domain/text.ts";
import type { NightlyReport, TargetHistory } from "../nightly/nightly.ts";
import type { NightRecord, TargetNight } from "../nightly/record.ts";
import type { NightEventText } from "./night-events.ts";

import { judgeHistory } from "../nightly/nightly.ts";
import { type SettledNight, settled } from "../nightly/settle.ts";
import { judgementWords, newsLines, nightlyHeadline, openLines } from "../nightly/text.ts";
import { troubleWords } from "../nightly/trouble-text.ts";
import { targetName } from "../render/format.ts";
import { inBoth, linesInBoth } from "./both.ts";
import { eventsOfTarget } from "./night-events.ts";
import { type NightPrice, pricesOf } from "./night-prices.ts";

/** One night of one target. Scores are shares, times medians in ms; null where nothing is known. */
export type NightPoint = {
  readonly run: string;
  readonly date: string;
  /** The anchors' score as it was reported, with its 95% interval. */
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** The same on a scale that exchanged items do not move; levels of one `scale` can be compared. */
  readonly level: number | null;
  readonly scale: number;
  /** Why the night says nothing about the model: a gap. */
  readonly trouble: Text | null;
  readonly first_token_ms: number | null;
  readonly total_ms: number | null;
  /** Paid per 1,000 answers, judges included. */
  readonly cost_per_thousand: Money | null;
  readonly models: readonly string[];
};

/** Scores of a task by night, in the order of the slot's dates: shares of 1, null where it was not measured. */
export type NightTask = {
  readonly task: string;
  readonly values: readonly (number | null)[];
};

/** A target over the nights of a slot; `points` has a place for every night, null where the target was not asked. */
export type TargetNights = Pick<TargetHistory, "target" | "judgement"> & {
  readonly name: Text;
  readonly simulated: boolean;
  readonly verdict: Text;
  readonly points: readonly (NightPoint | null)[];
  /** Where the level changed, by the place of the first night on the new one; the oldest first. */
  readonly changes: readonly {
    readonly at: number;
    readonly delta: number;
    readonly confirmed: boolean;
  }[];
  readonly model_changes: readonly number[];
  readonly prices: readonly NightPrice[];
  /** All that happened to it, the newest first. */
  readonly events: readonly NightEventText[];
  /** Absent where the records were not read. */
  readonly tasks?: readonly NightTask[];
};

/** What a site shows of a history's nights of one time of day. */
export type SiteNights = {
  readonly slot: string | null;
  readonly board: string;
  readonly dates: readonly string[];
  readonly headline: Text;
  /** What has not returned, then what changed last night. */
  readonly news: readonly Text[];
  /** Those that changed most first. */
  readonly targets: readonly TargetNights[];
};

/** The nights of a history as a site shows them, by slot, that of the last night first. Nothing is judged here. */
export function siteNights(board: string, all: readonly NightRecord[]): readonly SiteNights[] {
  const slots = new Set(all.toReversed().map(({ slot }) => slot));
  return [...slots].map((slot) => {
    const last = all.findLastIndex((night) => night.slot === slot);
    const report = judgeHistory(board, all.slice(0, last + 1));
    return ofSlot(report, settled(all.filter((night) => night.slot === slot)));
  });
}

function ofSlot(report: NightlyReport, nights: readonly SettledNight[]): SiteNights {
  // A fingerprint may change with the server that answers: it stands with its target, not in the news.
  const targets = report.targets.map((each) => ({
    ...each,
    model_changes: each.model_changes.filter(({ what }) => what === "model_returned"),
  }));
  const named = { ...report, targets };
  return {
    slot: report.slot,
    board: report.board,
    dates: nights.map(({ date }) => date),
    headline: inBoth((lang) => nightlyHeadline(report, lang)),
    news: linesInBoth((lang) => [...openLines(report, [], lang), ...newsLines(named, lang)]),
    targets: report.targets
      .map((each) => targetNights(each, nights))
      .toSorted((a, b) => weightOf(b) - weightOf(a)),
  };
}

/** Points of the last change; a night that says nothing comes behind all changes. */
const weightOf = ({ changes, judgement }: TargetNights): number =>
  Math.abs(changes.at(-1)?.delta ?? 0) + (judgement === "not enough data" ? 0.001 : 0);

function targetNights(history: TargetHistory, nights: readonly SettledNight[]): TargetNights {
  const { target, judgement, changes, model_changes, scores, tonight } = history;
  const placeOf = (day: string): number => nights.findIndex(({ date }) => date === day);
  const own = nights.filter(({ targets }) => targets.has(target));
  const byNight = new Map(own.map((night, at) => [night, scores[at]]));
  const prices = pricesOf(target, own);
  return {
    target,
    judgement,
    name: inBoth((lang) => targetName(target, tonight.simulated, lang)),
    simulated: tonight.simulated,
    verdict: judgementWords[judgement],
    points: nights.map((night) => {
      const asked = night.targets.get(target);
      if (asked === undefined) return null;
      const kind = night.troubles.get(target)?.kind;
      const score = byNight.get(night);
      return {
        run: night.run,
        date: night.date,
        value: score?.value ?? null,
        low: score?.low ?? null,
        high: score?.high ?? null,
        level: score?.level ?? null,
        scale: score?.scale ?? -1,
        trouble: kind === undefined ? null : troubleWords[kind],
        first_token_ms: asked.times.first_token_p50_ms,
        total_ms: asked.times.total_p50_ms,
        cost_per_thousand: costOf(asked),
        models: asked.facts.models_returned.map(({ id }) => id),
      };
    }),
    changes: changes.map(({ since_on, delta, confirmed }) => ({
      at: placeOf(since_on),
      delta,
      confirmed,
    })),
    model_changes: model_changes
      .filter(({ what }) => what === "model_returned")
      .map(({ date }) => placeOf(date)),
    prices,
    events: eventsOfTarget(history, own, prices),
  };
}

/** Null where a part is not known, where nothing came, or where two currencies were paid: they are never added. */
function costOf({ cost, plan }: TargetNight): Money | null {
  const paid = (["CNY", "USD"] as const).filter((currency: Currency) => cost[currency] > 0);
  const [currency, other] = paid;
  if (cost.unknown > 0 || plan.done === 0 || currency === undefined || other !== undefined)
    return null;
  return { amount: (cost[currency] / plan.done) * 1_000, currency };
}
