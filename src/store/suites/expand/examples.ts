import { z } from "zod";

import type { Example, ExamplesFrom, Item } from "../../../domain/suite.ts";

import { digestOf } from "../../../domain/digest.ts";
import { Id } from "../../../domain/id.ts";
import { letteredOptions } from "../../../domain/rotate.ts";
import { Options } from "../../../domain/suite.ts";
import { renderTemplate } from "../../../domain/wrap/template.ts";
import { openFile } from "../../../files/jsonl.ts";
import { eachLine } from "../../../files/lines.ts";
import { problemError } from "../../../files/text-file.ts";
import { foldText } from "../../../text/answer-fold.ts";
import { parseRow } from "../rows.ts";

const Scalar = z.union([z.string(), z.number(), z.boolean()]);

/** A row that can be an example: an item with a question and an answer, or no more than those. */
const Candidate = z.looseObject({
  id: Id.optional(),
  question: z.string().min(1),
  options: Options.optional(),
  answer: z.union([Scalar, z.array(Scalar)]),
  reference: z.string().optional(),
  cluster: z.string().optional(),
});
type Candidate = z.infer<typeof Candidate>;

/** What a reply's template may name. */
export const replyNames = ["answer", "reference"] as const;

type Pooled = {
  readonly candidate: Candidate;
  readonly question: string;
  /** 32 bits of question and options, whatever row they stand in. */
  readonly hash: number;
};

/** The rows of a file from which examples are drawn. */
export type ExamplePool = { readonly rows: readonly Pooled[]; readonly settings: ExamplesFrom };

/** Reads the whole file; rejects with a `UserError` that names every row which cannot be an example. */
export async function readExamples(file: string, settings: ExamplesFrom): Promise<ExamplePool> {
  const handle = await openFile(file);
  const rows: Pooled[] = [];
  const problems = [];
  try {
    for await (const { bytes, line } of eachLine(handle, { shown: file })) {
      const row = parseRow(bytes, Candidate, { file, line });
      if (row.ok) rows.push(pooled(row.value));
      else problems.push(...row.problems);
      if (problems.length >= mostProblems) break;
    }
  } finally {
    await handle.close();
  }
  if (problems.length > 0) throw problemError(problems);
  return { rows, settings };
}

const mostProblems = 20;

function pooled(candidate: Candidate): Pooled {
  const { question, options } = candidate;
  return { candidate, question: foldText(question), hash: hashOf([question, options ?? null]) };
}

/**
 * The n examples of an item: those of the pool that come first in an order which is drawn for each item by the seed. The place
 * of a row in that order depends on itself, the item and the seed alone, so that a row that is added or moved changes the
 * examples of an item only where it becomes one, and that fewer are the first of more. The item itself is never among them, by its id, its question or its cluster.
 */
export function drawExamples(
  { rows, settings }: ExamplePool,
  item: Pick<Item, "id" | "question" | "cluster" | "turns">,
  n: number,
): readonly Example[] {
  const asked = new Set(
    [item.question, ...(item.turns ?? []).map(({ user }) => user)].flatMap((text) =>
      text === undefined ? [] : [foldText(text)],
    ),
  );
  const isOwn = ({ candidate: { id, cluster }, question }: Pooled): boolean =>
    id === item.id || asked.has(question) || (cluster !== undefined && cluster === item.cluster);
  const own = hashOf([item.id, settings.seed]);
  const first: { readonly row: Pooled; readonly rank: number }[] = [];
  for (const row of rows) {
    const rank = mixed(own, row.hash);
    const last = first.length < n ? undefined : first.at(-1);
    if ((last !== undefined && rank >= last.rank) || isOwn(row)) continue;
    const place = first.findIndex((other) => rank < other.rank);
    first.splice(place < 0 ? first.length : place, 0, { row, rank });
    if (first.length > n) first.pop();
  }
  return first.map(({ row }) => exampleOf(row.candidate, settings));
}

function exampleOf(
  { question, options, answer, reference = "" }: Candidate,
  { reply = "{{answer}}" }: ExamplesFrom,
): Example {
  const text = [answer]
    .flat()
    .map(String)
    .join(options === undefined ? "、" : "");
  return {
    question,
    ...(options === undefined ? {} : { options: letteredOptions(options) ?? options }),
    answer: renderTemplate(reply, { answer: text, reference }),
  };
}

const hashOf = (value: unknown): number => Number.parseInt(digestOf(value).slice(0, 8), 16);

/** Two words in one by MurmurHash3's 32-bit finaliser (Appleby): each bit depends on all of both. */
function mixed(a: number, b: number): number {
  let word = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ b;
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return (word ^ (word >>> 16)) >>> 0;
}
