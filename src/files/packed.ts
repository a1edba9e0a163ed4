import type { FileHandle } from "node:fs/promises";
import { mkdtemp, open, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { constants, createZstdDecompress, zstdCompress, zstdDecompress } from "node:zlib";

import type { ByteSource } from "./byte-source.ts";

import { UserError } from "../domain/text.ts";
import { formOf } from "./file-form.ts";
import { indexBytes, type PackedFrame, readIndex, skippable } from "./packed-index.ts";

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** What the name of a packed file ends with, behind that of the plain one. */
export const packedEnding = ".zst";

/** Bytes of a file that are packed together, and unpacked to read any one of them. */
const frameBytes = 1 << 20;
const level = 12;
/** Frames that stay unpacked, for readers that jump. */
const mostKept = 8;

/**
 * Opens a file as the bytes of text that it holds: as they are, or unpacked where it is zstd. `x.jsonl.zst` as `packFile`
 * writes it is unpacked piece by piece as it is read; what other programs packed, into a temporary file. Where there is no
 * `x.jsonl` any more, `x.jsonl.zst` stands for it.
 */
export async function openBytes(file: string): Promise<ByteSource> {
  const handle = await openAtRest(file);
  try {
    if (!(await isZstd(handle))) return handle;
    const frames = await readIndex(handle);
    if (frames !== null) return sourceOf(file, handle, frames);
    return await unpackedWhole(file, handle);
  } catch (error) {
    await handle.close().catch(() => undefined);
    throw error;
  }
}

/** The text of a file, packed or not, in pieces. */
export async function* unpackedBytes(file: string): AsyncGenerator<Buffer> {
  const source = await openBytes(file);
  try {
    yield* chunksOf(source);
  } finally {
    await source.close();
  }
}

/** A file, or what it was packed into since its name was told. */
async function openAtRest(file: string): Promise<FileHandle> {
  try {
    return await open(file, "r");
  } catch (error) {
    const isGone = error instanceof Error && Reflect.get(error, "code") === "ENOENT";
    const packed = isGone ? await open(`${file}${packedEnding}`, "r").catch(() => null) : null;
    if (packed === null) throw error;
    return packed;
  }
}

/** Whether a file is packed, or was packed away under its name; a file that cannot be opened is not. */
export async function isPacked(file: string): Promise<boolean> {
  const handle = await openAtRest(file).catch(() => null);
  if (handle === null) return false;
  try {
    return await isZstd(handle);
  } finally {
    await handle.close();
  }
}

/**
 * Packs a file in frames of one megabyte, each of which can be unpacked by itself, with an index behind them: zstd's
 * seekable format, which `unzstd` reads. `to` appears whole or not at all. Resolves to the bytes of both.
 */
export async function packFile(
  from: string,
  to: string,
): Promise<{ readonly plain: number; readonly packed: number }> {
  const source = await open(from, "r");
  const draft = `${to}.${process.pid}.part`;
  try {
    const target = await open(draft, "w");
    try {
      const frames: PackedFrame[] = [];
      const { size } = await source.stat();
      const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(frameBytes, size)));
      for (let plain = 0, at = 0; ;) {
        const { bytesRead } = await source.read(buffer, 0, buffer.length, plain);
        if (bytesRead === 0) break;
        const packed = await packBytes(buffer.subarray(0, bytesRead));
        await target.write(packed, 0, packed.length, null);
        frames.push({ at, packed: packed.length, start: plain, plain: bytesRead });
        at += packed.length;
        plain += bytesRead;
      }
      const index = indexBytes(frames);
      await target.write(index, 0, index.length, null);
      await target.datasync();
      const last = frames.at(-1);
      await rename(draft, to);
      return {
        plain: last === undefined ? 0 : last.start + last.plain,
        packed: (last === undefined ? 0 : last.at + last.packed) + index.length,
      };
    } finally {
      await target.close();
    }
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  } finally {
    await source.close();
  }
}

