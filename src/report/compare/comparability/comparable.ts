import type { SuiteEntry } from "../../../domain/run-file/header.ts";
import type { Text } from "../../../domain/text.ts";
import type { Coverage, Side } from "../pairing.ts";

import { canonicalJson } from "../../../domain/digest.ts";
import { clean } from "../../render/format.ts";
import { flag } from "../../view/shapes.ts";
import { concurrencyGap, concurrencyText } from "./concurrency.ts";
import { haveSameItems } from "./same-items.ts";

/**
 * Something other than the scores in which two sides differ. `refuse` makes a comparison meaningless unless
 * it is forced; `warn` concerns the figures named in `touches`.
 */
export type ComparabilityFinding = {
  readonly level: "refuse" | "warn";
  readonly touches: "score" | "latency" | "cost" | "all";
  readonly message: Text;
};

/** How the suites of two runs relate. */
export type SuiteRelation = {
  /** Same content: pairs can be made. */
  readonly same: readonly string[];
  /** The same generators with other seeds: comparable without pairs. */
  readonly reseeded: readonly string[];
  readonly changed: readonly string[];
  readonly only_base: readonly string[];
  readonly only_new: readonly string[];
};

/** Compares the suites of two runs by their digests, their generator seeds, and where a file changed, by their items. */
export function relateSuites(base: Side, fresh: Side, only: readonly string[] = []): SuiteRelation {
  const before = suitesOf(base, only);
  const after = suitesOf(fresh, only);
  const common = [...before.keys()].filter((id) => after.has(id));
  const relation = (id: string): "same" | "reseeded" | "changed" => {
    const [a, b] = [before.get(id), after.get(id)];
    if (a?.digest === b?.digest) return "same";
    if (isReseeded(a, b)) return "reseeded";
    return haveSameItems(base, fresh, id) ? "same" : "changed";
  };
  const of = (kind: ReturnType<typeof relation>) => common.filter((id) => relation(id) === kind);
  return {
    same: of("same"),
    reseeded: of("reseeded"),
    changed: of("changed"),
    only_base: [...before.keys()].filter((id) => !after.has(id)),
    only_new: [...after.keys()].filter((id) => !before.has(id)),
  };
}

const suitesOf = ({ view }: Side, only: readonly string[]): ReadonlyMap<string, SuiteEntry> =>
  new Map(
    view.runs
      .flatMap(({ suites }) => suites)
      .filter(({ id }) => only.length === 0 || only.includes(id))
      .map((suite) => [suite.id, suite]),
  );

function isReseeded(a: SuiteEntry | undefined, b: SuiteEntry | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  if (a.recipe !== undefined && b.recipe !== undefined && a.recipe !== b.recipe) return false;
  const names = Object.keys(a.seeds);
  return (
    names.length > 0 &&
    names.length === Object.keys(b.seeds).length &&
    names.every((name) => Object.hasOwn(b.seeds, name)) &&
    names.some((name) => a.seeds[name] !== b.seeds[name])
  );
}

/** Everything that speaks against comparing two sides, the gravest first. */
export function findingsOf(
  base: Side,
  fresh: Side,
  suites: SuiteRelation,
  coverage: Coverage,
): readonly ComparabilityFinding[] {
  const findings = [
    ...suiteFindings(suites, coverage),
    ...(suites.reseeded.length > 0 ? [] : pairFindings(coverage)),
    ...sideFindings(base, fresh),
    ...settingFindings(base, fresh),
  ];
  return findings.toSorted((a, b) => Number(b.level === "refuse") - Number(a.level === "refuse"));
}

const refuse = (zh: string, en: string): ComparabilityFinding => ({
  level: "refuse",
  touches: "all",
  message: { zh, en },
});

const warn = (
  touches: ComparabilityFinding["touches"],
  zh: string,
  en: string,
): ComparabilityFinding => ({
  level: "warn",
  touches,
  message: { zh, en },
});

function suiteFindings(suites: SuiteRelation, coverage: Coverage): readonly ComparabilityFinding[] {
  const { changed, only_base, only_new, reseeded } = suites;
  const list = (ids: readonly string[]) => ids.join(", ");
  const none = suites.same.length + reseeded.length + changed.length === 0;
  return [
    ...(none
      ? [refuse("两次运行没有共同的题集", "the runs have no suite in common")]
      : coverage.common === 0 && reseeded.length === 0
        ? [refuse("两侧没有共同的题目", "the two sides have no item in common")]
        : []),
    ...(changed.length > 0
      ? [
          refuse(
            `题集内容不同：${list(changed)}`,
            `the content of these suites differs: ${list(changed)}`,
          ),
        ]
      : []),
    ...(reseeded.length > 0
      ? [
          warn(
            "score",
            `同一生成器、不同种子（${list(reseeded)}）：按不配对比较，灵敏度较低`,
            `the same generators with other seeds (${list(reseeded)}): compared without pairs, which sees less`,
          ),
        ]
      : []),
    ...(only_base.length > 0
      ? [warn("score", `只在基准中：${list(only_base)}`, `only in the base: ${list(only_base)}`)]
      : []),
    ...(only_new.length > 0
      ? [warn("score", `只在新的一侧：${list(only_new)}`, `only in the new run: ${list(only_new)}`)]
      : []),
  ];
}

