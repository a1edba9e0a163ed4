import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** Paths of the run files in a folder, the newest first, as their names begin with the time; none where there is no such folder. */
export async function newestRuns(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((each) => each.endsWith(".jsonl"))
    .toSorted()
    .toReversed()
    .map((name) => join(folder, name));
}
