/**
 * A sentence that lists parts and their sum, without the parts: 23个省、5个自治区,共28个 is 共28个. As written where the sum
 * is another, or where the question asks for one of the parts.
 */
export function totalled(sentence: string, question: string): string {
  const total = sum.exec(sentence);
  if (total === null || sentence.length > longest) return sentence;
  const parts = sentence
    .slice(0, total.index)
    .replace(/[\s、,，;]+$/, "")
    .split(/[、,，;]|[和及与](?=\s?\d)/u)
    .map((each) => part.exec(each)?.groups);
  if (parts.length < 2 || parts.includes(undefined)) return sentence;
  const isAsked = parts.some(
    (each) => (each?.["noun"]?.length ?? 0) > 1 && question.includes(each?.["noun"] ?? ""),
  );
  const summed = parts.reduce((whole, each) => whole + Number(each?.["number"]), 0);
  return !isAsked && summed === Number(total[1]) ? sentence.slice(total.index) : sentence;
}

const longest = 300;
const part =
  /^[^\d=+×*/÷-]{0,12}(?<number>\d{1,9})\s?(?:[个只条名位种本张座棵件人份]\s?)?(?<noun>\p{Script=Han}{0,8})\s*$/u;
const sum = /(?:共计?|合计|总共|一共|总计)(?:有|是|为)?\s?(\d{1,9})(?![\d.])/u;
