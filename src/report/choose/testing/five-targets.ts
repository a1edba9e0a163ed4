import type { RunFileLine } from "../../../domain/run-file/lines.ts";
import type { Offer } from "../../bill/bill.ts";
import type { ChoiceCandidate, ChooseSource } from "../criterion.ts";

import { leaderboardOf } from "../../leaderboard/leaderboard.ts";
import { buildTree, itemsOf } from "../../score/tree.ts";
import { answerLine, endLine, itemLine, runLine, scoreLine } from "../../testing/lines.ts";
import { createView, step } from "../../view/view.ts";

/** Right answers of 200, and yuan a month. */
export const five = [
  { ref: "a/strong", right: 180, yuan: 1_000 },
  { ref: "b/solid", right: 170, yuan: 320 },
  { ref: "c/cheap", right: 140, yuan: 100 },
  { ref: "d/middle", right: 160, yuan: 400 },
  { ref: "e/rash", right: 190, yuan: 50 },
] as const;

export const itemCount = 200;
/** Coprime to 200, so that each target is right on a set of its own. */
const strides = [7, 33, 71, 113, 159];

/** The first item is a red line, which e/rash alone crosses. */
export function isRight(target: number, item: number): boolean {
  const { ref, right } = five[target] ?? five[0];
  const place = (item * (strides[target] ?? 1)) % itemCount;
  return ref === "e/rash" ? place > itemCount - 1 - right : place < right;
}

/** A run of five targets on 200 items. */
export function fiveTargetLines(): readonly RunFileLine[] {
  const names = Array.from({ length: itemCount }, (_, at) => `s/t/i${at}`);
  const size = { items: itemCount, per_target: itemCount, answers: 5 * itemCount };
  return [
    runLine(
      five.map(({ ref }) => ref),
      { size },
    ),
    ...names.map((name, at) => itemLine(name, at === 0 ? { severity: "红线" } : {})),
    ...five.flatMap(({ ref: target }, place) =>
      names.flatMap((item, at) => [
        answerLine({ item, target, first_token_ms: 200 + place * 100 + at, total_ms: 1_200 + at }),
        scoreLine({ item, target }, isRight(place, at) ? "right" : "wrong"),
      ]),
    ),
    endLine({ answers: 5 * itemCount }),
  ];
}

const offerOf = (ref: string, yuan: number | null): Offer => ({
  kind: "on-demand",
  name: ref,
  targets: [ref],
  currency: "CNY",
  month: yuan === null ? null : { low: yuan, middle: yuan, high: yuan },
  why: yuan === null ? "price" : null,
  used: null,
  units: null,
  break_even_calls: null,
  grown: null,
});

/** What a command would have read; `yuan` overrides a month, null for an unknown price. */
export function sourceOf(
  lines: readonly RunFileLine[],
  yuan: Readonly<Record<string, number | null>> = {},
): { readonly source: ChooseSource; readonly candidates: readonly ChoiceCandidate[] } {
  const view = createView();
  for (const line of lines) step(view, line);
  const leaderboard = leaderboardOf(view);
  const root = buildTree(view, null);
  const calls = { low: 1, middle: 1, high: 1 };
  return {
    source: {
      view,
      leaderboard,
      root,
      method: "macro",
      inside: itemsOf(root, view.items.length),
      bill: {
        month: "2026-12",
        calls,
        peak_per_minute: 1,
        offers: five.map((each) =>
          offerOf(each.ref, each.ref in yuan ? (yuan[each.ref] ?? null) : each.yuan),
        ),
      },
      prices: null,
      loads: [],
      steadiness: new Map(),
      migration: null,
    },
    candidates: leaderboard.entries.flatMap((entry) => {
      const target = view.byRef.get(entry.summary.target);
      return target === undefined ? [] : [{ ref: target.ref, entry, target }];
    }),
  };
}
