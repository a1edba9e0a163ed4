import type { GradedElsewhere } from "../domain/run-file/elsewhere.ts";
import type { ForeignFile, ForeignSample, RunImporter } from "../importing/runs/run-importer.ts";

import { isObject, listOf, memberOf, textOf } from "../domain/json.ts";
import { SkipRow } from "../importing/importer.ts";
import { promptedGold } from "../importing/runs/gold.ts";
import {
  askedIn,
  contentOf,
  failed,
  messagesOf,
  reasoningOf,
  said,
} from "../importing/runs/reply.ts";
import { linesOfFile, sampledRows } from "../importing/runs/rows.ts";
import { notOfFormat } from "../importing/runs/run-importer.ts";

/** Reviews of EvalScope 1.x: `outputs/<time>/reviews/<model>/<dataset>_<subset>.jsonl`, read in 2026-11. */
export const runImporter: RunImporter = {
  id: "evalscope",
  title: { zh: "EvalScope", en: "EvalScope" },
  matches: /(?:^|\/)reviews\/[^/]+\/[^/]+\.jsonl$/,
  read: (file) =>
    sampledRows(linesOfFile(file), (value, row) => {
      if (!isObject(memberOf(value, "sample_score"))) {
        if (row === 1) throw notReviews(file);
        throw new SkipRow("没有 sample_score", "no sample_score");
      }
      return sampleOf(value, file);
    }),
};

const notReviews = (file: ForeignFile) =>
  notOfFormat(file, runImporter.title, {
    zh: "每行应有 messages、target、sample_score（在 outputs/…/reviews/ 里，不是 predictions/）",
    en: "each line should hold messages, target and sample_score (in outputs/…/reviews/, not in predictions/)",
  });

function sampleOf(value: unknown, file: ForeignFile): ForeignSample {
  const all = listOf(memberOf(value, "messages"));
  const last = all.at(-1);
  const replied = memberOf(last, "role") === "assistant";
  const asked = askedIn(messagesOf(replied ? all.slice(0, -1) : all));
  const score = memberOf(memberOf(value, "sample_score"), "score");
  const parts = file.path.split(/[\\/]/);
  const content = memberOf(last, "content");
  const text = replied ? contentOf(content) : "";
  return {
    dimension: [(parts.at(-1) ?? "").replace(/\.jsonl$/, "")],
    id: String(memberOf(memberOf(value, "sample_score"), "group_id") ?? memberOf(value, "index")),
    model: parts.at(-2) ?? "unknown",
    ...asked,
    gold: promptedGold(targetsOf(memberOf(value, "target")), asked.prompt),
    reply: replied
      ? said(text, { reasoning: reasoningOf(content), model: textOf(memberOf(last, "model")) })
      : failed("no reply"),
    graded: gradedOf(score),
    when: null,
  };
}

const targetsOf = (target: unknown): readonly string[] =>
  [target]
    .flat()
    .filter((each) => each !== null && each !== undefined)
    .map(String);

function gradedOf(score: unknown): GradedElsewhere | null {
  const values = memberOf(score, "value");
  if (!isObject(values)) return null;
  const main = textOf(memberOf(score, "main_score_name"));
  const by = main !== null && typeof values[main] === "number" ? main : Object.keys(values)[0];
  const value = by === undefined ? undefined : values[by];
  if (by === undefined || typeof value !== "number") return null;
  return {
    by,
    value: value >= 0 && value <= 1 ? value : null,
    extracted: textOf(memberOf(score, "extracted_prediction")),
    why: textOf(memberOf(score, "explanation")),
  };
}
