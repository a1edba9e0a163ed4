import type { GradedElsewhere } from "../domain/run-file/elsewhere.ts";
import type { GraderRef } from "../domain/suite.ts";
import type {
  ForeignFile,
  ForeignGold,
  ForeignReply,
  ForeignRow,
  ForeignSample,
  RunImporter,
} from "../importing/runs/run-importer.ts";

import { listOf, memberOf, textOf } from "../domain/json.ts";
import { openZip } from "../files/zip.ts";
import { choiceGold, letterOf, open, textGold } from "../importing/runs/gold.ts";
import {
  askedIn,
  contentOf,
  failed,
  finishOf,
  messagesOf,
  outcomeOfFinish,
  reasoningOf,
  said,
  usageOf,
} from "../importing/runs/reply.ts";
import { parsedJson, sampledRow, wholeJson } from "../importing/runs/rows.ts";
import { notOfFormat } from "../importing/runs/run-importer.ts";

/** Logs of Inspect (https://inspect.aisi.org.uk/eval-logs.html), read in 2026-11: `.eval` archives and `.json`. */
export const runImporter: RunImporter = {
  id: "inspect",
  title: { zh: "Inspect", en: "Inspect" },
  matches: /\.eval$|(?:^|\/)\d{4}-\d\d-\d\dT[^/]*\.json$/,
  read: (file, version) =>
    file.path.endsWith(".eval") ? readArchive(file, version) : readJson(file, version),
};

type Log = { readonly task: string; readonly model: string; readonly scorers: readonly Scorer[] };
type Scorer = { readonly name: string; readonly options: unknown };

async function* readJson(
  file: ForeignFile,
  version: (version: string) => void,
): AsyncGenerator<ForeignRow> {
  const log = await wholeJson(file, {
    zh: "请用 inspect log convert --to eval 换成 .eval",
    en: "turn it into .eval with inspect log convert --to eval",
  });
  const head = logOf(file, log, version);
  for (const sample of listOf(memberOf(log, "samples"))) {
    yield* sampledRow(placeOf(sample), () => sampleOf(sample, head));
  }
}

async function* readArchive(
  file: ForeignFile,
  version: (version: string) => void,
): AsyncGenerator<ForeignRow> {
  const zip = await openZip(file.path);
  try {
    // An eval that was cut off has no header, but what it began with.
    const header = (await zip.read("header.json")) ?? (await zip.read("_journal/start.json"));
    if (header === null) throw notInspect(file);
    const head = logOf(
      file,
      parsedJson(header.toString("utf8"), `${file.path}:header.json`),
      version,
    );
    for (const name of zip.names.filter((each) => /^samples\/.+\.json$/.test(each))) {
      const bytes = await zip.read(name);
      const sample = parsedJson(bytes?.toString("utf8") ?? "", `${file.path}:${name}`);
      yield* sampledRow(placeOf(sample), () => sampleOf(sample, head));
    }
  } finally {
    await zip.close();
  }
}

const placeOf = (sample: unknown): string =>
  `${String(memberOf(sample, "id"))}#${String(memberOf(sample, "epoch"))}`;

function logOf(file: ForeignFile, log: unknown, version: (version: string) => void): Log {
  const about = memberOf(log, "eval");
  const [task, model] = [textOf(memberOf(about, "task")), textOf(memberOf(about, "model"))];
  if (task === null || model === null) throw notInspect(file);
  const own = textOf(memberOf(memberOf(about, "packages"), "inspect_ai"));
  if (own !== null) version(own);
  const scorers = listOf(memberOf(about, "scorers")).map((scorer) => ({
    name: textOf(memberOf(scorer, "name")) ?? "",
    options: memberOf(scorer, "options"),
  }));
  return { task: task.split("/").at(-1) ?? task, model, scorers };
}

const notInspect = (file: ForeignFile) =>
  notOfFormat(file, runImporter.title, {
    zh: "里面应有 eval.task、eval.model",
    en: "it should hold eval.task and eval.model",
  });

