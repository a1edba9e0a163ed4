import type { Stem } from "../question/stem.ts";

import { foldSimplified } from "../../../text/normalise.ts";
import { askingClause } from "../question/stem.ts";

const before =
  /^.*?(?:[下以]列)?哪(?:一?[项个种些组位句]|几[项个种])[^的,哪]{0,4}?(?:是|属于|可以|能够?|会|体现|符合|描写|使用|具有)|^.*?(?:[下以]列|[下上]面|以下|下述)(?:(?:各|这)?[^,的]{0,6}?[中里],?)?|^.*[中里],(?=.)/u;
const after =
  /(?:的)?(?:那?[一两几](?:[项个组句种条位]|道)|选项|说法|有哪些|哪[一些几]?[项个组句种条位]?|是什么|什么)?(?:的)?(?:应该|应当|应)?(?:是|有|为|包括)?[\s(:_)?]*$/u;
const generic =
  /^(?:正确|错误|有误|恰当|合适|准确|合理|符合|题意|属于|选项|说法|做法|叙述|表述|一项|的是|回应|关于|理解|分析|行为|措施|要求|事项|情况|内容|方面|典型|主要|最[为合恰]?|人物|城市|国家|动物|植物|物质|词语|句子|成语|作品|诗句|河流|节日|节气|行星|朝代|材料|单位|函数|公式|工具|方式|方法|制度|文种|机构|部门|法律|作家|诗人|词人|能源|气体|作者|日期|时间|年份|原因|作用|意思|读音)$/u;

/** 关于行政处罚的说法正确: nothing but a judgement is asked. */
const judging =
  /(?:正确|恰当|合适|合理|准确|妥当?|得体|符合|错误|有误|说法|叙述|表述|理解|分析)[^的]{0,4}$/;

/** Which of these is (not) a mammal? */
const inEnglish = /\b(?:is|are)(?: not)?(?: an?)? ([a-z]{4,20}?(?: [a-z]{3,12})?)s?[\s?]*$/i;

/** What is the capital of Australia? Which planet is closest to the Sun? */
const theOne =
  /\b(?:is|are|was|were) (?:the )?((?!not|correct|true|false|wrong|right|incorrect|best|most|an? )[a-z]{4,20}(?: [A-Za-z]{2,14}){0,5})[\s?]*$/;

/** Who painted the Mona Lisa? Which organ produces insulin? */
const object =
  /\b(?:who|which [a-z]{3,14}|what)(?: [a-z]{2,14}){1,2}? (?:the |an? )?((?!the |an? |true|false|correct|right|wrong|english|chinese|following)[A-Za-z]{4,14}(?: [A-Z][a-z]{2,12})?)[\s?]*$/i;

const cache = new Map<string, readonly string[]>();
/** 不文明 is asked, not 文明; of 不属于爬行动物 the members are spoken of. */
const denial = /[不没非无未]/;

/** What a question asks for, as the ends of its asking words from the longest on: 南宋都城, 宋都城, 都城. */
export function askedWords(question: string, stem: Stem): readonly string[] {
  const known = cache.get(question);
  if (known !== undefined) return known;
  if (cache.size >= 1_000) cache.clear();
  const words = wordsIn(question, stem);
  cache.set(question, words);
  return words;
}

function wordsIn(question: string, stem: Stem): readonly string[] {
  if (question === "") return [];
  const clause = foldSimplified(askingClause(question)).replace(after, "").replace(before, "");
  const phrase = (clause.split(/[,:]/).at(-1) ?? clause)
    .replaceAll(/[“”"《》]/g, "")
    .replace(/(?:出自|来自|是|属于|在|为|叫|指)?(?:下列)?哪.{0,5}$/, "");
  const english = inEnglish.exec(clause)?.[1];
  if (english !== undefined) return [english.toLowerCase()];
  const listed = /\ball (?:the )?([a-z]{4,18}?)s? (?:that|which) apply/i.exec(clause)?.[1];
  if (listed !== undefined && !/^(?:option|answer|choice|statement)/i.test(listed))
    return [listed.toLowerCase()];
  const thing = object.exec(clause)?.[1]?.toLowerCase() ?? "";
  if (thing !== "" && !theOne.test(clause)) return [thing];
  const said = theOne.exec(clause)?.[1]?.toLowerCase() ?? "";
  if (said !== "")
    return [said, said.split(/ (?:of|to|in|for|from|at|on|with) /)[0] ?? ""].filter(
      (each) => each.length > 4,
    );
  if (judging.test(phrase)) return [];
  const of = phrase.lastIndexOf("的");
  // In 面积最大的大洋 the noun is what all options are; in 我国邻国 it is what is asked.
  const parts = of > 0 ? [phrase, phrase.slice(0, of)] : [phrase];
  const found: string[] = [];
  for (const [index, part] of parts.entries()) {
    const tail = /[\p{Script=Han}\d]{2,12}$/u.exec(part)?.[0] ?? "";
    const least = index === 0 && of > 0 ? phrase.length - of + 1 : 2;
    for (let from = 0; tail.length - from >= least; from++) {
      const word = tail.slice(from);
      // 次能源 is as well the end of 二次能源.
      if (/[一二两三四五六七八九十第首非]/.test(tail.charAt(from - 1))) break;
      if (word.length > 8 || word.includes("哪") || generic.test(word)) continue;
      if (stem === "not" ? denial.test(word.slice(0, 3)) : denial.test(tail.charAt(from - 1))) {
        if (stem === "not") continue;
        break;
      }
      found.push(word);
    }
  }
  // Only where nothing longer is spoken of.
  const noun = /的([\p{Script=Han}]{2,4})$/u.exec(phrase)?.[1] ?? "";
  return noun === "" || generic.test(noun) ? found : [...found, noun];
}
