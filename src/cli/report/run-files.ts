import { resolve } from "node:path";

import type { Context } from "../context.ts";

import { isLoadFile } from "../../store/load/load-file.ts";

/**
 * Of the files named, those that are no loads, as they were named: `results/*.jsonl` also catches what `load` writes there. A
 * note says which were left out. Where all are loads they stay, and whoever reads them says what they are.
 */
export async function runFilesAmong(
  named: readonly string[],
  { cwd, lang, warn }: Pick<Context, "cwd" | "lang" | "warn">,
): Promise<readonly string[]> {
  const isLoad = await Promise.all(named.map((name) => isLoadFile(resolve(cwd, name))));
  const runs = named.filter((_, index) => isLoad[index] !== true);
  if (runs.length === 0 || runs.length === named.length) return named;
  const loads = named.filter((_, index) => isLoad[index] === true);
  const shown = loads.slice(0, mostNamed);
  warn(
    {
      zh: `略过压测文件 ${shown.join("、")}${loads.length > shown.length ? ` 等 ${loads.length} 个` : ""}：里面没有判分的回答，用 load FILE 看`,
      en: `Left out, as load files hold no graded answers: ${shown.join(", ")}${loads.length > shown.length ? ` and ${loads.length - shown.length} more` : ""}; load FILE shows one`,
    }[lang],
  );
  return runs;
}

const mostNamed = 3;
