import type { Text } from "../../domain/text.ts";
import type { Tampering } from "./watch.ts";

import { formats } from "../../domain/formats.ts";
import { UserError } from "../../domain/text.ts";
import { packedEnding } from "../../files/packed.ts";

export const damagedError = (file: string, number: number): UserError =>
  new UserError({
    zh: `${file}:${number} 这一行不是完整的 JSON，文件中间已损坏。请从备份恢复，或删去这一行（对应的题会重新提问）。`,
    en: `${file}:${number} is not valid JSON: the file is damaged inside. Restore it, or delete this line (its answer will be asked again).`,
  });

/** What to do about a damaged line. */
export const lineAdvice: Text = {
  zh: "这一行已损坏：请从备份恢复文件，或删去这一行（其中的答案或评分会在继续运行时重做）",
  en: "this line is damaged: restore the file, or delete the line (what it held is asked or graded again when the run goes on)",
};

/** A line does not fit the format, so that it is not written: a grader of one's own may have returned what is no score. */
export const unwritableError = (
  file: string,
  kind: string,
  wrong: readonly { readonly path: string; readonly message: Text }[],
): UserError => {
  const list = (lang: "zh" | "en"): string =>
    wrong.map(({ path, message }) => `${path}: ${message[lang]}`).join("; ");
  return new UserError({
    zh: `没有写入 ${file}：一行 ${kind} 不合格式（${list("zh")}）。score 行的内容来自评分器：若用了自己的评分器，请检查它返回的值。`,
    en: `Not written to ${file}: a line of kind ${kind} does not fit the format (${list("en")}). A score is what the grader returned: if the grader is your own, look at what it returns.`,
  });
};

export const newerError = (file: string, schema: string, version: string): UserError =>
  new UserError({
    zh: `${file} 的格式是 ${schema}，由 baimo ${version} 写成；本版本只能读 ${formats.run}。请升级 baimo。`,
    en: `${file} has schema ${schema}, written by baimo ${version}; this version reads ${formats.run}. Upgrade baimo.`,
  });

export const changedError = (file: string): UserError =>
  new UserError({
    zh: `${file} 刚才被另一个进程改过，请再运行一次。`,
    en: `${file} has just been changed by another process; run this again.`,
  });

/** `file` may be named as it was before it was packed. */
export function packedError(file: string): UserError {
  const packed = file.endsWith(packedEnding) ? file : `${file}${packedEnding}`;
  return new UserError({
    zh: `${packed} 是压缩存放的运行文件，只能读，不能续写。请先解开（unzstd ${packed}），再对解开的文件操作。`,
    en: `${packed} is a run file at rest, which is read and not written to. Unpack it (unzstd ${packed}) and name the unpacked file.`,
  });
}

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

/** A file that is no run; one that `load` wrote, by the kind of its first line, is told as such. */
export const foreignError = (file: string, kind: unknown = null): UserError =>
  new UserError(
    kind === "load"
      ? {
          zh: `${file} 是压测文件（load 写的），不是运行文件；用 load ${file} 看它，用 compare 比两个压测文件。`,
          en: `${file} is what load wrote, no run file; load ${file} shows it, and compare takes two of them.`,
        }
      : {
          zh: `${file} 不是 baimo 的运行文件（第一行应为 {"kind":"run",…}）。`,
          en: `${file} is not a run file of baimo (its first line should be {"kind":"run",…}).`,
        },
  );

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
