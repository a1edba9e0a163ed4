import { isUtf8 } from "node:buffer";
import { readFile } from "node:fs/promises";

import type { Problem, Text } from "../domain/text.ts";

import { UserError } from "../domain/text.ts";

/** Bytes of a file that the user named; a missing or unreadable one is a `UserError`. */
export async function readBytes(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** Text of a UTF-8 file, without a byte order mark. Other encodings are a `UserError` with their place. */
export async function readText(file: string): Promise<string> {
  return decodeText(await readBytes(file), file);
}

/** The same for bytes already read. */
function decodeText(bytes: Uint8Array, file: string): string {
  const problem = encodingProblem(bytes, file);
  if (problem !== null) throw problemError([problem]);
  return new TextDecoder().decode(bytes);
}

/** One problem that stands for all that is wrong with the encoding, or null. `firstLine` is where `bytes` starts. */
export function encodingProblem(bytes: Uint8Array, file: string, firstLine = 1): Problem | null {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return encoded(file, 1, 1, "UTF-16");
  }
  if (isUtf8(bytes)) return null;
  const [line, column] = firstBadCharacter(bytes);
  return encoded(file, firstLine + line - 1, column, looksChinese(bytes) ? "GBK" : null);
}

/** A `UserError` that holds the problems of a file. */
export function problemError(problems: readonly Problem[]): UserError {
  const n = problems.length;
  return new UserError(
    { zh: `${n} 处有误`, en: n === 1 ? "1 problem" : `${n} problems` },
    problems,
  );
}

/** What the system said about a file that cannot be read, in plain words. */
export function unreadable(file: string, error: unknown): UserError {
  const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
  const known: Readonly<Record<string, Text>> = {
    ENOENT: { zh: "文件不存在", en: "no such file" },
    EISDIR: { zh: "这是文件夹，不是文件", en: "this is a folder, not a file" },
    ENOTDIR: { zh: "路径中有一段不是文件夹", en: "a part of the path is not a folder" },
    EACCES: { zh: "没有读取权限", en: "no permission to read it" },
    EPERM: { zh: "没有读取权限", en: "no permission to read it" },
  };
  const message = known[code] ?? { zh: `无法读取（${code}）`, en: `cannot be read (${code})` };
  return new UserError({ zh: `${file}：${message.zh}`, en: `${file}: ${message.en}` });
}

function encoded(file: string, line: number, column: number, name: string | null): Problem {
  return {
    place: { file, line, column, path: "" },
    message: {
      zh: `不是 UTF-8 编码${name === null ? "" : `（看起来是 ${name}）`}，请另存为 UTF-8`,
      en: `not UTF-8${name === null ? "" : ` (looks like ${name})`}; save the file as UTF-8`,
    },
  };
}

function firstBadCharacter(bytes: Uint8Array): readonly [line: number, column: number] {
  let line = 1;
  let start = 0;
  for (;;) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline;
    const part = bytes.subarray(start, end);
    if (!isUtf8(part)) return [line, new TextDecoder().decode(part).indexOf("\uFFFD") + 1];
    if (newline === -1) return [line, 1];
    line += 1;
    start = newline + 1;
  }
}

function looksChinese(bytes: Uint8Array): boolean {
  try {
    return /\p{Script=Han}/u.test(new TextDecoder("gb18030", { fatal: true }).decode(bytes));
  } catch {
    return false;
  }
}
