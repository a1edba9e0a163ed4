import { readdirSync } from "node:fs";
import { join } from "node:path";

import { UserError } from "./domain/text.ts";

/**
 * Everything that is looked up by name. Each folder holds only plugins: every file in it that is not a test is one, its
 * name is its id, and it exports `member` with the members listed in `needs`. Code that several of them share is in the
 * folder `kit`. The build and the tests read this table too.
 */
export const pluginFolders = {
  auth: { member: "scheme", needs: ["id", "secrets", "authorize"], kit: "calling/auth" },
  protocols: { member: "protocol", needs: ["id", "attempt"], kit: "calling" },
  graders: {
    member: "grader",
    needs: ["id", "version", "title", "options", "reads", "check", "grade"],
    kit: "grading",
  },
  constraints: {
    member: "constraint",
    needs: ["id", "version", "title", "options", "describe", "test"],
    kit: "grading/constraints",
  },
  generators: {
    member: "generator",
    needs: ["id", "version", "title", "options", "make"],
    kit: "generating",
  },
  environments: {
    member: "environment",
    needs: ["id", "version", "title", "options", "tools", "initial", "step", "outcome", "plan"],
    kit: "playing",
  },
  importers: { member: "importer", needs: ["id", "title", "matches", "read"], kit: "importing" },
  "report/leaderboard/formats": {
    member: "format",
    needs: ["id", "title", "render"],
    kit: "report/leaderboard",
  },
  "run-importers": {
    member: "runImporter",
    needs: ["id", "title", "matches", "read"],
    kit: "importing/runs",
  },
  "report/export/formats": {
    member: "format",
    needs: ["id", "title", "write"],
    kit: "report/export",
  },
  "cli/commands": { member: "command", needs: ["usage", "options", "run"], kit: "cli" },
  "simulator/protocols": {
    member: "protocol",
    needs: ["id", "route", "whole"],
    kit: "simulator/kit",
  },
  "simulator/dialects": { member: "dialect", needs: [], kit: "simulator/kit" },
} as const satisfies Readonly<
  Record<
    string,
    { readonly member: string; readonly needs: readonly string[]; readonly kit: string }
  >
>;

export type PluginFolder = keyof typeof pluginFolders;

const isPluginFile = (name: string): boolean => /^[a-z0-9-]+\.(?:ts|js)$/.test(name);

const idsByFolder = new Map<PluginFolder, readonly string[]>();
const loadedByFolder = new Map<PluginFolder, Map<string, Promise<unknown>>>();

/** Ids of the plugins in a folder: the names of its files, sorted. */
export function pluginIds(folder: PluginFolder): readonly string[] {
  const known =
    idsByFolder.get(folder) ??
    readdirSync(join(import.meta.dirname, folder))
      .filter(isPluginFile)
      .map((name) => name.slice(0, name.lastIndexOf(".")))
      .toSorted();
  idsByFolder.set(folder, known);
  return known;
}

/**
 * A plugin by its id, or null if the folder has no file of that name; loaded once. `P` is the folder's contract.
 * Rejects with a `UserError` if the file does not export the folder's kind of plugin.
 */
export function loadPlugin<P>(folder: PluginFolder, id: string): Promise<P | null> {
  const loaded = loadedByFolder.get(folder) ?? new Map<string, Promise<unknown>>();
  loadedByFolder.set(folder, loaded);
  const plugin = loaded.get(id) ?? load(folder, id);
  loaded.set(id, plugin);
  // Checked by `pluginOf`.
  return plugin as Promise<P | null>;
}

async function load(folder: PluginFolder, id: string): Promise<unknown> {
  if (!pluginIds(folder).includes(id)) return null;
  try {
    return pluginOf(folder, id, await import(/* @vite-ignore */ `./${folder}/${id}.ts`));
  } catch (error) {
    // Node's own message names the package and the file that asks for it.
    if (!(error instanceof Error && error.message.startsWith("Cannot find package"))) throw error;
    throw new UserError({
      zh: `baimo 依赖的包不在：${error.message}。请在项目里重新安装（npm ci 或 npm i）；dist/ 不能离开它的 node_modules/ 单独使用。`,
      en: `A package that baimo depends on is missing: ${error.message}. Install again (npm ci or npm i); dist/ does not work away from its node_modules/.`,
    });
  }
}

function pluginOf(folder: PluginFolder, id: string, module: unknown): unknown {
  const { member, needs, kit } = pluginFolders[folder];
  const plugin = memberOf(module, member);
  const missing = needs.filter((need) => memberOf(plugin, need) === undefined);
  if (plugin !== undefined && missing.length === 0) return plugin;
  const file = `src/${folder}/${id}.ts`;
  const lacking = missing.length > 0 && plugin !== undefined ? missing.join(", ") : null;
  throw new UserError({
    zh: `${file}：${lacking === null ? `没有导出 ${member}` : `导出的 ${member} 缺少 ${lacking}`}。src/${folder}/ 里每个文件就是一个 ${member}，文件名即 id；共用的代码请放到 src/${kit}/。`,
    en: `${file}: ${lacking === null ? `exports no ${member}` : `its ${member} lacks ${lacking}`}. Every file in src/${folder}/ is one ${member}, named by its id; code that several share belongs in src/${kit}/.`,
  });
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
