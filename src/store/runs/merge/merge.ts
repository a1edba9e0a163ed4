import type { RunFileLine } from "../../../domain/run-file/lines.ts";
import type { EndLine, ResumeLine } from "../../../domain/run-file/session.ts";
import type { Shard } from "../../../domain/run-file/shard.ts";

import { isFailed } from "../../../domain/outcome.ts";
import { isInShard, shardName } from "../../../domain/run-file/shard.ts";
import { UserError } from "../../../domain/text.ts";
import { createKeySet } from "../../suites/key-set.ts";
import { runBatches } from "../reader.ts";
import { createRunFile } from "../writer.ts";
import { mergedHeader, missingShards, readShards, type ShardFile } from "./shards.ts";

/** What came of a merge. */
export type MergedRun = {
  readonly end: EndLine;
  readonly missing: readonly Shard[];
  /** Files of shards that did not run to their end. */
  readonly unfinished: readonly string[];
};

/** What one shard holds, as the first pass finds it. */
type Part = ShardFile & {
  readonly end: EndLine | null;
  readonly answers: number;
  readonly failed: number;
};

/**
 * Puts the shards of one plan together as one run file, which equals the run without shards: the same keys, answers and
 * scores. Two passes, each over one file after the other, hold a few thousand lines at a time; nothing is written before
 * the first has looked at everything. Each shard stays a session of its own, so that its times are judged by its own health.
 * Rejects with a UserError for shards that do not belong together, for missing ones unless `partial`, and where `out` exists.
 */
export async function mergeRuns(
  files: readonly string[],
  out: string,
  partial: boolean,
): Promise<MergedRun> {
  const { shards, missing } = await readShards(files);
  if (missing.length > 0 && !partial) throw missingShards(missing);
  const parts: Part[] = [];
  for (const shard of shards) parts.push(await lookAt(shard));
  const header = mergedHeader(shards, out);
  const unfinished = parts.filter(({ end }) => end?.status !== "complete");
  const end = mergedEnd(parts, missing.length > 0);
  const writer = await createRunFile(out, header);
  try {
    for (const [at, part] of parts.entries()) {
      if (at > 0) await writer.append(sessionOf(part));
      for await (const batch of runBatches(part.file)) {
        await Promise.all(
          batch.filter(({ kind }) => kind !== "run").map((line) => writer.append(line)),
        );
      }
    }
    const last = parts.at(-1);
    if (last !== undefined) await writer.append(sessionOf(last));
    await writer.append(end);
  } finally {
    await writer.close();
  }
  return { end, missing, unfinished: unfinished.map(({ file }) => file) };
}

/** The first pass: every key belongs to the shard, so that none stands in two. */
async function lookAt(shard: ShardFile): Promise<Part> {
  const answers = createKeySet();
  const failures = createKeySet();
  let end: EndLine | null = null;
  for await (const batch of runBatches(shard.file)) {
    for (const line of batch) {
      if (line.kind === "end") end = line;
      if (line.kind === "resume" || line.kind === "answer") end = null;
      const item = itemOf(line);
      if (item !== null && !isInShard(item, shard.shard)) throw foreignItem(shard, item);
      if (line.kind !== "answer") continue;
      answers.add(line.key);
      if (isFailed(line.outcome)) failures.add(line.key);
      else failures.delete(line.key);
    }
  }
  return { ...shard, end, answers: answers.size(), failed: failures.size() };
}

const itemOf = (line: RunFileLine): string | null =>
  line.kind === "item" || line.kind === "answer" || line.kind === "step" ? line.item : null;

/** Begins a session for a shard's lines. */
function sessionOf({ header }: Part): ResumeLine {
  const { concurrency, attempts, deadlines_ms, max_cost, max_tokens_total } = header.settings;
  const { max_cost_per_target = null, max_tokens_per_target = null } = header.settings;
  return {
    kind: "resume",
    when: header.started_at,
    tool: header.tool,
    settings: {
      concurrency,
      attempts,
      deadlines_ms,
      max_cost,
      max_tokens_total,
      max_cost_per_target,
      max_tokens_per_target,
    },
  };
}

const gravest: readonly EndLine["status"][] = ["interrupted", "failed", "budget", "complete"];

/** The end of the whole run: counts add up, the longest shard is how long it took, and the worst health is told. */
function mergedEnd(parts: readonly Part[], isPartial: boolean): EndLine {
  const ends = parts.flatMap(({ end }) => (end === null ? [] : [end]));
  const isCut = isPartial || ends.length < parts.length;
  const status = isCut
    ? "interrupted"
    : (gravest.find((each) => ends.some((end) => end.status === each)) ?? "complete");
  const loops = ends.map(({ loop }) => loop).toSorted((a, b) => b.lag_p99_ms - a.lag_p99_ms);
  const loop = loops.find(({ trusted }) => !trusted) ?? loops[0] ?? unmeasured;
  const stopped = new Map<string, NonNullable<EndLine["stopped"]>[number]>();
  for (const each of ends.flatMap((end) => end.stopped ?? [])) {
    const unasked = (stopped.get(each.target)?.unasked ?? 0) + each.unasked;
    stopped.set(each.target, { ...each, unasked });
  }
  return {
    kind: "end",
    when:
      [...ends.map(({ when }) => when), ...parts.map(({ header }) => header.started_at)]
        .toSorted()
        .at(-1) ?? "",
    status,
    answers: parts.reduce((sum, { answers }) => sum + answers, 0),
    failed: parts.reduce((sum, { failed }) => sum + failed, 0),
    wall_ms: Math.max(0, ...ends.map(({ wall_ms }) => wall_ms)),
    loop,
    stopped: [...stopped.values()],
  };
}

/** Of shards that were all cut off. */
const unmeasured: EndLine["loop"] = {
  utilisation: 0,
  lag_p99_ms: 0,
  send_lag_p50_ms: null,
  trusted: false,
};

const foreignItem = ({ file, shard }: ShardFile, item: string): UserError =>
  new UserError({
    zh: `${file} 里的 ${item} 不属于第 ${shardName(shard)} 份：这个文件被改过，或由分法不同的版本写成，合并后同一题可能出现两次。`,
    en: `${item} in ${file} does not belong to shard ${shardName(shard)}: the file was changed, or a version that divides otherwise wrote it, and its key could stand twice after the merge.`,
  });
