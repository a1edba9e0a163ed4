import type { Lang, Text } from "../../domain/text.ts";
import type { View } from "../view/model.ts";

import { UserError } from "../../domain/text.ts";
import { clean } from "../render/format.ts";

/**
 * Which suites a board of several files is made of, with their items, and in how many of the files where not in all; then by
 * which of them all targets can be ranked. Nothing for a single file. With `members` of those alone, which all count.
 */
export function suiteLines(
  view: View,
  members: readonly string[] | null,
  lang: Lang,
): readonly string[] {
  const { runs } = view;
  if (runs.length < 2) return [];
  const zh = lang === "zh";
  const counts = itemsBySuite(view);
  const all = [...new Set(runs.flatMap(({ suites }) => suites.map(({ id }) => id)))];
  const ids = members === null ? all : all.filter((id) => members.includes(id));
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
  const uneven = isUneven && members === null ? unevenText(ids, sharedBy(view))[lang] : "";
  return [zh ? `题集：${parts.join("、")}${uneven}。` : `Suites: ${parts.join(", ")}${uneven}.`];
}

/** What a total over different suites is, and what to type for one that is fair to all. */
function unevenText(ids: readonly string[], shared: readonly string[]): Text {
  const zh = "。各文件问的题集不同，总分是合在一起算的";
  const en = ". The files asked different suites, and totals are over all of them";
  const flags = (shared.length === 0 ? ids.slice(0, 1) : shared)
    .map((id) => `--suite ${clean(id)}`)
    .join(" ");
  if (shared.length === 0) {
    return {
      zh: `${zh}；没有一个题集是每个目标都答过的，只能一个一个看，例如加 ${flags}`,
      en: `${en}; no suite was asked of every target, so look at one at a time: add ${flags}, say`,
    };
  }
  if (shared.length === ids.length) {
    return {
      zh: `${zh}；只看一个题集，例如加 --suite ${clean(ids[0] ?? "")}`,
      en: `${en}; for one of them alone add --suite ${clean(ids[0] ?? "")}, say`,
    };
  }
  return {
    zh: `${zh}；每个目标都答过的只有 ${shared.map((id) => clean(id)).join("、")}，要按它排名，加 ${flags}`,
    en: `${en}; every target was asked ${shared.map((id) => clean(id)).join(", ")} alone: to rank by that, add ${flags}`,
  };
}

/** The suites that were asked of every target, baselines aside. */
function sharedBy({ runs }: Pick<View, "runs">): readonly string[] {
  const asked = new Map<string, Set<string>>();
  for (const { targets, suites } of runs) {
    for (const { ref } of targets.filter(({ baseline }) => !baseline)) {
      const own = asked.get(ref) ?? new Set<string>();
      for (const { id } of suites) own.add(id);
      asked.set(ref, own);
    }
  }
  const [first = new Set<string>(), ...rest] = asked.values();
  return [...first].filter((id) => rest.every((own) => own.has(id)));
}

function itemsBySuite({ items, tasks }: Pick<View, "items" | "tasks">) {
  const counts = new Map<string, number>();
  for (let item = 0; item < items.length; item++) {
    const suite = tasks[items.at.task[item] ?? -1]?.suite;
    if (suite !== undefined) counts.set(suite, (counts.get(suite) ?? 0) + 1);
  }
  return counts;
}

/** Of a suite that was named and that no run asked. */
export const noSuite = (name: string, suites: readonly string[]): UserError =>
  new UserError({
    zh: `这些运行里没有题集 ${name}（有：${suites.join("、") || "无"}）`,
    en: `these runs hold no suite ${name} (they hold: ${suites.join(", ") || "none"})`,
  });
