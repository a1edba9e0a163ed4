import type { ItemLine } from "../../domain/run-file/lines.ts";
import type { Task } from "../../domain/suite.ts";
import type { Lang } from "../../domain/text.ts";
import type { ItemSource } from "../../store/suites/expand/item-source.ts";
import type { ParsedSuite } from "../../store/suites/suites.ts";

import { dataClassWords } from "../../domain/life/data-class.ts";
import { itemLine } from "../../domain/prompt.ts";
import { circularOf, rotationsOf, whyNotRotated } from "../../domain/rotate.ts";
import { colon } from "../../domain/text.ts";
import { demandsOf } from "../../grading/constraints/demands.ts";
import { openItems } from "../../store/suites/items.ts";
import { clean, count } from "../render/format.ts";
import { fit, widthOf } from "../render/width.ts";
import { bankLines } from "./bank-lines.ts";
import { goldRemarks } from "./gold-remarks.ts";

type Outline = {
  readonly task: Task;
  readonly items: number;
  readonly first: ItemLine;
  /** What the first turn of the first item must keep. */
  readonly demands: readonly string[];
  readonly rotations: readonly string[];
  readonly remarks: readonly string[];
};

/** A suite as its author wants to see it: items per dimension, and the first prompt of each task. */
export async function suiteOutline(suite: ParsedSuite, name: string, lang: Lang): Promise<string> {
  const tasks = await Promise.all(suite.suite.tasks.map((task) => outlineOf(suite, task, lang)));
  const total = tasks.reduce((sum, { items }) => sum + items, 0);
  const dataClass = dataClassWords[suite.suite.data_class ?? "公开"];
  const words = {
    zh: `${count(total, lang)} 题，${tasks.length} 个任务，${dataClass.zh}`,
    en: `${count(total, lang)} items, ${tasks.length} tasks, ${dataClass.en}`,
  };
  const title = suite.suite.title ?? suite.suite.id;
  return [
    `${name}  ${title}  ${words[lang]}`,
    ...dimensionLines(tasks, lang),
    ...(await bankLines(suite, lang)),
    ...tasks.flatMap((task) => taskLines(task, lang)),
    "",
  ].join("\n");
}

async function outlineOf(suite: ParsedSuite, task: Task, lang: Lang): Promise<Outline> {
  const source = await openItems(suite, task);
  try {
    const first = itemLine(suite.suite, task, await source.at(0), [null]);
    const rotations = await rotationNotes(suite, task, source, lang);
    const remarks = await remarkNotes(task, source, lang);
    const demands = await demandsOf(first.turns[0]?.constraints ?? [], lang);
    return { task, items: source.count, first, demands, rotations, remarks };
  } finally {
    await source.close();
  }
}

/** Which items a circular task asks in several orders, and which it does not, by reason. */
async function rotationNotes(
  { suite }: ParsedSuite,
  task: Task,
  source: ItemSource,
  lang: Lang,
): Promise<readonly string[]> {
  if (circularOf(suite, task) === false) return [];
  const kept = new Map<string, string[]>();
  let orders = 0;
  for (let row = 0; row < source.count; row += 1) {
    const item = await source.at(row);
    orders += 1 + rotationsOf(suite, task, item).length;
    const why = whyNotRotated(task, item)?.[lang];
    if (why !== undefined) kept.set(why, [...(kept.get(why) ?? []), item.id]);
  }
  const notes = {
    zh: [`循环评测：共问 ${orders} 次`, "不轮换"],
    en: [`circular: ${orders} askings in all`, "not rotated"],
  }[lang];
  return [
    `    ${notes[0]}`,
    ...[...kept].map(
      ([why, ids]) => `    ${notes[1]}${colon[lang]}${someOf(ids)} (${clean(why, 200)})`,
    ),
  ];
}

async function remarkNotes(task: Task, source: ItemSource, lang: Lang): Promise<readonly string[]> {
  const remarks = await goldRemarks(task, source, lang);
  return [...remarks].map(
    ([remark, ids]) => `    ⚠ ${someOf(ids)}${colon[lang]}${clean(remark, 200)}`,
  );
}

const someOf = (ids: readonly string[]): string =>
  ids.length <= 10 ? ids.join(" ") : `${ids.slice(0, 10).join(" ")} … (${ids.length})`;

function dimensionLines(tasks: readonly Outline[], lang: Lang): readonly string[] {
  const counts = new Map<string, number>();
  for (const { task, items } of tasks) {
    const dimension = task.dimension.join(" / ");
    counts.set(dimension, (counts.get(dimension) ?? 0) + items);
  }
  const width = Math.max(...[...counts.keys()].map(widthOf));
  return [...counts].map(
    ([dimension, items]) => `  ${fit(dimension, width)}  ${fit(count(items, lang), 7, "right")}`,
  );
}

function taskLines(
  { task, first, demands, rotations, remarks }: Outline,
  lang: Lang,
): readonly string[] {
  const asked = first.asks[0];
  const prompt = asked?.turns[0] ?? "";
  const messages = [...(asked?.messages ?? []), { role: "user", text: prompt }];
  const more = first.turns.length - 1;
  const turns = { zh: `    …… 另有 ${more} 轮`, en: `    … and ${more} more turns` };
  return [
    "",
    `  ── ${task.id}${task.title === undefined ? "" : ` ${task.title}`} · ${task.grader.use} ──`,
    ...messages.flatMap(({ role, text }) => [`    [${role}]`, ...indented(text)]),
    ...demands.map((demand) => `    · ${clean(demand, 400)}`),
    ...(more > 0 ? [turns[lang]] : []),
    ...rotations,
    ...remarks,
  ];
}

const indented = (text: string): readonly string[] =>
  text.split("\n").map((line) => `    ${clean(line, 4_000)}`.trimEnd());
