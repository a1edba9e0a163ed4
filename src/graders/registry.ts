import { readdirSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { z } from "zod";

import type { Grader } from "../domain/grader.ts";

import { UserError } from "../domain/text.ts";

/** Files of this folder that are no graders. */
const others: ReadonlySet<string> = new Set(["registry", "grade", "worker"]);

let ids: readonly string[] | null = null;

/** Ids of the built-in graders: the names of the files in this folder, sorted. */
export function graderIds(): readonly string[] {
  ids ??= readdirSync(import.meta.dirname)
    .filter((name) => /^[a-z0-9-]+\.(?:ts|js)$/.test(name))
    .map((name) => name.slice(0, name.lastIndexOf(".")))
    .filter((id) => !others.has(id))
    .toSorted();
  return ids;
}

const loaded = new Map<string, Promise<Grader>>();

/** A built-in grader, or null where there is none of that name. Asked once for each item, so it is kept. */
export async function loadGrader(id: string): Promise<Grader | null> {
  if (!graderIds().includes(id)) return null;
  const grader = loaded.get(id) ?? load(id);
  loaded.set(id, grader);
  return grader;
}

const load = async (id: string): Promise<Grader> =>
  graderOf(await import(/* @vite-ignore */ `./${id}.ts`), id);

/**
 * An in-house grader: a JavaScript or TypeScript module that exports `grader`.
 * Rejects with a `UserError` where the file cannot be loaded or exports no grader.
 */
export async function loadGraderFile(path: string): Promise<Grader> {
  let loaded: unknown;
  try {
    loaded = await import(pathToFileURL(path).href);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError({
      zh: `评分器文件 ${path} 无法加载：${reason}`,
      en: `cannot load the grader file ${path}: ${reason}`,
    });
  }
  return graderOf(loaded, path);
}

function graderOf(loaded: unknown, name: string): Grader {
  const grader: unknown =
    typeof loaded === "object" && loaded !== null ? Reflect.get(loaded, "grader") : undefined;
  if (isGrader(grader)) return grader;
  throw new UserError({
    zh: `${name} 没有导出名为 grader 的评分器（需要 id、version、title、options、check、grade）`,
    en: `${name} exports no grader (id, version, title, options, check and grade are needed)`,
  });
}

function isGrader(value: unknown): value is Grader {
  if (typeof value !== "object" || value === null) return false;
  const get = (name: string): unknown => Reflect.get(value, name);
  return (
    typeof get("id") === "string" &&
    typeof get("version") === "string" &&
    isSchema(get("options")) &&
    typeof get("check") === "function" &&
    typeof get("grade") === "function"
  );
}

const isSchema = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "safeParse" in value;

/** Options of a grader as its schema reads them, defaults filled in. Throws a `UserError` that names every problem. */
export function parseGraderOptions<Options>(
  grader: Grader<Options>,
  given: Readonly<Record<string, unknown>> | undefined,
): Options {
  const parsed = grader.options.safeParse(given ?? {});
  if (parsed.success) return parsed.data;
  const problems = z.prettifyError(parsed.error);
  throw new UserError({
    zh: `评分器 ${grader.id} 的选项有误：\n${problems}`,
    en: `bad options for the grader ${grader.id}:\n${problems}`,
  });
}
