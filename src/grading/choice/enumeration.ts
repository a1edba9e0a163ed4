import type { Labels } from "./question/labels.ts";

const listMark =
  /(?:(?:^|[\n,。;:])[ \t]*(?:[-*•][ \t]+)?(?:首先|其次|再看|然后|接着|最后|对于|关于)?,?[*(（【]{0,3}(?:选项)?[ ]?([A-Z])(?![A-Za-z])[)）】*]{0,3}[ \t]?(?:选?项)?中?[ \t]?[.。、:,)是的正错不对“"'‘]|、[ ]?([A-Z])[.:])[ \t]*/g;

/** The labels of a list of options: two or more, ascending, from the start of the text. */
export function enumeration(text: string, labels: Labels): readonly string[] {
  const letters: string[] = [];
  let first = -1;
  listMark.lastIndex = 0;
  for (let mark = listMark.exec(text); mark !== null; mark = listMark.exec(text)) {
    const letter = mark[1] ?? mark[2] ?? "";
    if (!labels.list.includes(letter)) continue;
    if (first < 0) first = mark.index;
    if (letters.includes(letter)) continue;
    if (letter < (letters.at(-1) ?? "")) return [];
    letters.push(letter);
  }
  if (first < 0 || letters.length < 2) return [];
  return text.slice(0, first).trim().length <= 30 ? letters : [];
}
