import { fold, simplify } from "./normalise.ts";

/**
 * True where a question is about traditional and simplified characters, so that 后 is no answer for 後: 写出“后”的繁体字, but
 * not 请用简体字回答.
 */
export function asksForScript(question: string): boolean {
  const asked = simplify(fold(question)).replaceAll(manner, "");
  return /繁体|简体|简化字|正体字|异体字|字形|繁简|简繁/u.test(asked);
}

/** How the reply is to be written. */
const manner =
  /(?:用|以|使用|采用)(?:规范)?(?:的)?(?:繁体|简体)(?:中文|汉字|字)?(?:来)?(?:回答|作答|答题|答复|回复|书写答案|输出|写出答案)/gu;
