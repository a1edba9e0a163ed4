import { dirname, relative, resolve, sep } from "node:path";

import type { RunLine } from "../../../domain/run-file/header.ts";
import type { Shard } from "../../../domain/run-file/shard.ts";

import { canonicalJson, digestOf } from "../../../domain/digest.ts";
import { shardName } from "../../../domain/run-file/shard.ts";
import { UserError } from "../../../domain/text.ts";
import { readHeader } from "../reader.ts";

/** A run file that holds one shard of a plan. */
export type ShardFile = { readonly file: string; readonly header: RunLine; readonly shard: Shard };

/**
 * The shards that these files hold, in order, and those that none holds. Rejects with a UserError for a file that is none,
 * for shards of different plans, numbers of shards or versions, and where two files hold the same shard.
 */
export async function readShards(
  files: readonly string[],
): Promise<{ readonly shards: readonly ShardFile[]; readonly missing: readonly Shard[] }> {
  const found: ShardFile[] = [];
  for (const file of files) {
    const header = await readHeader(file);
    if (header === null) throw noRun(file);
    const { shard } = header.settings;
    if (shard === undefined) throw noShard(file);
    const before = found.find((each) => each.shard.index === shard.index);
    const first = found[0] ?? { file, header, shard };
    refuseOther(first, { file, header, shard });
    if (before !== undefined) throw twice(shard, before.file, file);
    found.push({ file, header, shard });
  }
  const of = found[0]?.shard.of ?? 0;
  const missing = Array.from({ length: of }, (_, at) => ({ index: at + 1, of })).filter(
    ({ index }) => !found.some(({ shard }) => shard.index === index),
  );
  return { shards: found.toSorted((a, b) => a.shard.index - b.shard.index), missing };
}

/** The header of the whole run: sizes add up, paths are said from where it will lie. */
export function mergedHeader(shards: readonly ShardFile[], out: string): RunLine {
  const [first] = shards;
  if (first === undefined) throw new RangeError("no shards to merge");
  const { shard: _, ...settings } = first.header.settings;
  const moved = (path: string): string =>
    relative(dirname(out), resolve(dirname(first.file), path)).replaceAll(sep, "/");
  const sum = (value: (header: RunLine) => number): number =>
    shards.reduce((total, { header }) => total + value(header), 0);
  const started = shards.map(({ header }) => header.started_at).toSorted()[0] ?? "";
  const { config } = first.header;
  return {
    ...first.header,
    id: `${started.replaceAll(/[-:]|\.\d+/g, "")}-${digestOf(shards.map(({ header }) => header.id)).slice(0, 6)}`,
    started_at: started,
    ...(config === undefined ? {} : { config: moved(config) }),
    suites: first.header.suites.map((suite, at) => ({
      ...suite,
      items: sum(({ suites }) => suites[at]?.items ?? 0),
      ...(suite.file === undefined ? {} : { file: moved(suite.file) }),
    })),
    settings,
    size: {
      items: sum(({ size }) => size.items),
      per_target: sum(({ size }) => size.per_target),
      answers: sum(({ size }) => size.answers),
    },
  };
}

const list = (names: readonly string[]): { readonly zh: string; readonly en: string } => ({
  zh: names.join("、"),
  en: names.join(", "),
});

/** The error that names shards without which the run is not whole. */
export function missingShards(missing: readonly Shard[]): UserError {
  const names = list(missing.map(shardName));
  return new UserError({
    zh: `缺少第 ${names.zh} 份。补上它们的运行文件，或加 --partial 先合并已有的，之后用 run --resume 补问其余的题。`,
    en: `shards ${names.en} are missing. Name their run files as well, or merge what is there with --partial and ask the rest later by run --resume.`,
  });
}

function refuseOther(first: ShardFile, { file, header, shard }: ShardFile): void {
  const other = first.header;
  const suites = header.suites.filter(
    ({ id, digest }) => other.suites.find((each) => each.id === id)?.digest !== digest,
  );
  if (suites.length > 0) {
    const names = list(suites.map(({ id }) => id));
    throw refused(first, file, {
      zh: `题集 ${names.zh} 的内容（digest）不同`,
      en: `suite ${names.en} has another digest`,
    });
  }
  if (header.plan_digest !== other.plan_digest) {
    throw refused(first, file, {
      zh: "计划不同（目标、参数、题目范围、重复次数或种子）",
      en: "the plans differ (targets, params, choice of items, trials or seed)",
    });
  }
  if (shard.of !== first.shard.of) {
    throw refused(first, file, {
      zh: `份数不同：${shardName(first.shard)} 与 ${shardName(shard)}`,
      en: `the numbers of shards differ: ${shardName(first.shard)} and ${shardName(shard)}`,
    });
  }
  const version = ({ tool }: RunLine): string => canonicalJson([tool.version, tool.commit]);
  if (version(header) !== version(other)) {
    throw refused(first, file, {
      zh: `由不同版本的 baimo 写成（${other.tool.version} ${other.tool.commit ?? ""} 与 ${header.tool.version} ${header.tool.commit ?? ""}），评分规则可能不同`,
      en: `different versions of baimo wrote them (${other.tool.version} ${other.tool.commit ?? ""} and ${header.tool.version} ${header.tool.commit ?? ""}), which may grade differently`,
    });
  }
}

const refused = (first: ShardFile, file: string, why: ReturnType<typeof list>): UserError =>
  new UserError({
    zh: `${first.file} 与 ${file} 不能合并：${why.zh}。各份要用同一版本、同一条 run 命令跑出，只有 --shard 不同。`,
    en: `${first.file} and ${file} cannot be merged: ${why.en}. All shards come from one version and one run command, with nothing but --shard different.`,
  });

const twice = (shard: Shard, one: string, other: string): UserError =>
  new UserError({
    zh: `第 ${shardName(shard)} 份出现了两次：${one} 与 ${other}。每份只给一个运行文件。`,
    en: `shard ${shardName(shard)} is there twice: ${one} and ${other}. Name one run file of each shard.`,
  });

const noRun = (file: string): UserError =>
  new UserError({
    zh: `${file} 不是 baimo 的运行文件，或者不存在。`,
    en: `${file} is no run file of baimo, or is not there.`,
  });

const noShard = (file: string): UserError =>
  new UserError({
    zh: `${file} 不是某一份（运行时没有 --shard），不能合并。几个完整的运行文件可以一起交给 leaderboard 或 report。`,
    en: `${file} is no shard (it was run without --shard) and cannot be merged. Several whole runs can be given to leaderboard or report together.`,
  });
