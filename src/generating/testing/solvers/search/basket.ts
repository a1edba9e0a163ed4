import { groups } from "../asked.ts";

/** Adds the goods one by one and counts what is alike together: by its sum, by how many of each kind, and by what of the goods named it has. */
export function solveBasket(question: string): number {
  const goods = [...question.matchAll(/^\d+\. (\S+)（(\S+)）(\d+) 元$/gm)].map(
    ([, name = "", kind = "", price = ""]) => ({ name, kind, price: Number(price) }),
  );
  const kinds = ["食品", "日用", "文具"];
  const [plan = ""] = groups(/的打算：(.+)。/, question);
  const pairs = plan.matchAll(
    /(?:^|；)([^；]+?)和([^；]+?)不同时买|买了([^；]+?)就一定要买([^；]+)/g,
  );
  const named = new Set([...pairs].flatMap((found) => found.slice(1)));
  let states = new Map([[JSON.stringify([0, kinds.map(() => 0), []]), 1]]);
  for (const { name, kind, price } of goods) {
    const next = new Map(states);
    for (const [key, count] of states) {
      const [sum, counts, has] = JSON.parse(key) as [number, number[], string[]];
      const more = JSON.stringify([
        sum + price,
        counts.map((own, at) => (kinds[at] === kind ? own + 1 : own)),
        named.has(name) ? [...has, name] : has,
      ]);
      next.set(more, (next.get(more) ?? 0) + count);
    }
    states = next;
  }
  const [from = "", to = ""] = groups(/(\d+) 元[^\d]+(\d+) 元/, lastLine(question));
  const steps = [...question.matchAll(/满 (\d+) 元减 (\d+) 元/g)].map((found) => found.map(Number));
  const [pairKind = "", each = ""] =
    /(?:；|。)(..)(?:每买 2 件再减|类成双另有优惠，每凑满 2 件减) (\d+) 元/
      .exec(question)
      ?.slice(1) ?? [];
  const isAllowed = (counts: readonly number[], has: readonly string[]): boolean =>
    plan.split("；").every((demand) => {
      const least = /^(..)至少买 (\d) 件$/.exec(demand);
      if (least !== null) return (counts[kinds.indexOf(least[1] ?? "")] ?? 0) >= Number(least[2]);
      const most = /^(..)最多买 (\d) 件$/.exec(demand);
      if (most !== null) return (counts[kinds.indexOf(most[1] ?? "")] ?? 0) <= Number(most[2]);
      const apart = /^(.+)和(.+)不同时买$/.exec(demand);
      if (apart !== null) return !(has.includes(apart[1] ?? "") && has.includes(apart[2] ?? ""));
      const [first = "", then = ""] = groups(/^买了(.+)就一定要买(.+)$/, demand);
      return !has.includes(first) || has.includes(then);
    });
  let total = 0;
  for (const [key, count] of states) {
    const [sum, counts, has] = JSON.parse(key) as [number, number[], string[]];
    if (sum === 0 || !isAllowed(counts, has)) continue;
    const off = Math.max(0, ...steps.map(([, least = 0, own = 0]) => (sum >= least ? own : 0)));
    const twos = Math.floor((counts[kinds.indexOf(pairKind)] ?? 0) / 2);
    const paid = sum - off - twos * Number(each);
    if (paid >= Number(from) && paid <= Number(to)) total += count;
  }
  return total;
}

const lastLine = (text: string): string => text.split("\n").at(-1) ?? "";