/** Bytes packed as one frame. */
export const packBytes = (bytes: Uint8Array): Promise<Buffer> =>
  compress(bytes, { params: { [constants.ZSTD_c_compressionLevel]: level } });

async function isZstd(handle: FileHandle): Promise<boolean> {
  // Nothing may be taken from a pipe before its reader.
  if (!(await handle.stat()).isFile()) return false;
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
  const start = buffer.subarray(0, bytesRead);
  // A packed file of nothing is an index alone.
  return formOf(start) === "zstd" || (bytesRead === 4 && start.readUInt32LE(0) === skippable);
}

/** A file without a name, which is gone when it is closed. */
async function temporaryFile(): Promise<FileHandle> {
  const folder = await mkdtemp(join(tmpdir(), "baimo-unpacked-"));
  const handle = await open(join(folder, "run.jsonl"), "w+");
  await rm(folder, { recursive: true, force: true });
  return handle;
}

/** Without an index, the text is unpacked whole; closes the packed file. */
async function unpackedWhole(file: string, handle: FileHandle): Promise<FileHandle> {
  const unpacked = await temporaryFile();
  try {
    await pipeline(
      chunksOf(handle),
      createZstdDecompress(),
      async (text: AsyncIterable<Buffer>) => {
        for await (const chunk of text) await unpacked.writeFile(chunk);
      },
    );
    return unpacked;
  } catch {
    await unpacked.close();
    throw damagedPack(file);
  } finally {
    await handle.close();
  }
}

async function* chunksOf(handle: ByteSource): AsyncGenerator<Buffer> {
  for (let position = 0; ;) {
    const { buffer, bytesRead } = await handle.read(
      Buffer.allocUnsafe(frameBytes),
      0,
      frameBytes,
      position,
    );
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

function sourceOf(file: string, handle: FileHandle, frames: readonly PackedFrame[]): ByteSource {
  const kept = new Map<PackedFrame, Promise<Buffer>>();
  const size = frames.reduce((sum, { plain }) => sum + plain, 0);
  const unpacked = (frame: PackedFrame): Promise<Buffer> => {
    const known = kept.get(frame) ?? unpackFrame(file, handle, frame);
    kept.delete(frame);
    kept.set(frame, known);
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKept) break;
      kept.delete(oldest);
    }
    return known;
  };
  return {
    stat: async () => ({ isFile: () => true, size }),
    read: async (buffer, offset, length, position) => {
      const from = position ?? 0;
      const frame = frameAt(frames, from);
      if (frame === null) return { buffer, bytesRead: 0 };
      const bytes = await unpacked(frame);
      const bytesRead = bytes.copy(buffer, offset, from - frame.start, from - frame.start + length);
      return { buffer, bytesRead };
    },
    close: () => handle.close(),
  };
}

/** The frame that holds a byte of the text, or null behind the last one. */
function frameAt(frames: readonly PackedFrame[], byte: number): PackedFrame | null {
  let [low, high] = [0, frames.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const frame = frames[middle];
    if (frame !== undefined && frame.start + frame.plain <= byte) low = middle + 1;
    else high = middle;
  }
  return frames[low] ?? null;
}

async function unpackFrame(
  file: string,
  handle: FileHandle,
  { at, packed, plain }: PackedFrame,
): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(packed);
  const { bytesRead } = await handle.read(bytes, 0, packed, at);
  const text = await decompress(bytes.subarray(0, bytesRead), { maxOutputLength: plain + 1 }).catch(
    () => null,
  );
  if (text?.length !== plain) throw damagedPack(file);
  return text;
}

/** The error for a packed file that does not hold what its index says, or is cut off. */
const damagedPack = (file: string): UserError =>
  new UserError({
    zh: `${file} 是压缩文件，但其中有一段解不开：文件被截断或损坏了。请从备份恢复；unzstd 能解出损坏处之前的部分。`,
    en: `${file} is a packed file, and a part of it cannot be unpacked: it was cut off or damaged. Restore it; unzstd unpacks what stands before the damage.`,
  });
