import { chineseDigits } from "../../text/quantity/chinese.ts";
/**
 * Bounds, coordinates and values that a reply tells in words as formulas between dollars: 所有小于2的实数 as $x<2$, x大于1且小于7 as
 * $x>1$且$x<7$, 第三边大于1且小于7 as $1<x<7$, 横坐标是2 as $x=2$. Expects folded text.
 */
export const boundsInSigns = (text: string): string =>
  /[大小][于於]|超过|之间|坐标|等[于於]|低于|高于|要么|次方|平方|立方|乘以|\d\s?度/.test(text)
    ? rewrites.reduce((told, [pattern, formula]) => told.replaceAll(pattern, formula), text)
    : text;

const relation = String.raw`(不?(?:[大小][于於])(?:\s?或?者?等[于於])?|等[于於]或[大小][于於]|不?超过|不?[高低]于)`;
const bound = String.raw`(\$[^$\n]{1,40}\$|[-−负]?(?:\d[\d./π√]{0,12}|√\d{1,6}|π)|[-−]?[a-z](?![a-z]))`;
const reals = String.raw`(?:所有|一切|全体|任意)?的?(?:所有|一切|全体|任意)?(?:实数|数)(?!轴|学|[列组])(?:\s?\$?x\$?(?![\w=<>]))?`;
const every = String.raw`(?:所有|一切|全体|任意|全部)?的?`;
const and = String.raw`\s?[,、]?\s?(?:且|而|并且|但|同时|又|而且|和)?\s?`;
const joined = String.raw`\s?[,、]?\s?(?:且|而|并且|但|同时|又|而且)\s?${"(?:必?须|应该?|要)?"}`;
const or = String.raw`\s?[,、;]?\s?(?:或者?|以及|和|与)\s?`;
const must = String.raw`(?:必?须|应该?|要|需要?|只能|一定|总|恒)?\s?`;

type Told = (all: string, ...groups: string[]) => string;

const power = (word: string): string =>
  word === "平" ? "2" : word === "立" ? "3" : (chineseDigits(word) ?? word);

const rewrites: readonly (readonly [RegExp, Told])[] = [
  // 12 乘以 a 的三次方
  [
    /(?<![a-z\\$])([a-z])\s?的\s?(?:([二两三四五六七八九十\dn])次方|(平|立)方)(?!程|差|和|根)/g,
    (_, name = "", times = "", word = "") => `${name}^${power(times || word)}`,
  ],
  [/(?<=\d)\s?乘以?\s?(?=[a-z]\^|[a-z](?![a-z]))/g, () => "*"],
  // x要么是0，要么是3
  [
    new RegExp(
      String.raw`(?<![a-z\\$])([a-z])\s?要么[是为等于於]{1,2}\s?${bound}\s?[,，]?\s?要么[是为等于於]{1,2}\s?${bound}`,
      "g",
    ),
    (_, name = "", first = "", second = "") =>
      ` $${name}=${bare(first)}$ 或 $${name}=${bare(second)}$ `,
  ],
  // x只要不等于0
  [
    new RegExp(String.raw`(?<![a-z\\$])([a-z])\s?${must}(?:只要)?不等[于於]\s?${bound}`, "g"),
    (_, name = "", of = "") => ` $${name}≠${bare(of)}$ `,
  ],
  // 也就是30度
  [/(?<=[是为即约])\s?(\d{1,3}(?:\.\d+)?)\s?度(?!数|量|的电)/g, (_, of = "") => ` $${of}°$ `],
  // 大于1且小于7的实数
  [
    new RegExp(`${every}${relation}\\s?${bound}${and}${relation}\\s?${bound}\\s?${reals}`, "g"),
    (all, sign = "", low = "", other = "", high = "") => between(all, sign, low, other, high),
  ],
  // 小于等于1或大于等于3的实数
  [
    new RegExp(`${every}${relation}\\s?${bound}${or}${relation}\\s?${bound}\\s?${reals}`, "g"),
    (_, sign = "", first = "", other = "", second = "") =>
      ` $x${signOf(sign)}${bare(first)}$ 或 $x${signOf(other)}${bare(second)}$ `,
  ],
  [
    new RegExp(`${every}${relation}\\s?${bound}\\s?${reals}`, "g"),
    (_, sign = "", of = "") => ` $x${signOf(sign)}${bare(of)}$ `,
  ],
  // x 小于等于1,或者大于等于3 and x 大于1且小于7
  [
    new RegExp(
      String.raw`(?<![a-z\\])\$?([a-z])\$?\s?${must}${relation}\s?${bound}(\s?[,、]?\s?(?:或者?|且|并且|而且|同时|但|又))\s?(?:\$?\1\$?)?\s?${must}${relation}\s?${bound}`,
      "g",
    ),
    (all, name = "", sign = "", first = "", joint = "", other = "", second = "") =>
      /或/.test(joint)
        ? ` $${name}${signOf(sign)}${bare(first)}$ 或 $${name}${signOf(other)}${bare(second)}$ `
        : between(all, sign, first, other, second, name),
  ],
  // 第三边大于1且小于7
  [
    new RegExp(`${must}${relation}\\s?${bound}${joined}${relation}\\s?${bound}`, "g"),
    (all, sign = "", low = "", other = "", high = "") => between(all, sign, low, other, high),
  ],
  [
    new RegExp(String.raw`(?<![a-z\\])\$?([a-z])\$?\s?${must}${relation}\s?${bound}`, "g"),
    (_, name = "", sign = "", of = "") => ` $${name}${signOf(sign)}${bare(of)}$ `,
  ],
  // x等于3, 横坐标是2
  [
    new RegExp(
      String.raw`(?<![a-z\\$])([a-z])\s?(?:就|便|则|也|应该?|恰好)?等[于於]\s?${bound}`,
      "g",
    ),
    (_, name = "", of = "") => ` $${name}=${bare(of)}$ `,
  ],
  [
    new RegExp(String.raw`(?:(横)|纵)坐标\s?(?:等于|是|为|:)\s?(?:[xy]\s?=\s?)?${bound}`, "g"),
    (_, across, of = "") =>
      `${across === undefined ? "纵" : "横"}坐标为 $${across === undefined ? "y" : "x"}=${bare(of)}$ `,
  ],
];

const bare = (bound: string): string => bound.replaceAll("$", "").replaceAll(/[−负]/g, "-").trim();

/** 大于, 不小于, 大于或等于, 不超过. */
function signOf(word: string): string {
  const above = /大|超过|高/.test(word);
  if (word.startsWith("不")) return above ? "≤" : "≥";
  const sign = above ? ">" : "<";
  return /等/.test(word) ? (above ? "≥" : "≤") : sign;
}

/** A lower and an upper bound as one chain; both of one side stay as they are told. */
function between(
  told: string,
  sign: string,
  first: string,
  other: string,
  second: string,
  name = "x",
): string {
  const [a, b] = [signOf(sign), signOf(other)];
  if (a.charCodeAt(0) === b.charCodeAt(0) || /[>≥]/.test(a) === /[>≥]/.test(b)) return told;
  const [low, high] = /[>≥]/.test(a) ? [first, second] : [second, first];
  const [from, to] = /[>≥]/.test(a) ? [a, b] : [b, a];
  return ` $${bare(low)}${from === ">" ? "<" : "≤"}${name}${to}${bare(high)}$ `;
}
