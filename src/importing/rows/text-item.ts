import type { Text } from "../../domain/text.ts";
import type { ImportedItem } from "../importer.ts";
import type { RowDraft } from "./draft.ts";

import { pointScoresIn } from "../../grading/judge/point-scores.ts";
import { judgementOrLetter } from "../../grading/value/yes-no.ts";
import { fold } from "../../text/normalise.ts";
import { quantitiesIn } from "../../text/quantity/read.ts";
import { blanksHead, exactHead, judgedHead, numericHead } from "../heads.ts";
import { blanksIn, partsOf, spellingsOf } from "../typing/blanks.ts";
import { isProse, pointsOf } from "../typing/prose.ts";
import { explained, judgementItem } from "./choice-item.ts";

/** An answer whose type the table does not name, or a calculation: a judgement, a number, prose for a judge, or a short text. */
export function plainItem(draft: RowDraft): ImportedItem {
  const { text, question, kind } = draft;
  const gold = text ?? "";
  if (kind === null && judgementOrLetter(gold) !== null && !asksForMore.test(question))
    return judgementItem(draft);
  if (isNumber(gold)) return numberItem(draft, kind === "calculation" ? "calculation" : "number");
  if (kind === "calculation" || draft.rubric !== null || isProse(gold)) return judgedItem(draft);
  return textItem(draft, "text");
}

/** A question with one blank or several. */
export function blankItem(draft: RowDraft): ImportedItem {
  const { common, question, text, head, context, explanation } = draft;
  const gold = text ?? "";
  const count = blanksIn(question);
  const parts = partsOf(gold, count);
  if (parts === null) return doubtedBlank(draft, blanksDiffer(count));
  if (parts.length < 2) {
    const looksSeveral = /[;；]/u.test(gold);
    const made = isNumber(gold)
      ? numberItem(draft, "blank")
      : isProse(gold)
        ? { ...judgedItem(draft), kind: "blank" as const }
        : textItem(draft, "blank");
    return looksSeveral ? { ...made, doubts: [...(made.doubts ?? []), blanksDiffer(count)] } : made;
  }
  if (parts.some((part) => spellingsOf(part).length > 1))
    return doubtedBlank(draft, spellingsInBlanks);
  const types = parts.map((part) => (isNumber(part) ? ("numeric" as const) : ("exact" as const)));
  const names = parts.map((_, index) => `空${index + 1}`);
  const fields = Object.fromEntries(names.map((name, index) => [name, types[index] ?? "exact"]));
  const id = `blanks-${types.map((type) => type.charAt(0)).join("")}`;
  const answer = Object.fromEntries(names.map((name, index) => [name, parts[index] ?? ""]));
  return {
    task: blanksHead(head(id), fields, context),
    item: { ...withoutAliases(common), question, answer, ...explained(explanation) },
    kind: "blank",
    ...(common.aliases === undefined ? {} : { doubts: [aliasesUnused] }),
  };
}

function doubtedBlank(draft: RowDraft, doubt: Text): ImportedItem {
  const made = judgedItem(draft);
  return { ...made, kind: "blank", doubts: [...(made.doubts ?? []), doubt] };
}

/** An answer in a person's own words, with its points or its explanation for the judge. */
export function judgedItem(draft: RowDraft): ImportedItem {
  const { common, question, text, head, context, explanation, rubric, kind } = draft;
  const points = rubric === null ? [] : pointsOf(rubric);
  const rule = text === null ? null : isNumber(text) ? "numeric" : "exact";
  const id = `short${points.length > 0 ? "-points" : ""}${rule === "exact" ? "" : `-${rule ?? "free"}`}`;
  const doubts = scoresUnread(text, points);
  const told = [text, explanation === null ? null : `解析：${explanation}`]
    .filter((each) => each !== null)
    .join("\n");
  return {
    task: judgedHead(head(id), { rule, hasPoints: points.length > 0, context }),
    item: {
      ...common,
      question,
      ...(text === null ? {} : { answer: text }),
      ...(explanation === null ? {} : { reference: told, reference_kind: "answer" as const }),
      ...(points.length === 0 ? {} : { rubric: [...points] }),
    },
    kind: kind === "case" || kind === "calculation" ? kind : "short",
    ...(doubts.length === 0 ? {} : { doubts }),
  };
}

function numberItem(draft: RowDraft, kind: "calculation" | "number" | "blank"): ImportedItem {
  const { common, question, text, head, context, explanation } = draft;
  return {
    task: numericHead(head("number"), context),
    item: { ...common, question, answer: text ?? "", ...explained(explanation) },
    kind,
    ...unusedRubric(draft),
  };
}

function textItem(draft: RowDraft, kind: "text" | "blank"): ImportedItem {
  const { common, question, text, head, context, explanation } = draft;
  const [answer = "", ...others] = kind === "blank" ? spellingsOf(text ?? "") : [text ?? ""];
  const aliases = [...(common.aliases ?? []), ...others];
  return {
    task: exactHead(head("text"), context),
    item: {
      ...common,
      question,
      answer,
      ...(aliases.length === 0 ? {} : { aliases }),
      ...explained(explanation),
    },
    kind,
    ...unusedRubric(draft),
  };
}

/** One number and nothing else, with its unit; what begins with a zero is a code. */
function isNumber(gold: string): boolean {
  const text = fold(gold).trim();
  if (/^0\d/.test(text)) return false;
  const numbers = quantitiesIn(text);
  return numbers.length === 1 && numbers[0]?.text.trim() === text;
}

/** Question words that 对 or N would answer as a text, not as a judgement. */
const asksForMore = /什么|哪|谁|多少|几|如何|怎|反义|符号|字母|等级/;

/** Scores of points that no judge gives: those in an answer, which is marked by its meaning, and unlike ones, since points weigh the same. */
function scoresUnread(answer: string | null, points: readonly string[]): readonly Text[] {
  if (points.length > 0) {
    const scores = pointScoresIn(points.join("\n")) ?? [];
    return new Set(scores).size > 1 ? [unlikeScores] : [];
  }
  return answer !== null && pointScoresIn(answer) !== null ? [scoresInAnswer] : [];
}

const withoutAliases = (common: RowDraft["common"]): RowDraft["common"] => {
  const { aliases: _unused, ...kept } = common;
  return kept;
};

const unusedRubric = ({ rubric }: RowDraft): { readonly doubts?: readonly Text[] } =>
  rubric === null ? {} : { doubts: [rubricUnused] };

const blanksDiffer = (count: number): Text => ({
  zh: `题干有 ${count} 个空，答案的个数对不上`,
  en: `the question has ${count} blanks, and the answer another number of parts`,
});
const spellingsInBlanks = {
  zh: "多空的答案里有几种写法，交给裁判",
  en: "several spellings in one of several blanks: left to a judge",
};
const scoresInAnswer = {
  zh: "答案里写了各点的分值，裁判只看意思是否一致，不按点给分；要按点给分，把要点一条一条写进“评分要点”一列（各条一样重）",
  en: "the answer gives scores to its points, but judges mark its meaning as a whole; to mark point by point, list the points in a column 评分要点 (all weigh the same)",
};
const unlikeScores = {
  zh: "评分要点的分值不一，逐条查时各条一样重；分值高的可以拆成几条",
  en: "the points have unlike scores, but all weigh the same; one of a higher score can be split",
};
const aliasesUnused = {
  zh: "多空题的别名没有用上",
  en: "aliases of a question with several blanks are not used",
};
const rubricUnused = {
  zh: "答案是客观的，按答案评分，评分要点没有用上",
  en: "the answer is objective and decides; the rubric is not used",
};
