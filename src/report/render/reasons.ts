import type { Lang, Text } from "../../domain/text.ts";

/** By which rule a grader read an answer, in a reader's words; the run file keeps the rule's own name. */
const reasons = new Map<string, Text>([
  ["marker", { zh: "写明“答案”的地方", en: "where the reply announces its answer" }],
  ["markers", { zh: "几处写明“答案”的地方", en: "where the reply announces its answers" }],
  ["boxed", { zh: "\\boxed 里", en: "inside \\boxed" }],
  ["bracket", { zh: "括号里", en: "inside brackets" }],
  ["bold", { zh: "加粗的部分", en: "what is bold" }],
  ["json", { zh: "JSON 里", en: "inside the JSON" }],
  ["conclusion", { zh: "下结论的句子", en: "the sentence that concludes" }],
  ["concluded", { zh: "下结论的句子", en: "the sentence that concludes" }],
  ["statement", { zh: "直接说出的句子", en: "a sentence that states it" }],
  ["stated", { zh: "直接说出的句子", en: "a sentence that states it" }],
  ["correction", { zh: "改口以后的答案", en: "the answer after a correction" }],
  ["corrected", { zh: "改口以后的答案", en: "the answer after a correction" }],
  ["option text", { zh: "选项的文字", en: "the words of an option" }],
  ["option texts", { zh: "选项的文字", en: "the words of options" }],
  ["only one named", { zh: "只提到这一项", en: "the only option named" }],
  ["left over", { zh: "排除后剩下的", en: "what elimination leaves" }],
  ["elimination", { zh: "排除后剩下的", en: "what elimination leaves" }],
  ["verdicts", { zh: "对各选项的判断", en: "what is said of each option" }],
  ["bare line", { zh: "单独成行", en: "a line of its own" }],
  ["last line", { zh: "最后一行", en: "the last line" }],
  ["whole reply", { zh: "整个回复", en: "the whole reply" }],
  ["table row", { zh: "表格里的一行", en: "a row of a table" }],
  ["quotation", { zh: "引号里", en: "inside quotation marks" }],
  ["no answer found", { zh: "找不到答案", en: "no answer found" }],
  ["no answer stated", { zh: "没有说出答案", en: "no answer stated" }],
  ["no number", { zh: "没有能当作答案的数", en: "no number that could be the answer" }],
  ["declines", { zh: "没有作答", en: "declines to answer" }],
  ["breaks off", { zh: "话没说完", en: "breaks off" }],
  ["nothing stated", { zh: "没有说出哪个数是答案", en: "says of no number that it is the answer" }],
  ["left to the reader", { zh: "让读者自己算", en: "left to the reader" }],
  [
    "an error instead of an answer",
    { zh: "报错，而不是回答", en: "an error instead of an answer" },
  ],
  ["refers back", { zh: "说的是“前者”或“后者”", en: "refers back to the former or the latter" }],
  ["only number", { zh: "唯一的数", en: "the only number" }],
  ["most evidence", { zh: "最像答案的数", en: "the number most like an answer" }],
  ["undecided", { zh: "没有选定", en: "undecided" }],
  ["hedged", { zh: "说得模棱两可", en: "hedged" }],
  ["taken back", { zh: "说了又收回", en: "taken back" }],
  ["refused or cut", { zh: "拒答，或话没说完", en: "refused or cut off" }],
  ["options repeated", { zh: "只重复了选项", en: "the options repeated" }],
  ["empty", { zh: "空回复", en: "empty reply" }],
  ["contained", { zh: "回复里有标准答案", en: "the reply contains it" }],
  ["alias", { zh: "与另一种写法相同", en: "equals another spelling" }],
  ["match", { zh: "与表达式匹配", en: "the pattern matches" }],
  ["no match", { zh: "与表达式不匹配", en: "the pattern does not match" }],
  ["similar", { zh: "足够相似", en: "similar enough" }],
  ["not similar", { zh: "不够相似", en: "not similar enough" }],
  ["forbidden text", { zh: "出现了不许出现的文字", en: "contains forbidden text" }],
  ["all kept", { zh: "全部守住", en: "all demands kept" }],
  ["schema", { zh: "符合 JSON Schema", en: "fits the schema" }],
  ["no JSON", { zh: "没有 JSON", en: "no JSON" }],
  ["the JSON does not parse", { zh: "JSON 无法解析", en: "the JSON does not parse" }],
  ["no call", { zh: "没有调用工具", en: "no tool was called" }],
  ["no program in the reply", { zh: "回复里没有程序", en: "no program in the reply" }],
  ["no value", { zh: "没有读出能当作答案的值", en: "no value that could be the answer" }],
  ["several values", { zh: "有几个不同的值", en: "several different values" }],
  ["labelled", { zh: "写明名目的一行", en: "a labelled line" }],
  ["neighbour line", { zh: "答案标题的下一行", en: "the line beside a heading of the answer" }],
  ["incomplete", { zh: "答得不全", en: "incomplete" }],
  ["another value", { zh: "另一个值", en: "another value" }],
  ["clause", { zh: "句子里的一部分", en: "a clause of a sentence" }],
  ["open question", { zh: "开放题，由人裁定", en: "an open question, for people to rule on" }],
  ["no judge configured", { zh: "没有裁判", en: "no judge is configured" }],
  ["no baseline named", { zh: "没有写明与谁比", en: "no baseline is named" }],
  ["the baseline has no answer", { zh: "对照没有作答", en: "the baseline has no answer" }],
  ["the baseline itself", { zh: "就是对照自己", en: "the baseline itself" }],
  ["no valid verdict", { zh: "裁判没有给出有效的判定", en: "no valid verdict of a judge" }],
  ["no environment", { zh: "没有可操作的环境", en: "no environment" }],
  ["no expected calls", { zh: "题目没有写应有的调用", en: "the item names no expected calls" }],
  ["unreadable call", { zh: "调用读不出来", en: "a call that cannot be read" }],
  ["no formula announced", { zh: "没有说出公式是答案", en: "no formula announced as the answer" }],
  ["only formula", { zh: "唯一的公式", en: "the only formula" }],
  [
    "number of answers does not fit",
    { zh: "答案的个数不对", en: "the number of answers does not fit" },
  ],
  [
    "neither claims nor abstains",
    { zh: "既没有作答，也没有说不知道", en: "neither claims nor abstains" },
  ],
  [
    "abstains though the material answers",
    { zh: "材料里有，却说不知道", en: "abstains though the material answers" },
  ],
  ["abstains and claims more", { zh: "说了不知道，又作了答", en: "abstains and claims more" }],
  ["no citation", { zh: "没有引用", en: "no citation" }],
  ["no passage speaks of it", { zh: "没有段落提到它", en: "no passage speaks of it" }],
  ["no words to compare", { zh: "没有可比的文字", en: "no words to compare" }],
  ["full-width signs are no JSON", { zh: "全角符号不是 JSON", en: "full-width signs are no JSON" }],
  ["judge", { zh: "裁判判的", en: "by a judge" }],
  ["judge marks", { zh: "裁判打的分", en: "marks of a judge" }],
  ["judge checklist", { zh: "裁判按清单判的", en: "by a judge, with a checklist" }],
  ["judge pair", { zh: "裁判两两比较", en: "by a judge, beside another reply" }],
  ["recorded", { zh: "照记录的判定", en: "the verdict on record" }],
  ["interrupted", { zh: "判分中断", en: "interrupted" }],
  ["no graded turn", { zh: "没有要判分的轮次", en: "no graded turn" }],
  ["repeats the question", { zh: "只重复了问题", en: "repeats the question" }],
  ["abstains", { zh: "说了不知道", en: "says that it does not know" }],
  ["answers what nothing holds", { zh: "材料里没有，却作了答", en: "answers what nothing holds" }],
  ["answers", { zh: "作了答", en: "answers" }],
]);

