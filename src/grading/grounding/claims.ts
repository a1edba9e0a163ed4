import { foldSimplified, stripMarkdown } from "../../text/normalise.ts";
import { citationsIn } from "./citations.ts";

/** A sentence of a reply that says something of the matter. */
export type ReplyClaim = {
  /** Folded, without citations. */
  readonly text: string;
  /** Numbers of the passages that it names, as written. */
  readonly cites: readonly number[];
};

/** A reply by sentences: what it claims, and whether it says that the material holds no answer. */
export type ReadReply = { readonly claims: readonly ReplyClaim[]; readonly abstains: boolean };

const open = "\u0001";
const close = "\u0002";
const sentence = new RegExp(
  String.raw`[^。!?;\n]*?(?:(?:[。!?;]|\.(?=\s+[A-Z]))+["”』」)]*(?:\s*${open}[\d,]*${close})*|\n+|$)`,
  "gu",
);

/**
 * The claims of a reply. A citation belongs to the sentence that it stands in or right behind. Greetings, questions,
 * headings, what only leads on, and words that the material says nothing are no claims; of a sentence that does both, the
 * rest is one.
 */
export function readReply(reply: string): ReadReply {
  const folded = stripMarkdown(foldSimplified(reply).replaceAll("：", ":"));
  const claims: ReplyClaim[] = [];
  let abstains = false;
  for (const [raw] of withMarks(folded).matchAll(sentence)) {
    const { text, cites } = unmarked(raw);
    if (text === "") continue;
    const clauses = text.split(/[,，]/);
    const said = clauses.filter((clause) => !saysNothingThere(clause));
    const lacks = said.length < clauses.length;
    abstains ||= lacks;
    const rest = lacks ? said.filter((clause) => !goesWithLack.test(clause)) : said;
    const bare = rest.join(",").replace(lead, "").trim();
    if (isClaim(bare, lacks)) claims.push({ text: bare, cites });
  }
  return { claims, abstains };
}

/** Words that only say where it stands. */
const lead =
  /^(?:(?:根据|依据|按照?|基于)[^,]{0,16}?(?:资料|文档|文件|规定|制度|材料|手册|内容)[^,]{0,4},|(?:所给|提供的)?(?:资料|文档|材料|手册)(?:中|里)?(?:只|仅)?(?:提到|显示|说明|写明|规定|指出))/u;

function withMarks(text: string): string {
  let marked = "";
  let from = 0;
  for (const { from: start, to, numbers } of citationsIn(text)) {
    marked += `${text.slice(from, start)}${open}${numbers.join(",")}${close}`;
    from = to;
  }
  return marked + text.slice(from);
}

const mark = new RegExp(String.raw`${open}([\d,]*)${close}`, "gu");

function unmarked(raw: string): { readonly text: string; readonly cites: readonly number[] } {
  const cites = Array.from(raw.matchAll(mark), ([, list = ""]) => list.split(","))
    .flat()
    .filter((number) => number !== "")
    .map(Number);
  const text = raw
    .replaceAll(mark, "")
    .trim()
    .replace(/^(?:[-*•·]|\d{1,2}[.、)]|\(\d{1,2}\))\s*/u, "")
    .replaceAll(/[。;]+(?=["”』」)]*$)/gu, "")
    .trim();
  return { text, cites: [...new Set(cites)] };
}

const material =
  "(?:资料|材料|文档|知识库|上下文|文件|内容|参考|信息|手册|制度|规定|documents?|context|materials?|passages?)";
const lacks = [
  String.raw`(?:没有|没|并未|未曾?|未能|不曾|不)(?:明确)?(?:地)?(?:找到|查到|检索到|查询到|提及|提到|涉及|说明|包含|给出|提供|记载|写明|规定|列出|列明|出现|收录|记录|公布|显示|注明|谈及|谈到|说到|讲到|覆盖|体现)`,
  String.raw`${material}[^,]{0,12}(?:没有|无|缺少|缺乏|不足)[^,]{0,12}(?:相关|有关|这|该|此|答案|内容|信息|说明|记载)`,
  String.raw`(?:没有|无|缺少|缺乏|暂无)(?:与[^,]{0,16})?(?:相关|有关|对应|足够|任何)的?(?:的)?(?:资料|材料|信息|内容|记录|文档|依据|说明)`,
  String.raw`(?:无法|不能|难以|没法|无从|不便)(?:确定|回答|作答|判断|得知|确认|给出|知道|得出|解答|提供)`,
  String.raw`我?不(?:知道|清楚|确定)`,
  String.raw`\b(?:not|n't|cannot|no)\b[^,]{0,30}\b(?:mention|find|found|provide|contain|state|specif|information|answer|know)`,
];
const lack = new RegExp(lacks.join("|"), "iu");

/** Words that the material holds no answer. */
const saysNothingThere = (clause: string): boolean => lack.test(clause);

/** What is said around such words: apologies, whom to ask, where one looked. */
const goesWithLack =
  /抱歉|对不起|不好意思|遗憾|建议|请(?:您|你)?(?:咨询|联系|查阅|补充|提供)|可以?(?:咨询|联系)|根据|依据|按照|基于|所给|提供的|如(?:需|果)|sorry|unfortunately|based on|please/iu;

const greetings =
  /^(?:您好|你好|好的|当然|没问题|很高兴|感谢|谢谢|希望(?:这|以上|对)|如(?:有|果您|果你|需)|欢迎|祝|以上(?:就)?是|以下是|如下|综上|总之$|请问|不客气|hello|hi\b|sure|hope|please let me)/iu;

function isClaim(text: string, isRest: boolean): boolean {
  const bare = text.replaceAll(/[\s\p{P}]/gu, "");
  if (
    bare === "" ||
    /^(?:可以|不可以|能|不能|是的?|不是|有|没有|会|不会|需要|不需要|对|不对|yes|no)$/iu.test(bare)
  )
    return false;
  if (/[:?]$/u.test(text) || greetings.test(text)) return false;
  return !isRest || Array.from(bare).length >= 5;
}
