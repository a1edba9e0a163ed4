import { stat } from "node:fs/promises";

import type { Text } from "../domain/text.ts";

/**
 * What stands where a file is expected and cannot be read as one: a folder, or a pipe that would keep a reader waiting for
 * ever. Null for a regular file, and where there is nothing to be found.
 */
export async function notAFile(path: string): Promise<Text | null> {
  const found = await stat(path).catch(() => null);
  if (found === null || found.isFile()) return null;
  if (found.isDirectory()) {
    return { zh: "这是文件夹，不是文件", en: "this is a folder, not a file" };
  }
  return found.isFIFO()
    ? { zh: "这是命名管道，不是文件", en: "this is a named pipe, not a file" }
    : { zh: "这是设备或套接字，不是文件", en: "this is a device or a socket, not a file" };
}
