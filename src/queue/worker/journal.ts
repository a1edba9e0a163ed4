import { randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";

import { z } from "zod";

import type { AnswerLine, StepLine } from "../../domain/run-file/lines.ts";

import { lineSchemas } from "../../domain/run-file/lines.ts";
import { record } from "../../domain/schema/readonly.ts";
import { lockFile } from "../../files/lock.ts";
import { createKeySet } from "../../store/suites/key-set.ts";

/** What a worker was paid for and the coordinator has not acknowledged. */
export type Journal = {
  readonly file: string;
  /** Which journal it is, on all machines: it stays the same for whoever opens it again. */
  readonly id: string;
  /** Answers that were not acknowledged, by key. */
  readonly waiting: ReadonlyMap<string, AnswerLine>;
  /** True of an answer that the coordinator has written since this journal was opened, or shortly before. */
  readonly isAcknowledged: (key: string) => boolean;
  readonly steps: (key: string) => readonly StepLine[];
  /** Resolves once the line is written, before anybody is told of it. */
  readonly step: (line: StepLine) => Promise<void>;
  readonly answer: (line: AnswerLine) => Promise<void>;
  readonly acknowledge: (key: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

const Acknowledged = record({ kind: z.literal("acknowledged"), key: z.string() });
const Opened = record({ kind: z.literal("journal"), id: z.string() });
const Line = z.union([lineSchemas.answer, lineSchemas.step, Acknowledged, Opened]);
type Line = z.infer<typeof Line>;

/** A journal that holds nothing any more is emptied once it is this large. */
const emptiedAtBytes = 16 << 20;

/**
 * Opens the journal of one run, under a lock; a torn last line is left out. Rejects with a `UserError` where another process
 * writes it.
 */
export async function openJournal(file: string): Promise<Journal> {
  await mkdir(dirname(file), { recursive: true });
  const lock = await lockFile(file);
  const handle = await open(file, "a+");
  const waiting = new Map<string, AnswerLine>();
  const steps = new Map<string, readonly StepLine[]>();
  const acknowledged = createKeySet();
  let opened: z.infer<typeof Opened> | null = null;
  const take = (line: Line): void => {
    if (line.kind === "step") {
      steps.set(line.key, [...(line.step === 1 ? [] : (steps.get(line.key) ?? [])), line]);
    } else if (line.kind === "answer") {
      waiting.set(line.key, line);
      steps.delete(line.key);
    } else if (line.kind === "journal") {
      opened = line;
    } else {
      waiting.delete(line.key);
      acknowledged.add(line.key);
    }
  };
  let bytes = await replay(handle, take);
  const first = opened ?? ({ kind: "journal", id: randomUUID() } as const);
  let last = Promise.resolve();
  const write = (line: Line): Promise<void> => {
    const text = `${JSON.stringify(line)}\n`;
    last = last.then(async () => {
      await handle.appendFile(text);
      bytes += Buffer.byteLength(text);
      take(line);
      if (bytes < emptiedAtBytes || waiting.size > 0 || steps.size > 0) return;
      await handle.truncate(0);
      await handle.appendFile(`${JSON.stringify(first)}\n`);
      bytes = 0;
    });
    return last;
  };
  if (opened === null) await write(first);
  return {
    file,
    id: first.id,
    waiting,
    isAcknowledged: acknowledged.has,
    steps: (key) => steps.get(key) ?? [],
    step: write,
    answer: write,
    acknowledge: async (key) => {
      if (waiting.has(key)) await write({ kind: "acknowledged", key });
    },
    close: async () => {
      await last.catch(() => undefined);
      await handle.close();
      await lock.release();
    },
  };
}

/** Reads what is there, makes it end with a whole line, and gives the length. A damaged line is left out by itself. */
async function replay(handle: FileHandle, take: (line: Line) => void): Promise<number> {
  let position = 0;
  let whole = 0;
  // Without the option the stream would close the handle.
  for await (const text of handle.readLines({ start: 0, autoClose: false })) {
    position += Buffer.byteLength(text) + 1;
    const parsed = Line.safeParse(jsonOf(text));
    if (!parsed.success) continue;
    take(parsed.data);
    whole = position;
  }
  const { size } = await handle.stat();
  if (whole > size) await handle.appendFile("\n");
  else if (whole < size) await handle.truncate(whole);
  return whole;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
