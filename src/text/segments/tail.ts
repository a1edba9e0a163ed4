import type { TextSpan } from "../thinking.ts";

import { seldom } from "../finding/seldom.ts";

const mark = String.raw`[\s>#*_~•·\-–—(（【\[👉💡🤔😊🙂📌]{0,12}`;

const offerStart = seldom(
  new RegExp(
    `^${mark}(?:(?:轮到)?(?:你|您)也?来(?:试试|试一试|挑战|做做|算算)[^。\\n]{1,30}[？?]|` +
      "(?:您?你?)(?:还)?(?:是否)?需要我[^。\\n]{0,60}(?:吗|么|？|\\?)|要不要我|是否需要(?:我)?|(?:你|您)(?:还)?(?:想|希望|愿意|需要|要)(?:要|让|请)?我?[^。\\n]{0,40}(?:吗|么)[？?]?|(?:还)?想(?:继续|再|接着|试|挑战)[^。\\n]{0,30}(?:吗|么)[？?]?|想(?:要|让|看|了解|知道|听)[^。\\n]{0,40}(?:吗|么)[？?]?|" +
      "(?:如果|若|如|要是|假如|倘若)(?:你|您|还|有|仍|需要?|想)[^。\\n]{0,60}(?:告诉我|告知|跟我说|和我说|问我|联系|随时|请(?!选)|欢迎|我(?:也|还|很|会|就|都)?(?:可以|能|乐意|愿意|为(?:你|您)|帮|给(?:你|您)|来))|如需|" +
      "希望(?:这|对|以上|我的|能|本|上述|有所)[^。\\n]{0,20}(?:帮|助|清楚|满意|有用)|欢迎(?:继续|随时|追问|提问|留言)|请?随时(?:告诉|问|提问|联系|向我|追问)|还?有(?:其他|什么|别的|任何)[^。\\n]{0,8}(?:问题|疑问)[^。\\n]{0,12}(?:吗|请|随时|可以|欢迎)|" +
      "would you like|do you want|shall i\\b|want me to|let me know|if you(?:'d| would)? (?:like|want|need|have|prefer)[^\\n.]{0,80}(?:let me know|i can|i could|i'll|i'd|just ask|feel free|happy to|tell me)|feel free|(?:i )?hope (?:this|that|it) helps|need (?:more|further|any)[^\\n]{0,40}\\?|happy to (?:explain|help))",
    "iu",
  ),
);

/** An offer that follows in the next line: 比如：…. */
const goesOn = seldom(/^\s*(?:比如|例如|譬如|e\.g\.|for example)/i);

export const isOffer = (sentence: string): boolean => offerStart.test(sentence);

const asideStart = seldom(
  new RegExp(
    `^${mark}(?:(?:知识|思维|延伸|补充|课外|背景)?(?:拓展|扩展|延伸|补充|链接)(?:知识|阅读|延伸|思考|说明|资料|一下|练习题?|训练|题目?|(?:参考)?答案)?|小知识|冷知识|小贴士|温馨提示|友情提示|易错(?:提醒|点|警示)?|干扰项|举一反三|变式(?:训练|题)?[ ]?\\d{0,2}|相关(?:知识|题目)|顺便(?:说|提)|附(?:带|录)?|学习建议|解题技巧|类似(?:的)?题目?|note|tip|fun fact|extension|by the way|p\\.?s\\.?)(?:[*_】\\]）) ]{0,4}(?:[：:，,。—\\n]|$|一下|一句|地)|[】\\]])`,
    "iu",
  ),
);

export const isAside = (line: string): boolean => asideStart.test(line);
export const offerGoesOn = (line: string): boolean => goesOn.test(line);

const sureQuestion = seldom(
  new RegExp(
    `^${mark}(?:下一(?:道)?题|下一个问题|再来一[题道]|新(?:的)?(?:题目|问题)[：:]|第\\s?[二三23]\\s?题[*_】]{0,3}[：:、.\\s]|next question|question\\s*(?:[2-9]|1\\d)\\s*[：:.)]|q(?:[2-9])\\s*[：:.]|<\\|(?:im_start|start_header_id|start)\\|>\\s*user|<\\|?(?:user|User)\\|?>|(?:human|user|用户|提问者)[：:])`,
    "iu",
  ),
);
const likelyQuestion = seldom(
  new RegExp(
    `^${mark}(?:\\d{1,2}\\s?[.、．]\\s*[^\\n]{4,120}(?:（\\s*）|\\(\\s*\\)|_{3,}|[？?])\\s*$|(?:【|\\[)?(?:题目|问题?|例题|练习题?|试题|question|problem)(?:】|\\])?\\s*(?:\\d{0,2})\\s*(?:[：:]|(?<=[】\\]]))\\s*\\S|(?:请(?:问|回答)|以下|下列)[^\\n]{2,80}(?:[？?]|是|的有|（\\s*）|\\(\\s*\\))\\s*$)`,
    "iu",
  ),
);

/** 【拓展练习】, 变式训练： and the like, with a question of their own. */
const exercise = seldom(
  new RegExp(
    `^${mark}(?:(?:拓展|扩展|延伸|巩固|课后|同类|类似)(?:练习题?|训练|题目?)|变式(?:练习|训练|题)?|举一反三|练一练|试一试|练习题?)[ ]?[\\d一二三]{0,2}(?:[*_】\\]）) ]{0,4}[：:]|[】\\]])`,
    "iu",
  ),
);
export const isExercise = (line: string): boolean => exercise.test(line);

const task = seldom(
  /^\s*(?:[2-9]|1\d)\s?[.、．]\s*(?:请)?(?:分解因式|因式分解|计算|化简|求值|求|解(?:关于.{1,4}的)?(?:方程|不等式)|已知|若|设)[^\n]{2,100}$/u,
);
/** 2. 分解因式：x²-16 with 解： below it, where no list began before: a further question that the model asked itself. */
export const isFurtherTask = (line: string, before: string, rest: string): boolean =>
  task.test(line) &&
  !/(?:^|\n)\s*1\s?[.、．)]/.test(before) &&
  /^\s*(?:【|\*\*)?(?:解析?|答案?|分析)(?:】|\*\*)?\s*[：:]/.test(rest);

/** An offer of another exercise; what follows belongs to that. */
const quizOffered = seldom(
  new RegExp(
    `^${mark}(?:要不要|想不想|还?想要?|是否(?:愿意|想)|不如|我(?:也|还|们)?(?:可以|能|来|再)|want (?:to|another)|shall we)[^。\\n]{0,16}(?:(?:练|做|试|来|出|考)[^。\\n]{0,6}(?:[道题]|试|考|练习)|another (?:one|question)|one more|quiz)`,
    "iu",
  ),
);

export const isSurelyQuestion = (line: string): boolean =>
  sureQuestion.test(line) || quizOffered.test(line);
/** - 问题：缺少主语 is a remark in a list. */
export const isLikelyQuestion = (line: string): boolean =>
  likelyQuestion.test(line) && !/^\s*[-•·]\s/.test(line);

/** Options or an answer after it show that a line of a question's form is one. */
export const looksAnswered = (rest: string): boolean =>
  /(?:^|[\s(（])[AaＡ][ ]?[.、．:：)）]/.test(rest) || /答案|answer|\n\s*答\s*[：:]/i.test(rest);

/** The end of the line that begins at `from`. */
export function lineOf(text: string, from: number): TextSpan {
  const end = text.indexOf("\n", from);
  return { start: from, end: end < 0 ? text.length : end };
}
