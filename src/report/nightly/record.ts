import type { NightLine, TargetLine } from "../../domain/nights/lines.ts";
import type { Night } from "../../stats/drift/night.ts";

import { beijingDate } from "../../domain/life/beijing-day.ts";

/** The anchor items of a night, by position. */
export type Anchors = {
  /** What items are compared by: `item ask gold grader`, so that one that was changed counts as another. */
  readonly names: readonly string[];
  /** `suite/task/item`. */
  readonly items: readonly string[];
  readonly dimensions: readonly (readonly string[])[];
  /** 32 bits of the digests of prompt, gold and grader with its version; a grader of 0 is not known. */
  readonly ask: readonly number[];
  readonly gold: readonly number[];
  readonly grader: readonly number[];
  /** Anchors whose answers were graded again: their places, and the graders before with the names that go with them. */
  readonly before: AnchorsBefore | null;
  /** `id version` by the grader's 32 bits. */
  readonly graders: Readonly<Record<string, string>>;
};

export type AnchorsBefore = {
  readonly places: readonly number[];
  readonly graders: readonly number[];
  readonly names: readonly string[];
};

/** What the history keeps of one target in one night. What is no answer of the model is left out of anchors and scores. */
export type TargetNight = Omit<TargetLine, "kind" | "ref" | "n" | "sum" | "squares" | "before"> & {
  /** By the positions of the night's anchors. */
  readonly anchors: Night;
  /** What graders before said of some of the same answers; null where none was graded again. */
  readonly before: Night | null;
  /** Measured again in the same night, because it looked changed or did not answer. */
  readonly second: TargetNight | null;
};

/** One run of a board. */
export type NightRecord = Omit<NightLine, "kind" | "schema"> & {
  /** Day in Beijing, on which the run started. */
  readonly date: string;
  readonly anchors: Anchors;
  readonly targets: ReadonlyMap<string, TargetNight>;
};

/** `2026-11-22` of an ISO time. */
export const beijingDay = (iso: string): string => beijingDate(new Date(iso));

/** `02:17` in Beijing of an ISO time. */
export const beijingClock = (iso: string): string =>
  new Date(new Date(iso).getTime() + 8 * 3_600_000).toISOString().slice(11, 16);

/** The name by which an anchor item is compared. */
export const anchorName = (item: string, ask: number, gold: number, grader: number): string =>
  `${item} ${ask} ${gold} ${grader}`;

/** The anchors that had another grader before, with their names under it; null where `graders` are all 0. */
export function anchorsBefore(
  { items, ask, gold }: Pick<Anchors, "items" | "ask" | "gold">,
  graders: readonly number[],
): AnchorsBefore | null {
  const places = [...graders.keys()].filter((at) => graders[at] !== 0);
  if (places.length === 0) return null;
  return {
    places,
    graders: places.map((at) => graders[at] ?? 0),
    names: places.map((at) =>
      anchorName(items[at] ?? "", ask[at] ?? 0, gold[at] ?? 0, graders[at] ?? 0),
    ),
  };
}

/** A night completed with the second measurement of some of its targets. */
export function withSecond(first: NightRecord, second: NightRecord): NightRecord {
  const targets = new Map(first.targets);
  for (const [ref, again] of second.targets) {
    const known = targets.get(ref);
    targets.set(ref, known === undefined ? again : { ...known, second: again });
  }
  return { ...first, targets };
}
