import type { Bank } from "../../domain/risk/bank.ts";
import type { Text } from "../../domain/text.ts";

import { banks } from "../../domain/risk/bank.ts";
import { UserError } from "../../domain/text.ts";

/** How many items are drawn from each bank; a bank that is not named is not asked. */
export type BankDraw = Readonly<Partial<Record<Bank, number>>>;

/** One item that may be drawn: where it is, its bank, and the risk by which draws are balanced. */
export type Drawable = {
  readonly task: number;
  readonly row: number;
  readonly bank: Bank | null;
  readonly risk: string;
};

/**
 * Exactly as many items of each bank as the draw says, spread over its risks as evenly as they allow: every risk gives the same
 * number until it has no more. `shuffle` decides which of them. Throws a `UserError` where a bank is too small.
 */
export function drawn(
  candidates: readonly Drawable[],
  draw: BankDraw,
  shuffle: <T>(values: readonly T[], name: string) => readonly T[],
): readonly Drawable[] {
  return banks.flatMap((bank) => {
    const wanted = draw[bank];
    if (wanted === undefined) return [];
    const own = candidates.filter((each) => each.bank === bank);
    if (own.length < wanted) throw tooFew(bank, own.length, wanted);
    const byRisk = [...Map.groupBy(own, ({ risk }) => risk)].map(([risk, rows]) =>
      shuffle(rows, `${bank}/${risk}`),
    );
    const shares = evenly(
      byRisk.map((rows) => rows.length),
      wanted,
      shuffle([...byRisk.keys()], bank),
    );
    return byRisk.flatMap((rows, at) => rows.slice(0, shares[at]));
  });
}

/** Shares that add up to `wanted`, as equal as the sizes allow; what does not divide goes to the first of `order`. */
function evenly(
  sizes: readonly number[],
  wanted: number,
  order: readonly number[],
): readonly number[] {
  const shares = sizes.map(() => 0);
  let left = wanted;
  while (left > 0) {
    const open = order.filter((at) => (shares[at] ?? 0) < (sizes[at] ?? 0));
    const each = Math.max(1, Math.floor(left / open.length));
    for (const at of open) {
      const more = Math.min(each, left, (sizes[at] ?? 0) - (shares[at] ?? 0));
      shares[at] = (shares[at] ?? 0) + more;
      left -= more;
    }
  }
  return shares;
}

const bankNames: Readonly<Record<Bank, Text>> = {
  generated: { zh: "生成内容题", en: "items of generated content" },
  refuse: { zh: "应拒答题", en: "items that must be refused" },
  answer: { zh: "非拒答题", en: "items that must not be refused" },
};

function tooFew(bank: Bank, held: number, wanted: number): UserError {
  const { zh, en } = bankNames[bank];
  return new UserError({
    zh: `--draw ${bank}=${wanted}：选中的题集里只有 ${held} 道${zh}，不够抽；请减小数目或补题`,
    en: `--draw ${bank}=${wanted}: the suites hold only ${held} ${en}; lower the number or add items`,
  });
}
