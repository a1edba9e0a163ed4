import type { Lang } from "../../domain/text.ts";
import type { View } from "../view/model.ts";

import { clean } from "../render/format.ts";

/**
 * Which suites a board of several files is made of, with their items, and in how many of the files where not in all. Nothing
 * for a single file.
 */
export function suiteLines(view: View, lang: Lang): readonly string[] {
  const { runs } = view;
  if (runs.length < 2) return [];
  const zh = lang === "zh";
  const counts = itemsBySuite(view);
  const ids = [...new Set(runs.flatMap(({ suites }) => suites.map(({ id }) => id)))];
  const held = ids.map((id) => runs.filter(({ suites }) => suites.some((each) => each.id === id)));
  const isUneven = held.some(({ length }) => length < runs.length);
  const parts = ids.map((id, index) => {
    const n = counts.get(id) ?? 0;
    const files = held[index]?.length ?? 0;
    const items = zh ? `${n} 题` : `${n} ${n === 1 ? "item" : "items"}`;
    const where = zh
      ? `，${runs.length} 个文件里的 ${files} 个`
      : `, in ${files} of ${runs.length} files`;
    const [open, close] = zh ? ["（", "）"] : [" (", ")"];
    return `${clean(id)}${open}${items}${isUneven ? where : ""}${close}`;
  });
  const uneven = zh
    ? "。各文件问的题集不同，总分是合在一起算的；只要一个题集的，就只列那些文件"
    : ". The files asked different suites, and totals are over all of them; for one suite name its files only";
  return [
    zh
      ? `题集：${parts.join("、")}${isUneven ? uneven : ""}。`
      : `Suites: ${parts.join(", ")}${isUneven ? uneven : ""}.`,
  ];
}

function itemsBySuite({ items, tasks }: Pick<View, "items" | "tasks">) {
  const counts = new Map<string, number>();
  for (let item = 0; item < items.length; item++) {
    const suite = tasks[items.at.task[item] ?? -1]?.suite;
    if (suite !== undefined) counts.set(suite, (counts.get(suite) ?? 0) + 1);
  }
  return counts;
}
