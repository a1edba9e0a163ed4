import { groups } from "../asked.ts";

type Ware = { readonly name: string; readonly kind: string; readonly fen: number };

/** How much less a payment comes to under one voucher, from its sentence. */
type Rule = (own: readonly Ware[], sum: number) => number;

/**
 * Carries what may have been bought so far, each time with the least that it cost, from one voucher to the next; payments
 * without a voucher come last. Everything is reckoned in fen.
 */
export function solveCart(question: string): number {
  const wares = [...question.matchAll(/^\d+\. (\S+)（(\S+)）(\d+) 元$/gm)].map(
    ([, name = "", kind = "", price = ""]): Ware => ({ name, kind, fen: 100 * Number(price) }),
  );
  const rules = [...question.matchAll(/^.券：(.+)。$/gm)].map(([, text = ""]) => ruleOf(text));
  const pieces = groups(/(?:每单(?:最多| ?至多放)? ?|一单不能超过 )(\d+) 件/, question)[0];
  const delivery = Number(groups(/(?:运费|收) (\d+) 元/, question)[0]) * 100;
  const freeFrom = Number(groups(/(?:不满|达到|不足) (\d+) 元/, question)[0]) * 100;
  const payments = combinations(wares.length, Number(pieces)).map((chosen) => {
    const own = chosen.flatMap((at) => wares[at] ?? []);
    const set = chosen.reduce((all, at) => all | (1 << at), 0);
    return { own, set, sum: own.reduce((all, { fen }) => all + fen, 0) };
  });
  const least = new Map([[0, 0]]);
  const payWith = (rule: Rule): boolean => {
    let isBetter = false;
    const costs = payments.map(({ own, set, sum }) => ({
      set,
      cost: sum - rule(own, sum) + (sum < freeFrom ? delivery : 0),
    }));
    const known = [...least];
    for (const [bought, before] of known)
      for (const { set, cost } of costs) {
        if ((bought & set) !== 0) continue;
        if (before + cost >= (least.get(bought | set) ?? Number.POSITIVE_INFINITY)) continue;
        least.set(bought | set, before + cost);
        isBetter = true;
      }
    return isBetter;
  };
  for (const rule of rules) payWith(rule);
  while (payWith(() => 0));
  return (least.get((1 << wares.length) - 1) ?? Number.NaN) / 100;
}

/** So many of them at most, one at least. */
function combinations(count: number, most: number): readonly (readonly number[])[] {
  const found: (readonly number[])[] = [[]];
  for (let at = 0; at < count; at += 1)
    found.push(...found.filter((own) => own.length < most).map((own) => [...own, at]));
  return found.slice(1);
}

function ruleOf(text: string): Rule {
  const numbers = (text.match(/\d+(?:\.\d+)?/g) ?? []).map(Number);
  const [first = 0, second = 0, third = 0] = numbers.map((each) => 100 * each);
  if (text.startsWith("整单每满"))
    return (_own, sum) => Math.min(third, Math.floor(sum / first) * second);
  if (text.includes("折，"))
    return (_own, sum) =>
      sum < first ? 0 : Math.min(third, sum - Math.round((sum * second) / 1_000));
  if (text.startsWith("整单满")) return (_own, sum) => (sum < first ? 0 : second);
  if (text.includes("不要钱"))
    return (own) => (own.length < first / 100 ? 0 : Math.min(second, ...own.map(({ fen }) => fen)));
  if (text.includes("半价"))
    return (own) => (own.map(({ fen }) => fen).toSorted((a, b) => b - a)[1] ?? 0) / 2;
  const [kind = ""] = groups(/^单内的(\S+?)合计满/, text);
  return (own) =>
    own.reduce((all, each) => (each.kind === kind ? all + each.fen : all), 0) < first ? 0 : second;
}
