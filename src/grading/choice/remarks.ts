/** A word that may announce an answer, and its position. */
export type Trigger = { readonly word: string; readonly start: number; readonly end: number };

/** Who chooses stands after the label: 选 B 的同学, 选 B 往往是因为. */
const chooserAfter =
  /[ \t)\]】”"'*]{0,4}(?:选?项|选项)?[ \t]?(?:的(?:那?[些位])?(?:同学|人|朋友|学生|考生|孩子|读者|网友|小伙伴|话|大多|多半|往往|通常|常常?|比较多)|(?:往往|多半|大多|通常|常常|常见)|(?:可能|也许|或许|估计)(?:是|只|忽|误|没|把|混|忘|想|以)|也?有一定|,?则?(?:是|属于)?(?:误|忽[略视]|混淆|没[有看注]|看漏|审题|粗心))/y;
/** Or before the word: 有人选, 很多同学会选, 为什么选. */
const chooserBefore =
  /(?:(?:有(?:些|的|不少|一些|部分)?|不少|很多|许多|多数|部分|一些|某些|其他|别的|若干)(?:人|同学|学生|考生|朋友|网友|读者)|大家|同学们?|考生们?|初学者|新手|粗心者|为什么|为何)[^。,;:\n!?]{0,8}$/;
const chooserBeforeEnglish =
  /(?:\b(?:who|people|students|learners|others|many|some|those|if you|might|may|often|sometimes|tend to|tempt(?:ed|ing) to|mistakenly|wrongly|incorrectly|why (?:not )?|(?:mistake|error|trap) (?:is|would be) to|have|had|had to)\s+)$/i;

/**
 * True where a word of choosing tells of other people's choice or of a way to go wrong: 选 B 的同学要注意, 有人会选 C,
 * students who pick D. Such remarks choose nothing.
 */
export function isRemark({ word, start }: Trigger, text: string, labelEnd: number): boolean {
  if (/^[选選]$/.test(word)) {
    if (mayChoose(text, start) && endsAt(chooserBefore, text, start, 20)) return true;
    chooserAfter.lastIndex = labelEnd;
    return chooserAfter.test(text) || choosesForOthers.test(text.slice(labelEnd, labelEnd + 16));
  }
  return /^(?:choose|pick|select|go with|opt for)$/i.test(word)
    ? endsAt(chooserBeforeEnglish, text, start, 32)
    : false;
}

/** A word for people, or 为什么, stands shortly before. */
function mayChoose(text: string, at: number): boolean {
  for (let before = Math.max(0, at - 20); before < at; before++)
    if (choosers.has(text.charCodeAt(before))) return true;
  return false;
}

/** The last characters of the words of `chooserBefore`. */
const choosers = new Set(Array.from("人学生友者家们手么何", (char) => char.charCodeAt(0)));

/** 如果是复利, and what follows in its sentence. */
export const supposes =
  /(?:如果|假如|假设|倘若|要是|(?<![倘假])若)[^,。;]{0,14}(?:题|问|改|换|是|为)|\b(?:if|had) (?:the question|it|you|we)\b/i;
/** What others choose, believe or write. */
export const remarks =
  /同学|考生|学生(?=们|会[把认误选将]|常|容易|往往|[会容]?选|可能)|有(?:些|的|不少)?人|(?:很多|不少|许多|多数|部分)(?:人|朋友|读者)|大家|初学者|新手|误选|错选|误以为|易错|容易(?:误|错|混|选|被|把)|常见的?(?:错|误)|陷阱|干扰项|迷惑|为什么不?选|第一(?:反应|感觉|印象)|乍一?看|网上|(?:有|某些|一些)的?资料|题库|给(?:出)?的(?:参考)?答案|\b(?:people|students|learners|many|some) |tempt|mistakenly|common (?:mistake|error|trap|guess|answer|choice|misconception)|distractor/i;
/** 选C的常见原因, 选B的同学, 选A的最多. */
export const choosesForOthers =
  /^[ )”"*]{0,4}(?:选?项)?(?:的(?!理由|原因是|依据|是)|往往|通常|多半|大多|是因为|可能)/;
/** A clause that speaks of the question itself again. */
export const returns =
  /^[\s"“(*]*(?:但|其实|实际|应|正确|而(?!且)|所以|因此|故|不过|可是|综上|这道?题|本题|but\b|so\b|yet\b|actually\b|they are (?:wrong|mistaken))/;

/** True where a word stands in a supposition or in a remark about what others choose. */
export function isBeside(text: string, at: number): boolean {
  let from = at;
  while (from > Math.max(0, at - 80) && !sentenceEnds.has(text.charCodeAt(from - 1))) from--;
  const sentence = text.slice(from, at);
  if (sentence.length < 2) return false;
  if (!supposes.test(sentence) && !remarks.test(sentence)) return false;
  const clauses = sentence.split(/[,:]/);
  const back = clauses.findLastIndex((clause, index) => index > 0 && returns.test(clause));
  const rest = clauses.slice(Math.max(0, back)).join(",");
  return supposes.test(rest) || remarks.test(rest);
}

const sentenceEnds = new Set(Array.from("。!?;\n", (char) => char.charCodeAt(0)));

const endsAt = (pattern: RegExp, text: string, at: number, reach: number): boolean =>
  pattern.test(text.slice(Math.max(0, at - reach), at));

const asked = /^(?:[】\]][*_ ]{0,4}[:：]?|[*_ ]{0,4}(?:[:：是为】\]]|应该?[是为选]|\n))/;

/** True for an announcement in the form that prompts ask for: 答案：, 【答案】, answer:, \boxed. */
export function isAskedForm({ word, start, end }: Trigger, text: string): boolean {
  if (word.startsWith("\\")) return true;
  if (!/^(?:答[案桉]|answers?)$/i.test(word)) return false;
  return (
    (asked.test(text.slice(end, end + 12)) || /^ ?is\b/.test(text.slice(end, end + 4))) &&
    !/(?:错误|错的|常见|典型|参考|给出|原|旧|他|她|别人|书上|有人)的?$/.test(
      text.slice(Math.max(0, start - 6), start),
    )
  );
}

/** Words by which a conclusion binds the reply: 故选, 所以我选, therefore choose. */
const drawn =
  /(?:故|所以|因此|因而|综上|最终|最后|总之|由此|应该?|我|本题|此题|还是|therefore|thus|hence|\bso|final(?:ly)?|\bI(?:'d| would| will|'ll)?)[^。;\n!?]{0,12}$/i;

/** True where the words before an announcement conclude. */
export const isDrawn = ({ word, start }: Trigger, text: string): boolean =>
  word.length > 1 || endsAt(drawn, text, start, 24);
