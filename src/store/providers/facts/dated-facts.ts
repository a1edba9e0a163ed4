import type { PriceRow } from "../../../domain/money.ts";
import type { Text } from "../../../domain/text.ts";
import type { Vendor } from "../providers.ts";

import { beijingDate } from "../../../domain/life/beijing-day.ts";
import { dayIn, isStaleDay } from "../../../domain/life/read-day.ts";

/** Something that a vendor's file says, with where and when it was read. */
type DatedFact = {
  readonly about: Text;
  readonly source: string;
  readonly read: string;
  readonly second_hand: boolean;
};

/**
 * What a vendor's file says of life cycles, prices and the rest, in the order of the file. Past prices will not change any more,
 * and one without a day is somebody's own, such as that of a contract: those of shipped vendors all have one.
 */
function datedFacts(vendor: Vendor, today: string): readonly DatedFact[] {
  const { life, facts = [], models = [] } = vendor;
  return [
    ...(life === undefined ? [] : [{ ...asRead(life), about: lifeOfPlatform }]),
    ...facts.map((fact) => ({ ...asRead(fact), about: fact.about })),
    ...models.flatMap((row) => {
      const name = "id" in row ? row.id : row.match;
      const prices = (row.price === undefined ? [] : [row.price].flat()).filter(
        ({ until }) => until === undefined || until >= today,
      );
      return [
        ...(row.life === undefined ? [] : [{ ...asRead(row.life), about: lifeOf(name) }]),
        ...prices.flatMap((price) => {
          const read = dayOf(price);
          return read === null ? [] : [{ ...asPriced(price, read), about: priceOf(name) }];
        }),
      ];
    }),
  ];
}

/** A vendor's stale facts of one source together: which models' prices, which life cycles. */
export type StaleGroup = {
  readonly source: string;
  readonly read: string;
  readonly about: readonly Text[];
};

/** What is to be looked up again, oldest first. */
export function staleGroups(vendor: Vendor, at: Date): readonly StaleGroup[] {
  const groups = new Map<string, StaleGroup>();
  // What it takes over is told of the vendor that it stands on; the simulator's prices are nobody's.
  if (vendor.like !== undefined || vendor.id === "sim") return [];
  for (const { source, read, about } of datedFacts(vendor, beijingDate(at)).filter(({ read }) =>
    isStaleDay(read, at),
  )) {
    const known = groups.get(source) ?? { source, read, about: [] };
    groups.set(source, { ...known, about: [...known.about, about] });
  }
  return [...groups.values()].toSorted((a, b) => a.read.localeCompare(b.read));
}

type Read = {
  readonly source: string;
  readonly read: string;
  readonly second_hand?: true | undefined;
};

const asRead = ({ source, read, second_hand }: Read) => ({
  source,
  read,
  second_hand: second_hand === true,
});

/** A price names the day in its source, such as `https://…, 2026-11-29`. */
const dayOf = ({ source = "" }: PriceRow): string | null => dayIn(source);

const asPriced = ({ source = "" }: PriceRow, read: string) => ({
  source,
  read,
  second_hand: false,
});

const lifeOfPlatform: Text = { zh: "平台的生命周期", en: "the platform's life cycle" };
const lifeOf = (name: string): Text => ({ zh: `${name} 的生命周期`, en: `life cycle of ${name}` });
const priceOf = (name: string): Text => ({ zh: `${name} 的价格`, en: `price of ${name}` });
