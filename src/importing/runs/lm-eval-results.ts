import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { memberOf, textOf } from "../../domain/json.ts";

/** What the results beside a file of samples say of the run; null where they are not there. */
export type LmEvalAbout = { readonly model: string | null; readonly version: string | null };

/** Reads `results_<time>.json` of the same time as `samples_<task>_<time>.jsonl`. */
export async function resultsBeside(file: string): Promise<LmEvalAbout> {
  const time = /_(\d{4}-\d\d-\d\dT[\d.:-]+)\.jsonl$/.exec(basename(file))?.[1];
  const text =
    time === undefined
      ? null
      : await readFile(join(dirname(file), `results_${time}.json`), "utf8").catch(() => null);
  const results = parsed(text);
  return {
    model:
      textOf(memberOf(results, "model_name")) || textOf(memberOf(results, "model_source")) || null,
    version: textOf(memberOf(results, "lm_eval_version")),
  };
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
