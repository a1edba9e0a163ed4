import { pathToFileURL } from "node:url";

import type { Grader, Gold, Scalar } from "../domain/grader.ts";

import { memberOf } from "../domain/json.ts";
import { UserError } from "../domain/text.ts";
import { loadPlugin, pluginIds } from "../plugins.ts";
import { parseOptions } from "../validation/issues.ts";
import { shareZod } from "./house/share-zod.ts";

export type LoadGrader = (id: string) => Promise<Grader | null>;

/** Ids of the built-in graders, sorted. */
export const graderIds = (): readonly string[] => pluginIds("graders");

/** A built-in grader, or null where there is none of that name. Looked up for every item, so it is cached. */
export const loadGrader: LoadGrader = (id) => loadPlugin("graders", id);

/**
 * A custom grader: a JavaScript or TypeScript module that exports `grader`.
 * Rejects with a `UserError` where the file cannot be loaded or exports no grader.
 */
export async function loadGraderFile(path: string): Promise<Grader> {
  shareZod();
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
  if (isOldZod(grader)) throw oldZod(name);
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
    !isOldZod(value) &&
    typeof get("check") === "function" &&
    typeof get("grade") === "function"
  );
}

/** A grader that was bundled with zod 3, whose schemas cannot say in Chinese what is wrong. */
const isOldZod = (grader: unknown): boolean => {
  const options = memberOf(grader, "options");
  return isSchemaOf(options, "_def") && !isSchemaOf(options, "_zod");
};

const isSchemaOf = (options: unknown, mark: string): boolean =>
  typeof options === "object" && options !== null && mark in options;

const oldZod = (name: string): UserError =>
  new UserError({
    zh: `${name}：options 是 zod 3 的 schema；写 import { z } from "zod" 就是 baimo 自带的 zod 4，不必安装`,
    en: `${name}: its options are a schema of zod 3; import { z } from "zod" is baimo's own zod 4, nothing to install`,
  });

const isSchema = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "safeParse" in value;

/** A grader's options parsed by its schema, defaults filled in. Throws a `UserError` that lists every problem. */
export const parseGraderOptions = <Options>(
  grader: Grader<Options>,
  given: Readonly<Record<string, unknown>> | undefined,
): Options => parseOptions({ zh: "评分器", en: "grader" }, grader, given);

/** The golds of a turn as texts: the answer, or each of its members, then the aliases. */
export const goldTexts = (gold: Gold): readonly string[] => [...answerTexts(gold), ...gold.aliases];

/** The answer as texts; empty if there is none. */
export function answerTexts({ answer }: Gold): readonly string[] {
  if (answer === null) return [];
  const members: readonly Scalar[] = Array.isArray(answer) ? answer : [answer as Scalar];
  return members.map(String);
}
