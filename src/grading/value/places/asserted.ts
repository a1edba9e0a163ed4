import { undressed } from "../../../text/answer-fold.ts";
import { placesOf, searchable } from "../../../text/occurrence.ts";
import { asked, share } from "./asked.ts";

/**
 * True where a clause gives a value and no other beside it: the value stands whole in it, undenied, between words of the
 * question, words that bind, marks or the clause's ends (首都惠灵顿, 西汉史学家司马迁撰写).
 */
export function isAsserted(value: string, clause: string, question: string): boolean {
  const isMixed = /\d/.test(value) && /\p{Script=Han}/u.test(value);
  const flat = (each: string): string => {
    const plain = searchable(undressed(each));
    return isMixed ? plain.replaceAll(aroundDigits, "") : plain;
  };
  const text = flat(clause.replaceAll(remark, ""));
  const wanted = flat(value);
  const known = searchable(undressed(question)).replaceAll(/[^\p{L}\p{N}]/gu, "");
  const occurrences = placesOf(wanted, text);
  return (
    occurrences.length > 0 &&
    occurrences.every(({ negated }) => !negated) &&
    occurrences.some(({ at }) => {
      const left = text.slice(0, at);
      const right = text.slice(at + wanted.length);
      return (
        !isQuotedAlong(left, right) &&
        !isSubjectOfOther(right, question) &&
        (aliases.test(text) || !isEnumerated(left, right)) &&
        (!/^[a-z]+ [a-z ]*$/u.test(wanted) && !/[a-z]{3}\s*$/u.test(left)
          ? true
          : isEnglishAnswer(left, right)) &&
        endsOnSeam(left, known, question, right, /^[\da-z]/.test(wanted)) &&
        beginsOnSeam(right, known, wanted.length)
      );
    })
  );
}

/** 改在 3 站台发车 */
const aroundDigits = /(?<=\p{Script=Han}) (?=[\da-z])|(?<=[\da-z]) (?=\p{Script=Han})/gu;

/** Within a quotation that has more words. */
const isQuotedAlong = (left: string, right: string): boolean => {
  const open = Math.max(left.lastIndexOf("“"), left.lastIndexOf("「"));
  const close = Math.max(left.lastIndexOf("”"), left.lastIndexOf("」"));
  return open > close && !(open === left.length - 1 && /^[”」]/u.test(right));
};

/** 《水浒传》讲的是明朝 tells of what it is about, and only the question's words make it the answer. */
function isSubjectOfOther(right: string, question: string): boolean {
  const told =
    /^[”"」』》\s]*(?:写|讲|说|用|指|画|唱|发明|研究|代表)的(?:则|却|才)?是(.{1,40})/u.exec(
      right,
    )?.[1];
  return told !== undefined && share(told, question) < 0.3;
}

