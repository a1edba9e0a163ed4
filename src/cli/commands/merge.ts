import { resolve } from "node:path";

import type { Context } from "../context.ts";

import { shardName } from "../../domain/run-file/shard.ts";
import { UserError } from "../../domain/text.ts";
import { isLoadFile } from "../../store/load/load-file.ts";
import { type MergedRun, mergeRuns } from "../../store/runs/merge/merge.ts";
import { ownName, shownPath } from "../names.ts";
import { defineCommand, flag } from "../options.ts";
import { shared } from "../shared-options.ts";

/** Exit 0, 2 for shards that do not belong together or are missing, 3 where a shard did not run to its end. */
export const command = defineCommand({
  usage: "RUN… -o RUN [--partial]",
  options: {
    out: shared.out,
    partial: flag({
      zh: "缺几份也合并，之后用 run --resume 补问",
      en: "merge without the missing shards; run --resume asks for the rest",
    }),
  },
  run: async ({ out, partial, positionals }, context) => {
    if (positionals.length === 0 || out === null) throw unnamed;
    const files = positionals.map((file) => resolve(context.cwd, file));
    const file = resolve(context.cwd, out);
    if (await isLoadFile(files[0] ?? "")) {
      const { mergeLoadFiles } = await import("../load/merge-loads.ts");
      return await mergeLoadFiles(files, file, context);
    }
    const merged = await mergeRuns(files, file, partial);
    context.print(told(merged, shownPath(file, context), context));
    return merged.end.status === "complete" && merged.end.failed === 0 ? 0 : 3;
  },
});

const unnamed = new UserError({
  zh: "请给出各份的运行文件和输出：baimo merge results/shard-*.jsonl -o results/run.jsonl",
  en: "Name the run files of the shards and the output: baimo merge results/shard-*.jsonl -o results/run.jsonl",
});

function told({ end, missing, unfinished }: MergedRun, file: string, context: Context): string {
  const isZh = context.lang === "zh";
  const names = missing.map(shardName).join(isZh ? "、" : ", ");
  const cut = unfinished.map((each) => shownPath(each, context)).join(isZh ? "、" : ", ");
  const next = `${ownName(context)} ${
    missing.length > 0 || unfinished.length > 0
      ? `run --resume ${file}`
      : end.failed > 0
        ? `run --resume ${file} --retry-failed`
        : `leaderboard ${file}`
  }`;
  return [
    isZh
      ? `已合并：${end.answers} 条回答，其中 ${end.failed} 条失败 → ${file}`
      : `Merged: ${end.answers} answers, ${end.failed} of them failed → ${file}`,
    ...(missing.length === 0 ? [] : [isZh ? `缺少第 ${names} 份` : `Missing: shards ${names}`]),
    ...(unfinished.length === 0 ? [] : [isZh ? `没有跑完：${cut}` : `Not run to the end: ${cut}`]),
    isZh ? `接下来：\n${next}` : `Next:\n${next}`,
  ].join("\n");
}
