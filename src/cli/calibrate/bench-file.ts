import { appendFileSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";

import { z } from "zod";

import { formats } from "../../domain/formats.ts";
import { JudgeCall } from "../../domain/judging.ts";
import { UserError } from "../../domain/text.ts";
import { eachLine } from "../../files/lines.ts";
import { lockFile } from "../../files/lock.ts";

/** What the verdicts of a file depend on besides the rows: with another digest its calls do not count. */
export type BenchStart = {
  readonly digest: string;
  readonly grader: { readonly id: string; readonly version: string };
  readonly with: Readonly<Record<string, unknown>>;
  readonly judges: readonly string[];
};

const Start = z.object({
  schema: z.literal(formats.judgeBench),
  bench: z.literal("start"),
  digest: z.string(),
});

const CallLine = z.object({
  bench: z.literal("call"),
  row_key: z.string(),
  pass: z.string(),
  vote: z.int(),
  temperature: z.number(),
  call: JudgeCall,
});
export type BenchCall = Omit<z.infer<typeof CallLine>, "bench">;

const VerdictLine = z.looseObject({
  bench: z.literal("verdict"),
  row_key: z.string(),
  pass: z.string(),
});

/** A row with its verdict: `row_key` and `pass` name it, the rest is as it is written. */
export type BenchVerdict = {
  readonly row_key: string;
  readonly pass: string;
  readonly [field: string]: unknown;
};

/** A file to which each call goes as soon as it has been paid, and each verdict as soon as it is reached. */
export type BenchFile = {
  /** Calls of earlier sessions. */
  readonly calls: readonly BenchCall[];
  /** Returns when the line is written, so that a call is on the disk before the next one is made. */
  readonly call: (line: BenchCall) => void;
  /** Writes nothing where the file holds the same verdict already. */
  readonly verdict: (line: BenchVerdict) => void;
  /** Throws what the disk said where a line could not be written: nothing more should be paid then. */
  readonly check: () => void;
  /** Flushes to the disk and releases the file. */
  readonly close: () => Promise<void>;
};

/**
 * Opens such a file, new or to go on with it; a last line that was cut off is taken out. Throws a UserError where it is
 * another file, belongs to other judges or options, or is being written by another process.
 */
export async function openBenchFile(
  file: string,
  shown: string,
  start: BenchStart,
): Promise<BenchFile> {
  const lock = await lockFile(file);
  try {
    const handle = await open(file, "a+");
    try {
      const before = await readBench(handle, shown, start.digest);
      return writerOf(handle, lock.release, before, start);
    } catch (error) {
      await handle.close();
      throw error;
    }
  } catch (error) {
    await lock.release();
    throw error;
  }
}

const opening = `{"schema":"${formats.judgeBench}","bench":"start"`;

type Before = {
  readonly isNew: boolean;
  readonly calls: readonly BenchCall[];
  readonly verdicts: Map<string, string>;
};

async function readBench(handle: FileHandle, shown: string, digest: string): Promise<Before> {
  const calls: BenchCall[] = [];
  const verdicts = new Map<string, string>();
  let isNew = true;
  for await (const { bytes, start, line, ended } of eachLine(handle, { shown })) {
    if (!ended) {
      // Nobody's file is cut but our own.
      if (isNew && !bytes.toString("utf8").startsWith(opening)) throw notOurs(shown);
      await handle.truncate(start);
      break;
    }
    const value = jsonOf(bytes);
    if (isNew) {
      const head = Start.safeParse(value);
      if (!head.success) throw notOurs(shown);
      if (head.data.digest !== digest) throw otherJudges(shown);
      isNew = false;
      continue;
    }
    const call = CallLine.safeParse(value);
    if (call.success) {
      const { bench: _, ...rest } = call.data;
      calls.push(rest);
      continue;
    }
    const verdict = VerdictLine.safeParse(value);
    if (!verdict.success) throw damaged(shown, line);
    const { row_key, pass } = verdict.data;
    verdicts.set(JSON.stringify([row_key, pass]), bytes.toString("utf8"));
  }
  return { isNew, calls, verdicts };
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return null;
  }
}

function writerOf(
  handle: FileHandle,
  release: () => Promise<void>,
  { isNew, calls, verdicts }: Before,
  start: BenchStart,
): BenchFile {
  let failure: { readonly error: unknown } | null = null;
  // Judges would take what is thrown here for a failed call, so it waits for `check`.
  const append = (text: string): void => {
    if (failure !== null) return;
    try {
      appendFileSync(handle.fd, `${text}\n`);
    } catch (error) {
      failure = { error };
    }
  };
  const check = (): void => {
    if (failure !== null) throw failure.error;
  };
  if (isNew) append(JSON.stringify({ schema: formats.judgeBench, bench: "start", ...start }));
  return {
    calls,
    call: (line) => append(JSON.stringify({ bench: "call", ...line })),
    verdict: (line) => {
      const name = JSON.stringify([line.row_key, line.pass]);
      const text = JSON.stringify({ ...line, bench: "verdict" });
      if (verdicts.get(name) === text) return;
      verdicts.set(name, text);
      append(text);
    },
    check,
    close: async () => {
      try {
        check();
        await handle.sync();
      } finally {
        await handle.close();
        await release();
      }
    },
  };
}

const notOurs = (shown: string): UserError =>
  new UserError({
    zh: `${shown} 已存在，但不是裁判校准的记录；请用 -o 换一个文件名`,
    en: `${shown} exists and is no record of a judge's calibration; choose another name with -o`,
  });
const otherJudges = (shown: string): UserError =>
  new UserError({
    zh: `${shown} 是用别的裁判、选项或评分器版本评的，不能接着写；请用 -o 换一个文件名`,
    en: `${shown} holds verdicts of other judges, options or another version of the grader and cannot be continued; choose another name with -o`,
  });
const damaged = (shown: string, line: number): UserError =>
  new UserError({
    zh: `${shown}:${line} 这一行损坏：应是一次裁判调用或一条判定；请删掉这一行，或用 -o 换一个文件名`,
    en: `${shown}:${line} is damaged: expected a judge's call or a verdict; delete the line, or choose another name with -o`,
  });
