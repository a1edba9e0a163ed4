import type { FileHandle } from "node:fs/promises";

/** One piece of a packed file: where it lies, and which bytes of the text it holds. */
export type PackedFrame = {
  readonly at: number;
  readonly packed: number;
  readonly start: number;
  readonly plain: number;
};

/**
 * The seek table of zstd's seekable format (facebook/zstd, contrib/seekable_format, version 0.1.0): a frame that
 * decompressors skip, with two sizes per frame and a footer by which it is found from the end.
 */
export const skippable = 0x184d2a5e;
const seekable = 0x8f92eab1;
const headBytes = 8;
const footBytes = 9;
const entryBytes = 8;

/** The index that stands behind the frames. */
export function indexBytes(frames: readonly PackedFrame[]): Buffer {
  const table = Buffer.alloc(headBytes + frames.length * entryBytes + footBytes);
  table.writeUInt32LE(skippable, 0);
  table.writeUInt32LE(table.length - headBytes, 4);
  for (const [number, { packed, plain }] of frames.entries()) {
    table.writeUInt32LE(packed, headBytes + number * entryBytes);
    table.writeUInt32LE(plain, headBytes + number * entryBytes + 4);
  }
  table.writeUInt32LE(frames.length, table.length - footBytes);
  table.writeUInt32LE(seekable, table.length - 4);
  return table;
}

/** The frames of a packed file by its index; null where it has none, or one that does not fit the file. */
export async function readIndex(handle: FileHandle): Promise<readonly PackedFrame[] | null> {
  const { size } = await handle.stat();
  if (size < headBytes + footBytes) return null;
  const foot = await readAt(handle, size - footBytes, footBytes);
  // Checksums per frame, which another writer may have added, are not for us.
  const isOurs = foot.readUInt32LE(5) === seekable && foot.readUInt8(4) === 0;
  const count = isOurs ? foot.readUInt32LE(0) : 0;
  const length = headBytes + count * entryBytes + footBytes;
  if (!isOurs || length > size) return null;
  const table = await readAt(handle, size - length, length);
  if (table.readUInt32LE(0) !== skippable || table.readUInt32LE(4) !== length - headBytes)
    return null;
  const frames: PackedFrame[] = [];
  let [at, start] = [0, 0];
  for (let number = 0; number < count; number++) {
    const packed = table.readUInt32LE(headBytes + number * entryBytes);
    const plain = table.readUInt32LE(headBytes + number * entryBytes + 4);
    if (packed === 0 || plain === 0) return null;
    frames.push({ at, packed, start, plain });
    at += packed;
    start += plain;
  }
  return at === size - length ? frames : null;
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer;
}
