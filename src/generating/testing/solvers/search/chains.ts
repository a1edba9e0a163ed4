import { groups } from "../asked.ts";
import { countWalks } from "./walks.ts";

/** Chains of idioms of one length that keep rules on their points. */
export function lookForChains(question: string): ReturnType<typeof countWalks> {
  const listed = [...question.matchAll(/(\p{Script=Han}{4}) (\d+)(?=[、；\n])/gu)];
  const words = listed.map(([, word = ""]) => word);
  const points = listed.map(([, , own]) => Number(own));
  const numberIn = (pattern: RegExp): number => Number(groups(pattern, question)[0]);
  const isApart = /(?:至少相差|不得小于|相差须在) (\d+)/.exec(question);
  const apart = Number(isApart?.[1] ?? 0);
  return countWalks({
    starts: points,
    next: words.map((word, at) =>
      words.flatMap((other, to) => {
        const adds = points[to] ?? 0;
        const isFarEnough = Math.abs((points[at] ?? 0) - adds) >= apart;
        return to !== at && other[0] === word.at(-1) && isFarEnough ? [[to, adds] as const] : [];
      }),
    ),
    length: numberIn(/(?:恰好接|正好由|不多不少) (\d+) 条/),
    low: numberIn(/(?:不得低于|至少要有|总分要达到) (\d+)/),
    high: Number.POSITIVE_INFINITY,
  });
}
