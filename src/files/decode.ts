import { open } from "node:fs/promises";

import { UserError } from "../domain/text.ts";
import { tooLongError } from "./line-limit.ts";
import { unreadable } from "./text-file.ts";

const encodings = ["utf-8", "gb18030"] as const;
const newline = 10;
/** Small enough that the strings are freed by a minor collection; longer ones would wait for a major one. */
const pieceBytes = 1 << 15;

/**
 * Text of a file in pieces: UTF-8, UTF-16 with a byte order mark, or GBK/GB18030, determined by reading the file once.
 * `longest` bounds its lines in bytes; text that need have no lines, such as JSON, has no bound. Rejects with a
 * `UserError` where it is none of these or has a longer line.
 */
export async function* decodedText(
  file: string,
  longest = Number.POSITIVE_INFINITY,
): AsyncGenerator<string> {
  yield* (await textReader(file, longest))();
}

/** The same for text that is read several times: its encoding is determined once. */
export async function textReader(
  file: string,
  longest = Number.POSITIVE_INFINITY,
): Promise<() => AsyncGenerator<string>> {
  const encoding = await encodingOf(file, longest);
  return async function* pieces() {
    const decoder = new TextDecoder(encoding);
    for await (const bytes of bytesOf(file)) yield decoder.decode(bytes, { stream: true });
    yield decoder.decode();
  };
}

/** Blanks, the null halves of UTF-16, and the bytes of marks of encodings. */
const saysNothing: ReadonlySet<number> = new Set([0, 9, 10, 13, 32, 0xef, 0xbb, 0xbf, 0xfe, 0xff]);

/** The first byte that says anything of a text, in whichever encoding; null where there is none. */
export async function firstByteOf(file: string): Promise<number | null> {
  for await (const bytes of bytesOf(file)) {
    const first = bytes.find((byte) => !saysNothing.has(byte));
    if (first !== undefined) return first;
  }
  return null;
}

async function encodingOf(file: string, longest: number): Promise<string> {
  const marked = await markedEncoding(file);
  if (marked !== null) return marked;
  for (const encoding of encodings) if (await decodes(file, encoding, longest)) return encoding;
  throw new UserError({
    zh: `${file}：不是 UTF-8、UTF-16 或 GBK 编码的文本`,
    en: `${file}: not text in UTF-8, UTF-16 or GBK`,
  });
}

async function markedEncoding(file: string): Promise<string | null> {
  for await (const bytes of bytesOf(file)) {
    if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
    if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
    if (bytes[0] === 0x50 && bytes[1] === 0x4b) throw isZip(file);
    return null;
  }
  return null;
}

async function decodes(file: string, encoding: string, longest: number): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let held = 0;
  let position = 0;
  try {
    for await (const bytes of bytesOf(file)) {
      position += bytes.length;
      const end = bytes.lastIndexOf(newline);
      held = end === -1 ? held + bytes.length : bytes.length - end - 1;
      if (held > longest) {
        throw tooLongError(`${file}:${await lineAt(file, position - held)}`, longest);
      }
      const text = decoder.decode(bytes, { stream: true });
      if (text.includes("\0")) return false;
    }
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof UserError) throw error;
    return false;
  }
}

/** The number of the line that starts at a byte. */
async function lineAt(file: string, start: number): Promise<number> {
  let line = 1;
  let left = start;
  for await (const bytes of bytesOf(file)) {
    for (const byte of bytes.subarray(0, left)) if (byte === newline) line += 1;
    left -= bytes.length;
    if (left <= 0) break;
  }
  return line;
}

/** Pieces of a file in one buffer that is reused: take what you need before asking for the next. */
async function* bytesOf(file: string): AsyncGenerator<Uint8Array> {
  const handle = await open(file, "r").catch((error: unknown) => {
    throw unreadable(file, error);
  });
  try {
    const buffer = Buffer.allocUnsafe(pieceBytes);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, pieceBytes, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } catch (error) {
    throw unreadable(file, error);
  } finally {
    await handle.close();
  }
}

const isZip = (file: string): UserError =>
  new UserError({
    zh: `${file}：这是压缩包或 Excel 文件，Excel 请用 baimo import xlsx`,
    en: `${file}: this is a zip archive or a workbook; for a workbook use baimo import xlsx`,
  });
