import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";

import type { AnswerLine, ItemLine, ScoreLine } from "../../domain/run-file/lines.ts";
import type { Anchors, NightRecord } from "../../report/nightly/record.ts";
import type { Graders } from "../../store/graders.ts";

import { unpackedBytes } from "../../files/packed.ts";
import { gradeAnswer } from "../../grading/grade.ts";
import { readHeader, scanRun } from "../../store/runs/reader.ts";
import { openRunLines } from "../../store/runs/run-lines.ts";
import { reopenRunFile } from "../../store/runs/writer.ts";
import { isPaid } from "../score/paid.ts";
import { type NightFile, nightRunFiles } from "./files.ts";

/** How many run files were graded again, and how many of their answers. */
export type Regraded = { readonly files: number; readonly answers: number };

/**
 * Grades the kept answers of earlier nights again, to items whose grader tonight is another one or of another version, so
 * that the series goes on. The scores of before stay in the run files: the record bridges both. Items that judges decide are
 * left as they are, because judges cost money; so are nights whose run files are gone. Stops where `signal` says so.
 */
export async function regradeKept(
  folder: string,
  measurements: readonly NightRecord[],
  { graders, signal }: { readonly graders: Graders; readonly signal: AbortSignal },
): Promise<Regraded> {
  const tonight = measurements.findLast(({ second_of }) => second_of === null);
  const nothing = { files: 0, answers: 0 };
  if (tonight === undefined || !measurements.some((night) => lags(night.anchors, tonight.anchors)))
    return nothing;
  const files = await filesByRun(folder);
  const newest = files.get(tonight.run);
  if (newest === undefined) return nothing;
  const wanted = await gradersOf(newest.path);
  const done = { files: 0, answers: 0 };
  for (const night of measurements) {
    const file = files.get(night.run);
    if (file === undefined || file === newest || !lags(night.anchors, tonight.anchors)) continue;
    if (signal.aborted) break;
    const answers = await regradeFile(file, wanted, graders);
    done.answers += answers;
    if (answers > 0) done.files += 1;
  }
  return done;
}

/** Whether a night has anchors of tonight, asked alike, that another grader graded. */
function lags(night: Anchors, tonight: Anchors): boolean {
  if (night === tonight) return false;
  const current = new Map(tonight.items.map((_, at) => [askOf(tonight, at), tonight.grader[at]]));
  return night.items.some((_, at) => {
    const [now, then] = [current.get(askOf(night, at)) ?? 0, night.grader[at] ?? 0];
    return now !== 0 && then !== 0 && now !== then;
  });
}

const askOf = ({ items, ask, gold }: Anchors, at: number): string =>
  `${items[at]} ${ask[at]} ${gold[at]}`;

async function filesByRun(folder: string): Promise<ReadonlyMap<string, NightFile>> {
  const files = new Map<string, NightFile>();
  for (const file of await nightRunFiles(folder)) {
    const header = await readHeader(file.path);
    if (header !== null) files.set(header.id, file);
  }
  return files;
}

/** How an item is graded tonight; items that judges decided are left out. */
type Wanted = ReadonlyMap<string, { readonly item: ItemLine; readonly digest: string }>;

async function gradersOf(file: string): Promise<Wanted> {
  const items = new Map<string, ItemLine>();
  const digests = new Map<string, string>();
  const itemOf = new Map<string, string>();
  const paid = new Set<string>();
  await scanRun(file, (line) => {
    if (line.kind === "item") items.set(line.item, line);
    if (line.kind === "answer") itemOf.set(line.key, line.item);
    if (line.kind !== "score" || line.pending === true) return;
    const item = itemOf.get(line.key) ?? "";
    digests.set(item, line.grader.digest);
    if (isPaid(line)) paid.add(item);
  });
  const known = [...items].flatMap(([name, item]) => {
    const digest = digests.get(name);
    return digest === undefined || paid.has(name) ? [] : [[name, { item, digest }] as const];
  });
  return new Map(known);
}

/** Appends a score to every answer that tonight's grader would see otherwise. Resolves to how many. */
async function regradeFile(file: NightFile, wanted: Wanted, graders: Graders): Promise<number> {
  const stale = await staleAnswers(file.path, wanted);
  if (stale.length === 0) return 0;
  const path = file.isPacked ? await unpackedBeside(file.path) : file.path;
  const scanned = await scanRun(path, () => undefined);
  const lines = await openRunLines(path);
  const writer = await reopenRunFile(path, scanned);
  let answers = 0;
  try {
    for (const offset of stale) {
      const answer = (await lines.at(offset)) as AnswerLine;
      const known = wanted.get(answer.item);
      if (known === undefined) continue;
      const score = await gradeAnswer(known.item, answer, graders.load);
      // A judge is missing here, or this program is not the one that ran tonight.
      if (score.pending === true || score.grader.digest !== known.digest) continue;
      if (score.verdict === "ungraded") continue;
      await writer.append(score);
      answers += 1;
    }
    return answers;
  } finally {
    await writer.close();
    await lines.close();
  }
}

/** Byte offsets of the answers whose score is by another grader than tonight's, to questions and golds of tonight. */
async function staleAnswers(file: string, wanted: Wanted): Promise<readonly number[]> {
  const same = new Map<string, boolean>();
  const answers = new Map<string, { readonly offset: number; readonly item: string }>();
  const scores = new Map<string, ScoreLine>();
  await scanRun(file, (line, offset) => {
    if (line.kind === "item") same.set(line.item, isSame(line, wanted.get(line.item)?.item));
    if (line.kind === "answer") answers.set(line.key, { offset, item: line.item });
    if (line.kind === "score" && line.pending !== true) scores.set(line.key, line);
  });
  return [...answers].flatMap(([key, { offset, item }]) => {
    const score = scores.get(key);
    const isStale =
      same.get(item) === true &&
      score !== undefined &&
      !isPaid(score) &&
      score.verdict !== "failed" &&
      score.grader.digest !== wanted.get(item)?.digest;
    return isStale ? [offset] : [];
  });
}

function isSame(item: ItemLine, tonight: ItemLine | undefined): boolean {
  if (tonight === undefined || tonight.gold_digest !== item.gold_digest) return false;
  const ask = ({ asks }: ItemLine) => asks.find(({ wording }) => wording === null)?.ask_digest;
  return ask(item) === ask(tonight);
}

/** The plain text of `x.jsonl.zst` as `x.jsonl`, which goes before it from now on, and is packed again after the night. */
async function unpackedBeside(packed: string): Promise<string> {
  const path = packed.replace(/\.zst$/, "");
  const draft = `${path}.${process.pid}.part`;
  try {
    await pipeline(unpackedBytes(packed), createWriteStream(draft));
    await rename(draft, path);
    return path;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