function sampleOf(sample: unknown, { task, model, scorers }: Log): ForeignSample {
  const attachments = memberOf(sample, "attachments");
  const messages = messagesOf(
    listOf(memberOf(sample, "messages")).filter((message) => memberOf(message, "role") !== "tool"),
  ).map(({ role, text }) => ({ role, text: attached(text, attachments) }));
  // The log of a sample that failed early has no conversation yet.
  const { before, prompt } = askedIn(
    messages.length > 0 ? messages : messagesOf(inputOf(memberOf(sample, "input"))),
  );
  return {
    dimension: [task],
    id: String(memberOf(sample, "id")),
    model,
    before,
    prompt,
    gold: goldOf(sample, scorers),
    reply: replyOf(sample, attachments),
    graded: gradedOf(memberOf(sample, "scores"), scorers),
    when: textOf(memberOf(sample, "completed_at")) ?? textOf(memberOf(sample, "started_at")),
  };
}

const inputOf = (input: unknown): unknown =>
  typeof input === "string" ? [{ role: "user", content: input }] : input;

/** Long texts stand beside the sample, under their hash. */
const attached = (text: string, attachments: unknown): string =>
  text.replaceAll(
    /attachment:\/\/([0-9a-f]{32})/g,
    (whole, hash: string) => textOf(memberOf(attachments, hash)) ?? whole,
  );

function replyOf(sample: unknown, attachments: unknown): ForeignReply {
  const error = memberOf(sample, "error");
  const output = memberOf(sample, "output");
  const [choice] = listOf(memberOf(output, "choices"));
  if (choice === undefined) {
    const said = textOf(memberOf(error, "message")) ?? textOf(memberOf(output, "error"));
    return failed(said ?? "no output");
  }
  const content = memberOf(memberOf(choice, "message"), "content");
  const finish = finishOf(memberOf(choice, "stop_reason"));
  return said(attached(contentOf(content), attachments), {
    outcome: outcomeOfFinish(finish),
    reasoning: attached(reasoningOf(content), attachments),
    finish,
    usage: usageOf(memberOf(output, "usage")),
    model: textOf(memberOf(output, "model")),
  });
}

/** The scorers say what the target is: an option, a text in the reply, a pattern, or an example for a model that grades. */
function goldOf(sample: unknown, scorers: readonly Scorer[]): ForeignGold | null {
  const target = memberOf(sample, "target");
  const targets = (Array.isArray(target) ? target : [target]).filter(
    (each): each is string => typeof each === "string" && each !== "",
  );
  const choices = listOf(memberOf(sample, "choices")).map(String);
  if (targets.length === 0) return null;
  if (choices.length > 0) return choiceGold(choices, lettersIn(targets, choices));
  const [scorer] = scorers;
  const [first = "", ...aliases] = targets;
  if (scorer?.name.startsWith("model_graded") === true) return { reference: first, grader: open };
  if (scorer?.name === "includes") {
    return { answer: first, ...(aliases.length === 0 ? {} : { aliases }), grader: includes };
  }
  return textGold(targets);
}

const includes: GraderRef = { use: "contains" };

/** Letters, or the words of options. */
const lettersIn = (targets: readonly string[], choices: readonly string[]): string =>
  targets
    .flatMap((target) => {
      const place = choices.indexOf(target);
      if (/^[A-Z]+$/.test(target)) return Array.from(target);
      return place < 0 ? [] : [letterOf(place)];
    })
    .toSorted()
    .join("");

const values: Readonly<Record<string, number>> = { C: 1, P: 0.5, I: 0, N: 0 };

/** The first scorer's score; several stand side by side in its name. */
function gradedOf(scores: unknown, scorers: readonly Scorer[]): GradedElsewhere | null {
  const all = Object.entries(typeof scores === "object" && scores !== null ? scores : {});
  const [name = "", score] = all.find(([each]) => each === scorers[0]?.name) ?? all[0] ?? [];
  if (score === undefined) return null;
  return {
    by: name,
    value: valueOf(memberOf(score, "value")),
    extracted: textOf(memberOf(score, "answer")) || null,
    why: textOf(memberOf(score, "reason")),
  };
}

function valueOf(value: unknown): number | null {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "number") return value >= 0 && value <= 1 ? value : null;
  return typeof value === "string" ? (values[value] ?? null) : null;
}
