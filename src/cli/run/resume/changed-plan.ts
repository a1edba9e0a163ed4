import type { RunLine, Settings } from "../../../domain/run-file/header.ts";
import type { Plan } from "../../../engine/plan/plan.ts";

import { canonicalJson } from "../../../domain/digest.ts";
import { type Text, UserError } from "../../../domain/text.ts";

/** True if a run file holds this plan and, where it is a shard, the same part of it. */
export const isSamePlan = (
  { plan_digest, settings: { shard } }: RunLine,
  { digest, settings }: Plan,
): boolean => plan_digest === digest && shown(shard) === shown(settings.shard);

/** The error for a run file that holds another plan. It names each thing that differs, as it was and as it is. */
export function changedPlan(file: string, old: RunLine, plan: Plan): UserError {
  const reasons = planChanges(old, plan);
  // The digest covers the order as well, which is the only thing that is compared nowhere above.
  const why =
    reasons.length > 0
      ? reasons
      : [{ zh: "题集或目标的先后不同", en: "suites or targets stand in another order" }];
  return new UserError({
    zh: `${file} 是另一份计划的结果（${why.map(({ zh }) => zh).join("，")}），不能续跑。只写 --resume ${file} 就照原来的计划续跑；要跑新的计划，换一个 --out。`,
    en: `${file} holds the results of another plan (${why.map(({ en }) => en).join("; ")}). --resume ${file} alone continues the old plan; for the new one, name another --out.`,
  });
}

/** What differs between the plan of a run file and this one; empty where that is their order alone. */
export const planChanges = (old: RunLine, plan: Plan): readonly Text[] => [
  ...suiteChanges(old, plan),
  ...targetChanges(old, plan),
  ...settingChanges(old.settings, plan.settings),
];

function suiteChanges(old: RunLine, { suites }: Plan): readonly Text[] {
  const had = new Map(old.suites.map(({ id, digest }) => [id, digest]));
  const has = new Map(suites.map(({ id, digest }) => [id, digest]));
  const changed = [...had].flatMap(([id, digest]) =>
    has.has(id) && has.get(id) !== digest ? [id] : [],
  );
  return [
    ...lessAndMore([...had.keys()], [...has.keys()], { zh: "题集", en: "suite" }),
    ...(changed.length === 0
      ? []
      : [
          {
            zh: `题集 ${changed.join("、")} 的内容变了`,
            en: `suite ${changed.join(", ")} has changed`,
          },
        ]),
  ];
}

/** What of a target decides what is sent. */
type TargetPlan = Pick<
  RunLine["targets"][number],
  "ref" | "model" | "protocol" | "params" | "body"
>;

function targetChanges(old: RunLine, plan: Plan): readonly Text[] {
  const had = new Map<string, TargetPlan>(old.targets.map((entry) => [entry.ref, entry]));
  const has = new Map<string, TargetPlan>(plan.targets.map(({ entry }) => [entry.ref, entry]));
  const changes = [...had].flatMap(([ref, before]) => {
    const after = has.get(ref);
    return after === undefined
      ? []
      : differing(before, after).map((name) => ({ ref, name, before, after }));
  });
  return [
    ...lessAndMore([...had.keys()], [...has.keys()], { zh: "目标", en: "target" }),
    ...changes.map(({ ref, name, before, after }) => ({
      zh: `${ref} 的 ${name} 是 ${shown(before[name])}，现在是 ${shown(after[name])}`,
      en: `${name} of ${ref} was ${shown(before[name])}, is ${shown(after[name])}`,
    })),
  ];
}

const targetNames = ["model", "protocol", "params", "body"] as const;

const differing = (before: TargetPlan, after: TargetPlan) =>
  targetNames.filter((name) => shown(before[name]) !== shown(after[name]));

function lessAndMore(had: readonly string[], has: readonly string[], kind: Text): readonly Text[] {
  const less = had.filter((each) => !has.includes(each));
  const more = has.filter((each) => !had.includes(each));
  return [
    ...(less.length === 0
      ? []
      : [
          {
            zh: `少了${kind.zh} ${less.join("、")}`,
            en: `${kind.en} ${less.join(", ")} is missing`,
          },
        ]),
    ...(more.length === 0
      ? []
      : [{ zh: `多了${kind.zh} ${more.join("、")}`, en: `${kind.en} ${more.join(", ")} is new` }]),
  ];
}

/** Settings that the plan's digest covers, as the user wrote them. */
const flags = {
  trials: "--trials",
  seed: "--seed",
  limit: "--limit",
  draw: "--draw",
  filter: "--filter",
  wordings: "--wordings",
  params: "run.params",
  via_sim: "--via-sim",
  reseed: "--reseed",
  shard: "--shard",
} as const satisfies Partial<Record<keyof Settings, string>>;

function settingChanges(old: Settings, now: Settings): readonly Text[] {
  const changes = (Object.keys(flags) as readonly (keyof typeof flags)[]).flatMap((name) => {
    const [was, is] = [old[name], now[name]];
    if (shown(was) === shown(is)) return [];
    return [
      {
        zh: `${flags[name]} ${was === null || was === undefined ? "没有" : `是 ${shown(was)}`}，现在${is === null || is === undefined ? "没有" : `是 ${shown(is)}`}`,
        en: `${flags[name]} was ${shown(was)}, is ${shown(is)}`,
      },
    ];
  });
  if ((old.cold === undefined) === (now.cold === undefined)) return changes;
  return [...changes, { zh: "--cold 不同", en: "--cold differs" }];
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return "none";
  return typeof value === "string" ? value : canonicalJson(value);
}
