import type { Text } from "../domain/text.ts";

import { UserError } from "../domain/text.ts";

const words: Readonly<Record<string, Text>> = {
  EMFILE: {
    zh: "打开的文件太多：请调高上限（ulimit -n 4096），或降低 --concurrency",
    en: "too many open files: raise the limit (ulimit -n 4096) or lower --concurrency",
  },
  ENFILE: {
    zh: "系统打开的文件太多：请关掉一些程序后再试",
    en: "the system has too many open files: close some programs and try again",
  },
  ENOSPC: { zh: "磁盘已满：请腾出空间", en: "the disk is full: make room" },
  EDQUOT: { zh: "磁盘配额已用完：请腾出空间", en: "the disk quota is used up: make room" },
  EROFS: {
    zh: "文件系统只读：请换一个位置",
    en: "the file system is read-only: use another place",
  },
  EACCES: { zh: "没有权限", en: "permission denied" },
  EPERM: { zh: "系统不允许", en: "not permitted" },
  ENOENT: { zh: "文件或文件夹不存在", en: "no such file or folder" },
  ENOTDIR: { zh: "路径中有一段不是文件夹", en: "a part of the path is no folder" },
  EISDIR: { zh: "这是文件夹，不是文件", en: "this is a folder, not a file" },
  EIO: { zh: "磁盘读写出错：请检查磁盘", en: "the disk fails: look at the disk" },
  ENOMEM: { zh: "内存不足", en: "out of memory" },
  EAGAIN: {
    zh: "系统资源不足（进程或线程太多）",
    en: "the system is short of processes or threads",
  },
  ENAMETOOLONG: { zh: "文件名太长", en: "the file name is too long" },
  ELOOP: { zh: "符号链接形成了循环", en: "symbolic links go in circles" },
};

/** An error of the operating system as a sentence with exit 3; null for any other error. */
export function systemError(error: unknown): UserError | null {
  if (!(error instanceof Error) || !("code" in error)) return null;
  const code = String(error.code);
  const known = words[code];
  if (known === undefined) return null;
  const path = Reflect.get(error, "path");
  const at = typeof path === "string" ? `${path} ` : "";
  return new UserError(
    {
      zh: `${at}${at === "" ? "" : "出错："}${known.zh}（${code}）。`,
      en: `${at.trim()}${at === "" ? "" : ": "}${known.en} (${code}).`,
    },
    [],
    3,
  );
}
