import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import { promisify } from "node:util";
import { inflateRaw, zstdDecompress } from "node:zlib";

import { UserError } from "../domain/text.ts";
import { unreadable } from "./text-file.ts";

const inflate = promisify(inflateRaw);
const unzstd = promisify(zstdDecompress);

type ZipEntry = {
  readonly name: string;
  readonly method: number;
  /** Bytes in the archive, and unpacked by its own account. */
  readonly packed: number;
  readonly size: number;
  /** Where its own header starts. */
  readonly at: number;
};

/** A zip archive, read by its directory: entries are unpacked one by one, and none beyond what it may hold. */
export type Zip = {
  readonly names: readonly string[];
  /** The bytes of an entry; null where there is none of that name. Rejects with a `UserError` where it cannot be unpacked. */
  readonly read: (name: string) => Promise<Buffer | null>;
  readonly close: () => Promise<void>;
};

/** What one entry, and all together, may unpack to. A bomb holds some kilobytes that become more than any disk. */
export const zipLimits = { entryBytes: 256 << 20, totalBytes: 16 * 2 ** 30, mostEntries: 200_000 };

/**
 * Opens a zip archive (also one above 4 GB): stored entries, deflate and Zstandard. Rejects with a `UserError` where it is
 * none, is cut off, or says that it unpacks to more than `limits` allow.
 */
export async function openZip(file: string, limits = zipLimits): Promise<Zip> {
  const handle = await open(file, "r").catch((error: unknown) => {
    throw unreadable(file, error);
  });
  try {
    const { size } = await handle.stat();
    const entries = await directoryOf(file, handle, size, limits);
    const byName = new Map(entries.map((entry) => [entry.name, entry]));
    return {
      names: [...byName.keys()],
      read: async (name) => {
        const entry = byName.get(name);
        return entry === undefined ? null : unpacked(file, handle, entry, limits);
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

const signatures = {
  end: 0x06054b50,
  end64: 0x06064b50,
  locator64: 0x07064b50,
  central: 0x02014b50,
};
const endBytes = 22;
const mostComment = 0xffff;

async function directoryOf(
  file: string,
  handle: FileHandle,
  size: number,
  limits: typeof zipLimits,
): Promise<readonly ZipEntry[]> {
  const tail = await bytesAt(handle, Math.max(0, size - endBytes - mostComment), size);
  let at = tail.length - endBytes;
  while (at >= 0 && tail.readUInt32LE(at) !== signatures.end) at -= 1;
  if (at < 0) throw notZip(file, tail);
  const { count, from, bytes } = await placeOf(handle, tail, at);
  if (count > limits.mostEntries) throw tooMany(file, count, limits.mostEntries);
  if (from + bytes > size) throw broken(file);
  const entries = entriesIn(file, await bytesAt(handle, from, from + bytes), count);
  const total = entries.reduce((sum, entry) => sum + entry.size, 0);
  if (total > limits.totalBytes) throw bomb(file, size, total);
  return entries;
}

/** How many entries the directory has and where it lies: in the end record, or for large archives in a record before it. */
async function placeOf(handle: FileHandle, tail: Buffer, at: number) {
  const plain = {
    count: tail.readUInt16LE(at + 10),
    bytes: tail.readUInt32LE(at + 12),
    from: tail.readUInt32LE(at + 16),
  };
  if (plain.count !== 0xffff && plain.bytes !== 0xffffffff && plain.from !== 0xffffffff)
    return plain;
  const locator = at - 20;
  if (locator < 0 || tail.readUInt32LE(locator) !== signatures.locator64) return plain;
  const record = Number(tail.readBigUInt64LE(locator + 8));
  const large = await bytesAt(handle, record, record + 56);
  if (large.length < 56 || large.readUInt32LE(0) !== signatures.end64) return plain;
  return {
    count: Number(large.readBigUInt64LE(32)),
    bytes: Number(large.readBigUInt64LE(40)),
    from: Number(large.readBigUInt64LE(48)),
  };
}

function entriesIn(file: string, directory: Buffer, count: number): readonly ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = 0;
  while (entries.length < count) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== signatures.central) {
      throw broken(file);
    }
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((place) =>
      directory.readUInt16LE(at + place),
    ) as [number, number, number];
    const extra = directory.subarray(at + 46 + nameBytes, at + 46 + nameBytes + extraBytes);
    const sizes = [
      directory.readUInt32LE(at + 24),
      directory.readUInt32LE(at + 20),
      directory.readUInt32LE(at + 42),
    ] as const;
    const [size, packed, start] = large64(sizes, extra);
    entries.push({
      name: directory.toString("utf8", at + 46, at + 46 + nameBytes),
      method: directory.readUInt16LE(at + 10),
      packed,
      size,
      at: start,
    });
    at += 46 + nameBytes + extraBytes + commentBytes;
  }
  return entries;
}

/** Sizes that do not fit 32 bits stand in the extra field 1, in the same order. */
function large64(
  sizes: readonly [number, number, number],
  extra: Buffer,
): readonly [number, number, number] {
  if (!sizes.includes(0xffffffff)) return sizes;
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let from = at + 4;
    const whole = sizes.map((size) => {
      if (size !== 0xffffffff || from + 8 > extra.length) return size;
      from += 8;
      return Number(extra.readBigUInt64LE(from - 8));
    });
    return whole as [number, number, number];
  }
  return sizes;
}

