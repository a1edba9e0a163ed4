import { type Asked, groups } from "./asked.ts";

/** Walks the text character by character; a mark is what is no Chinese character. */
export function solveCount({ question }: Asked): number {
  const [text = "", ask = ""] = question.split("\n");
  const chars = Array.from(text);
  if (/“/.test(ask)) {
    const wanted = new Set([...ask.matchAll(/“(.)”/gu)].map(([, char = ""]) => char));
    return chars.filter((char) => wanted.has(char)).length;
  }
  if (/有多少个汉字/.test(ask)) {
    const [from, to] = rangeOf(ask);
    let sentence = 1;
    let count = 0;
    for (const char of chars) {
      if (char === "。") sentence += 1;
      else if (char !== "，" && sentence >= from && sentence <= to) count += 1;
    }
    return count;
  }
  const [name = ""] = groups(/一共有几个(.+)？/, ask);
  const wanted = name === "标点符号" ? "，。" : name === "逗号" ? "，" : "。";
  return chars.filter((char) => wanted.includes(char)).length;
}

function rangeOf(ask: string): readonly [number, number] {
  const [from, to] = [...ask.matchAll(/第 (\d+) 句/g)].map(([, digits]) => Number(digits));
  return from === undefined ? [1, Number.POSITIVE_INFINITY] : [from, to ?? from];
}
