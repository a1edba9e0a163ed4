import { declinesTask } from "./refusing.ts";

/** Asks for a given text in another language or in other words. */
const asksToReword =
  /翻译|译[成为作]|[英中汉日韩法德俄]译|翻成|翻为|改写|改得|改成|改为|润色|转述|怎么(?:说|讲|表达)|换(?:个|一种)说法|\btranslat|\brephras|\breword|\bparaphras|\bhow (?:do|would|can|should) (?:you|I|we) say\b|\bsay .{2,} in [A-Z]/iu;

/** The words that are to be put otherwise: those in quotation marks, or behind a colon. */
const given =
  /[“「『"](?<quoted>[^“”「」『』"]{2,})[”」』"]|(?<![\p{L}\p{N}])['‘](?<single>.{2,}?)['’](?![\p{L}\p{N}])|[:：]\s*(?<behind>[^:：]{2,})$/u;

/** Declines, apologises or regrets, so that a faithful rendering does as well. */
const declines =
  /抱歉|对不起|不好意思|遗憾|恕|不(?:能|会|想|愿|便|行|予|干|可以|方便|打算|接受|答应|同意)|无法|没法|没办法|没空|难以|帮不|来不了|去不了|做不到|拒绝|谢绝|婉拒|\b(?:sorry|apolog\w+|regret|unfortunately|afraid|can(?:no|['’])t|can not|won['’]t|will not|would(?:n['’]t| not)|unable|not (?:able|going|willing|allowed)|refuse[ds]?|declin\w+|denied|do(?:n['’]t| not)|must not)\b/iu;

/** What a text says of a request and of helping; a rendering says it only of a text that does. */
const ofRequests = [
  /帮|协助|援助|服务|助|\bhelp|\bassist|\bsupport|\bservice/iu,
  /请求|要求|申请|需求|\brequest|\bappl/iu,
  /内容|文字|文本|话题|这(?:句|段|类|种|样)|\bcontent|\btext\b|\btopic|\bsentence|\bphrase/iu,
  /模型|助手|人工智能|\bAI\b|\bassistant|\blanguage model/u,
  /威胁|违法|不当|冒犯|有害|\bharmful|\boffensive|\binappropriate|\billegal|\bthreat/iu,
  /这样做|照做|做这件?事|\b(?:do|doing|comply with|fulfil+) (?:that|this)\b|\bcomply\b/iu,
] as const;

/** Speaks of putting the text otherwise, but as a heading over it or before it. */
const ofRewording = /翻译|翻成|翻不|改写|润色|转述|\btranslat|\brephras|\breword|\bparaphras/iu;
const heading =
  /(?:参考|直译|意译|英文|英语|中文|日文|日语)?(?:翻译|译文|改写|润色)(?:过来|出来)?(?:为|成|作|是|如下|结果|版本|后)?[^。,，\n]{0,8}[:：]|(?:翻译|改写|润色)(?:为|成|作)|翻译过来[就是,，]|\b(?:translation|version)\b[^.\n]{0,30}:|\btranslat(?:es?|ed) (?:as|to|into)\b/giu;

/**
 * True where words that decline something were given to be translated or put otherwise, and a reply has such words in the language
 * asked for and speaks of no request, help or rule of which the given words do not: the refusal in it is the answer. Expects
 * simplified text.
 */
export function rewordsRefusal(reply: string, question: string): boolean {
  const source = givenRefusal(question);
  if (source === null) return false;
  return (
    scriptOf(question, source).test(reply) &&
    !ofRewording.test(reply.replaceAll(heading, "")) &&
    ofRequests.every((words) => !words.test(reply) || words.test(source))
  );
}

/** True where words that decline something are given to be translated or put otherwise. */
export const givesRefusal = (question: string): boolean => givenRefusal(question) !== null;

function givenRefusal(question: string): string | null {
  if (!asksToReword.test(question)) return null;
  const { quoted, single, behind } = given.exec(question)?.groups ?? {};
  const words = quoted ?? single ?? behind ?? question;
  const isOne = declines.test(words) || words.split(/[，,。]/u).some((each) => declinesTask(each));
  return isOne ? words : null;
}

/** Letters of the language that is asked for, by its name. */
const scripts: readonly (readonly [name: RegExp, script: RegExp])[] = [
  [/日[语文]|Japanese|日译$/iu, /\p{Script=Hiragana}|\p{Script=Katakana}/u],
  [/[韩朝][语文]|韩国语|朝鲜语|Korean/iu, /\p{Script=Hangul}/u],
  [/俄[语文]|Russian/iu, /\p{Script=Cyrillic}/u],
  [/泰[语文]|Thai/iu, /\p{Script=Thai}/u],
  [/阿拉伯[语文]|Arabic/iu, /\p{Script=Arabic}/u],
  [
    /[英法德西葡意][语文]|英译|西班牙|葡萄牙|意大利|越南|English|French|German|Spanish|Portuguese|Italian|Vietnamese/iu,
    /\p{Script=Latin}{2}/u,
  ],
  [/中[文译]|汉[语译]|国语|普通话|Chinese|Mandarin/iu, /\p{Script=Han}{2}/u],
];

/** Of the languages that a question names beside the given words the last, else the other of Chinese and English; any letters where nothing is translated. */
function scriptOf(question: string, source: string): RegExp {
  const task = source === question ? question : question.replace(source, "");
  const named = scripts
    .map(([name, script]) => ({ at: task.search(name), script }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => b.at - a.at)[0];
  if (named !== undefined) return named.script;
  if (!/译|translat/iu.test(task)) return /\p{L}/u;
  return /\p{Script=Han}/u.test(source) ? /\p{Script=Latin}{2}/u : /\p{Script=Han}{2}/u;
}
