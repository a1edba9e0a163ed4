import { foldText } from "../../text/answer-fold.ts";
import { quotedIn, withoutGloss } from "./gloss.ts";
import { defineValueType } from "./value-type.ts";

const title = /(?<=.{2})(?:先生|女士|小姐|同志|同学)$/;
const lead = /^(?:应该?|应当|就|便|只?能?)?(?:是|由|让|请|叫|为|:|：)\s*/;
const role = /^(?:(?:收|寄|发)件人|联系人|负责人|姓名|作者|人名|名字)\s*(?:是|为|叫|[:：])\s*/;

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
  const bare = withoutGloss(text).replace(role, "").replace(lead, "").replace(title, "").trim();
  const isName =
    /^[\p{Script=Han}·•・]{1,16}$/u.test(bare) || /^[\p{L}\p{M}.'’ -]{1,60}$/u.test(bare);
  return isName && bare !== "" ? foldText(bare) : null;
}
