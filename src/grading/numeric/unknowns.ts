/** What letters stand for: x for 女生 after 设女生x人. */
export function unknownsIn(texts: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const text of texts.slice(0, mostTexts))
    for (const [, said = ""] of text.matchAll(defining))
      for (const [, before = "", letter = "", after = ""] of said.matchAll(defined))
        if (before + after !== "" && !found.has(letter))
          found.set(letter, before === "" ? after : before);
  return found;
}

const mostTexts = 200;
/** 设较大数为a,较小数为b */
const defining = /(?:设|令|记|假设)([^\n。;=]{1,60})/g;
/** The name before a letter, or what it counts: 女生x人, x年前. */
const defined =
  /([^\s\d,，。=a-z$+*/()-]{0,16}?)\s{0,2}(?:需要?|[为是有])?\s{0,2}\$?(?<![a-z])([a-z])\$?(?![a-z(])\s?(\p{Script=Han}{0,4})/gu;