/** English says by a word before a value, or behind one that begins its clause, that it is what is asked. */
const isEnglishAnswer = (left: string, right: string): boolean =>
  /(?:^|[^a-z])(?:(?:it|that|he|she)['’]s|is|are|was|were|be|been|by|called|named|to|of|gives|from|written|spelt|spelled|symbol|name|word|abbreviation|capital)(?: (?:actually|really|in fact|indeed|simply|just|of course),?)?(?: (?:the|an?))?\s*["'“‘]?$/u.test(
    left,
  ) ||
  (/^(?:the )?$/u.test(left.trimStart()) &&
    /^["'”’]?\s*(?:is|are|was|were|has|had|comes|ranks|who|which|wrote|painted|invented|discovered|,|$)/u.test(
      right,
    )) ||
  /[^\p{Script=Latin}\s"'“‘]\s*["'“‘]?$/u.test(left);

const asksWho = /谁|何人|哪[一两]?位|作者|[家人]是|\bwho\b/iu;

/** Several names of one thing: 也就是端阳节、端午节. */
const aliases = /也就是|又称|又叫|也叫|也称|俗称|别称|人称|亦称|即/u;

/** A remark in brackets that is more than another name. */
const remark = /[（(][^（）()]*[，,；;、是为=][^（）()]*[）)]/gu;

/** One of several: 李白、杜甫; 李白和杜甫. */
const isEnumerated = (left: string, right: string): boolean =>
  /(?:[、/]|或者?|还是|以及)[“"「『《\s]*$/u.test(left) ||
  /^[”"」』》]\s*[“"「『《]/u.test(right) ||
  /^[”"」』》\s]*(?:[、/]|或者?|还是|以及|[和与及同跟](?!名|样|义))/u.test(right) ||
  /^["”’]?(?: [(][^()]{1,40}[)])?(?:,[^,.;]{2,60}){0,4},? or /u.test(right);

const binding =
  /(?:[答入了是为在由于至到从往把被将给用以叫让说指填写作成乃属称名即像如数推归选取得出有看当居姓号字则就便才也又都却还那这，：]|[的之]|首推|当属|莫过于|非|[家人者王帝士员师长手匠圣仙公子母父妻领臣侯]|好友|朋友|友人|弟子|学生|老师|父亲|母亲|儿子|女儿|哥哥|弟弟|兄长|妻子|丈夫|大臣|丞相|将军|皇帝|名将|朝代|朝|年间|城市|国家|首都|省会|古都|元素|符号|字母|汉字|成语|词语|读音|音|早上|早晨|上午|中午|下午|傍晚|晚上|当天|当晚|随后|后来|最后|最终|终于|接着|然后)$/u;

function endsOnSeam(
  left: string,
  known: string,
  question: string,
  right: string,
  isLatin: boolean,
): boolean {
  const before = left.trimEnd();
  if (before === "" || /[^\p{L}\p{N}]$/u.test(before) || before !== left) return true;
  // 坐4号线: digits and letters begin a value among Chinese characters.
  if (isLatin && /\p{Script=Han}$/u.test(before)) return true;
  if (binding.test(before)) return true;
  // 他的父亲王羲之: a name at the end of the clause, behind what its bearer is.
  if (
    asksWho.test(question) &&
    !/[\p{L}\p{N}]/u.test(right) &&
    /的\p{Script=Han}{2}$/u.test(before)
  )
    return true;
  return (
    known.includes(before.slice(-2)) || asked(question).nouns.some((each) => before.endsWith(each))
  );
}

const kindOfPlace =
  /^[省市县区国湖河江山岛海洋洲州族镇村星朝代](?!\p{Script=Han}{1,2}(?:省|市|县|区))/u;
const bound =
  /^(?:[是为在由于至到从把被将给用以叫说指写作著编绘撰谱创发提建造设属即则就便才也又都却所了的之时后前这那一二两]|先生|女士|同志|最|莫属|居|排|位|符合|可以|不|既|二字|字|词|句|吧|呢|啊|呀|哦|哈|来|去|接|收|负责|担任|举|开|结束|开始|出发|到|年间|期间|时期|年|当[作做成]|作为|称|\p{Script=Han}{2}(?:年间|帝|皇帝)|原名|本名|字)/u;

function beginsOnSeam(right: string, known: string, length: number): boolean {
  const after = right.trimStart();
  if (after === "" || /^[^\p{L}\p{N}]/u.test(after) || after !== right) return true;
  // 敦煌市 where a 市 is asked.
  if (kindOfPlace.test(after) && known.includes(after.slice(0, 1))) return true;
  if (bound.test(after) || (after.length > 1 && known.includes(after.slice(0, 2)))) return true;
  // A verb follows a longer value more often than the rest of a longer name.
  return (
    length > 1 &&
    !/^(?:[\p{Nd}A-Za-z]|[山河湖江海岛省市县区国州城村镇路街派族军队人家氏子式型版化性学院校局部厅会社]|大学|公司|朝|诗|花|门|寺|塔|桥)/u.test(
      after,
    )
  );
}

/** True where the clause gives the value right behind what was asked for: 运单号 YT8830, 首都是惠灵顿. */
export function isNamed(value: string, clause: string, nouns: readonly string[]): boolean {
  const text = searchable(undressed(clause));
  const wanted = searchable(undressed(value));
  return placesOf(wanted, text).some(({ at, negated }) => {
    if (isEnumerated("", text.slice(at + wanted.length))) return false;
    const left = text.slice(0, at).replace(/(?:是|为|叫|即|就|:|=|["“「『《`\s])+$/u, "");
    return !negated && nouns.some((noun) => left.endsWith(searchable(noun)));
  });
}

/** True where the text ends with the value behind words that only tell of it: 关犯人的监狱, 写《出师表》的诸葛亮. */
export function isHeadOf(value: string, text: string, question: string): boolean {
  const bare = searchable(undressed(text)).replace(/[\s。.！!”"』」》)]+$/u, "");
  const wanted = searchable(undressed(value));
  if (wanted === "" || !bare.endsWith(wanted) || isTakenBackAll(wanted, bare)) return false;
  const left = bare.slice(0, bare.length - wanted.length);
  return (
    (/的[“"「『《]?$/u.test(left) || asked(question).nouns.some((noun) => left.endsWith(noun))) &&
    !isEnumerated(left, "") &&
    !/[，,；;]|不|非|或/u.test(left)
  );
}

const isTakenBackAll = (value: string, text: string): boolean =>
  placesOf(value, text).every(({ negated }) => negated);
