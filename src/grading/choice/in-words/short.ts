import type { Gold } from "../../../domain/grader.ts";
import type { Labels } from "../question/labels.ts";

const announcedLetter =
  /^(?:(?:\*\*|【)?(?:[Aa]nswer|(?:最终|正确|参考)?答案)】?[ ]?[:是为]?(?:\*\*)?|故选)?[ ]?(?<!^\*\*)([A-Z])[.。]?(?:\*\*)?[.。]?$/;

const boxedLetter = /^\$*\\boxed\{([A-Z])\}\$*$/;

/** The most common short forms, without the cascade. */
export function shortReply(text: string, labels: Labels): string | null {
  if (text.length > 16) return null;
  const letter = (announcedLetter.exec(text) ?? boxedLetter.exec(text))?.[1];
  return letter !== undefined && labels.list.includes(letter) ? letter : null;
}

/** The one option that the reply equals, character for character. */
export function exactOption(text: string, { options }: Gold, labels: Labels): string | null {
  if (options === null || text.length > 60) return null;
  // 道家(不是儒家): the words in brackets only set it off.
  const said = text.replace(/ ?\((?:不是|而非|并非|不同于|not )[^()]*\)[。.]?$/, "");
  let found: string | null = null;
  for (const label of labels.list) {
    if (options[label] !== said) continue;
    if (found !== null) return null;
    found = label;
  }
  return found;
}
