import type { ValueContext } from "./value-type.ts";

import { undressed } from "../../text/answer-fold.ts";
import { defineValueType } from "./value-type.ts";

const yesWords = [
  "是",
  "是的",
  "对",
  "对的",
  "正确",
  "没错",
  "√",
  "✓",
  "✔",
  "☑",
  "✅",
  "✔️",
  "⭕",
  "t",
  "true",
  "y",
  "yes",
  "right",
  "correct",
  "真",
  "真命题",
  "成立",
  "能",
  "可以",
  "会",
  "属于",
  "符合",
  "合理",
  "同意",
];
const noWords = [
  "否",
  "不是",
  "不",
  "错",
  "错的",
  "错误",
  "不对",
  "不正确",
  "有误",
  "×",
  "✗",
  "✘",
  "✕",
  "✖",
  "❌",
  "x",
  "f",
  "false",
  "n",
  "no",
  "wrong",
  "incorrect",
  "假",
  "假命题",
  "不成立",
  "不能",
  "不可以",
  "不会",
  "不属于",
  "不符合",
  "不合理",
  "不同意",
  "并不是",
  "并非",
];
const judgement =
  /(?:(?:该|这个?|此|本|题干|上述|原)?(?:说法|命题|判断|句话|表述|陈述|观点|结论|题|statement)(?:本身)?(?:显然|应该?|应当|就|都|并)?(?:是|为|is)?\s?(?<judged>假命题|真命题|正确|错误|不正确|不对|对|错|不成立|成立|有误|假(?![如设])|真(?!实|正)|true|false|correct|incorrect|wrong)(?:的)?|(?:应该?|应当|要|可|故|因此)?判(?:断|定)?(?:为|是)?\s?[“"]?(?<ruled>正确|错误|对|错|[√✓✔×✗✘]))/iu;
const frame =
  /(?<verb>是|能|会|可以|属于|算|有|包含|符合|需要|应当|应该|可|存在|等于|大于|小于)(?<rest>[^，,。；;？?]{1,30}?)[吗么]/u;

/** Words and signs that are a judgement on a statement and hardly ever anything else. */
const judgements: ReadonlySet<string> = new Set(
  Array.from("√✓✔×✗✘对错是否").concat([
    "正确",
    "错误",
    "不对",
    "不正确",
    "对的",
    "错的",
    "是的",
    "不是",
  ]),
);

/** The side that a bare judgement such as √, 对 or 错误 takes, or null for any other text. */
export function judgementOf(text: string): "yes" | "no" | null {
  const bare = text.trim();
  return judgements.has(bare) ? polarity(bare, bareContext) : null;
}

/** Like `judgementOf`, with T, F, Y, N, true and false, which may be anything else too. */
export const judgementOrLetter = (text: string): "yes" | "no" | null =>
  judgementOf(text) ??
  (/^(?:[TFYN]|true|false|yes|no)$/i.test(text.trim()) ? polarity(text, bareContext) : null);

/** Yes or no: 是, 对, √, 正确, T, Y and 否, 错, ×, 错误, F, N. */
export const yesNo = defineValueType<"yes" | "no">({
  expected: {
    zh: "是或否（是、对、√、正确、T；否、错、×、错误、F）",
    en: "yes or no (是, 对, √, T, 否, 错, ×, F)",
  },
  parse: polarity,
  mentions: (text, context) => {
    const bare = undressed(text);
    const groups = judgement.exec(bare)?.groups;
    const judged = groups?.["judged"] ?? groups?.["ruled"];
    if (judged !== undefined) return [judged];
    const said = predicated(bare, context);
    return said === null ? [] : [said];
  },
  compare: (gold, reply) => (gold === reply ? "same" : "different"),
});

const bareContext: ValueContext = { question: "", options: { type: "yes-no", from: "answer" } };

const marksAround = /^[“"'「『《【(*_\s]+|[”"'」』》】)*_。.,;，；!！\s]+$/gu;

/** The first words decide: 是的，51 是质数; 否（51=3×17）. A bare 错 or 不对 too. */
function polarity(text: string, { options }: ValueContext): "yes" | "no" | null {
  const bare = undressed(text).toLowerCase().replaceAll(marksAround, "");
  const sign = /^([√✓✔☑✅⭕×✗✘✕✖❌])\uFE0F?\s*(?=.)/u.exec(bare)?.[0];
  if (sign !== undefined) {
    const [mark, rest] = [sign, bare.slice(sign.length)].map((each) =>
      polarity(each, { question: "", options }),
    );
    return rest === null || rest === mark ? (mark ?? null) : null;
  }
  const head = (/^[^，,。；;:：(（!！\n]+/.exec(bare)?.[0] ?? bare).replaceAll(marksAround, "");
  const [no, yes] = [
    [...(options.no ?? []).map((word) => undressed(word).toLowerCase()), ...noWords],
    [...(options.yes ?? []).map((word) => undressed(word).toLowerCase()), ...yesWords],
  ];
  const bareHead = head
    .replace(/^(?:这个?|该|此)(?:是)?(?=不|错|对|正确|成立|有误)/u, "")
    .replace(/(?<=正确|错误|有误|成立|假|真)的$/u, "");
  if (no.includes(bareHead)) return "no";
  if (yes.includes(bareHead)) return "yes";
  const judged = judgement.exec(head)?.groups?.["judged"];
  if (judged !== undefined && judged !== head) return polarity(judged, { question: "", options });
  return ownWord(head, options);
}

/** Words of the item's own may stand inside a short sentence: 那就赶不上了. */
function ownWord(
  text: string,
  { yes = [], no = [] }: ValueContext["options"],
): "yes" | "no" | null {
  const [isNo, isYes] = [no, yes].map((words) =>
    words.some((word) => text.includes(undressed(word).toLowerCase())),
  );
  if (isNo === isYes || text.length > 60) return null;
  return isNo === true ? "no" : "yes";
}

/** 27是质数吗 answered by 27不是质数 or 27是质数: the question's own predicate, with or without a negation. */
function predicated(text: string, { question, options }: ValueContext): string | null {
  const own = ownWord(text, options);
  if (own !== null) return own === "yes" ? "是" : "否";
  const asked = frame.exec(undressed(question))?.groups;
  const { verb = "", rest = "" } = asked ?? {};
  const key = rest.replaceAll(/\s/g, "");
  const bare = text.replaceAll(/\s/g, "");
  if (key === "") return null;
  const at = bare.lastIndexOf(`${verb}${key}`);
  const negated = ["不", "并不", "没", "没有", "非", "并非"].some((no) =>
    bare.includes(`${no}${verb === "是" && /非/.test(no) ? "" : verb}${key}`),
  );
  if (negated) return "否";
  return at < 0 || /如果|假如|若|是否/.test(bare) ? null : "是";
}
