/** What kind of answer a reader is to look for; of the gold no more than its kind and its unit. */
export type AnswerForm =
  /** `parts`: how many sub-questions there are, null where there is one question. */
  | {
      readonly kind: "letters";
      readonly labels: readonly string[];
      readonly several: boolean;
      readonly parts: number | null;
    }
  | { readonly kind: "number"; readonly unit: string | null }
  | { readonly kind: "formula" }
  /** `exactly`: spelling and every sign count. */
  | { readonly kind: "words"; readonly exactly: boolean }
  | { readonly kind: "value"; readonly type: string };

/** What the answer must look like, as the prompt says it. */
export function formOf(asked: AnswerForm): string {
  switch (asked.kind) {
    case "letters":
      return lettersForm(asked);
    case "number":
      return [
        "“答案”写回答给出的那个数连同它的单位，照抄回答里的写法；回答先后用几种写法说同一个值的，抄最贴合题目问法的那一种；题目问几个值的，依次写出，用逗号隔开。",
        ...(asked.unit === null ? [] : [`题目要求的单位是“${asked.unit}”。`]),
      ].join("");
    case "formula":
      return "“答案”写回答给出的结果（数、式子、方程、区间、集合、几个解），照抄回答里的写法，LaTeX 也照抄；只用话说出来的（x 等于负二）写成式子。";
    case "words":
      return asked.exactly
        ? "“答案”一字不差地照抄回答里给出的那段文字，大小写、标点、空格、简繁都不改，不带前后的说明。"
        : "“答案”照抄回答里的名称、词语或文字本身，不带前后的说明；回答只是描述或代称（一位唐代诗人）、始终没有写出这个名称或文字的，写“无”。";
    case "value":
      return "“答案”照抄回答里给出的那个值（时间、日期、人名、列表等），不带前后的说明；列表要抄全。";
  }
}

function lettersForm({ labels, several, parts }: Extract<AnswerForm, { kind: "letters" }>): string {
  const list = labels.join("、");
  if (parts !== null)
    return `题目有 ${parts} 个小题，“答案”依次写每小题的选项字母，小题之间用一个空格隔开；有一个小题读不出，就写“无”。选项字母只能是 ${list}。`;
  return several
    ? `“答案”写选项字母，可以有几个，连着写；只能是 ${list} 中的。`
    : `“答案”写一个选项字母，只能是 ${list} 中的一个。`;
}

/** How a reader finds the answer of this kind where the reply does not write it down as asked. */
export const waysOf = ({ kind }: AnswerForm): string =>
  kind === "letters"
    ? "回答没有写字母，但用选项的原文、同一个意思的另一种说法、位置、编号，或者把其余各项都排除掉，认定了一项（多选则几项）的，就是那一项的字母。题目问“不属于”“错误的是”时，先分清回答是在说某项就是要选的，还是在说某项本身的对错。"
    : "回答算出几步的结果、说到几个名称的，取它用来回答题目所问的那一个。";
