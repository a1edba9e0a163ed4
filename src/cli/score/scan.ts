import type { RunLine } from "../../domain/run-file/header.ts";
import type { ItemLine, ScoreLine } from "../../domain/run-file/lines.ts";
import type { GraderRef } from "../../domain/suite.ts";

import { type Scanned, scanRun } from "../../store/runs/reader.ts";
import { isPaid } from "./paid.ts";

/** What has to be known of a whole run file before its answers are graded again. */
export type Gradable = {
  readonly header: RunLine;
  readonly scanned: Scanned;
  /** Bytes at which the last line of an item starts. */
  readonly items: ReadonlyMap<string, number>;
  /** Number of answers. */
  readonly answers: number;
  readonly before: ReadonlyMap<string, ScoreLine["verdict"]>;
  /** Bytes at which lines start, by key: the score that counts, and the last that judges were paid for. */
  readonly standing: ReadonlyMap<string, number>;
  readonly paid: ReadonlyMap<string, number>;
  /** Graders of the items, each once. */
  readonly refs: readonly GraderRef[];
};

/** The first pass. `correct` gives the item that counts. */
export async function scanForGrading(
  file: string,
  correct: (item: ItemLine) => ItemLine,
): Promise<Gradable> {
  const items = new Map<string, number>();
  const before = new Map<string, ScoreLine["verdict"]>();
  const standing = new Map<string, number>();
  const paid = new Map<string, number>();
  const refs = new Set<string>();
  let answers = 0;
  let header: RunLine | null = null;
  const scanned = await scanRun(file, (line, offset) => {
    if (line.kind === "run") header = line;
    if (line.kind === "item") {
      items.set(line.item, offset);
      for (const { grader } of correct(line).turns)
        if (grader !== null) refs.add(JSON.stringify(grader));
    }
    if (line.kind === "answer") {
      answers += 1;
      // What was paid for was another answer.
      paid.delete(line.key);
    }
    if (line.kind === "score" && line.pending !== true) {
      before.set(line.key, line.verdict);
      standing.set(line.key, offset);
      if (isPaid(line)) paid.set(line.key, offset);
    }
  });
  if (header === null) throw new Error("a run file without a header was scanned");
  const parsed = [...refs].map((text) => JSON.parse(text) as GraderRef);
  return { header, scanned, items, answers, before, standing, paid, refs: parsed };
}
