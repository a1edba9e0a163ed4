import type { GraderRef } from "../domain/suite.ts";
import type { Text } from "../domain/text.ts";
import type { Output } from "./importer.ts";

import { memberOf } from "../domain/json.ts";
import { listField } from "./fields.ts";

/** Rows that were left out for the same reason: how many, and the first of them. */
export type Skipped = {
  readonly reason: Text;
  /** Nothing is lost by it, and no person need look. */
  readonly harmless?: boolean;
  readonly count: number;
  readonly rows: readonly string[];
};

/** How many rows are listed for each reason. */
const namedRows = 10;

type LeftOut = Extract<Output, { skip: Text }>;

/** Counts rows, items and what was left out. */
export function createTally() {
  let rows = 0;
  let items = 0;
  let examples = 0;
  let ungraded = 0;
  let partly = 0;
  const reasons = new Map<
    string,
    { readonly reason: Text; readonly harmless: boolean; count: number; readonly rows: string[] }
  >();
  return {
    row: (): void => {
      rows += 1;
    },
    item: ({ use, with: options }: GraderRef): void => {
      items += 1;
      if (use === "open") ungraded += 1;
      else if (use === "all" && listField(options, "checks").some(isOpenCheck)) partly += 1;
    },
    example: (): void => {
      examples += 1;
    },
    skip: ({ skip: reason, harmless }: LeftOut, place: string): void => {
      const known = reasons.get(reason.en) ?? {
        reason,
        harmless: harmless === true,
        count: 0,
        rows: [],
      };
      known.count += 1;
      if (known.rows.length < namedRows) known.rows.push(place);
      reasons.set(reason.en, known);
    },
    counts: () => ({
      rows,
      items,
      examples,
      ungraded,
      partly,
      skipped: [...reasons.values()].toSorted((a, b) => b.count - a.count),
    }),
  };
}

const isOpenCheck = (check: unknown): boolean => memberOf(check, "use") === "open";
