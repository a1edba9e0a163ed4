import { share } from "./asked.ts";

const questionWord =
  /谁|哪里|哪儿|何处|哪(?:[一二两三四五六几]?(?:个|位|座|条|句|首|种|类|年|月|天|部|本|家|支|项|名|些|只|款|间)(?:人|城市|国家|字|词|人物|颜色)?)?|什么(?:时间|时候|地方|名字|颜色|字|词|年|元素|节气)?|几(?:点(?:几分)?|月几[日号]|室|件|个|天|岁|行|种)?|多少(?:天|元|个|人|件)?|\b(?:what|which|who|where)\b/iu;

/** 海报由谁设计 answered by 海报由周岚设计: what stands between the question's words. */
export function inPlaceOfQuestionWord(text: string, question: string): string | null {
  const asked = question.split(/[。！!\n]/u).findLast((each) => questionWord.test(each)) ?? "";
  const match = questionWord.exec(asked);
  if (match === null) return null;
  const before = lettersAtEnd(asked.slice(0, match.index));
  const rest = asked.slice(match.index + match[0].length);
  const following = /^[\p{L}\p{N}]{0,8}/u.exec(rest)?.[0] ?? "";
  // 是哪个湖？: the noun belongs to the answer.
  const isNoun =
    following.length <= 2 && following.length === rest.replace(/[？?\s]+$/u, "").length;
  const after = isNoun && /^(?:哪.{0,2}|什么)$/u.test(match[0]) ? "" : following;
  const letters = text.replaceAll(/[\s“”"「」*]/gu, "");
  const cleft = /\bit (?:is|was) ([^,.;]{2,40}?) (?:who|that)\b/iu.exec(text)?.[1];
  if (cleft !== undefined) return cleft;
  if (/谁|作者|何人|哪位|哪个人/u.test(asked)) {
    const agent = agentOf(letters, asked) ?? subjectOf(letters, asked);
    if (agent !== undefined && agent !== null) return agent;
  }
  if (after === "") return behind(letters, before);
  for (let left = Math.min(4, before.length); left >= 0; left--) {
    for (let right = after.length; right >= 1; right--) {
      if (left + right < 2 || (left === 0 && (right < 3 || right < after.length))) continue;
      const filled = between(letters, before.slice(before.length - left), after.slice(0, right));
      if (filled !== null) return filled;
    }
  }
  return null;
}

/** 谁把花瓶打碎了 answered by 小刚打碎了花瓶: the head of the sentence whose rest the question has. */
function subjectOf(text: string, asked: string): string | null {
  const clause = /(?:^是?|[，,。；;：:]是?|是)([\p{Script=Han}]{4,24})[。.！!]?$/u.exec(text)?.[1];
  if (clause === undefined) return null;
  for (let length = 2; length <= 4; length++) {
    const [head, rest] = [clause.slice(0, length), clause.slice(length)];
    const isAsked = Array.from(rest.slice(0, 1)).every((char) => asked.includes(char));
    if (rest.length >= 3 && isAsked && share(rest, asked) >= 0.6 && share(head, asked) === 0)
      return head;
  }
  return null;
}

/** 由王勃所作, where the question asks for the maker; 由何总主持 only where it says 主持. */
function agentOf(text: string, asked: string): string | null {
  const [, agent = null, verb = ""] = doer.exec(text) ?? [];
  return making.test(verb) === making.test(asked) && (making.test(verb) || asked.includes(verb))
    ? agent
    : null;
}

/** Says who did something else than what was asked. */
export const isOtherAgent = (clause: string, asked: string): boolean =>
  doer.test(clause) && agentOf(clause, asked) === null;

const doer =
  /(?<![自理])由([^，,。由于]{1,12}?)(所[作写著创建造画编]|创作|编[写著]|撰写|执笔|负责|主持|担任|设计|发明|建造|提出|领导|主编|绘制|谱曲)/u;
const making = /作者|作曲|[作写著画编]|创|撰|执笔|绘|谱/u;

/** 姓什么 answered by 姓范: what follows the words before the question word, to the end of the clause. */
function behind(text: string, before: string): string | null {
  for (let left = Math.min(4, before.length); left >= 1; left--) {
    const words = before.slice(before.length - left);
    if (left === 1 && !/[姓字号属叫名用在选填]/u.test(words)) return null;
    const at = text.lastIndexOf(words);
    if (at < 0) continue;
    const said = /^[^，,。；;：:？?！!]{1,24}/u.exec(text.slice(at + words.length))?.[0] ?? null;
    return said === null || /^[的不了过]|什么|哪/u.test(said) ? null : said;
  }
  return null;
}

const lettersAtEnd = (text: string): string => /[\p{L}\p{N}]*$/u.exec(text)?.[0] ?? "";

function between(text: string, left: string, right: string): string | null {
  const end = text.lastIndexOf(right);
  if (end <= 0 || text.startsWith("的", end + right.length)) return null;
  const start = left === "" ? -1 : text.lastIndexOf(left, end - 1);
  if (left !== "" && start < 0) return null;
  const from =
    left === ""
      ? (/[，,。；;:：](?=[^，,。；;:：]*$)/u.exec(text.slice(0, end))?.index ?? -1) + 1
      : start + left.length;
  const filled = text
    .slice(from, end)
    .replace(/^(?:应该?|应当|就|将|会)?(?:由|是|在|于|让)?/u, "")
    .replace(/(?:来|去|负责|的时候|才|就|会)$/u, "");
  return filled === "" || filled.length > 24 || /[，,。；;]|不/u.test(filled) ? null : filled;
}
