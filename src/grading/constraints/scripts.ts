import pairs from "opencc-js/dict/STCharacters";

import { simplify } from "../../text/normalise.ts";

/** Characters of the simplified script that stand in traditional texts too, for words of their own: 皇后, 公里, 干戈. */
const inBoth = new Set(
  "后里台干云斗丑几余准范郁仆卜丰只制布征面系谷松姜沈岳托胡吁凌于克划卷合同向周咸困夸奸娘家尸局巨并弦志才扎折曲朱杆板杰欲泛游漓烟熏玩症舍蒙蔑表采朴涌据伙凶了回佣借佛占升雕床峰群秋迹",
);

let simplified: ReadonlySet<string> | null = null;

/** The first character that does not belong to the script, or null. What stands in both belongs to either. */
export function scriptFault(text: string, use: "简体" | "繁体"): string | null {
  const points = Array.from(text);
  if (use === "繁体") {
    simplified ??= new Set(
      pairs
        .split("|")
        .map((pair) => Array.from(pair)[0] ?? "")
        .filter((each) => !inBoth.has(each)),
    );
    const set = simplified;
    return points.find((point) => set.has(point)) ?? null;
  }
  // Whole words are converted, so that 乾坤 and 瞭望 stay what they are.
  const plain = Array.from(simplify(text));
  if (plain.length !== points.length)
    return points.find((point) => simplify(point) !== point) ?? null;
  return points.find((point, at) => plain[at] !== point) ?? null;
}

const scripts = {
  中文: /\p{Script=Han}/gu,
  英文: /\p{Script=Latin}+(?:['’-]\p{Script=Latin}+)*/gu,
};

/** Share of a language, from 0 to 1: Han characters and Latin words count one each. */
export function shareOfScript(text: string, of: "中文" | "英文"): number {
  const counts = {
    中文: text.match(scripts.中文)?.length ?? 0,
    英文: text.match(scripts.英文)?.length ?? 0,
  };
  const all = counts.中文 + counts.英文;
  return all === 0 ? 0 : counts[of] / all;
}

export const percentOf = (share: number): string => `${Math.round(share * 1000) / 10}%`;
