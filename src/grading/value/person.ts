import { foldText } from "../../text/answer-fold.ts";
import { quotedIn, withoutGloss } from "./gloss.ts";
import { defineValueType } from "./value-type.ts";

const title =
  /(?<=.{2})(?:先生|女士|小姐|同志|同学|经理|主任|老师|医生|教授|总监|[处局科所院校部会社]长)$/;
const lead = /^(?:应该?|应当|就|便|只?能?)?(?:是|由|让|请|叫|为|:|：)\s*/;
const role =
  /^(?:现任?)?(?:(?:收|寄|发)件人|联系人|负责人|姓名|作者|人名|名字)\s*(?:(?:是|为|叫|[:：])\s*|(?=\p{Script=Han}{2,4}$))/u;
/** 原负责人是…: who it was before. */
const former = /^(?:原|前任?|上一任|曾任)\p{Script=Han}{0,6}(?:是|为|[:：])/u;

const office =
  /^(?:副|代理|新任|前)?(?:总?经理|主任|组长|队长|班长|总监|[处局科所院校部会社]长|主席|总裁|书记|教授|医生|老师|工程师|主管|主编|作家|诗人|文学家)(?=\p{Script=Han}{2,4}$)/u;

/** Up to four characters; more where none of them is a word of a sentence, or with dots between its parts. */
const chinese =
  /^(?:\p{Script=Han}{1,4}|[\p{Script=Han}--[了的是把被在有和与或不]]{5,8}|\p{Script=Han}{1,12}(?:[·•・]\p{Script=Han}{1,12}){1,4})$/v;

/** The name of a person: 周岚, 周岚女士, 是周岚。, 周岚（市场部）, Mary-Ann Lee. */
export const person = defineValueType<string>({
  expected: { zh: "一个人名", en: "the name of one person" },
  parse: nameOf,
  mentions: quotedIn,
  loose: true,
  compare: (gold, reply) => (gold === reply ? "same" : "different"),
});

/** The name as it is compared, or null where the text is more than a name. */
function nameOf(text: string): string | null {
  // A name of more than four characters ends no sentence.
  if (/\p{Script=Han}{5}[。！!]\s*$/u.test(text) && !/[·•・]/u.test(text)) return null;
  const bare = withoutGloss(text)
    .replace(role, "")
    .replace(/^(?:现在?|今)?由(?=\p{Script=Han}{2,4}(?:接任|担任|出任|负责|主持)[。.]?$)/u, "")
    .replace(/(?<=^\p{Script=Han}{2,4})(?:接任|担任|出任|负责|主持)[。.]?$/u, "")
    .replace(lead, "")
    .replace(title, "")
    .replace(office, "")
    .trim();
  if (former.test(text.trim())) return null;
  if (/^(?:周|星期|礼拜)[一二三四五六日天]$|^\p{Script=Han}?[上下]午$/u.test(bare)) return null;
  const isName = chinese.test(bare) || /^[\p{Script=Latin}\p{M}.'’ -]{1,60}$/u.test(bare);
  return isName && bare !== "" ? foldText(bare) : null;
}
