import type { GradedElsewhere } from "../domain/run-file/elsewhere.ts";
import type {
  ForeignFile,
  ForeignGold,
  ForeignSample,
  RunImporter,
} from "../importing/runs/run-importer.ts";

import { isObject, listOf, memberOf, textOf } from "../domain/json.ts";
import { SkipRow } from "../importing/importer.ts";
import { choiceGold, letterOf, textGold } from "../importing/runs/gold.ts";
import { resultsBeside, type LmEvalAbout } from "../importing/runs/lm-eval-results.ts";
import { askedIn, messagesOf, said } from "../importing/runs/reply.ts";
import { linesOfFile, sampledRows } from "../importing/runs/rows.ts";
import { notOfFormat } from "../importing/runs/run-importer.ts";

/**
 * What lm-evaluation-harness writes with `--log_samples` (0.4, read in 2026-11): `samples_<task>_<time>.jsonl`, beside
 * `results_<time>.json`. A document stands there once for each filter of its task; its reply is one, read by the first.
 */
export const runImporter: RunImporter = {
  id: "lm-eval",
  title: { zh: "lm-evaluation-harness", en: "lm-evaluation-harness" },
  matches: /(?:^|\/)samples_[^/]+\.jsonl$/,
  read: async function* read(file, version) {
    const about = await resultsBeside(file.path);
    if (about.version !== null) version(about.version);
    let filter: unknown = undefined;
    yield* sampledRows(linesOfFile(file), (value, row) => {
      if (!isObject(memberOf(value, "arguments")) && !Array.isArray(memberOf(value, "arguments"))) {
        if (row === 1) throw notSamples(file);
        throw new SkipRow("没有 arguments", "no arguments");
      }
      filter ??= memberOf(value, "filter") ?? "none";
      return (memberOf(value, "filter") ?? "none") === filter
        ? samplesOf(value, file, about)
        : null;
    });
  },
};

const notSamples = (file: ForeignFile) =>
  notOfFormat(file, runImporter.title, {
    zh: "每行应有 doc_id、arguments、resps（用 --log_samples 得到 samples_….jsonl）",
    en: "each line should hold doc_id, arguments and resps (--log_samples writes samples_….jsonl)",
  });

function samplesOf(
  value: unknown,
  file: ForeignFile,
  about: LmEvalAbout,
): readonly ForeignSample[] {
  const name = file.name.split("/").at(-1) ?? file.name;
  const task =
    /^samples_(.+)_\d{4}-\d\d-\d\dT[\d.:-]+\.jsonl$/.exec(name)?.[1] ??
    name.replace(/\.jsonl$/, "");
  const requests = requestsOf(memberOf(value, "arguments"));
  const responses = listOf(memberOf(value, "resps"));
  const likely = likelihoods(responses);
  const base = {
    dimension: [task],
    id: String(memberOf(value, "doc_id")),
    model: about.model ?? file.name.split("/").at(-2) ?? "unknown",
    ...askedOf(requests[0]?.context ?? ""),
    when: null,
  };
  if (likely !== null && requests.length > 1) {
    const choices = requests.map(({ continuation }) => continuation.trim());
    const best = likely.indexOf(Math.max(...likely));
    return [
      {
        ...base,
        gold: chosenGold(choices, memberOf(value, "target")),
        reply: said(isLettered(choices) ? (choices[best] ?? "") : letterOf(best)),
        graded: gradedOf(value),
      },
    ];
  }
  if (likely !== null) {
    throw new SkipRow(
      "只有似然（困惑度），没有回答",
      "it holds likelihoods (perplexity) and no reply",
    );
  }
  const replies = responses.flatMap((each) => listOf(each)).map(String);
  return replies.map((reply) => ({
    ...base,
    gold: textGold([memberOf(value, "target")].flat().map(String)),
    reply: said(reply),
    graded: replies.length === 1 ? gradedOf(value) : null,
  }));
}

type LmEvalRequest = { readonly context: string; readonly continuation: string };

/** `{gen_args_0: {arg_0, arg_1}}`, in older files `[[context, continuation], …]`. */
const requestsOf = (given: unknown): readonly LmEvalRequest[] =>
  (isObject(given) ? Object.values(given) : listOf(given)).map((each) => ({
    context: textOf(isObject(each) ? memberOf(each, "arg_0") : listOf(each)[0]) ?? "",
    continuation: textOf(isObject(each) ? memberOf(each, "arg_1") : listOf(each)[1]) ?? "",
  }));

/** The log likelihood of each continuation; null where the responses are texts. Numbers are written as texts. */
function likelihoods(responses: readonly unknown[]): readonly number[] | null {
  const all = responses.map((each) => {
    const [first] = listOf(each);
    return Array.isArray(first) ? Number(first[0]) : Number.NaN;
  });
  return all.length > 0 && all.every((each) => !Number.isNaN(each)) ? all : null;
}

const isLettered = (choices: readonly string[]): boolean =>
  choices.every((choice, place) => choice === letterOf(place));

/** The target is the place of a choice, or its text. */
function chosenGold(choices: readonly string[], target: unknown): ForeignGold {
  const text = String(target).trim();
  const place = choices.includes(text) ? choices.indexOf(text) : Number(text);
  if (!Number.isInteger(place) || choices[place] === undefined) {
    throw new SkipRow(`target ${text} 不是选项之一`, `the target ${text} is none of the choices`);
  }
  return isLettered(choices)
    ? { answer: letterOf(place), grader: { use: "choice" } }
    : choiceGold(choices, letterOf(place));
}

/** The prompt is a text; with a chat template unapplied, a conversation as JSON. */
function askedOf(context: string): Pick<ForeignSample, "before" | "prompt"> {
  if (!/^\s*\[\s*\{\s*"role"/.test(context)) return { before: [], prompt: context };
  try {
    return askedIn(messagesOf(JSON.parse(context)));
  } catch {
    return { before: [], prompt: context };
  }
}

/** The first metric that is a share. */
function gradedOf(value: unknown): GradedElsewhere | null {
  const named = listOf(memberOf(value, "metrics")).map(String);
  const metrics = named.length > 0 ? named : ["acc", "exact_match", "acc_norm"];
  for (const by of metrics) {
    const found = memberOf(value, by);
    const score = typeof found === "boolean" ? Number(found) : found;
    if (typeof score !== "number") continue;
    const [read] = listOf(memberOf(value, "filtered_resps"));
    const share = score >= 0 && score <= 1 ? score : null;
    return { by, value: share, extracted: textOf(read), why: null };
  }
  return null;
}
