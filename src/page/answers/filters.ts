import type { PageIndex } from "../../report/page/make-report.ts";

/** What the list of answers shows; empty texts leave everything in. */
export const filterNames = [
  "q",
  "target",
  "verdict",
  "outcome",
  "dimension",
  "tag",
  "red",
  "models",
  "split",
  "ruled",
  "chars",
  "seconds",
  "sort",
] as const;
export type FilterName = (typeof filterNames)[number];
export type Filters = Readonly<Record<FilterName, string>>;

export const filtersOf = (query: URLSearchParams): Filters =>
  Object.fromEntries(filterNames.map((name) => [name, query.get(name) ?? ""])) as Filters;

/** Orders of the list, with the column that each sorts by, the highest first. */
export const sorts = {
  total_ms: { zh: "整答耗时", en: "total time" },
  first_token_ms: { zh: "首字延迟", en: "TTFT" },
  chars: { zh: "字数", en: "length" },
  cost: { zh: "费用", en: "cost" },
  value: { zh: "得分", en: "value" },
} as const;
type Sort = keyof typeof sorts;

const isSort = (name: string): name is Sort => Object.hasOwn(sorts, name);

/** Numbers of the answers that pass, in the order of the list; with `models` none of the named baselines'. */
export function chosenAnswers(
  index: PageIndex,
  filters: Filters,
  baselines: readonly string[],
): Int32Array {
  const { answers, items } = index;
  const numberIn = (list: readonly string[], name: string): number | null =>
    name === "" ? null : list.indexOf(name);
  const target = numberIn(index.targets, filters.target);
  const verdict = verdictCode(index, filters.verdict);
  const outcome = numberIn(index.outcomes, filters.outcome);
  const fitting = fittingItems(index, filters);
  const aside = new Set(filters.models === "" ? [] : baselines);
  const least = { chars: Number(filters.chars) || 0, ms: (Number(filters.seconds) || 0) * 1_000 };
  const found = new Int32Array(answers.item.length);
  let length = 0;
  for (let at = 0; at < answers.item.length; at++) {
    if (fitting[answers.item[at] ?? 0] !== 1) continue;
    if (target !== null && answers.target[at] !== target) continue;
    if (aside.has(index.targets[answers.target[at] ?? -1] ?? "")) continue;
    if (verdict !== null && answers.verdict[at] !== verdict) continue;
    if (outcome !== null && answers.outcome[at] !== outcome) continue;
    if (filters.ruled !== "" && answers.ruled[at] !== 1) continue;
    if ((answers.chars[at] ?? 0) < least.chars) continue;
    if (least.ms > 0 && (answers.total_ms[at] ?? -1) < least.ms) continue;
    found[length++] = at;
  }
  const chosen = found.subarray(0, length);
  if (!isSort(filters.sort) || items.id.length === 0) return chosen;
  const by = answers[filters.sort];
  return chosen.toSorted((a, b) => (by[b] ?? 0) - (by[a] ?? 0) || a - b);
}

/** 0 stands for no verdict yet. */
const verdictCode = ({ verdicts }: PageIndex, name: string): number | null =>
  name === "" ? null : verdicts.indexOf(name) + 1;

/** 1 for each item that passes what is asked of items. */
function fittingItems(index: PageIndex, filters: Filters): Uint8Array {
  const { items, tasks, tags } = index;
  const tag = filters.tag === "" ? null : tags.indexOf(filters.tag);
  const wanted = filters.q.trim().toLowerCase();
  const inDimension = tasks.map(
    ({ dimension }) =>
      filters.dimension === "" ||
      JSON.stringify(dimension).startsWith(filters.dimension.slice(0, -1)),
  );
  const split = filters.split === "" ? null : splitItems(index);
  return Uint8Array.from(items.id, (id, item) => {
    if (filters.red !== "" && items.severe[item] !== 1) return 0;
    if (tag !== null && !(items.tags[item] ?? []).includes(tag)) return 0;
    if (inDimension[items.task[item] ?? -1] === false) return 0;
    if (split !== null && split[item] !== 1) return 0;
    if (wanted === "") return 1;
    const text = `${id ?? ""} ${items.excerpt[item] ?? ""}`;
    return text.toLowerCase().includes(wanted) ? 1 : 0;
  });
}

/** 1 for each item on which targets have different verdicts in the base wording. */
function splitItems({ answers, items }: PageIndex): Uint8Array {
  const first = new Int16Array(items.id.length).fill(-1);
  const split = new Uint8Array(items.id.length);
  for (let at = 0; at < answers.item.length; at++) {
    if (answers.wording[at] !== 0) continue;
    const item = answers.item[at] ?? 0;
    const verdict = answers.verdict[at] ?? 0;
    if (first[item] === -1) first[item] = verdict;
    else if (first[item] !== verdict) split[item] = 1;
  }
  return split;
}
