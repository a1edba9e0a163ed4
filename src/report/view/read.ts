import { open } from "node:fs/promises";

import type { RunFileLine } from "../../domain/run-file/lines.ts";
import type { View } from "./model.ts";

import { UserError } from "../../domain/text.ts";
import { scanRun } from "../../store/runs/reader.ts";
import { createView, step } from "./view.ts";

/**
 * Folds run files, in the order given, into one view; of a key in several files the last file counts. `also` gets every
 * line, for what a view does not hold.
 */
export async function readView(
  files: readonly string[],
  also: (line: RunFileLine) => void = () => {},
): Promise<View> {
  const view = createView();
  for (const file of files) {
    await refuseGzip(file);
    await scanRun(file, (line, offset) => {
      step(view, line, offset);
      also(line);
    });
    refuseChangedSuites(view);
  }
  return view;
}

async function refuseGzip(file: string): Promise<void> {
  const handle = await open(file).catch(() => null);
  if (handle === null) return;
  const magic = Buffer.alloc(2);
  try {
    await handle.read(magic, 0, 2, 0);
  } finally {
    await handle.close();
  }
  if (magic[0] !== 0x1f || magic[1] !== 0x8b) return;
  throw new UserError({
    zh: `${file} 是 gzip 压缩文件，请先解压：gunzip -k ${file}`,
    en: `${file} is compressed with gzip; unpack it first: gunzip -k ${file}`,
  });
}

/** Two versions of a suite cannot share one score. */
function refuseChangedSuites({ runs }: View): void {
  const digests = new Map<string, string>();
  for (const { id, digest } of runs.flatMap(({ suites }) => suites)) {
    if ((digests.get(id) ?? digest) !== digest) {
      throw new UserError({
        zh: `这些运行中题集 ${id} 的内容不同，不能并成一张榜。请分别查看，或用 baimo compare。`,
        en: `These runs hold different contents of suite ${id} and cannot share a leaderboard. Show them one by one, or use baimo compare.`,
      });
    }
    digests.set(id, digest);
  }
}