/** Before what the rule then found: `unsure: marker`. */
const leads = new Map<string, Text>([
  ["unsure", { zh: "拿不准", en: "unsure" }],
  ["conflict", { zh: "前后不一", en: "conflict" }],
  ["broken", { zh: "没守住", en: "broken" }],
  ["words", { zh: "从文字看", en: "by its words" }],
  ["claims", { zh: "都像答案", en: "all like an answer" }],
  ["several numbers", { zh: "有几个数", en: "several numbers" }],
]);

/** A grader's reason for a reader. One that has no words here stays as it is. */
export function reasonText(why: string, lang: Lang): string {
  const known = reasons.get(why);
  if (known !== undefined) return known[lang];
  const [, lead = "", rest = ""] = /^([\w ]+): ([^]+)$/.exec(why) ?? [];
  const word = leads.get(lead) ?? (rest.startsWith("several ") ? reasons.get(lead) : undefined);
  if (word === undefined) return why;
  return `${word[lang]}${lang === "zh" ? "：" : ": "}${reasonText(rest, lang)}`;
}

/** The same with the rule's own name, by which it stands in files: `写明“答案”的地方 (marker)`. */
export function reasonWithName(why: string, lang: Lang): string {
  const text = reasonText(why, lang);
  return text === why ? why : `${text} (${why})`;
}

/** What a grader read, said as such: `读出 B`, `read as B`. */
export const extractedText = (extracted: string, lang: Lang): string =>
  ({ zh: `读出 ${extracted}`, en: `read as ${extracted}` })[lang];
