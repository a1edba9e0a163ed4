import type { Lang } from "../../domain/text.ts";
import type { Estimate } from "../../stats/interval.ts";
import type { Table } from "../render/table.ts";
import type { Details } from "./details.ts";
import type { LabelScore } from "./label-scores.ts";

import { clean, points } from "../render/format.ts";

/** A target under the name that the report gives it. */
export type DetailedTarget = Details & { readonly name: string };

/** A table with its heading, below the leaderboard. */
export type Section = { readonly title: string; readonly table: Table };

/** What the targets' scores are made of: nothing where no run has trials, checks, fields or labels. */
export function detailSections(
  targets: readonly DetailedTarget[],
  decimals: number,
  lang: Lang,
): readonly Section[] {
  return [
    ...trialSection(targets, decimals, lang),
    ...subScoreSection(targets, decimals, lang),
    ...labelSection(targets, decimals, lang),
    ...targets.flatMap((target) => confusionSections(target, lang)),
  ];
}

/** `75.0 (60.1–86.0)` */
export function estimateText({ value, interval }: Estimate, decimals: number): string {
  const own = points(value, decimals);
  if (interval === null) return own;
  return `${own} (${points(interval.low, decimals)}–${points(interval.high, decimals)})`;
}

const right = "right" as const;

/** The k that tables show: all up to ten, some above, and the number of trials. */
export const isShown = (k: number, most: number): boolean =>
  k <= 10 || k === most || [16, 20, 32, 50, 64, 100, 200, 500].includes(k);

function trialSection(
  targets: readonly DetailedTarget[],
  decimals: number,
  lang: Lang,
): readonly Section[] {
  const rows = targets.flatMap(({ name, trials }) =>
    (trials?.at ?? [])
      .filter(({ k }) => isShown(k, trials?.most ?? 0))
      .map(({ k, items, pass_at, pass_all, majority }) => [
        name,
        String(k),
        String(items),
        ...[pass_at, pass_all, majority].map((each) =>
          each === null ? "—" : estimateText(each, decimals),
        ),
      ]),
  );
  if (rows.length === 0) return [];
  const zh = lang === "zh";
  const interval = zh ? " (95% 区间)" : " (95% interval)";
  return [
    {
      title: zh
        ? "重复作答：k 次里有一次对（pass@k）、k 次全对（pass^k）、k 次多数对（maj@k）"
        : "Trials: one of k right (pass@k), all of k right (pass^k), most votes of k right (maj@k)",
      table: {
        columns: [
          { title: zh ? "模型" : "Model", shrink: 12 },
          { title: "k", align: right },
          { title: zh ? "题数" : "Items", align: right, drop: 1 },
          { title: `pass@k${interval}`, align: right },
          { title: `pass^k${interval}`, align: right },
          { title: `maj@k${interval}`, align: right },
        ],
        rows,
      },
    },
  ];
}

/** Tasks and names in the order in which the first target that has them lists them. */
function subScoreSection(
  targets: readonly DetailedTarget[],
  decimals: number,
  lang: Lang,
): readonly Section[] {
  const keys = new Map<string, { readonly task: string; readonly name: string }>();
  for (const { suite, task, name } of targets.flatMap(({ sub_scores }) => sub_scores))
    keys.set(`${suite}/${task}/${name}`, { task: `${suite}/${task}`, name });
  if (keys.size === 0) return [];
  const cellOf = ({ sub_scores }: DetailedTarget, key: string): string => {
    const found = sub_scores.find((each) => `${each.suite}/${each.task}/${each.name}` === key);
    return found === undefined ? "—" : estimateText(found.value, decimals);
  };
  const zh = lang === "zh";
  return [
    {
      title: zh ? "分项得分 (95% 区间)" : "Sub-scores (95% interval)",
      table: {
        columns: [
          { title: zh ? "任务" : "Task", shrink: 12 },
          { title: zh ? "分项" : "Part", shrink: 12 },
          ...targets.map(({ name }) => ({ title: name, align: right, drop: 1 })),
        ],
        rows: [...keys].map(([key, { task, name }]) => [
          clean(task),
          clean(name),
          ...targets.map((target) => cellOf(target, key)),
        ]),
      },
    },
  ];
}