function pairFindings({
  other_prompt,
  other_gold,
  other_grader,
}: Coverage): readonly ComparabilityFinding[] {
  return [
    ...(other_prompt > 0
      ? [
          refuse(
            `${other_prompt} 题的提示词不同`,
            `${other_prompt} answers were asked with another prompt`,
          ),
        ]
      : []),
    ...(other_gold > 0
      ? [refuse(`${other_gold} 题的标准答案不同`, `${other_gold} answers have another gold`)]
      : []),
    ...(other_grader > 0
      ? [
          refuse(
            `${other_grader} 题的评分器或其版本不同；可用 baimo score 重新评分`,
            `${other_grader} answers were graded by another grader or version; grade again with baimo score`,
          ),
        ]
      : []),
  ];
}

function sideFindings(base: Side, fresh: Side): readonly ComparabilityFinding[] {
  const [before, after] = [sidedAs(base), sidedAs(fresh)];
  const names = (values: ReadonlyMap<string, number>) =>
    [...values.keys()]
      .map((name) => clean(name))
      .toSorted()
      .join(", ");
  const models = [names(base.target.models), names(fresh.target.models)] as const;
  const judges = [names(base.target.judges), names(fresh.target.judges)] as const;
  return [
    ...(before !== after && before !== null && after !== null
      ? [refuse("一侧是模拟，另一侧是真实模型", "one side was simulated and the other was not")]
      : []),
    ...(models[0] !== models[1] && base.target.ref === fresh.target.ref
      ? [
          warn(
            "score",
            `返回的模型变了：${models[0] || "未知"} → ${models[1] || "未知"}`,
            `the model that answered changed: ${models[0] || "unknown"} → ${models[1] || "unknown"}`,
          ),
        ]
      : []),
    ...(judges[0] !== judges[1]
      ? [
          refuse(
            `裁判模型不同：${judges[0] || "无"} → ${judges[1] || "无"}`,
            `the judges differ: ${judges[0] || "none"} → ${judges[1] || "none"}`,
          ),
        ]
      : []),
  ];
}

/** Simulated where any answer was; null for a baseline, which guesses on this machine and may be compared with either. */
function sidedAs({ target }: Side): "simulated" | "real" | null {
  if (target.entry?.baseline === true) return null;
  const { at } = target.rows;
  for (let row = 0; row < target.rows.length; row++) {
    if ((at.flags[row] ?? 0) & flag.simulated) return "simulated";
  }
  return "real";
}

function settingFindings(base: Side, fresh: Side): readonly ComparabilityFinding[] {
  const [a, b] = [base.view.run, fresh.view.run];
  const [x, y] = [base.target.entry, fresh.target.entry];
  const differs = (left: unknown, right: unknown) =>
    canonicalJson(left ?? null) !== canonicalJson(right ?? null);
  const params = (side: Side) => ({
    ...side.view.run?.settings.params,
    ...side.target.entry?.params,
  });
  const shown = (value: unknown) => canonicalJson(value ?? null);
  const gap = concurrencyGap(base, fresh);
  return [
    ...(differs(params(base), params(fresh))
      ? [
          warn(
            "score",
            `参数不同：${shown(params(base))} → ${shown(params(fresh))}`,
            `the parameters differ: ${shown(params(base))} → ${shown(params(fresh))}`,
          ),
        ]
      : []),
    ...(a?.settings.trials === b?.settings.trials
      ? []
      : [
          warn(
            "score",
            `重复次数不同：${a?.settings.trials} → ${b?.settings.trials}，只配对共有的`,
            `the trials differ: ${a?.settings.trials} → ${b?.settings.trials}; only common ones are paired`,
          ),
        ]),
    ...(gap === null
      ? []
      : [{ level: "warn", touches: "latency", message: concurrencyText(gap) } as const]),
    ...((x?.base_url !== y?.base_url || differs(x?.network?.proxy, y?.network?.proxy)) &&
    x?.provider === y?.provider &&
    sidedAs(base) === "real"
      ? [warn("latency", "服务地址或代理不同", "the endpoint or proxy differs")]
      : []),
    ...(x?.provider === y?.provider && x?.model === y?.model && differs(x?.price, y?.price)
      ? [warn("cost", "所用价格不同", "the prices used differ")]
      : []),
    ...([base, fresh].some(({ view }) => view.ends.some((end) => end?.status !== "complete"))
      ? [warn("all", "有一侧的运行没有完成", "a run is not complete")]
      : []),
  ];
}
