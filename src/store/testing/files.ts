import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { onTestFinished } from "vitest";

import type { Lang } from "../../domain/text.ts";

import { UserError, formatProblem } from "../../domain/text.ts";

/** A new folder with these files, removed when the test is over. */
export async function folderWith(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "baimo-store-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return folder;
}

/** What the user sees: each problem as printed, or the error's own text if it has none. */
export function told(error: unknown, lang: Lang, folder = ""): readonly string[] {
  if (!(error instanceof UserError)) throw error;
  const lines = error.problems.map((problem) => formatProblem(problem, lang));
  const shown = lines.length === 0 ? [error.text[lang]] : lines;
  return shown.map((line) => (folder === "" ? line : line.replaceAll(`${folder}/`, "")));
}

/** The `UserError` that `something` throws. */
export async function errorOf(something: () => unknown): Promise<UserError> {
  try {
    await something();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error("expected a UserError");
}
