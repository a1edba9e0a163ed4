import { createReadStream } from "node:fs";

import { UserError } from "../../domain/text.ts";
import { unreadable } from "../../store/text-file.ts";

const encodings = ["utf-8", "gb18030"] as const;

/**
 * Text of a file in pieces: UTF-8, UTF-16 with a byte order mark, or GBK/GB18030, found out by reading the file once.
 * Rejects with a `UserError` where it is none of these.
 */
export async function* textOf(file: string): AsyncGenerator<string> {
  const encoding = await encodingOf(file);
  const decoder = new TextDecoder(encoding);
  for await (const bytes of bytesOf(file)) yield decoder.decode(bytes, { stream: true });
  yield decoder.decode();
}

async function encodingOf(file: string): Promise<string> {
  const marked = await markedEncoding(file);
  if (marked !== null) return marked;
  for (const encoding of encodings) if (await decodes(file, encoding)) return encoding;
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

async function decodes(file: string, encoding: string): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const bytes of bytesOf(file)) {
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

async function* bytesOf(file: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 })) {
      yield chunk as Buffer;
    }
  } catch (error) {
    throw unreadable(file, error);
  }
}

const isZip = (file: string): UserError =>
  new UserError({
    zh: `${file}：这是压缩包或 Excel 文件，Excel 请用 baimo import xlsx`,
    en: `${file}: this is a zip archive or a workbook; for a workbook use baimo import xlsx`,
  });
