import { readFile } from "node:fs/promises";

import type { GradedElsewhere } from "../domain/run-file/elsewhere.ts";
import type { ForeignFile, ForeignSample, RunImporter } from "../importing/runs/run-importer.ts";

import { isObject, memberOf, textOf } from "../domain/json.ts";
import { SkipRow } from "../importing/importer.ts";
import { promptedGold } from "../importing/runs/gold.ts";
import { askedIn, failed, messagesOf, said } from "../importing/runs/reply.ts";
import { sampledRow, wholeJson } from "../importing/runs/rows.ts";
import { notOfFormat } from "../importing/runs/run-importer.ts";

/**
 * Predictions of OpenCompass: `outputs/…/predictions/<model>/<dataset>.json`, one object by the number of the question; what its
 * evaluator said stands in `results/` under the same name. Read in 2026-11 (0.5).
 */
export const runImporter: RunImporter = {
  id: "opencompass",
  title: { zh: "OpenCompass", en: "OpenCompass" },
  matches: /(?:^|\/)predictions\/[^/]+\/[^/]+\.json$/,
  read: async function* read(file) {
    const whole = await wholeJson(file, {
      zh: "请让 OpenCompass 按大小切分数据集（--partitioner size）",
      en: "have OpenCompass split the data set by size",
    });
    if (!isObject(whole) || !Object.values(whole).every(isPrediction)) throw notPredictions(file);
    const details = await detailsOf(file);
    for (const [number, value] of Object.entries(whole)) {
      yield* sampledRow(number, () => samplesOf(number, value, file, details));
    }
  },
};

const isPrediction = (value: unknown): boolean => memberOf(value, "prediction") !== undefined;

const notPredictions = (file: ForeignFile) =>
  notOfFormat(file, runImporter.title, {
    zh: "应是 predictions/ 下以题号为键、每题有 prediction 的 JSON",
    en: "it should be a JSON of predictions/, by the number of the question, each with a prediction",
  });

function samplesOf(
  number: string,
  value: unknown,
  { path }: ForeignFile,
  details: unknown,
): readonly ForeignSample[] {
  const parts = path.split(/[\\/]/);
  const asked = askedOf(value);
  const golds = [memberOf(value, "gold")]
    .flat()
    .filter((gold) => typeof gold === "string" || typeof gold === "number")
    .map(String);
  const replies = [memberOf(value, "prediction")].flat();
  return replies.map((reply, trial) => ({
    dimension: [(parts.at(-1) ?? "").replace(/\.json$/, "")],
    id: number,
    model: parts.at(-2) ?? "unknown",
    ...asked,
    gold: promptedGold(golds, asked.prompt),
    reply: typeof reply === "string" ? said(reply) : failed("no prediction"),
    graded: gradedOf(details, number, trial),
    when: null,
  }));
}

/** A text, or the turns `{role: HUMAN, prompt}`; where options were compared by perplexity, the input of the first. */
function askedOf(value: unknown): Pick<ForeignSample, "before" | "prompt"> {
  const origin = memberOf(value, "origin_prompt");
  if (Array.isArray(origin)) {
    const messages = origin.map((turn) => ({
      role: memberOf(turn, "role"),
      content: memberOf(turn, "prompt"),
    }));
    return askedIn(messagesOf(messages));
  }
  const compared = Object.entries(isObject(value) ? value : {}).find(([name]) =>
    name.startsWith("label: "),
  );
  const text = textOf(origin) ?? textOf(memberOf(compared?.[1], "testing input"));
  if (text === null) throw new SkipRow("没有 origin_prompt", "no origin_prompt");
  return { before: [], prompt: text };
}

/** What the evaluator said of each question; nothing where it did not write that down. */
async function detailsOf({ path }: ForeignFile): Promise<unknown> {
  const results = path.replace(/([\\/])predictions([\\/][^\\/]+[\\/][^\\/]+)$/, "$1results$2");
  if (results === path) return undefined;
  try {
    return memberOf(JSON.parse(await readFile(results, "utf8")), "details");
  } catch {
    return undefined;
  }
}

function gradedOf(details: unknown, number: string, trial: number): GradedElsewhere | null {
  const own = Array.isArray(details) ? details[Number(number)] : memberOf(details, number);
  const correct = memberOf(own, "correct") ?? memberOf(own, "is_correct");
  const verdict = Array.isArray(correct) ? correct[trial] : trial === 0 ? correct : undefined;
  if (typeof verdict !== "boolean") return null;
  const parsed = memberOf(own, "parsed") ?? memberOf(own, "pred");
  const read = Array.isArray(parsed) ? parsed[trial] : parsed;
  return { by: "accuracy", value: verdict ? 1 : 0, extracted: textOf(read), why: null };
}