async function unpacked(
  file: string,
  handle: FileHandle,
  { name, method, packed, size, at }: ZipEntry,
  { entryBytes }: typeof zipLimits,
): Promise<Buffer> {
  const shown = `${file}:${name}`;
  if (size > entryBytes || packed > entryBytes)
    throw tooLarge(shown, Math.max(size, packed), entryBytes);
  const header = await bytesAt(handle, at, at + 30);
  if (header.length < 30) throw broken(file);
  const from = at + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const bytes = await bytesAt(handle, from, from + packed);
  if (bytes.length < packed) throw broken(file);
  // Never more than it says, whatever it holds.
  const options = { maxOutputLength: Math.max(size, 1) };
  try {
    if (method === 0) return bytes;
    if (method === 8) return await inflate(bytes, options);
    if (method === 93) return await unzstd(bytes, options);
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(shown, null, entryBytes);
    throw broken(shown);
  }
  throw new UserError({
    zh: `${shown}：用的是不支持的压缩方法 ${method}；请用当前的工具重新写出`,
    en: `${shown}: packed by the method ${method}, which is not supported; write it again with the current tool`,
  });
}

async function bytesAt(handle: FileHandle, from: number, to: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(to - from), 0, to - from, from);
  return buffer.subarray(0, bytesRead);
}

const notZip = (file: string, tail: Buffer): UserError =>
  tail.length === 0
    ? new UserError({ zh: `${file} 是空文件`, en: `${file} is empty` })
    : new UserError({
        zh: `${file} 不是 zip 归档，或末尾被截断了；请重新拷贝`,
        en: `${file} is no zip archive, or its end was cut off; copy it again`,
      });

const broken = (file: string): UserError =>
  new UserError({
    zh: `${file}：zip 归档已损坏，解不开；请重新拷贝`,
    en: `${file}: the zip archive is damaged and cannot be unpacked; copy it again`,
  });

const tooMany = (file: string, count: number, most: number): UserError =>
  new UserError({
    zh: `${file}：zip 归档里有 ${count} 个文件，最多读 ${most} 个`,
    en: `${file}: the zip archive holds ${count} files; ${most} are read at most`,
  });

const megabytes = (bytes: number): number => Math.round(bytes / (1 << 20));

const tooLarge = (shown: string, size: number | null, most: number): UserError =>
  new UserError({
    zh: `${shown}：解开后${size === null ? "比它自己说的大" : `有 ${megabytes(size)} MB`}，最多读 ${megabytes(most)} MB；这可能是压缩炸弹，没有读`,
    en: `${shown}: unpacks to ${size === null ? "more than it says" : `${megabytes(size)} MB`}; ${megabytes(most)} MB are read at most. It may be a zip bomb and was not read`,
  });

const bomb = (file: string, size: number, total: number): UserError =>
  new UserError({
    zh: `${file}：${megabytes(size)} MB 的归档自称解开后有 ${megabytes(total)} MB，像是压缩炸弹，没有读`,
    en: `${file}: an archive of ${megabytes(size)} MB says that it unpacks to ${megabytes(total)} MB, as a zip bomb does; it was not read`,
  });
