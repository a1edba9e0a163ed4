import type { Context } from "../context.ts";

import { mergeLoads } from "../../report/load/merge.ts";
import { createLoadFile, readLoad } from "../../store/load/load-file.ts";
import { ownName, shownPath } from "../names.ts";

/** Writes the shards of a load as one. Exit 0, 3 where one of them did not run to its end. Rejects with a UserError where they do not belong together. */
export async function mergeLoadFiles(
  files: readonly string[],
  out: string,
  context: Context,
): Promise<number> {
  const { head, steps, rows, end } = mergeLoads(await Promise.all(files.map(readLoad)));
  const writer = await createLoadFile(out, head);
  for (const line of [...rows, ...steps, end]) writer.take(line);
  await writer.close();
  const shown = shownPath(out, context);
  context.print(
    {
      zh: `已合并：${rows.length} 次请求 → ${shown}\n接下来：\n${ownName(context)} load ${shown}`,
      en: `Merged: ${rows.length} requests → ${shown}\nNext:\n${ownName(context)} load ${shown}`,
    }[context.lang],
  );
  return end.status === "complete" ? 0 : 3;
}
