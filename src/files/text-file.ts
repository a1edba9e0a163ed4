import { isUtf8 } from "node:buffer";
import { readFile, stat } from "node:fs/promises";

import type { Problem, Text } from "../domain/text.ts";

import { UserError } from "../domain/text.ts";
import { formOf } from "./file-form.ts";

/** Longer texts are no files that a person wrote, and would take minutes to read as YAML. */
export const mostTextBytes = 64 << 20;

/** Bytes of a file that the user named; a missing, unreadable or larger one is a `UserError`. */
export async function readBytes(file: string, most = Number.POSITIVE_INFINITY): Promise<Buffer> {
  try {
    const { size } = await stat(file);
    if (size > most) throw tooLargeError(file, size, most);
    return await readFile(file);
  } catch (error) {
    throw error instanceof UserError ? error : unreadable(file, error);
  }
}

/** Text of a UTF-8 file of at most 64 MB, without a byte order mark. Other encodings are a `UserError` with their place. */
export async function readText(file: string): Promise<string> {
  return decodeText(await readBytes(file, mostTextBytes), file);
}

const tooLargeError = (file: string, size: number, most: number): UserError => {
  const megabytes = (bytes: number): number => Math.floor(bytes / (1 << 20));
  return new UserError({
    zh: `${file}：有 ${megabytes(size)} MB，超过 ${megabytes(most)} MB，没有读取。题目很多时请放进 .jsonl 文件，在题集里写 items: {from: …}`,
    en: `${file}: has ${megabytes(size)} MB, above ${megabytes(most)} MB, and was not read. Put many items into a .jsonl file and write items: {from: …} in the suite`,
  });
};

/** The same for bytes already read. */
function decodeText(bytes: Uint8Array, file: string): string {
  const problem = encodingProblem(bytes, file);
  if (problem !== null) throw problemError([problem]);
  return new TextDecoder().decode(bytes);
}

/** One problem that stands for all that is wrong with the encoding, or null. `firstLine` is where `bytes` starts. */
export function encodingProblem(bytes: Uint8Array, file: string, firstLine = 1): Problem | null {
  const form = formOf(bytes);
  if (form === "UTF-16" || form === "UTF-32") return encoded(file, 1, 1, form);
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
