import type { ItemLine } from "../domain/record.ts";
import type { Task } from "../domain/suite.ts";
import type { Lang } from "../domain/text.ts";
import type { ParsedSuite } from "../store/suites.ts";

import { itemLine } from "../domain/prompt.ts";
import { openItems } from "../store/items.ts";
import { clean, count, fit, widthOf } from "./format.ts";

type Outline = { readonly task: Task; readonly items: number; readonly first: ItemLine };

/** A suite for its author: items per dimension, and of each task what a model is first asked. */
export async function suiteOutline(suite: ParsedSuite, name: string, lang: Lang): Promise<string> {
  const tasks = await Promise.all(suite.suite.tasks.map((task) => outlineOf(suite, task)));
  const total = tasks.reduce((sum, { items }) => sum + items, 0);
  const words = {
    zh: `${count(total, lang)} 题，${tasks.length} 个任务，${suite.suite.data_class ?? "公开"}`,
    en: `${count(total, lang)} items, ${tasks.length} tasks, ${suite.suite.data_class ?? "公开"}`,
  };
  const title = suite.suite.title ?? suite.suite.id;
  return [
    `${name}  ${title}  ${words[lang]}`,
    ...dimensionLines(tasks, lang),
    ...tasks.flatMap((task) => taskLines(task, lang)),
    "",
  ].join("\n");
}

async function outlineOf(suite: ParsedSuite, task: Task): Promise<Outline> {
  const source = await openItems(suite, task);
  try {
    const first = itemLine(suite.suite, task, await source.at(0), [null]);
    return { task, items: source.count, first };
  } finally {
    await source.close();
  }
}

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

function taskLines({ task, first }: Outline, lang: Lang): readonly string[] {
  const asked = first.asks[0];
  const prompt = asked?.turns[0] ?? "";
  const messages = [...(asked?.messages ?? []), { role: "user", text: prompt }];
  const more = first.turns.length - 1;
  const turns = { zh: `    …… 另有 ${more} 轮`, en: `    … and ${more} more turns` };
  return [
    "",
    `  ── ${task.id}${task.title === undefined ? "" : ` ${task.title}`} · ${task.grader.use} ──`,
    ...messages.flatMap(({ role, text }) => [`    [${role}]`, ...indented(text)]),
    ...(more > 0 ? [turns[lang]] : []),
  ];
}

const indented = (text: string): readonly string[] =>
  text.split("\n").map((line) => `    ${clean(line, 4_000)}`.trimEnd());
