import type { LabelsSaid } from "../../domain/run-file/sub-score.ts";
import type { Vocabulary } from "./vocabulary.ts";

import { foldLabel } from "./vocabulary.ts";

/** What a text that lists labels says. */
export type LabelList = LabelsSaid & {
  /** It says that there is none. */
  readonly none: boolean;
  /** It leaves open which of two, or says that it cannot tell. */
  readonly open: boolean;
};

const between =
  /^(?:[\s、,;/|+&。.!?"'“”‘’「」『』《》[\]【】()<>*•·\-–—:#`]+|(?:\d{1,2}|[a-z])[.)、]\s*)/;
const conjunction = /^(?:(?:以及|同时|还有|和|与|及|并)\s*|and\s+)/;
const alternative = /^(?:(?:或者?|还是)\s*|or\s+)/;
/** What may follow a label's name without making it another. */
const suffix = /^(?:类别|类型|标签|类|问题|相关|方面)(?![\p{Script=Han}])/u;
const noneOf =
  /^(?:无|没有|空|都不是|均不是|都没有|没有一个|以上都不是|不属于任何.{0,6}|none|n\/a|null|nothing)(?:标签|类别|相关标签|of (?:them|the above))?$/;
const denial = /^(?:而|并|且|但)?(?:不是|不属于|不涉及|不含|没有|非|无关|排除|not\b|no\b)/;
const declined =
  /无法|不能|难以|不确定|不清楚|不知道|没法|抱歉|对不起|请提供|待定|cannot|can't|unable|unsure|unclear|sorry/;
const lead =
  /^.{0,30}?(?:属于|归为|归入|归到|判为|判定为|标为|标注为|标记为|涉及|包括|包含|是|为)\s*/;
const reason = /[，,。；;]?\s*(?:因为|由于|理由|原因|依据|说明|because|since)[^]*$/i;

/** What a line says of the label before it. */
const remark = /^(?:[^\S\n]|["”』」*])*(?:[—–]+|(?<=[^\S\n])-[^\S\n]|:)[^\S\n]*([^\n、,;，；]*)/;
const denies = /^(?:否|无|不是|不涉及|没有|×|✗|✘|❌|no\b|false\b|0$)/;

/** Pieces of one text; more are no list. */
const mostPieces = 60;

/**
 * Reads a text as a list of labels, whatever parts them. Names that the task knows are taken whole, so that they may hold
 * separators; a piece that is none of them is an unknown label, and one that is denied (不是退款) is left out.
 */
export function readList(text: string, vocabulary: Vocabulary): LabelList {
  const known = new Set<string>();
  const unknown = new Set<string>();
  let [none, open] = [false, false];
  let rest = withoutGlosses(foldLabel(text).replace(reason, ""), vocabulary);
  for (let count = 0; rest !== "" && count < mostPieces; count++) {
    const label = labelAt(rest, vocabulary);
    if (label !== null) {
      rest = rest.slice(label.length);
      const told = remark.exec(rest);
      // 体育：否 denies the label; 体育——讲比赛 tells of it.
      if (!denies.test(told?.[1] ?? "")) known.add(label.label);
      rest = rest.slice(told?.[0].length ?? 0);
      continue;
    }
    const skipped = between.exec(rest)?.[0] ?? conjunction.exec(rest)?.[0];
    if (skipped !== undefined) {
      rest = rest.slice(skipped.length);
      continue;
    }
    const either = alternative.exec(rest)?.[0];
    if (either !== undefined) {
      open = true;
      rest = rest.slice(either.length);
      continue;
    }
    const piece = (
      /^[^\s、,;/|+&。!?"“”「」『』《》[\]【】()*•\n]+/.exec(rest)?.[0] ?? rest
    ).trim();
    const inner = piece.replace(lead, "");
    if (inner !== piece && !denial.test(piece) && labelAt(inner, vocabulary) !== null) {
      // 同时涉及退款和物流: what leads to a label goes, and the label is read next.
      rest = rest.slice(rest.indexOf(inner));
      continue;
    }
    if (noneOf.test(piece)) none = true;
    else if (declined.test(piece)) open = true;
    else if (!denial.test(piece)) unknown.add(piece);
    rest = rest.slice(Math.max(1, piece.length));
  }
  return { known: [...known], unknown: [...unknown], none: none && known.size === 0, open };
}

/** A label at the start of a text, whole: 退款 does not start 退款纠纷. */
function labelAt(
  text: string,
  { spellings }: Vocabulary,
): { readonly label: string; readonly length: number } | null {
  for (const { text: spelling, label } of spellings) {
    if (!text.startsWith(spelling)) continue;
    const after = text.slice(spelling.length);
    const more = suffix.exec(after)?.[0].length ?? 0;
    const next = after.slice(more);
    const isWhole =
      next === "" || between.test(next) || conjunction.test(next) || alternative.test(next);
    const runsOn = /[a-z0-9]$/.test(spelling) && /^[a-z0-9]/.test(after);
    if (isWhole && !runsOn) return { label, length: spelling.length + more };
  }
  return null;
}

/** Without what brackets add to a label, unless labels are written with brackets. */
function withoutGlosses(text: string, { spellings }: Vocabulary): string {
  const isWritten = spellings.some((each) => /[()]/.test(each.text));
  return isWritten ? text : text.replaceAll(/(?<=[^\s(])\([^()]{1,80}\)/g, "");
}
