import type { WantedFormula } from "./asked.ts";
import type { FormulaClaim } from "./claims.ts";

import { declines } from "../numeric/clauses.ts";
import { doubts } from "../numeric/phrases.ts";
import { kindsOf, pairsOf, squeezed } from "./asked.ts";
import { quantitiesTold as told } from "./quantities.ts";
import { isReadable, prepared } from "./same.ts";

type Holds = (claim: FormulaClaim, wanted: WantedFormula) => boolean | number;

/** What may speak for a formula or against it, by its own words and the question's; how much each counts has been learned (`weights.ts`). */
const evidence: Readonly<Record<string, Holds>> = {
  concludes: ({ concludes }) => concludes,
  says: ({ before }) => says.test(before.slice(-20)),
  follows: ({ before, formula }) => follows.test(before.slice(-20)) && relation.test(formula),
  fits: ({ formula }, wanted) => fits(formula, wanted),
  misfits: ({ formula }, wanted) => !mayBe(formula, wanted),
  named: ({ chain, formula }, wanted) =>
    !isUnsolved(formula, wanted) && (answersByName(chain, wanted) || hasUsualName(chain, wanted)),
  foreign: ({ before }, { known }) => isForeign(before, known),
  foreignShare: ({ before }, { known }) => foreignShare(before, known),
  contrasts: ({ before }) => /(?:^[\s,;]*(?:而(?!且)|另外|此外)|则[是为]\s*$)/.test(before),
  firstStep: ({ before }) => /先[^,。]*$/.test(before),
  solvedRegion: ({ formula }, { kinds }) => kinds.has("region") && solvedRegion.test(formula),
  unsolved: ({ formula }, wanted) => isUnsolved(formula, wanted),
  bold: ({ sentence, formula }) => sentence.includes("**") && sentence.includes(formula),
  endsSentence: ({ fromEnd, after }) => fromEnd === 0 && after.trim().length < 8,
  labelled: ({ before }) => labelled.test(before),
  beside: ({ before }) => beside.test(before.slice(-40)),
  bracketed: ({ before }) => /[(]\s*(?:即|也就是|约为?|或)?\s*$/.test(before),
  bareName: ({ formula }) => /^(?![eiRNZQC]$)[a-zA-Z](?:\([a-z]\))?$/.test(formula),
  domain: ({ before, formula }, { kinds }) =>
    !kinds.has("region") && isDomain.test(formula) && /[(,]\s*(?:其中)?\s*$|其中/.test(before),
  supposes: ({ sentence }) => supposes.test(sentence),
  mistaken: ({ before, sentence }) => mistaken.test(before) || unasked.test(sentence),
  kept: ({ before }) => /(?:保留|[只应故]取|[最然]后取|我认为)[^,。]{0,6}$/.test(before),
  firstSteps: ({ before }) => /先(?:求|算|计算|化简)(?:出)?\s*$/.test(before),
  degrees: ({ formula }, { asking }) =>
    asking.includes("弧度") && /°|\\circ/.test(formula) && !/π|\\pi/.test(formula),
  checks: ({ sentence }) => checks.test(sentence) || /[✓✔√]\s*$/.test(sentence),
  remarks: ({ sentence, at }) => at > 0 && remarks.test(sentence),
  rewrites: ({ before, fromEnd }) => fromEnd > 0 && rewrites.test(before.slice(-20)),
  otherSet: ({ before }, { asking }) => tellsOtherSet(before, asking),
  operand: ({ before, after }) => addedBefore.test(before) || addedAfter.test(after),
  discarded: ({ after }) => discards.test(after.slice(0, 12)),
  ordinal: ({ before }) => /第\s*$/.test(before),
  given: ({ formula }, { squeezed: question }) => isGiven(formula, question),
  announcedFirst: ({ announced, isFirst }) => announced && isFirst,
  words: ({ before }, { words }) =>
    Math.min(5, new Set(pairsOf(before.slice(-40)).filter((pair) => words.has(pair))).size),
  goesOn: ({ before }) => goesOn.test(before.slice(-20)),
  corrects: ({ corrects }) => corrects,
  corrected: ({ corrected }) => corrected,
  declined: ({ sentence }) => declines.test(sentence),
  doubts: ({ sentence }) => doubts.test(sentence),
  asks: ({ sentence }) => /[?]\s*$/.test(sentence),
  example: ({ before, sentence }) =>
    example.test(before) || /^\s*(?:例如|比如|譬如)/.test(sentence),
  tellsAsked: (claim, { asking }) => told(claim).some((name) => name.test(asking)),
  tellsOther: (claim, { squeezed: question }) =>
    question !== "" && told(claim).some((name) => !name.test(question)),
  otherName: ({ chain }, { squeezed: question }) => isOtherName(chain, question),
  putIn: ({ sentence }) => /左边|右边|代入|代回|成立/.test(sentence),
  approximates: isApproximate,
  leads: ({ before, after, at, isFirst }) =>
    at === 0 &&
    isFirst &&
    before.trim() === "" &&
    /^\s*[,，](?:因为|由于|理由|because|since)/i.test(after),
  rule: ({ before }) => /(?:公式|法则|定理|性质|恒等式)[^,。;是为得]{0,6}$/.test(before),
  unreadable: ({ formula }) => !isReadable(formula),
};

const rows = Object.entries(evidence);

/** What is known of a formula, by the names of the evidence. */
export type FormulaSigns = Readonly<Record<string, number>>;

/** The evidence on a formula by itself. */
export function signsOf(claim: FormulaClaim, wanted: WantedFormula): FormulaSigns {
  const found: Record<string, number> = {};
  for (const [name, holds] of rows) {
    const value = Number(holds(claim, wanted));
    if (value !== 0) found[name] = value;
  }
  return found;
}

/** 约等于 3.464, roughly 7.389, and 和 π 很接近, where the question asks for no such value. */
function isApproximate(
  { before, formula, after }: FormulaClaim,
  { squeezed: question }: WantedFormula,
): boolean {
  if (/约|近似|≈|保留|小数|approx|decimal|round/i.test(question)) return false;
  return approximately.test(before) || /^[^≈]*≈[^≈]*$/.test(formula) || isNear.test(after);
}

/** The same without the exact value before it: x₁≈2.414, and not √48=4√3≈6.928. */
export const onlyApproximates = (claim: FormulaClaim, wanted: WantedFormula): boolean =>
  isApproximate(claim, wanted) && !/=.*≈/.test(claim.formula);

const isNear = /^\s*(?:已经|其实)?(?:很|挺|十分|非常|相当|比较)?(?:接近|相近|差不多)/;
const approximately =
  /(?:约|≈|近似|大概|大致|\b(?:roughly|about|approximately|around))\s*(?:等[于於]|为|值|是|to)?\s*$/i;

/** A further step from the formula before it. */
const goesOn =
  /(?:再|最后|进一步|继续|化简|整理|约[分去]|合并|通分|开方|展开|配方|移项|解得|从而|于是|也就是|即|剩下?|结果)[^,。$]{0,10}$/;
const example = /(?:例如|比如|譬如|如当|(?<![后应只故])取|\be\.g\.)[^,。]{0,8}$/;

/** Its first side is a name of which the question knows nothing: |z|=5 where z is asked. */
function isOtherName(chain: string, question: string): boolean {
  const [first = "", ...more] = squeezed(chain).split("=");
  return (
    more.length > 0 &&
    first.length > 1 &&
    /[a-zA-Z]/.test(first) &&
    !/^[xyz]_?\d?$|^[fgy]\(?x?\)?$/.test(first) &&
    !question.includes(first) &&
    question !== ""
  );
}

/** 交集 where A∪B is asked. */
const tellsOtherSet = (before: string, asking: string): boolean =>
  operations.some(([sign]) => sign.test(asking)) &&
  operations.some(([sign, word]) => !sign.test(asking) && word.test(before.slice(-12)));
const operations: readonly (readonly [sign: RegExp, word: RegExp])[] = [
  [/∪|\\cup|并集/, /并集/],
  [/∩|\\cap|交集/, /交集/],
  [/∁|补集|complement/, /补集/],
];

/** An operand in words: 2√3 加上 3√3. */
const addedBefore = /(?:加上?|减去?|乘以?|除以)\s*$/;
const addedAfter = /^\s*(?:加上|减去|乘以|除以|[加减乘]\s)/;
const solvedRegion =
  /^[a-zA-Z](?:_\{?\w\}?)?\s*(?:[<>≤≥∈≠]|\\(?:le|ge|in|lt|gt|ne)(?:q|qslant|slant)?(?![a-z]))/;
const says =
  /(?:[是为得即=]|得到|剩下?|化[成为]|变[成为]|[写记]作|成了|[大小]值|等于|答案|结果|写成|写作|:|∴|\b(?:is|are|equals?|gives?|giving|yields?|leaves|becomes|get|obtain|(?:simplifies|reduces|evaluates|comes|works out) to))\s*\**\s*$/;
/** Behind these a relation is stated; a mere name begins a sentence: 所以 f(x) 在…. */
const follows = /(?:所以|因此|故|从而|于是|hence|thus|so)\s*\**\s*$/;
const relation = /[=<>≤≥∈]|\\(?:le|ge|in|ne)(?![a-z])/;
const labelled = /(?:最终|最后)?(?:结果|结论|答|解析式|答案)\**\s*:\s*\**\s*$/;
const beside =
  /(?:当|其中|此时|对应|舍[去掉弃]|排除|注意|满足|取等|因为|由于|由|设|令|把|将|代入|在|对于|∵|where|when|if|since|let)[^,。是为得]*$|[(]\s*(?:即|也就是|约为?|或)?\s*$/i;
const isDomain =
  /^[a-zA-Z](?:,[a-zA-Z])*\s*(?:∈|\\in(?![a-zA-Z])|≠|\\neq?(?![a-z])|>|≥|\\geq?(?![a-z]))/;
const supposes =
  /^[\s*_(]{0,6}(?:(?:但|而|当然)?若(?!干)|如果|假如|假设|要是|倘若|万一|例如|比如|类似|取(?=[a-zA-Z$ ]{1,4}=)|if\b|for example)|(?:变|变式|改)[为成].*(?:变|就|则)|可以?继续/i;
const mistaken =
  /(?:不要|(?<![分区差特])别|误|错)(?:写|算|把|将|以为)?成?[^,。]{0,6}$|而不是\s*$|不是\s*$|≠\s*$/;
const unasked =
  /^(?:至于|顺便|顺带|类似)|^[^,。]{1,6}的话(?=[,再就则是乘])|(?:题目|本题|题中)(?:并?没有?|未|不)(?:要求|问|需要)|还可以/;
const checks =
  /^[\s*_(]{0,6}(?:经|代入|求导|展开|反向|逆运算|代值|逆向|回乘|取[^,。:]{1,8})?(?:检验|验证|验算|校验|再验|检查|回导|代回|检:|check)/i;
const remarks =
  /^[\s>*_#(-]{0,8}(?:比|此时|其中|注意|注|说明|另外|同时|补充|这里|它|其|也可|或写|亦可|原函数|图象|几何意义|一般式|利用|note|here|this)/i;
/** A step on the way: 化简为 a-2. */
const rewrites = /(?:变形|整理|转化|配方|通分|移项|两边|代入)(?:[得为成]|可得)?\s*:?\s*$/;
const discards = /^[^,。]{0,8}(?:舍[去掉弃]|不合|排除|增根|不成立|不对|错)/;

const fits = (formula: string, { kinds }: WantedFormula): boolean =>
  kindsOf(prepared(formula)).some((kind) => kinds.has(kind));

/** A value may be the only member of a set; what cannot be parsed may be anything. */
function mayBe(formula: string, { kinds }: WantedFormula): boolean {
  const own = kindsOf(prepared(formula));
  return (
    formula.includes("\\begin") ||
    own.some((kind) => kinds.has(kind)) ||
    (own.includes("value") && kinds.has("set")) ||
    (own.includes("set") && kinds.has("value")) ||
    (own.includes("equation") && kinds.has("expression"))
  );
}

/** Its first side is what the question asks for: A∩B={2,3} where A∩B is asked, √12=2√3, A=π/3 where 求角 A is. */
function answersByName(formula: string, { squeezed: question, asking }: WantedFormula): boolean {
  const sides = squeezed(formula).split(
    /(?<![<>])[=∈<>≤≥]|\\(?:le|ge|in)(?:q|qslant|slant)?(?![a-z])/,
  );
  const [first = "", last = ""] = [sides[0], sides.at(-1)];
  if (sides.length < 2 || first === "" || last === "") return false;
  if (question.includes(`${first}=${last}`)) return false;
  if (first.length === 1)
    return (
      asking.startsWith(`求${first}=`) || (!/[=<>≤≥]/.test(asking) && isNamedIn(asking, first))
    );
  const at = question.lastIndexOf(first);
  const [before, after] = [question.charAt(at - 1), question.charAt(at + first.length)];
  return (
    at >= 0 &&
    !(before === "(" && after === ")") &&
    !/[\w√.+*/^-]/.test(before) &&
    !/[+*/^-]/.test(after) &&
    isNamedIn(question, first)
  );
}

/** What is usually called so: the derivative y', the n-th term a_n. */
const usual: readonly (readonly [asked: RegExp, name: RegExp])[] = [
  [/通项/, /^[abc]_n/],
  [/前n项和/, /^[ST]_n/],
  [/导数|导函数/, /^(?:y'|[fg]'\()/],
  [/反函数/, /^(?:[fg]\^\{?-1|y)/],
  [/行列式/, /^(?:\\?det|\||D=)/],
  [/[的]?模(?:长)?[。?]?$|绝对值/, /^\|/],
  [/离心率/, /^e=/],
  [/期望/, /^E/],
  [/方差/, /^D|^s\^2/],
  [/概率/, /^P/],
  [/面积/, /^S/],
  [/体积/, /^V/],
  [/斜率/, /^k=/],
  [/半径/, /^[rR]=/],
  [/周期/, /^T=/],
  [/公差/, /^d=/],
  [/公比/, /^q=/],
];

const hasUsualName = (chain: string, { asking }: WantedFormula): boolean => {
  const text = squeezed(chain).replaceAll("^{\\prime}", "'");
  return text.includes("=") && usual.some(([asked, name]) => asked.test(asking) && name.test(text));
};

/** It is called by a noun of which the question knows nothing: 逆矩阵为 where the determinant is asked. */
const isForeign = (before: string, known: ReadonlySet<string>): boolean =>
  /[是为:]\s*$/.test(before) && foreignShare(before, known) === 1;

/** How much of the noun by which it is called the question does not know: half of 扇形面积. */
function foreignShare(before: string, known: ReadonlySet<string>): number {
  const noun =
    /(?:^|[,。;])[^,。;]*?(\p{Script=Han}{2,8})\s*(?:是|为|[:=])?\s*$/u.exec(before)?.[1] ?? "";
  const words = pairsOf(
    noun
      .replace(/^(?:所以|因此|故|即|从而|于是|可得|解得|得到?|其|它的|而)+/, "")
      .replace(/(?:则|就|便|也|即|应|分别)+$/, ""),
  );
  return known.size === 0 || words.length === 0 || generic.test(noun)
    ? 0
    : words.filter((word) => !known.has(word)).length / words.length;
}

const generic =
  /答案|结果|原式|[解方]集|解为|[最极][大小]?值|化简|整理|可得|写[成作]|表示|公式|[代换]入|区间|坐标|范围|相[加减乘除]|移项|配方|等于|两[边根式]/;

/** The question asks for S, |A| or f(2) by that name; z 的共轭复数 asks for another thing than z. */
function isNamedIn(question: string, name: string): boolean {
  const at = question.lastIndexOf(name);
  const after = question.slice(at + name.length);
  if (/^的(?!值|取值|大小|范围|表达式|解析式|方程|坐标|导数|通项)/.test(after)) return false;
  return at >= 0 && !/[a-zA-Z]/.test(`${question.charAt(at - 1)}${after.charAt(0)}`);
}

/** An equation or inequality that is still to be solved: 2x > 6, (x-1)^2 = 2, -x < -3. */
function isUnsolved(formula: string, { kinds, squeezed: question }: WantedFormula): boolean {
  if (kinds.has("equation")) return false;
  return squeezed(formula)
    .split(/,|或|且/)
    .some((part) => {
      const [first = "", last = "", ...more] = part.split(relations);
      if (more.length > 0 || last === "" || !worked.test(first.replaceAll(nested, "")))
        return false;
      const at = question.lastIndexOf(first);
      const isNested =
        question.charAt(at - 1) === "(" && question.charAt(at + first.length) === ")";
      const solves = /解(?:关于.{1,4}的)?(?:指数|对数|三角)?方程|方程.*的[解根]/.test(question);
      if (!kinds.has("region") && at >= 0 && !isNested && !solves) return false;
      return /[xyztmkr]/.test(first) && !/[xyztmkr]/.test(last.replaceAll(/\\[a-z]+/g, ""));
    });
}

/** An operation on the unknown: 2x, x^2, x-3. */
const worked = /\^\{?-?\d?[xyz]|\d[xyztmkr]|[xyztmkr)]\^|[-+*/]/;
/** What a function is of, and commands, which are parts of a name. */
const nested = /(?<=[a-zA-Z'])\([^()]*\)|\\[a-zA-Z]+|_\{[^{}]*\}/g;
const relations = /[=<>≤≥]|\\(?:le|ge)(?:q|qslant|slant)?(?![a-z])/;

/** Nothing but a part of the question. */
function isGiven(formula: string, question: string): boolean {
  const text = squeezed(formula);
  return text.length > 2 && question.includes(text);
}
