import { type FileHandle, open } from "node:fs/promises";

import type { RunFileLine } from "../../domain/run-file/lines.ts";

/** Random access to the lines of a run file, by the byte offset a scan reported. */
export type RunLines = {
  readonly at: (offset: number) => Promise<RunFileLine>;
  readonly close: () => Promise<void>;
};

const step = 1 << 16;

/** Opens a run file for reading lines in any order, at offsets found by a scan. */
export async function openRunLines(file: string): Promise<RunLines> {
  const handle = await open(file, "r");
  return {
    at: async (offset) => JSON.parse(await readLine(handle, offset)) as RunFileLine,
    close: () => handle.close(),
  };
}

async function readLine(handle: FileHandle, offset: number): Promise<string> {
  const parts: Buffer[] = [];
  for (let from = offset; ;) {
    const buffer = Buffer.alloc(step);
    const { bytesRead } = await handle.read(buffer, 0, step, from);
    const part = buffer.subarray(0, bytesRead);
    const end = part.indexOf(10);
    if (end !== -1 || bytesRead === 0) {
      return Buffer.concat([...parts, end === -1 ? part : part.subarray(0, end)]).toString("utf8");
    }
    parts.push(part);
    from += bytesRead;
  }
}
