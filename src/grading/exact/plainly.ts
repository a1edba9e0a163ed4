/**
 * A simplified reply without what only helps to read it: 6 2 1 7 is one number, 乔治．华盛顿 one name, and the readings in
 * 不亦说（yuè）乎 and 说（同“悦”） are left out where the question does not ask for them.
 */
export function plainly(reply: string, question: string): string {
  const text = reply
    .replaceAll(/(?<![\d.])\d(?: \d){3,}(?![\d.])/g, (digits) => digits.replaceAll(" ", ""))
    .replaceAll(/(?<=\p{Script=Han})[．・‧•](?=\p{Script=Han})/gu, "·");
  return asksForReading.test(question) ? text : text.replaceAll(reading, "");
}

const asksForReading = /读音|拼音|注音|怎么读|读作|读什么|通假|通什么|声调|多音/;

/** Between two characters a syllable with its tone, what the character stands for, or both. */
const reading =
  /(?<=\p{Script=Han})[(（]\s?(?=[^()（）]{0,8}[āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ]|[同通])(?:[a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜü]{1,6})?[,，、;；\s]{0,2}(?:[同通][“"'‘「]?\p{Script=Han}[”"'’」]?)?\s?[)）](?=[\p{Script=Han}，,。！？])/gu;
