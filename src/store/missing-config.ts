import { stat } from "node:fs/promises";
import { dirname, join, relative } from "node:path";

import type { Text } from "../domain/text.ts";

/** That a folder has no `baimo.yaml`, and where one lies, if a folder above it has one. */
export async function noConfigIn(folder: string): Promise<Text> {
  const above = await folderAbove(folder);
  const zh = "当前文件夹里没有 baimo.yaml";
  const en = "there is no baimo.yaml in this folder";
  if (above === null) return { zh, en };
  return {
    zh: `${zh}；上级文件夹 ${above} 里有，可以先 cd ${above}`,
    en: `${en}; one lies in ${above} (cd ${above})`,
  };
}

/** The nearest folder above that has a config, as it is reached from here. */
async function folderAbove(folder: string): Promise<string | null> {
  for (let here = dirname(folder); ; here = dirname(here)) {
    const found = await stat(join(here, "baimo.yaml")).catch(() => null);
    if (found?.isFile() === true) return relative(folder, here);
    if (here === dirname(here)) return null;
  }
}
