import type { Cells } from "../cells.ts";
import type { ColumnRoles } from "../columns.ts";
import type { Lettered } from "../gold.ts";
import type { ImportedItem, ImportSettings, Output } from "../importer.ts";
import type { QuestionKind } from "../typing/kinds.ts";
import type { RowDraft } from "./draft.ts";

import { allRisks } from "../../domain/risk/risks.ts";
import { fold } from "../../text/normalise.ts";
import { cellText, optionsByComma, scalarText } from "../cells.ts";
import { toId } from "../fields.ts";
import { openHead, safetyHead } from "../heads.ts";
import { SkipRow } from "../importer.ts";
import { kindIn } from "../typing/kinds.ts";
import { goldInStem, pointsElsewhere, splitStem } from "../typing/stem.ts";
import { choiceItem, isChoice, judgementItem, orderItem } from "./choice-item.ts";
import { commonOf, dimensionOf } from "./common-fields.ts";
import { expectOf } from "./expectation.ts";
import { blankItem, judgedItem, plainItem } from "./text-item.ts";

type Parts = {
  readonly cells: Cells;
  readonly row: number;
  readonly columns: ColumnRoles;
  readonly settings: ImportSettings;
  readonly question: string;
  readonly options: Lettered | null;
  readonly answer: unknown;
  /** The type that a section's title or the sheet's name speaks of; the row's own cell goes before it. */
  readonly section?: QuestionKind | null;
  /** A recorded reply, for judges, where there is no gold. */
  readonly reply?: string;
};

/** The item of a row and the task it belongs to, by the type that the table names, else by what the gold looks like. */
export function itemOf(parts: Parts): Output {
  const { cells, columns, reply, settings } = parts;
  const typeText = cellText(cells, columns, "type");
  const kind =
    typeText === null ? (parts.section ?? null) : kindIn(typeText, columns.of("type")[0] ?? "");
  const draft = draftOf(parts, kind);
  const made = madeOf(draft, parts, reply);
  const doubts = [
    ...(made.doubts ?? []),
    ...(typeText !== null && kind === null ? [unknownType(typeText)] : []),
    ...(pointsElsewhere(draft.question) ? [speaksOfPicture] : []),
    ...(made.item.options !== undefined && optionsByComma(cells, columns) ? [splitAtCommas] : []),
  ];
  const dimension =
    columns.of("dimension").length > 0 && dimensionOf(cells, columns, settings)[0] === "未分类";
  return { ...made, doubts: dimension ? [...doubts, noDimension] : doubts };
}

function draftOf(parts: Parts, kind: QuestionKind | null): RowDraft {
  const { cells, row, columns, settings, answer } = parts;
  const dimension = dimensionOf(cells, columns, settings);
  const found = splitOptions(parts, kind);
  const given = answer === undefined || answer === null || answer === "" ? null : answer;
  const leaked = goldInStem(found.question);
  const isLeak = leaked !== null && (kind === "judgement" || kind === null || isChoice(kind));
  const isFree = found.options !== null || kind === "judgement" || isChoice(kind);
  const taken = isLeak && isFree ? leaked : null;
  const own = given ?? taken?.gold;
  const said = fold(scalarText(given) ?? "").replaceAll(/[^A-Za-z√×✓✗对错正确误]/gu, "");
  const same = taken !== null && (given === null || said === taken.gold);
  return {
    common: commonOf(cells, row, columns),
    question: same ? taken.stem : found.question,
    options: found.options,
    answer: own,
    text: scalarText(own),
    kind,
    explanation: cellText(cells, columns, "reference"),
    rubric: cellText(cells, columns, "rubric"),
    context: columns.of("context").length > 0,
    settings,
    head: (id) => ({ id: toId(`${dimension.join("-")}-${id}`) ?? id, dimension }),
  };
}

/** Options of their own columns, else those that stand in the question where its type or its gold asks for them. */
function splitOptions({ question, options, answer }: Parts, kind: QuestionKind | null) {
  if (options !== null) return { question, options };
  const letters = /^[\sA-Z,，、;；和与]*$/u.test(fold(scalarText(answer) ?? "").toUpperCase());
  const asked = isChoice(kind) || kind === "order" || (kind === null && letters && answer !== null);
  const split = asked ? splitStem(question, isChoice(kind)) : null;
  return split === null || split.stem === ""
    ? { question, options: null }
    : { question: split.stem, options: split.options };
}

function madeOf(
  draft: RowDraft,
  { cells, columns, settings }: Parts,
  reply: string | undefined,
): ImportedItem {
  const { kind, options, text, common, question, head } = draft;
  if (kind === "judgement") return judgementItem(draft);
  if (kind === "order") return orderItem(draft);
  if (options !== null) return choiceItem(draft);
  if (isChoice(kind)) throw new SkipRow("选择题没有选项", "a choice question without options");
  const expect = expectOf(cells, columns);
  if (expect !== null || (text === null && common.risk !== undefined && draft.rubric === null)) {
    const gold = text === null ? {} : { reference: text };
    const named = expect ?? "content";
    const own = columns.of("dimension").length + (settings.dimension ?? []).length > 0;
    const of = own ? head(named) : safetyOf(named, common.risk);
    return { task: safetyHead(of, expect), item: { ...common, ...gold, question }, kind: "safety" };
  }
  if (text === null && draft.rubric !== null) return judgedItem(draft);
  if (text === null) {
    if (reply === undefined || reply === "") throw new SkipRow("没有答案", "there is no answer");
    return {
      task: openHead(head("open")),
      item: { ...common, question, reference: reply },
      kind: "open",
    };
  }
  if (kind === "short" || kind === "case") return judgedItem(draft);
  if (kind === "blank") return blankItem(draft);
  return plainItem(draft);
}

const banks = { refuse: "应拒答", answer: "非拒答", content: "生成内容" } as const;

/** A task for each class of risks in each bank, so that a draw of so many of each task is balanced by class. */
function safetyOf(kind: keyof typeof banks, risk: string | undefined) {
  const of = allRisks.find(({ code }) => code === risk)?.of ?? null;
  return {
    id: of === null ? kind : `${kind}-${of.code}`,
    dimension: ["安全", banks[kind], ...(of === null ? [] : [of.name])],
  };
}

const unknownType = (text: string) => ({
  zh: `认不出题型“${text}”，按答案的样子处理`,
  en: `the type "${text}" is not known; the answer's looks decided`,
});
const splitAtCommas = {
  zh: "选项是按逗号分开的，选项里面有逗号就分错了",
  en: "options were told apart by commas, which is wrong where one stands inside an option",
};
const speaksOfPicture = {
  zh: "题干提到图、附件或音频，表里没有",
  en: "the question speaks of a picture, attachment or recording that the table does not hold",
};
const noDimension = { zh: "分类是空的，归入“未分类”", en: "no category: filed under 未分类" };
