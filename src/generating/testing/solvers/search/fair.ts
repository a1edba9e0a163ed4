import { groups } from "../asked.ts";
import { countWalks } from "./walks.ts";

/** Orders of buying in which every voucher is used. */
export function lookForOrders(question: string): ReturnType<typeof countWalks> {
  const goods = [...question.matchAll(/^\d+\. \S+（(..)）(\d+) 元，送券：(.+)$/gm)].map(
    ([, kind = "", price = "", offs = ""]) => ({ kind, price: Number(price), offs }),
  );
  const next = goods.map(({ offs }) =>
    offs.split("、").map((each) => {
      const [to = 0, off = 0] = groups(/^(\d+) 号减 (\d+) 元$/, each).map(Number);
      return [to - 1, (goods[to - 1]?.price ?? 0) - off] as const;
    }),
  );
  const [length, kind, mostOfKind] = groups(
    /(\d+) 单，(?:其中|里面的)?(..)(?:最多|不能超过|至多占) (\d+) [样单]/,
    question,
  );
  const high = Number(groups(/(?:不超过|控制在|总和至多|不高于) (\d+) 元/, question)[0]);
  return countWalks({
    starts: goods.map(({ price }) => price),
    next,
    length: Number(length),
    low: 0,
    high,
    isAllowed: (places) =>
      places.filter((at) => goods[at]?.kind === kind).length <= Number(mostOfKind),
  });
}
