import type { RandomDraw } from "../../../domain/run-file/lines.ts";
import type { Text } from "../../../domain/text.ts";
import type { Sheet, SheetColumn, SheetRow } from "../sheet/columns.ts";
import type { ReviewCase } from "./case.ts";
import type { Reason } from "./queue.ts";

import { foldedText } from "../../render/folded.ts";
import { verdictWords } from "../../render/words.ts";
import { tableOf } from "../sheet/columns.ts";
import { caseId, conversationText, goldText, replyText, whyText } from "./case.ts";
import { rulingChoice, rulings } from "./ruling.ts";

export const reasonWords: Readonly<Record<Reason, Text>> = {
  disputed: { zh: "裁判分歧", en: "judges disagree" },
  unresolved: { zh: "未解析", en: "unresolved" },
  doubtful: { zh: "存疑", en: "doubtful" },
  ungraded: { zh: "未判", en: "ungraded" },
  red_line: { zh: "红线", en: "red line" },
  random: { zh: "抽样", en: "drawn at random" },
  people: { zh: "人与人分歧", en: "people disagree" },
  wrong: { zh: "判错", en: "graded wrong" },
};

const given = (name: string, title: string, width: number): SheetColumn => ({
  name,
  title,
  width,
});
const input = (
  name: string,
  title: string,
  width: number,
  choices?: readonly string[],
): SheetColumn => ({
  ...given(name, title, width),
  input: true,
  ...(choices === undefined ? {} : { choices }),
});

/** `id` names the answer and tells how it came into the queue, with the random draw; it and `key` must stay as they are. */
const about: readonly SheetColumn[] = [
  given("id", "编号", 18),
  given("suite", "题集", 14),
  given("dimension", "维度", 18),
  given("prompt", "对话", 50),
  given("answer", "回答", 60),
  given("gold", "标准答案", 30),
];
/** Why it waits tells as much of the verdict as the verdict. */
const queued = given("queued", "入选原因", 14);
const graded: readonly SheetColumn[] = [
  given("verdict", "评分器判定", 12),
  given("points", "得分", 8),
  given("why", "判定依据", 36),
];
const ruled: readonly SheetColumn[] = [
  input("ruling", "裁定", 14, rulings.map(rulingChoice)),
  input("ruling_points", "部分对的得分", 12),
  input("reviewer", "裁定人", 12),
  input("ruled_at", "时间", 20),
  input("reason", "理由", 40),
];
const last: readonly SheetColumn[] = [given("key", "键", 40)];
/** What the others ruled, for the arbiter alone. */
const earlier = given("earlier", "已有裁定", 36);

export type ReviewSheetOptions = {
  /** Leaves out the grader's verdict, and why an answer waits. */
  readonly hideVerdict: boolean;
  /** Shows what others have ruled. */
  readonly forArbiter: boolean;
};

/** All columns of a queue. */
export const reviewColumns = ({
  hideVerdict,
  forArbiter,
}: ReviewSheetOptions): readonly SheetColumn[] => [
  ...about,
  ...(hideVerdict ? [] : [queued, ...graded]),
  ...(forArbiter ? [earlier] : []),
  ...ruled,
  ...last,
];

/** What an import cannot do without. */
export const neededColumns = ["id", "ruling"] as const;

/** The table of a queue for people to rule on. */
export const reviewSheet = (
  run: string,
  cases: readonly ReviewCase[],
  options: ReviewSheetOptions,
): Sheet => ({
  title: "裁定 Rulings",
  guide: guideOf(run, options.hideVerdict),
  table: tableOf(
    reviewColumns(options),
    cases.map((each) => rowOf(run, each, options.hideVerdict)),
  ),
});

function rowOf(run: string, each: ReviewCase, hideVerdict: boolean): SheetRow {
  const { entry, item, answer, score } = each;
  const value = score?.value ?? null;
  return {
    id: rowId(caseId(run, answer), entry.draw, hideVerdict),
    queued: entry.why.map((why) => reasonWords[why].zh).join("、"),
    suite: item.suite,
    dimension: item.dimension.join(" / "),
    prompt: conversationText(each, "zh"),
    answer: shownText(each, replyText(answer, answer.turns.length - 1)),
    gold: goldText(each),
    verdict: score === null ? "" : `${verdictWords[score.verdict].zh} ${score.verdict}`,
    points: value === null ? "" : String(Math.round(value * 1_000) / 10),
    why: whyText(score, "zh"),
    earlier: earlierText(entry),
    key: answer.key,
  };
}

