/** What stands beside a formula: where it holds, when it is reached, what it is called in words. */

const domain = String.raw`[a-zA-Z](?:_\{?\w+\}?)?(?:\s?,\s?[a-zA-Z])*\s*∈\s*[^()]{1,40}`;
const inBrackets = new RegExp(
  String.raw`[\s,]*[\(\[]\s*(?:其中)?\s*(?:${domain}|[a-zA-Z]\s*(?:≥|>|≠|<|≤)\s*[^()=]{1,12}|[^()]*\p{Script=Han}[^()]*|常数)\s*[\)\]]\s*$`,
  "u",
);
const trailing = new RegExp(String.raw`\s*[,;]\s*(?:其中)?\s*${domain}$`);
const inWords =
  /\s*[,;(]?\s*(?:当|其中|此时|满足|取等|等号|即|也就是|共|where|when|for all|其它|且当|单位|约)(?=[^a-zA-Z]*\S).*$/;

/** Takes remarks from the end of a tidy formula; what is left is never empty. */
export function withoutRemarks(text: string): string {
  const rest = [inWords, inBrackets, trailing, inBrackets, approximation].reduce(
    (left, pattern) => {
      const cut = left.replace(pattern, "").trim();
      return cut === "" || !isBalanced(cut) || (pattern === trailing && !/[\d=a-zA-Zπ)}]/.test(cut))
        ? left
        : cut;
    },
    text,
  );
  return rest.replace(/[\s。.,;:、]+$/, "");
}

/** 1/6 ≈ 0.167: what is exact counts. */
const approximation = /(?<=[\da-zA-Zπ)}])\s*≈[^=]*$/;

const isBalanced = (text: string): boolean =>
  ["()", "[]", "{}", "⦃⦄"].every(
    (pair) => text.split(pair.charAt(0)).length === text.split(pair.charAt(1)).length,
  ) || /^[[(].*[)\]]$/.test(text);

const preface =
  /^(?=[^是为即得:]*\p{Script=Han})(?:.*(?:[是即得](?!否)|(?<![因作])为|等于|[::]))\s*(?=\S)/u;
const leading = /^[\p{Script=Han}\s]+(?=[^\p{Script=Han}\s])/u;
const counts = /\s*\p{Script=Han}{1,6}(?:\/\p{Script=Han}{1,4})?$/u;

const inEnglish =
  /^(?=[a-zA-Z',]{1,12}\s+[a-zA-Z]{2,}).*\b(?:is|are|be|equals|get)\b\s*:?\s*(?=\S)/;

/** Takes words from both ends: 面积为 2√3 平方厘米, the area is 2√3. Words that join solutions stay. */
export function withoutWords(text: string): string {
  if (!/\p{Script=Han}/u.test(text)) return text.replace(inEnglish, "").trim() || text;
  const body = text.replace(preface, "").replace(leading, "").trim();
  const rest = body.replace(counts, "").trim();
  return rest === "" ? text : rest;
}

const upright =
  /(?<=[\d)}\]πa-zA-Z⦄])\s*(?:(?:mm|cm|dm|km|kg|mg|min|mL|ml|Pa|kPa|Hz|mol|kJ|kW|rad|hours?|meters?|units?)|(?<=\s|\})(?:m|g|s|h|L|N|J|W|V|A|K|t))(?:\s*\^\s*\{?\s*-?[23]\s*\}?|[23])?(?:\s*\/\s*(?:s|h|min|m|kg|mol|L)(?:\s*\^\s*\{?\s*-?[23]\s*\}?)?)?$/;

const inRoundBrackets = /(?<=[\d)}\]π]\s*)\(\s*([a-zA-Z][^()\s]{0,12})\s*\)$/;

/** The formula without a unit in Latin letters at its end, 9π(cm^2) too, or null where it has none. */
export function withoutUnit(text: string): string | null {
  const whole = text.replace(inRoundBrackets, " $1").trim();
  const rest = whole.replace(upright, "").trim();
  return rest === whole || rest === "" ? null : rest;
}