function labelSection(
  targets: readonly DetailedTarget[],
  decimals: number,
  lang: Lang,
): readonly Section[] {
  const rows = targets.flatMap(({ name, labels }) =>
    labels.map(({ suite, task, answers, unread, unknown, macro_f1 }) => [
      name,
      clean(`${suite}/${task}`),
      String(answers),
      estimateText(macro_f1, decimals),
      String(unread),
      String(unknown),
    ]),
  );
  if (rows.length === 0) return [];
  const zh = lang === "zh";
  return [
    {
      title: zh ? "标签分类：宏平均 F1" : "Labels: macro-F1",
      table: {
        columns: [
          { title: zh ? "模型" : "Model", shrink: 12 },
          { title: zh ? "任务" : "Task", shrink: 12 },
          { title: zh ? "回答" : "Answers", align: right, drop: 3 },
          { title: zh ? "宏平均 F1 (95% 区间)" : "Macro-F1 (95% interval)", align: right },
          { title: zh ? "没读出" : "Unread", align: right, drop: 2 },
          { title: zh ? "任务外的标签" : "Unknown label", align: right, drop: 1 },
        ],
        rows,
      },
    },
  ];
}

/** Labels in a confusion table at most; larger ones stand in the JSON alone. */
const mostLabels = 20;

function confusionSections({ name, labels }: DetailedTarget, lang: Lang): readonly Section[] {
  return labels
    .filter(({ classes }) => classes.length <= mostLabels)
    .map((score) => ({
      title: `${name} · ${clean(`${score.suite}/${score.task}`)}`,
      table: score.confusion === null ? classTable(score, lang) : confusionTable(score, lang),
    }));
}

/** Rows are what is right, columns what was said. */
function confusionTable({ classes, confusion }: LabelScore, lang: Lang): Table {
  const zh = lang === "zh";
  const cells = confusion ?? [];
  const unread = cells.some(({ said }) => said === null) ? [null] : [];
  const others = cells.some(({ said }) => said === "") ? [""] : [];
  const names = classes.map(({ label }) => label);
  const said: readonly (string | null)[] = [...names, ...others, ...unread];
  const titleOf = (label: string | null): string => {
    if (label === null) return zh ? "（没读出）" : "(unread)";
    return label === "" ? (zh ? "（任务外）" : "(unknown)") : clean(label);
  };
  const countOf = (gold: string, label: string | null): number =>
    cells.find((cell) => cell.gold === gold && cell.said === label)?.n ?? 0;
  return {
    columns: [
      { title: zh ? "标准答案＼回答" : "Gold \\ said", shrink: 8 },
      ...said.map((label) => ({ title: titleOf(label), align: right })),
    ],
    rows: names
      .filter((gold) => cells.some((cell) => cell.gold === gold))
      .map((gold) => [clean(gold), ...said.map((label) => String(countOf(gold, label)))]),
  };
}

/** Where answers have several labels: each label against the rest. */
function classTable({ classes }: LabelScore, lang: Lang): Table {
  const zh = lang === "zh";
  const titles = zh
    ? ["该有且有", "该无而有", "该有而无", "该无且无", "精确率", "召回率", "F1"]
    : ["TP", "FP", "FN", "TN", "Precision", "Recall", "F1"];
  return {
    columns: [
      { title: zh ? "标签" : "Label", shrink: 8 },
      ...titles.map((title) => ({ title, align: right })),
    ],
    rows: classes.map(({ label, tp, fp, fn, tn, precision, recall, f1 }) => [
      clean(label),
      ...[tp, fp, fn, tn].map(String),
      ...[precision, recall, f1].map((each) => points(each, 1)),
    ]),
  };
}
