import type { Text } from "../../domain/text.ts";
import type { Tampering } from "./watch.ts";

import { UserError } from "../../domain/text.ts";

export const damagedError = (file: string, number: number): UserError =>
  new UserError({
    zh: `${file}:${number} 这一行不是完整的 JSON，文件中间已损坏。请从备份恢复，或删去这一行（对应的题会重新提问）。`,
    en: `${file}:${number} is not valid JSON: the file is damaged inside. Restore it, or delete this line (its answer will be asked again).`,
  });

export const changedError = (file: string): UserError =>
  new UserError({
    zh: `${file} 刚才被另一个进程改过，请再运行一次。`,
    en: `${file} has just been changed by another process; run this again.`,
  });

const tamperings: Readonly<Record<Tampering, Text>> = {
  removed: { zh: "被删除或移走了", en: "was removed or moved away" },
  replaced: { zh: "被另一个文件顶替了", en: "was replaced by another file" },
  truncated: { zh: "被截短了", en: "was cut short" },
  altered: { zh: "被别的程序写入了内容", en: "was written to by another program" },
};

/** Somebody else changed the file while it was being written; `saved` holds what could be rescued. */
export function tamperedError(file: string, tampering: Tampering, saved: string | null): UserError {
  const { zh, en } = tamperings[tampering];
  return new UserError(
    saved === null
      ? {
          zh: `${file} 在写入时${zh}，运行已停止；另存也没有成功。请检查文件夹和磁盘。`,
          en: `${file} ${en} while it was being written; the run has stopped, and nothing could be saved beside it. Look at its folder and the disk.`,
        }
      : {
          zh: `${file} 在写入时${zh}，运行已停止。手头的回答已另存为 ${saved}，之后用 --resume ${saved} 继续。`,
          en: `${file} ${en} while it was being written; the run has stopped. What was at hand is saved as ${saved}; go on later with --resume ${saved}.`,
        },
    [],
    3,
  );
}

export const emptyError = (file: string): UserError =>
  new UserError({ zh: `${file} 是空文件。`, en: `${file} is empty.` });

export const foreignError = (file: string): UserError =>
  new UserError({
    zh: `${file} 不是 baimo 的运行文件（第一行应为 {"kind":"run",…}）。`,
    en: `${file} is not a run file of baimo (its first line should be {"kind":"run",…}).`,
  });

/** A form in which a run file cannot be read, though it is one. */
export type FileForm = "UTF-16" | "UTF-32" | keyof typeof unpackers;

const unpackers = { gzip: "gunzip -k", zstd: "unzstd", zip: "unzip" } as const;

export function formError(file: string, form: FileForm): UserError {
  const isText = form === "UTF-16" || form === "UTF-32";
  return new UserError({
    zh: isText
      ? `${file} 是 ${form} 编码（Windows PowerShell 的 > 常会这样写）；运行文件须是 UTF-8，请另存为 UTF-8。`
      : `${file} 是 ${form} 压缩文件，请先解压：${unpackers[form]} ${file}`,
    en: isText
      ? `${file} is ${form} text, which is what > of Windows PowerShell writes; a run file is UTF-8: save it as UTF-8.`
      : `${file} is compressed with ${form}; unpack it first: ${unpackers[form]} ${file}`,
  });
}

export const notUtf8Error = (file: string, number: number): UserError =>
  new UserError({
    zh: `${file}:${number} 这一行不是 UTF-8，文件可能被另存为 GBK 等编码，或已损坏。请用原来的文件，或转回 UTF-8。`,
    en: `${file}:${number} is not UTF-8: the file was saved in another encoding such as GBK, or is damaged. Use the original, or convert it back to UTF-8.`,
  });

export function readError(file: string, error: unknown): unknown {
  if (error instanceof UserError || !(error instanceof Error) || !("code" in error)) return error;
  const reason = readProblems[String(error.code)] ?? both(error);
  return new UserError({
    zh: `无法读取 ${file}：${reason.zh}。`,
    en: `Cannot read ${file}: ${reason.en}.`,
  });
}

const readProblems: Readonly<Record<string, Text>> = {
  ENOENT: { zh: "文件不存在", en: "no such file" },
  EISDIR: { zh: "这是文件夹，不是文件", en: "this is a folder, not a file" },
  EACCES: { zh: "没有读权限", en: "permission denied" },
  EMFILE: {
    zh: "打开的文件太多，请调高 ulimit -n",
    en: "too many open files; raise ulimit -n",
  },
};

const both = (error: Error) => ({ zh: error.message, en: error.message });

/** Turns system errors into messages that say what to do about them. */
export async function guarded<T>(
  file: string,
  action: () => Promise<T>,
  isNew = false,
): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof UserError || !(error instanceof Error)) throw error;
    if (Reflect.get(error, "code") === "EEXIST") {
      throw new UserError({
        zh: `${file} 已存在。`,
        en: `${file} exists already.`,
      });
    }
    throw diskError(file, error, isNew);
  }
}

/** The disk is full or read-only: what was written stays valid and the run can be resumed; a new file loses nothing. */
export function diskError(file: string, error: unknown, isNew = false): UserError {
  const code = error instanceof Error ? String(Reflect.get(error, "code") ?? error.message) : "";
  const hints: Readonly<Record<string, { zh: string; en: string }>> = {
    ENOSPC: { zh: "磁盘已满，请腾出空间", en: "the disk is full; make room" },
    EDQUOT: { zh: "磁盘配额已用完，请腾出空间", en: "the disk quota is used up; make room" },
    EFBIG: { zh: "文件超过了允许的大小", en: "the file is larger than is allowed" },
    EMFILE: {
      zh: "打开的文件太多，请调高 ulimit -n 或降低并发",
      en: "too many open files; raise ulimit -n or lower the concurrency",
    },
    ENFILE: { zh: "系统打开的文件太多", en: "the system has too many open files" },
    EIO: { zh: "磁盘读写出错", en: "the disk fails" },
    ENOTDIR: { zh: "路径中有一段不是文件夹", en: "a part of the path is no folder" },
    ENOENT: {
      zh: "文件夹不存在，也建不了",
      en: "the folder is not there and cannot be made",
    },
    EROFS: { zh: "文件系统只读", en: "the file system is read-only" },
    EACCES: { zh: "没有写权限", en: "permission denied" },
    EPERM: { zh: "没有写权限", en: "permission denied" },
  };
  const hint = hints[code] ?? { zh: code, en: code };
  const next = isNew
    ? {
        zh: "还没有提问，没有花费；请用 --out 换一个能写的位置。",
        en: "Nothing was asked and nothing spent; name another place with --out.",
      }
    : {
        zh: `已写入的回答都在，之后用 --resume ${file} 继续。`,
        en: `What was written is kept; go on later with --resume ${file}.`,
      };
  return new UserError(
    {
      zh: `无法写入 ${file}：${hint.zh}。${next.zh}`,
      en: `Cannot write ${file}: ${hint.en}. ${next.en}`,
    },
    [],
    3,
  );
}
