import type { ChoiceReading, Found } from "../reading.ts";

/** Ways to name one option that need no sentence: its place in an order, a count, its number, the part of it that it alone has. */
export function plainly(reading: ChoiceReading): Found | null {
  if (reading.several || !reading.labels.latin || reading.gold.options === null) return null;
  const letter =
    numbered(reading) ??
    counted(reading) ??
    inOrder(reading) ??
    endOfOrder(reading) ??
    part(reading);
  return letter === null ? null : { letters: [letter], why: "plain words", doubtful: true };
}

/** Option 3., where no option has that number in it. */
function numbered({ text, labels, gold }: ChoiceReading): string | null {
  const number = /^(?:option|choice|answer|选项|答案选项)\s?#?\s?([1-9])[.。)]?$/i.exec(
    text.trim(),
  )?.[1];
  if (number === undefined) return null;
  const isAmbiguous = Object.values(gold.options ?? {}).some((words) => words.includes(number));
  return isAmbiguous ? null : (labels.list[Number(number) - 1] ?? null);
}

/** 6个面、8个顶点、12条棱 where the question asks 几条棱: the option with that number. */
function counted({ text, gold, labels }: ChoiceReading): string | null {
  const [, measure = "", noun = ""] =
    /(?:几|多少)\s?(个|条|只|名|位|种|本|张|座|棵|面|颗|辆|间|道|项|篇|次|人)(\p{Script=Han}{1,4})?/u.exec(
      gold.question,
    ) ?? [];
  if (noun === "") return null;
  const told = new Set(
    Array.from(
      text.matchAll(new RegExp(`(\\d+)\\s?${measure}${noun.slice(0, 2)}`, "gu")),
      ([, number = ""]) => number,
    ),
  );
  const [only, second] = told;
  if (only === undefined || second !== undefined || unsure.test(text)) return null;
  return single(labels.list, (label) => numberOf(gold.options?.[label]) === only);
}

const numberOf = (words: string | undefined): string | null =>
  /^\s*(\d+)\s*\p{Script=Han}{0,2}\s*$/u.exec(words ?? "")?.[1] ?? null;

/** 唐→宋→元→明: all options in order, where the first or the last of them is asked for. */
function inOrder({ text, gold, labels }: ChoiceReading): string | null {
  const end = endAsked(gold.question);
  if (end === null || text.length > 300) return null;
  const chain = text.split("\n").findLast((line) => /→|->|=>|>|<|⇒/.test(line)) ?? "";
  const members = chain.split(/\s*(?:→|->|=>|⇒)\s*/);
  if (members.length !== labels.list.length) return null;
  const letters = members.map((member) =>
    single(labels.list, (label) => {
      const words = gold.options?.[label] ?? "";
      return words !== "" && member.includes(words);
    }),
  );
  return new Set(letters).size === labels.list.length && !letters.includes(null)
    ? ((end === "first" ? letters[0] : letters.at(-1)) ?? null)
    : null;
}

/** 唐在最前,明在最后: the option of which the reply says what is asked. */
function endOfOrder({ text, gold, labels }: ChoiceReading): string | null {
  const end = endAsked(gold.question);
  if (end === null || unsure.test(text)) return null;
  const words = end === "first" ? "(?:最先|最前|最早|第一|首位)" : "(?:最后|最末|最晚|末位)";
  return single(labels.list, (label) => {
    const option = escaped(gold.options?.[label] ?? "");
    return (
      option !== "" &&
      new RegExp(
        `(?:^|[,。;、\\n])${option}朝?(?:代)?(?:则|便|就|才)?(?:是|排|排在|在)${words}|${words}面?的?(?:则|便|就|才)?[是为]${option}朝?[。,;!\\s]*(?:$|[。,;])`,
        "mu",
      ).test(text)
    );
  });
}

/** Which end of an order a question asks for. */
const endAsked = (question: string): "first" | "last" | null =>
  /(?:排|位于|居|处)[^,，。]{0,3}(?:最后|末位)|最后的(?:是|一)/u.test(question)
    ? "last"
    : /(?:排|位于|居|处)[^,，。]{0,3}(?:最前|首位|第一)|最先的(?:是|一)/u.test(question)
      ? "first"
      : null;

/** 勤奋 for 他很勤奋: a reply of one word that stands in one option only. */
function part({ text, gold, labels, stem }: ChoiceReading): string | null {
  const word = text.trim().replace(/[。.!~]+$/, "");
  if (stem !== "right" || !/^\p{Script=Han}{2,8}$/u.test(word) || gold.question.includes(word))
    return null;
  const letter = single(labels.list, (label) => gold.options?.[label]?.includes(word) === true);
  const words = letter === null ? "" : (gold.options?.[letter] ?? "");
  return word.length * 3 >= words.length && !/[不没非无未]/u.test(words) ? letter : null;
}

function single(list: readonly string[], holds: (label: string) => boolean): string | null {
  const [only, second] = list.filter((label) => holds(label));
  return only !== undefined && second === undefined ? only : null;
}

const escaped = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);

const unsure = /可能|也许|或许|大概|不确定|拿不准|如果|假如|若(?!干)|不是|并非|[?]/;