/** Folded in Chinese alone, as the rest of the row. */
const shownText = ({ folded }: ReviewCase, text: string): string =>
  folded === true ? foldedText(text, "zh") : text;

/** Each person's ruling on a line, with the reason. */
const earlierText = ({ ruled }: ReviewCase["entry"]): string =>
  [...ruled.values()]
    .map(({ who, verdict, value, reason }) => {
      const points = verdict === "partial" ? ` ${Math.round((value ?? 0) * 1_000) / 10}` : "";
      const because = reason === "" ? "" : `：${reason}`;
      return `${who} ${verdictWords[verdict].zh}${points}${because}`;
    })
    .join("\n");

/** How an answer came before its reviewer, beside its id. */
export type RowFacts = {
  readonly id: string;
  /** Drawn at random; `draw` is null in sheets of earlier versions, which did not say how. */
  readonly sampled: boolean;
  readonly draw: RandomDraw | null;
  readonly blind: boolean;
};

/** `rs12.240.7b-…`: 12 of 240 drawn by seed 7, and ruled on blind. */
const rowId = (id: string, draw: RandomDraw | null, blind: boolean): string =>
  `r${draw === null ? "" : `s${draw.drawn}.${draw.of}.${draw.seed}`}${blind ? "b" : ""}-${id}`;

const idForm =
  /^r(?<sampled>s(?:(?<drawn>\d{1,12})\.(?<of>\d{1,12})\.(?<seed>\d{1,15}))?)?(?<blind>b?)-(?<id>[0-9a-f]{12})$/;

/** The facts in an id cell; null where it is none of ours. */
export function rowFacts(cell: string): RowFacts | null {
  const found = idForm.exec(cell.trim().toLowerCase())?.groups;
  if (found?.["id"] === undefined) return null;
  const { id, sampled, drawn, of, seed, blind } = found;
  const draw =
    drawn === undefined ? null : { seed: Number(seed), drawn: Number(drawn), of: Number(of) };
  if (draw !== null && (draw.drawn < 1 || draw.drawn > draw.of)) return null;
  return { id, sampled: sampled !== undefined, draw, blind: blind !== "" };
}

const guideOf = (run: string, hideVerdict: boolean): readonly Text[] => [
  { zh: `运行 ${run} 的人工裁定`, en: `Rulings by people on the run ${run}` },
  {
    zh: "1. 每行一条回答。读“对话”“回答”“标准答案”，在“裁定”列从列表里选一项。拿不准就留空，留空的行不会导入。",
    en: "1. A row is an answer. Read prompt, answer and gold, then choose from the list in the column “ruling”. Leave it empty where you are not sure: empty rows are not imported.",
  },
  {
    zh: "2. 对 = 满分；错 = 0 分；部分对 = 在“部分对的得分”里填 1 到 99；未作答 = 没有给出答案，0 分；不计分 = 题目有误或无法判断，这条不进分母。",
    en: "2. right = full credit; wrong = none; partial = write 1 to 99 into “ruling_points”; no answer = none, shown apart; void = the item is faulty or cannot be judged, so it leaves the denominator.",
  },
  {
    zh: "3. 填上“裁定人”（姓名或工号）。“时间”可留空，导入时按导入时刻记；填写时按北京时间，例如 2026-11-21 20:16。“理由”一句话即可，分歧、红线请务必写。",
    en: "3. Write your name under “reviewer”. The time may stay empty (the moment of the import counts); it is Beijing time, such as 2026-11-21 20:16. A sentence of reason is enough; please give one for disputes and red lines.",
  },
  {
    zh: "4. 可以排序、筛选、删行、加列、调列宽；不要改“编号”列和表头。xlsx、csv（UTF-8 或 GBK）存回来都能导入。",
    en: "4. Sort, filter, delete rows, add columns as you like; leave the column “id” and the header as they are. xlsx and csv (UTF-8 or GBK) can both be imported.",
  },
  {
    zh: "5. 同一人对同一条的新裁定取代旧裁定；任何评分器都不能推翻人的裁定。",
    en: "5. A later ruling of the same person replaces the earlier one; no grader overrules a person.",
  },
  ...(hideVerdict
    ? [
        {
          zh: "6. 这张表不含评分器的判定和入选原因，以免先入为主。",
          en: "6. The graders' verdicts, and why an answer waits, are left out, so that they do not sway you.",
        },
      ]
    : []),
];
