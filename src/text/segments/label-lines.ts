import type { TextSpan } from "../thinking.ts";

import { seldom } from "../finding/seldom.ts";
import { outside } from "../thinking.ts";

/** Who is said to have made the text. */
const maker =
  "(?:AI|AIGC|人工智[能慧]|生成式|大(?:[语語]言)?模型|智能(?:助手|体)|[\\p{Script=Han}A-Za-z\\d.·-]{1,16}?(?:AI|模型|助手))[ ]?(?:大?(?:[语語]言)?模型|助手|技[术術]|工具|系[统統]|算法|人工智能)?";
const thing =
  "(?:回答|回[复復覆]|答[复覆]|[内內]容|文本|文字|答案|[结結]果|信息|资讯|文章|解答|[输輸]出|消息|解析)";
const made = "(?:[辅輔]助|自[动動])?(?:生成|合成|创作|產生|产生|[输輸]出|撰写|提供|制作|作答)";
const whole = "(?:本|此|[该該]|以上|上述|上面|本次|本条|本篇|这[段条个篇]|全部|所有)?的?";
const chinese =
  `(?:${whole}${thing}[均皆都系是为]?(?:由|使用|利用|通过|借助)[ ]?${maker}[ ]?${made}的?${thing}?` +
  `|[均系]?由[ ]?${maker}[ ]?${made}的?${thing}?` +
  `|(?:AI|AIGC|人工智[能慧])[ ]?(?:[辅輔]助|自[动動])?(?:生成|合成|创作)的?${thing}?)`;
const english =
  "(?:(?:this|the above|the)?[ ]?(?:response|answer|content|text|reply|message|output)[ ](?:is|was|has been)[ ](?:AI[- ]generated|(?:created|generated|produced|written)[ ](?:by|with|using)[ ](?:an[ ])?(?:AI|artificial intelligence|a large language model)(?: (?:model|assistant))?)|AI[- ]generated(?:[ ](?:content|text|answer|response))?)";
const ornament = String.raw`[ \t>*_#~—–\-=※☆★•·|\u2600-\u27bf\u2139\ufe0f\u{1f300}-\u{1faff}]{0,12}`;
const title =
  "(?:(?:注|声明|聲明|提示|温馨提示|溫馨提示|特别提示|免[责責][声聲]明|[说說]明|[备備]注|注意|[标標][识識]|Note|Disclaimer|Notice)(?:[*_]{0,2}[：:][*_]{0,2}|[\\]】])[ ]?)";

/** At the start of a line, after a sentence, or in brackets. */
const label = new RegExp(
  `(?:^|(?<=[\\n。！!？?；;.)）】\\]>」])|(?=[(（【\\[「]))${ornament}(?:<[a-z]{1,6}>)?([(（【\\[「]?)["“*_ ]{0,3}${title}?(?:${chinese}|${english})`,
  "giu",
);

const hint = seldom(
  /生成|合成|创作|產生|产生|输出|輸出|撰写|作答|generated|created by|produced by|written by/i,
);

/** What else such a line says, clause by clause. */
const remark =
  /^(?:且|并|但|均|也|,|and )*(?:(?:内容|內容|结果|以上|一切|以上内容)?(?:[仅僅只]供.{0,6}[参參]考(?:使用|之用)?|(?:[请請]|敬[请請]|[务務]必|须|需).{0,16}(?:[甄辨鉴鑑]别|[甄辨鉴鑑]別|核[实實对對]|查[证證]|判[断斷]|[辨识識]识|[验驗][证證]|留意|注意|谨慎|确认|为准|参考|斟酌).{0,12}|(?:不|并不|[无無]法)(?:代表|[构構]成|作[为為]|保[证證]).{0,24}|(?:可能|或许?)(?:存在|有|含有|包含|会有?).{0,16})|(?:for|please|may|is|provided|and|check|verify|do not|not).{0,60})$/iu;

/** Characters of a label after its core. */
const longest = 120;

/** Where vendors mark generated text, as Chinese rules demand since September 2025 (《人工智能生成合成内容标识办法》). */
export function labelSpans(text: string): readonly TextSpan[] {
  if (!hint.test(text)) return [];
  return Array.from(text.matchAll(label), (match) => {
    const end = labelEnd(text, match.index + match[0].length, match[1] ?? "");
    return end === null ? [] : [{ start: match.index, end }];
  }).flat();
}

const closers: Readonly<Record<string, string>> = {
  "(": ")",
  "（": "）",
  "【": "】",
  "[": "]",
  "「": "」",
};

/** The end of a label whose core ends at `from`: its closing bracket, else its line; null where more is said. */
function labelEnd(text: string, from: number, bracket: string): number | null {
  const newline = text.indexOf("\n", from);
  const line = newline < 0 ? text.length : newline;
  const close = closers[bracket] === undefined ? -1 : text.indexOf(closers[bracket], from);
  const end = close >= 0 && close < line ? close + 1 : line;
  if (end - from > longest) return null;
  const clauses = text
    .slice(from, end)
    .replaceAll(/<\/?[a-z]{1,6}>|["”*_()（）【】[\]「」>|~—–\-=\u{1f300}-\u{1faff}]/gu, "")
    .split(/[，,。.;；、!！:：]/)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== "");
  return clauses.every((clause) => remark.test(clause)) ? end : null;
}

export type Unlabelled = {
  readonly text: string;
  /** How many labels were taken off. */
  readonly labels: number;
};

/** The text without vendors' labels. A text that is nothing but a label stays, because it may be the answer. */
export function stripLabels(text: string): Unlabelled {
  const spans = labelSpans(text);
  if (spans.length === 0) return { text, labels: 0 };
  const rest = outside(text, 0, spans).trim();
  return rest === "" ? { text, labels: 0 } : { text: rest, labels: spans.length };
}
