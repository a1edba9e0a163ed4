import type { LoadEnd, LoadLine, LoadRequest, LoadStep } from "../../domain/load/lines.ts";
import type { Shard } from "../../domain/run-file/shard.ts";
import type { LoadFile } from "../../store/load/load-file.ts";

import { canonicalJson, digestOf } from "../../domain/digest.ts";
import { shardName } from "../../domain/run-file/shard.ts";
import { UserError } from "../../domain/text.ts";
import { selfCheck } from "../../engine/load/self-check.ts";
import { summaryOf } from "./summary.ts";

/** A load of several machines as one: all lines but a file's name. */
export type MergedLoad = Omit<LoadFile, "file" | "end"> & { readonly end: LoadEnd };

type ShardOfLoad = { readonly load: LoadFile; readonly shard: Shard };

/**
 * Puts the shards of a load together. All figures are computed from the rows of all, none from those of a shard, so that they are
 * what one machine would have told. Throws a UserError for a load that is no shard, shards of different plans or versions, one that is there
 * twice, and missing ones.
 */
export function mergeLoads(loads: readonly LoadFile[]): MergedLoad {
  const shards = loads.map(shardOf).toSorted((a, b) => a.shard.index - b.shard.index);
  refuseOthers(shards);
  const head = mergedHead(shards.map(({ load }) => load));
  const rows = loads
    .flatMap((load) => load.rows)
    .toSorted((a, b) => a.step - b.step || a.planned_at_ms - b.planned_at_ms);
  const byStep = Map.groupBy(rows, ({ step }) => step);
  const steps = [
    ...Map.groupBy(
      loads.flatMap((load) => load.steps),
      ({ step }) => step,
    ),
  ]
    .toSorted(([a], [b]) => a - b)
    .map(([step, lines]) => mergedStep(lines, byStep.get(step) ?? []));
  const summary = summaryOf({ head, steps, rows });
  return { head, steps, rows, end: { ...mergedEnd(loads), summary } };
}

function shardOf(load: LoadFile): ShardOfLoad {
  const { shard } = load.head.plan;
  if (shard !== undefined) return { load, shard };
  throw new UserError({
    zh: `${load.file} 不是某一份（压测时没有 --shard），不能合并。几次压测之间用 compare 比较。`,
    en: `${load.file} is no shard (it was measured without --shard) and cannot be merged. compare sets several loads beside each other.`,
  });
}

/** What all shards of a load have in common. */
const planOf = ({ head: { plan, targets, tool } }: LoadFile): string =>
  canonicalJson([
    { ...plan, shard: null, threads: null },
    targets,
    tool.version,
    tool.commit ?? null,
  ]);

function refuseOthers(shards: readonly ShardOfLoad[]): void {
  const [first] = shards;
  if (first === undefined) return;
  for (const { load, shard } of shards) {
    if (planOf(load) === planOf(first.load) && shard.of === first.shard.of) continue;
    throw new UserError({
      zh: `${first.load.file} 与 ${load.file} 不能合并：计划、目标、份数或版本不同。各份要用同一版本、同一条 load 命令，只有 --shard 不同。`,
      en: `${first.load.file} and ${load.file} cannot be merged: their plans, targets, numbers of shards or versions differ. All shards come from one version and one load command, with nothing but --shard different.`,
    });
  }
  const missing = Array.from({ length: first.shard.of }, (_, at) => ({
    index: at + 1,
    of: first.shard.of,
  }))
    .filter(({ index }) => !shards.some(({ shard }) => shard.index === index))
    .map(shardName);
  if (missing.length > 0)
    throw new UserError({
      zh: `缺少第 ${missing.join("、")} 份：少了它们，服务器受到的压力就不是计划的那么大，数字没有意义。`,
      en: `Shards ${missing.join(", ")} are missing: without them the figures would be those of a load that was never planned.`,
    });
  if (shards.length > first.shard.of)
    throw new UserError({
      zh: "有一份出现了两次，每份只给一个文件。",
      en: "A shard is there twice. Name one file of each.",
    });
}

function mergedHead(loads: readonly LoadFile[]): LoadLine {
  const [first] = loads;
  if (first === undefined) throw new RangeError("no shards to merge");
  const { shard: _, ...plan } = first.head.plan;
  const started_at = loads.map(({ head }) => head.started_at).toSorted()[0] ?? "";
  return {
    ...first.head,
    id: `${started_at.replaceAll(/[-:]|\.\d+/g, "")}-${digestOf(loads.map(({ head }) => head.id)).slice(0, 6)}`,
    started_at,
    plan: { ...plan, threads: loads.reduce((sum, { head }) => sum + head.plan.threads, 0) },
  };
}

/** A step that one shard cut was not whole; one that a machine was late in cannot be believed: its self-check is made anew from all rows. */
function mergedStep(lines: readonly LoadStep[], rows: readonly LoadRequest[]): LoadStep {
  const [first] = lines;
  if (first === undefined) throw new RangeError("a step without a line");
  const cuts = lines.flatMap(({ cut_at_ms }) => cut_at_ms ?? []);
  const check = selfCheck(rows.filter(({ phase }) => phase !== "warmup"));
  return {
    ...first,
    measure_from_ms: Math.min(...lines.map(({ measure_from_ms }) => measure_from_ms)),
    measure_until_ms: Math.max(...lines.map(({ measure_until_ms }) => measure_until_ms)),
    cut: lines.some(({ cut }) => cut),
    ...(cuts.length === 0 ? {} : { cut_at_ms: Math.min(...cuts) }),
    self_check: {
      ...check,
      trusted: check.trusted && lines.every(({ self_check }) => self_check.trusted),
    },
  };
}

function mergedEnd(loads: readonly LoadFile[]): Omit<LoadEnd, "summary"> {
  const ends = loads.map(({ end }) => end);
  const statuses = new Set(ends.map((end) => end?.status ?? "interrupted"));
  const worst = (["interrupted", "budget", "errors"] as const).find((each) => statuses.has(each));
  return {
    kind: "end",
    when:
      ends
        .map((end) => end?.when ?? "")
        .toSorted()
        .at(-1) || new Date().toISOString(),
    status: worst ?? "complete",
    wall_ms: Math.max(...ends.map((end) => end?.wall_ms ?? 0)),
  };
}
