import { declines } from "../../../text/declines.ts";
import { stripThink } from "../../../text/extract.ts";
import { foldVerdict } from "./loose-object.ts";
import { verdictWords } from "./verdict.ts";

/** An apology without a verdict; a longer text is a judgement that lost its form. */
const longestApology = 240;

const unwilling = "(?:无法|不能|不会|不便|不宜|不予|恕不|恕难|拒绝|没法|难以)";
const refusals: readonly RegExp[] = [
  /拒(?:绝)?评/u,
  new RegExp(`${unwilling}[^。!?\\n]{0,14}(?:评|判|打分|处理|协助|继续|提供|讨论)`, "u"),
  /(?:违反|违规|违法|涉嫌|涉及|敏感|有害|不当)[^。!?\n]{0,24}(?:拦截|屏蔽|过滤|更换|换个话题|换一个话题)/u,
];

/** Marks, which a refusal has none of. */
const marks = /\d\s*(?:分|\/\s*\d)|[零一二三四五六七八九十]分|满分|[:=]\s*\d|^\s*\d/u;

/**
 * True where a judge says that it will not read the material: in the verdict line, in a member of it, or in a few words instead
 * of it. A text that holds marks, or another verdict line, is a judgement that lost its form.
 */
export function refusesToJudge(reply: string, code: string): boolean {
  const { text } = stripThink(reply);
  const words = verdictWords(reply, code);
  if (text.includes(code)) {
    return new RegExp(
      `^[\\s:*\`"'“{]*(?:拒(?:绝)?评|${unwilling}(?:进行)?(?:评|判|打分))|[:=]\\s*["'“]?拒(?:绝)?评|["'“{,]\\s*拒评\\s*["'”]?\\s*[:=]`,
      "u",
    ).test(words);
  }
  const bare = foldVerdict(text.trim());
  if (
    Array.from(bare).length > longestApology ||
    marks.test(bare) ||
    /判定 [0-9a-f]{10}/.test(bare)
  )
    return false;
  return refusals.some((each) => each.test(bare)) || declines(bare);
}
