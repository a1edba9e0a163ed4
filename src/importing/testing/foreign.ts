import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

import type { RunImporter } from "../runs/run-importer.ts";

/** A file of another tool, for tests, under the path that the tool would give it. */
export async function foreignFile(
  path: string,
  content: string | Uint8Array,
  folder: string | null = null,
): Promise<string> {
  const file = join(folder ?? (await mkdtemp(join(tmpdir(), "foreign-"))), path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
  return file;
}

/** What an importer makes of a file, in short: each reply with what is known of it, or the reason why there is none. */
export async function readForeign({ read }: RunImporter, path: string) {
  const found: unknown[] = [];
  const versions: string[] = [];
  for await (const row of read({ path, name: basename(path) }, (own) => versions.push(own))) {
    if ("skip" in row) {
      found.push({ place: row.place, skip: row.skip.zh });
      continue;
    }
    const { gold, reply, graded, before, ...rest } = row.sample;
    const { grader, ...answer } = gold ?? { grader: { use: "open" } };
    found.push({
      place: row.place,
      of: `${rest.model}: ${rest.dimension.join("/")}/${rest.id}`,
      asked: [...before.map(({ role, text }) => `${role}: ${text}`), rest.prompt],
      gold: answer,
      use: grader.use,
      reply:
        reply.outcome === "ok" ? reply.text : `${reply.outcome}: ${reply.message ?? reply.text}`,
      graded: graded === null ? null : `${graded.by} ${String(graded.value)}`,
    });
  }
  return { found, versions };
}

/** Values as JSON Lines. */
export const jsonLines = (...values: readonly unknown[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join("");
