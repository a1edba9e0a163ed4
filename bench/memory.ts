/** Peak memory of a whole run, by the number of items in its JSONL suite. */
import { makeProject, ownRun, startServer } from "./kit/process.ts";
import { type Row, rowOf } from "./kit/rows.ts";

export async function rows({ quick }: { readonly quick: boolean }): Promise<readonly Row[]> {
  const all: Row[] = [];
  let before: number | null = null;
  for (const items of quick ? [10, 1_000, 20_000] : [10, 1_000, 100_000, 1_000_000]) {
    const peak = await peakOf(items);
    const reference: number | null = items === 1_000_000 ? before : null;
    all.push(
      rowOf(`peak memory: ${items.toLocaleString("en")} items`, {
        value: peak,
        unit: "MB",
        ...(items === 10 && { bound: { most: 120 } }),
        ...(items === 100_000 && { bound: { most: 200 } }),
        ...(reference !== null && { reference, bound: { most: 1.3 } }),
      }),
    );
    before = peak;
  }
  return all;
}

async function peakOf(items: number): Promise<number> {
  const server = await startServer({ chunks: 1, first_ms: 5, gap_ms: 0, spread_ms: 0 });
  const project = await makeProject(server.url, items, 64);
  try {
    return (await ownRun(project.folder, "log")).used.peak_mb;
  } finally {
    project.remove();
    await server.close();
  }
}
