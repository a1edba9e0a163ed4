import type { Segment } from "../../../text/segments/segment.ts";

import { share } from "./asked.ts";
import { clausesOf } from "./clauses.ts";

/** The question asks what was before a change: 原来的收件人, 修改前. */
const asksFormer =
  /原(?:来|先|本|名|定|始|为|是|作者|句|文)|(?:修|更|变|改|换|调整?|迁)[^，,。？?]{0,3}[前之]前?|以前|之前|起初|最初|本来|旧|前任|曾/u;

const change = "(?:变|更|改|修|换|调|替|转|升|降|迁|搬|移|推|提|延|挪)";
/** 由“甲”变为, 从三楼搬到: what stands between them has been replaced. */
const replaced = new RegExp(
  `(?:由|从|自|把|将)(?!此|而)[^，,。；;！!]{1,40}?(?=${change}[^，,。；;由从把将]{0,3}?(?:到|为|成|作|至|在|回)了?)`,
  "gu",
);

const before =
  /^[\s>*#_•·\-–—]{0,12}[^，,。：:]{0,8}?(?:原本|原先|原来(?!是|如此)|原定|原为|原是|本来|起初|最初|一开始|此前|先前|以前|早先|(?:修改|更改|变更|更新|调整|更换|改名|改|换)(?:之|以)?前|旧(?!金山))|^[\s>*#_•·\-–—]{0,12}原(?!因|则|理|子|文|谅|料|创|告|野|始)/u;

/**
 * The parts of a reply without what was before a change (由甲改为乙, 原收件人为甲), where something else is left and the
 * question does not ask for it.
 */
export function withoutFormer(parts: readonly Segment[], question: string): readonly Segment[] {
  if (asksFormer.test(question)) return parts;
  const kept = parts.flatMap((part) => {
    const text = changedIn(part.text, question);
    return text === null ? [] : [text === part.text ? part : { ...part, text }];
  });
  return kept.length === 0 ? parts : kept;
}

/** A sentence without the clauses and words for what was before; null where nothing is left. */
function changedIn(text: string, question: string): string | null {
  if (text.length > longest || !/原|本来|初|开始|前|先|旧|由|从|自|把|将/u.test(text)) return text;
  const now = text.replaceAll(replaced, (words, at: number) =>
    /^[把将]/u.test(words) && share(text.slice(at + words.length), question) >= 0.5 ? words : "",
  );
  const clauses = clausesOf(now);
  const left = clauses.filter((clause) => !before.test(clause));
  if (left.length === clauses.length) return now;
  return left.length === 0 ? null : left.join("，");
}

const longest = 400;
