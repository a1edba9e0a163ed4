/**
 * A simplified reply without what only helps to read it: 6 2 1 7 is one number and so is 1-2-3-1-5, 乔治．华盛顿 one name, and the readings in
 * 不亦说（yuè）乎 and 说（同“悦”） are left out where the question does not ask for them.
 */
export function plainly(reply: string, question: string): string {
  const text = reply
    .replaceAll(/(?<![\d.])\d(?: \d){3,}(?![\d.])/g, (digits) => digits.replaceAll(" ", ""))
    .replaceAll(/(?<![\d.-])\d(?:-\d){3,}(?![\d.-])/g, (digits) => digits.replaceAll("-", ""))
    .replaceAll(/\*\*([A-Z])\*\*(?=[a-z])/g, "$1")
    .replaceAll(/(?<=\p{Script=Han})[．・‧•](?=\p{Script=Han})/gu, "·");
  const dated = asksForDay.test(question) ? withYears(text) : text;
  return asksForReading.test(question) ? dated : dated.replaceAll(reading, "");
}

const asksForDay = /哪[一]?[天年日月]|何[时年日]|什么时[候间]|几月几[日号]|日期|年份/;

/** 2020年5月28日通过，次年元旦起施行: 次年 as 2021年, and 元旦 as 1月1日. */
const withYears = (text: string): string =>
  text.replaceAll(
    /(\d{3,4})(年(?:(?!\d{3,4}年)[\s\S]){0,80}?)(次年|翌年|第二年|后一年|前一年|同年|当年)(元旦)?/g,
    (_, year: string, between: string, word: string, day: string | undefined) => {
      const step = /[次翌二后]/.test(word) ? 1 : word.startsWith("前") ? -1 : 0;
      return `${year}${between}${Number(year) + step}年${day === undefined ? "" : "1月1日"}`;
    },
  );

const asksForReading = /读音|拼音|注音|怎么读|读作|读什么|通假|通什么|声调|多音/;

/** Between two characters a syllable with its tone, what the character stands for, or both. */
const reading =
  /(?<=\p{Script=Han})[(（]\s?(?=[^()（）]{0,8}[āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ]|[同通])(?:[a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜü]{1,6})?[,，、;；\s]{0,2}(?:[同通][“"'‘「]?\p{Script=Han}[”"'’」]?)?\s?[)）](?=[\p{Script=Han}，,。！？])/gu;
