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
  EFBIG: {
    zh: "文件超过了允许的大小：请调高上限（ulimit -f），或换一个位置",
    en: "the file is larger than is allowed: raise the limit (ulimit -f) or use another place",
  },
  EROFS: {
    zh: "文件系统只读：请换一个位置",
    en: "the file system is read-only: use another place",
  },
  EACCES: {
    zh: "没有权限：请换一个可以读写的位置，或改它的权限",
    en: "permission denied: use a place that you may read and write, or change its permissions",
  },
  EPERM: {
    zh: "系统不允许：请换一个位置，或看看是否被安全软件拦截",
    en: "not permitted: use another place, or see whether security software stands in the way",
  },
  ENOENT: {
    zh: "文件或文件夹不存在：请核对路径，或先建好文件夹",
    en: "no such file or folder: check the path, or make the folder first",
  },
  ENOTDIR: {
    zh: "路径中有一段不是文件夹：请核对路径",
    en: "a part of the path is no folder: check the path",
  },
  EISDIR: {
    zh: "这是文件夹，不是文件：请写到文件为止的路径",
    en: "this is a folder, not a file: name a file in it",
  },
  EEXIST: {
    zh: "那里已有同名的文件：请换一个名字，或先移走它",
    en: "there is a file of that name already: take another name or move it away",
  },
  EADDRINUSE: {
    zh: "端口已被别的程序占用：请换一个端口，或先停掉那个程序",
    en: "another program uses the port: take another port or end that program",
  },
  EIO: { zh: "磁盘读写出错：请检查磁盘", en: "the disk fails: look at the disk" },
  ENOMEM: {
    zh: "内存不足：请关掉一些程序后再试",
    en: "out of memory: close some programs and try again",
  },
  EAGAIN: {
    zh: "系统资源不足（进程或线程太多）：请关掉一些程序，或调高 ulimit -u",
    en: "the system is short of processes or threads: close some programs or raise ulimit -u",
  },
  ENAMETOOLONG: {
    zh: "文件名太长：请起一个短的",
    en: "the file name is too long: take a shorter one",
  },
  ELOOP: {
    zh: "符号链接形成了循环：请用实际的路径",
    en: "symbolic links go in circles: use the real path",
  },
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
