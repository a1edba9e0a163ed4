import type { ChoiceReading } from "../reading.ts";

import { mentions } from "../group.ts";
import { inLetters } from "../in-words/letters.ts";

/** 孔子讲仁，老子讲无为，韩非子讲法: the last sentence names all options but one alike. */
export function listsOthers({ text, gold, labels, stem }: ChoiceReading): boolean {
  if (stem !== "right" || !labels.known || labels.list.length < 4) return false;
  const last =
    inLetters(text, gold, labels)
      .split(/[。\n!?]/)
      .findLast((sentence) => sentence.trim() !== "") ?? "";
  const named = mentions(last, labels);
  return (
    new Set(named.flatMap(({ letters }) => letters)).size === labels.list.length - 1 &&
    named.length === labels.list.length - 1 &&
    !/所以|因此|故|才|真正|只有|最|[选答]/.test(last)
  );
}
