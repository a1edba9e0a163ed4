import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

import type { Verdict } from "../../../domain/grader.ts";
import type { RunLine } from "../../../domain/run-file/header.ts";
import type { GraderRef } from "../../../domain/suite.ts";
import type { Gradable } from "../scan.ts";
import type { RangeMessage } from "./worker.ts";

import { verdicts } from "../../../domain/grader.ts";
import { type GradedRange, ungradedYet } from "./graded-range.ts";
import { gradeRanges, leaveTheRest, type RangesSetup } from "./ranges.ts";

/** A run file whose answers were graded while it was scanned; nothing is written yet. */
export type Surveyed = Gradable & { readonly graded: Graded };

export type Graded = {
  /** In the order of the file. */
  readonly ranges: readonly GradedRange[];
  /** Starts of item lines that another follows for the same item: who was graded by one of them was not graded. */
  readonly superseded: ReadonlySet<number>;
  /** How many answers no thread graded. */
  readonly left: number;
};

export type SurveySetup = Omit<RangesSetup, "size" | "rangeBytes" | "plainRanges" | "next"> & {
  readonly header: RunLine;
  /** This one counts; where it is not said, there is one for each core, but no other for a small file. */
  readonly threads?: number;
  readonly rangeBytes?: number;
  readonly plainRanges?: number;
  /** Starts one more thread; tests start some that die. */
  readonly startThread?: (setup: RangesSetup) => Worker;
};

/** Files of fewer bytes are read sooner than a thread starts: some five thousand answers. */
const smallBytes = 8 << 20;
const usualRangeBytes = 2 << 20;
/** Some 150,000 answers, with 30 MB of lines. */
const usualPlainRanges = 128;
/** With less, more of what is read outlives a collection. */
const youngMb = 32;

/**
 * Scans and grades a run file in one pass, on several threads, each a range of it at a time. Null where the file is unusual:
 * packed, cut off, damaged, or with verdicts that judges were paid for; a scan then says what is wrong.
 */
export async function survey({
  header,
  threads,
  rangeBytes = usualRangeBytes,
  plainRanges = usualPlainRanges,
  startThread = startWorker,
  ...rest
}: SurveySetup): Promise<Surveyed | null> {
  const size = await plainSize(rest.file);
  if (size === null) return null;
  const wanted = threads ?? (size < smallBytes ? 1 : availableParallelism());
  const next = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const setup: RangesSetup = { ...rest, size, rangeBytes, plainRanges, next };
  const count = Math.min(wanted, Math.ceil(size / rangeBytes));
  const workers = Array.from({ length: count - 1 }, () => startThread(setup));
  const collected = createCollected();
  const taken = await Promise.allSettled([
    ...workers.map((worker) => rangesOf(worker, setup, collected.add)),
    gradeRanges(setup, collected.add),
  ]);
  for (const worker of workers) void worker.terminate();
  // Unusual, or a thread died, as of too little memory: the main thread may manage.
  return taken.some(({ status }) => status === "rejected") ? null : collected.whole(header, size);
}

/** The bytes of a file that starts and ends as an unpacked run file that was written whole, else null. */
async function plainSize(file: string): Promise<number | null> {
  const handle = await open(file, "r").catch(() => null);
  if (handle === null) return null;
  try {
    const stat = await handle.stat();
    if (!stat.isFile() || stat.size === 0) return null;
    const isWhole =
      (await byteAt(handle, 0)) === 0x7b && (await byteAt(handle, stat.size - 1)) === 10;
    return isWhole ? stat.size : null;
  } finally {
    await handle.close();
  }
}

const byteAt = async (handle: FileHandle, position: number): Promise<number | undefined> =>
  (await handle.read(Buffer.alloc(1), 0, 1, position)).buffer[0];

function startWorker(setup: RangesSetup): Worker {
  // The file's own extension: .ts in a checkout, .js in a build.
  const name = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js";
  return new Worker(new URL(name, import.meta.url), {
    workerData: setup,
    resourceLimits: { maxYoungGenerationSizeMb: youngMb },
  });
}

/** Resolves when a thread has given all of its ranges; rejects where one of them is unusual or it dies. */
function rangesOf(
  worker: Worker,
  setup: RangesSetup,
  add: (number: number, range: GradedRange) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      leaveTheRest(setup);
      reject(error);
    };
    worker.on("message", (message: RangeMessage) => {
      if (message.kind === "range") add(message.number, message.range);
      else if (message.isUnusual) fail(new Error("an unusual range"));
      else resolve();
    });
    worker.on("error", fail);
    worker.on("exit", () => fail(new Error("a thread ended")));
  });
}

/** Puts the findings of the ranges together, in the order of the file. */
function createCollected() {
  const ranges: GradedRange[] = [];
  const items = new Map<string, number>();
  const before = new Map<string, Verdict>();
  const refs = new Set<string>();
  let hasTwice = false;
  let answers = 0;
  let left = 0;
  let next = 0;

  const take = (range: GradedRange): void => {
    answers += range.answers.length;
    for (const by of range.gradedBy) if (by === ungradedYet) left += 1;
    for (const ref of range.refs) refs.add(ref);
    const known = items.size;
    let at = 0;
    for (const key of range.items) items.set(key, range.itemStarts[at++] ?? 0);
    hasTwice ||= items.size < known + range.items.length;
    at = 0;
    for (const key of range.scores) {
      const verdict = verdicts[range.scored[at++] ?? 0];
      if (verdict !== undefined) before.set(key, verdict);
    }
  };
  return {
    add: (number: number, range: GradedRange): void => {
      ranges[number] = range;
      for (let ready = ranges[next]; ready !== undefined; ready = ranges[next]) {
        take(ready);
        next += 1;
      }
    },
    whole: (header: RunLine, size: number): Surveyed => ({
      header,
      scanned: { bytes: size, size, torn: false, unterminated: false },
      items,
      answers,
      before,
      standing: new Map(),
      paid: new Map(),
      refs: [...refs].map((text) => JSON.parse(text) as GraderRef),
      graded: { ranges, superseded: hasTwice ? supersededIn(ranges, items) : new Set(), left },
    }),
  };
}

/** Where items start that another line follows for the same one. */
const supersededIn = (
  ranges: readonly GradedRange[],
  last: ReadonlyMap<string, number>,
): ReadonlySet<number> =>
  new Set(
    ranges.flatMap(({ items, itemStarts }) =>
      Array.from(itemStarts).filter((start, at) => last.get(items[at] ?? "") !== start),
    ),
  );
