import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";

import type { ScoreLine } from "../../../domain/run-file/lines.ts";
import type { GraderRef } from "../../../domain/suite.ts";
import type { ItemToCorrect } from "../correct.ts";

import { verdicts } from "../../../domain/grader.ts";
import { isPaid } from "../paid.ts";

/** Bytes `[from, to)` of a run file, as what was found in the lines that start there; lists of one kind are parallel. */
export type GradedRange = {
  readonly items: readonly string[];
  readonly itemStarts: Float64Array<ArrayBuffer>;
  /** Graders of the items, each once, as JSON. */
  readonly refs: readonly string[];
  /** Keys of the score lines, each once, and the place in `verdicts` of the last verdict of each. */
  readonly scores: readonly string[];
  readonly scored: Uint8Array<ArrayBuffer>;
  /** Keys of the answers. */
  readonly answers: readonly string[];
  readonly answerStarts: Float64Array<ArrayBuffer>;
  /** Where the item line starts by which an answer was graded; `ungradedYet` where it was not. */
  readonly gradedBy: Float64Array<ArrayBuffer>;
  /** The place of the new verdict in `verdicts`. */
  readonly verdicts: Uint8Array<ArrayBuffer>;
  /** The new score lines with their ends, and where in `bytes` the one of each answer ends. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** `bytes` is compressed, as a file of millions of answers would fill the memory. */
  readonly isPacked: boolean;
  readonly ends: Float64Array<ArrayBuffer>;
};

/** The answer has to be graded on the main thread: its item stands far away, or its grader is not one for threads. */
export const ungradedYet = -1;

const packing = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** The same with its lines compressed, to a tenth and in some milliseconds. */
export const packed = (range: GradedRange): GradedRange => ({
  ...range,
  // A copy of its own: the result may be the start of a larger buffer.
  bytes: new Uint8Array(zstdCompressSync(range.bytes, packing)),
  isPacked: true,
});

/** The new score lines of a range. */
export const linesOf = ({ bytes, isPacked }: GradedRange): Uint8Array =>
  isPacked ? zstdDecompressSync(bytes) : bytes;

/** Collects what is found in one range after another. */
export type Findings = {
  readonly clear: () => void;
  /** The item that counts. */
  readonly addItem: (item: ItemToCorrect, start: number) => void;
  /** Throws where judges were paid for it. */
  readonly addScore: (score: ScoreLine) => void;
  readonly addAnswer: (key: string, start: number) => void;
  /** Of the answer that was added last. */
  readonly addGrade: (
    by: number,
    graded: { readonly score: ScoreLine; readonly text: string },
  ) => void;
  readonly whole: () => GradedRange;
};

const firstRoom = 1 << 20;
/** The most bytes that UTF-8 takes for one UTF-16 code unit. */
const mostPerUnit = 3;
const newline = 10;

export function createFindings(): Findings {
  const encoder = new TextEncoder();
  let room = new Uint8Array(firstRoom);
  let used = 0;
  let found = empty();

  const write = (text: string): void => {
    const most = used + text.length * mostPerUnit + 1;
    if (most > room.length) room = grown(room, used, most);
    used += encoder.encodeInto(text, room.subarray(used)).written;
    room[used] = newline;
    used += 1;
  };
  return {
    clear: () => {
      found = empty();
      used = 0;
    },
    addItem: (item, start) => {
      found.items.push(item.item);
      found.itemStarts.push(start);
      for (const { grader } of item.turns) if (grader !== null) found.refs.add(grader);
    },
    addScore: (score) => {
      if (score.pending === true) return;
      if (isPaid(score)) throw new Error("judges were paid for a verdict");
      found.scores.set(score.key, verdicts.indexOf(score.verdict));
    },
    addAnswer: (key, start) => {
      found.answers.push(key);
      found.answerStarts.push(start);
      found.gradedBy.push(ungradedYet);
      found.verdicts.push(0);
      found.ends.push(used);
    },
    addGrade: (by, { score, text }) => {
      const last = found.answers.length - 1;
      write(text);
      found.gradedBy[last] = by;
      found.verdicts[last] = verdicts.indexOf(score.verdict);
      found.ends[last] = used;
    },
    whole: () => ({
      items: apart(found.items),
      itemStarts: new Float64Array(found.itemStarts),
      refs: [...found.refs].map((ref) => JSON.stringify(ref)),
      scores: apart([...found.scores.keys()]),
      scored: Uint8Array.from(found.scores.values()),
      answers: apart(found.answers),
      answerStarts: new Float64Array(found.answerStarts),
      gradedBy: new Float64Array(found.gradedBy),
      verdicts: Uint8Array.from(found.verdicts),
      bytes: room.slice(0, used),
      isPacked: false,
      ends: new Float64Array(found.ends),
    }),
  };
}

/** The texts by themselves: a part of a text that was read keeps all of it in memory. */
const apart = (texts: readonly string[]): readonly string[] =>
  JSON.parse(JSON.stringify(texts)) as readonly string[];

const empty = () => ({
  items: [] as string[],
  itemStarts: [] as number[],
  refs: new Set<GraderRef>(),
  scores: new Map<string, number>(),
  answers: [] as string[],
  answerStarts: [] as number[],
  gradedBy: [] as number[],
  verdicts: [] as number[],
  ends: [] as number[],
});

function grown(room: Uint8Array<ArrayBuffer>, used: number, most: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(most, 2 * room.length));
  larger.set(room.subarray(0, used));
  return larger;
}
