import { answerText } from "../../text/segments/segments.ts";

const offer =
  /需要我|要不要|是否需要|[你您]还?[想希愿需]|想要?[我看了听让]|如需|(?:如果|若|如|要是|假如|倘若)[你您还有仍需想]|希望[这对以我能本上]|欢迎|随时|有其他|有什么|有任何|有别的|would you|do you want|shall i|want me|let me know|if you|feel free|hope th|hope it|happy to|need (?:more|further|any)/i;
const beside =
  /拓展|扩展|延伸|补充|链接|小知识|冷知识|小贴士|易错|干扰项|举一反三|变式|相关|顺便|另外|附[:录带]|学习建议|解题技巧|类似|note|tip|fun fact|extension|by the way|p\.?s/i;
const another =
  /下一|再来|第[二2]题|新题|新的题|\n[^\p{L}\n]{0,12}(?:题目|问题|例题|练习|试题|question|problem|human|user|用户|提问者|请问|请回答|下列|以下|Q\d|新)|<\|/iu;
const marked = /<\/s>|<eo[as]>|<\|/;

/** The part of a folded reply that answers; nothing is cut from the most common replies, which have nothing to cut. */
export function bodyOf(text: string): string {
  if (!offer.test(text) && !beside.test(text) && !another.test(text) && !marked.test(text))
    return text;
  const body = answerText(text);
  return body === "" ? text : body;
}

const formatting =
  /\\(?:text|textbf|textit|textrm|mathrm|mathbf|mathbb|mathsf|mathit|operatorname|boldsymbol)\s?\{([^{}\n]{0,200})\}/g;

/** Without LaTeX commands that only dress letters. */
export const undressed = (text: string): string =>
  text.includes("\\text") || text.includes("\\math") || text.includes("\\bold")
    ? text.replaceAll(formatting, "$1")
    : text;
