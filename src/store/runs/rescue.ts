import { type FileHandle, mkdir, open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";

import type { Tampering } from "./watch.ts";

/** The last bytes that were written, oldest first, and the first line of the file. */
export type Memory = {
  readonly head: () => Buffer | null;
  /** From the start of a line on. */
  readonly parts: () => readonly Buffer[];
  readonly bytes: () => number;
  readonly add: (part: Buffer) => void;
};

/** A run of some thousand answers whole; of a longer one, what was written last. */
const mostBytes = 16 << 20;
const pieceBytes = 256 << 10;
const packing = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Compressed, with the bytes that it holds. */
type Piece = { readonly packed: Uint8Array; readonly plain: number };

/**
 * Remembers what is written, as far as there is room. `head` is the first line of a file that was there before. What comes is
 * gathered and kept compressed, in a fraction of the room and about a millisecond a megabyte.
 */
export function createMemory(head: Buffer | null): Memory {
  const pieces: Piece[] = [];
  const room = Buffer.allocUnsafeSlow(pieceBytes);
  let used = 0;
  let bytes = 0;
  let first = head;

  const pack = (plain: Buffer): void => {
    if (plain.length === 0) return;
    // A copy of its own: the result may be the start of a larger buffer.
    const packed = new Uint8Array(zstdCompressSync(plain, packing));
    pieces.push({ packed, plain: plain.length });
  };
  const forgetOldest = (): void => {
    while (bytes > mostBytes && pieces.length > 1) bytes -= pieces.shift()?.plain ?? 0;
  };
  return {
    head: () => first,
    parts: () => [
      ...pieces.map(({ packed }) => zstdDecompressSync(packed)),
      room.subarray(0, used),
    ],
    bytes: () => bytes,
    add: (part) => {
      first ??= Buffer.from(part.subarray(0, part.indexOf(10) + 1));
      if (used + part.length > room.length) {
        pack(room.subarray(0, used));
        used = 0;
      }
      if (part.length > room.length) pack(part);
      else used += part.copy(room, used);
      bytes += part.length;
      forgetOldest();
    },
  };
}

export type Rescue = {
  readonly file: string;
  readonly handle: FileHandle;
  readonly tampering: Tampering;
  readonly memory: Memory;
  /** Bytes written, and how many of them the file was last seen to hold. */
  readonly length: number;
  readonly seen: number;
  /** Lines that wait to be written. */
  readonly waiting: Buffer;
};

/**
 * Saves a run whose file was taken away, in a new file beside it; returns its name, or null if nothing can be saved. A
 * file that was removed or replaced is still whole behind its handle. Of one that was cut, what is left is joined with
 * what is in memory.
 */
export async function rescueRun(rescue: Rescue): Promise<string | null> {
  const target = await openBeside(rescue.file);
  if (target === null) return null;
  try {
    const { tampering, memory, waiting } = rescue;
    const isWhole = tampering === "removed" || tampering === "replaced";
    const before = rescue.length - memory.bytes();
    const copied =
      isWhole && (await copy(rescue.handle, target.handle, rescue.length))
        ? "all"
        : await copyBefore(rescue, target.handle, before);
    if (copied === "none") await target.handle.writeFile(memory.head() ?? "");
    if (copied !== "all") for (const part of memory.parts()) await target.handle.writeFile(part);
    await target.handle.writeFile(waiting);
    await target.handle.datasync();
    return target.file;
  } catch {
    return null;
  } finally {
    await target.handle.close();
  }
}

/** What is left of the bytes before those in memory; "none" if the head of the run is not among them. */
async function copyBefore(
  { handle, tampering, memory, length, seen }: Rescue,
  target: FileHandle,
  before: number,
): Promise<"some" | "none" | "nothing needed"> {
  if (before === 0) return "nothing needed";
  const { size } = await handle.stat();
  // Of a file that was cut, what we appended since then stands at its end and is in memory as well.
  const kept = tampering === "truncated" ? size - (length - seen) : before;
  const head = memory.head();
  const whole = Math.min(before, kept);
  if (head === null || whole < head.length) return "none";
  const start = Buffer.alloc(head.length);
  await handle.read(start, 0, head.length, 0);
  if (!start.equals(head)) return "none";
  const end = await endOfLine(handle, whole);
  return (await copy(handle, target, end)) ? "some" : "none";
}

const step = 1 << 20;

/** False, with nothing written, if the handle cannot be read. */
async function copy(from: FileHandle, to: FileHandle, length: number): Promise<boolean> {
  const buffer = Buffer.alloc(Math.min(step, length));
  for (let at = 0; at < length;) {
    const { bytesRead } = await from.read(buffer, 0, Math.min(step, length - at), at);
    if (bytesRead === 0) return at > 0;
    await to.writeFile(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
  return true;
}

/** The end of the last whole line within `length` bytes. */
async function endOfLine(handle: FileHandle, length: number): Promise<number> {
  const buffer = Buffer.alloc(Math.min(step, length));
  for (let end = length; end > 0; end -= buffer.length) {
    const from = Math.max(0, end - buffer.length);
    const { bytesRead } = await handle.read(buffer, 0, end - from, from);
    const last = buffer.subarray(0, bytesRead).lastIndexOf(10);
    if (last !== -1) return from + last + 1;
  }
  return 0;
}

const mostTries = 100;

/** A new file beside the lost one, in a folder that is made again if it is gone, else among the temporary files. */
async function openBeside(
  file: string,
): Promise<{ readonly file: string; readonly handle: FileHandle } | null> {
  const name = basename(file).replace(/\.jsonl$/, "");
  for (const folder of [dirname(file), tmpdir()]) {
    for (let number = 1; number < mostTries; number += 1) {
      const path = join(folder, `${name}.rescued${number === 1 ? "" : `-${number}`}.jsonl`);
      try {
        await mkdir(folder, { recursive: true });
        return { file: path, handle: await open(path, "wx") };
      } catch (error) {
        if (!(error instanceof Error) || Reflect.get(error, "code") !== "EEXIST") break;
      }
    }
  }
  return null;
}
