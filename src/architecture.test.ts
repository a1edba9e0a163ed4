import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

import { expect, test } from "vitest";

import { loadPlugin, type PluginFolder, pluginFolders, pluginIds } from "./plugins.ts";

/** Imports go down the floors, or stay within a folder of this table. The longest name that fits counts. */
const floors: Readonly<Record<string, number>> = {
  domain: 0,
  "plugins.ts": 1,
  text: 1,
  stats: 1,
  transport: 1,
  validation: 2,
  files: 2,
  calling: 2,
  generating: 3,
  grading: 3,
  playing: 3,
  auth: 3,
  protocols: 3,
  graders: 4,
  constraints: 4,
  generators: 4,
  environments: 4,
  "transport/thread": 4,
  store: 5,
  importing: 6,
  engine: 6,
  simulator: 6,
  importers: 7,
  queue: 7,
  "run-importers": 7,
  report: 7,
  tui: 8,
  page: 8,
  cli: 9,
};

/** Edges that the floors allow and that must not exist all the same. */
const forbidden: readonly (readonly [string, string])[] = ["protocols", "calling", "transport"].map(
  (folder) => ["simulator", folder],
);

const src = import.meta.dirname;
const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file) && statSync(join(src, file)).isFile())
  .map((file) => join(src, file));
const code = files.filter((file) => !/\.test\.tsx?$/.test(file));
/** What ships: neither tests nor their helpers. */
const shipped = code.filter((file) => !file.includes(`${sep}testing${sep}`));
const importOf = /(?:^|\n)\s*(?:import|export)\s(?:[^;]*?\sfrom\s)?["'](\.[^"']+)["']/g;

const pathOf = (file: string): string => relative(src, file).replaceAll(sep, "/");

const importsOf = (file: string): readonly string[] =>
  [...readFileSync(file, "utf8").matchAll(importOf)].map(([, path = ""]) =>
    resolve(file, "..", path),
  );

/** The entry of `floors` that a file belongs to. */
function folderOf(file: string): string {
  const path = pathOf(file);
  const names = Object.keys(floors).filter((name) => path === name || path.startsWith(`${name}/`));
  return names.toSorted((a, b) => b.length - a.length)[0] ?? path;
}

const edges = (file: string): readonly { from: string; to: string; text: string }[] =>
  importsOf(file).map((target) => ({
    from: folderOf(file),
    to: folderOf(target),
    text: `${pathOf(file)} -> ${pathOf(target)}`,
  }));

test("every file of src stands on a floor", () => {
  const homeless = code.map(folderOf).filter((folder) => floors[folder] === undefined);
  expect(homeless).toEqual([]);
});

test("imports go down the floors or stay in their folder", () => {
  const wrong = code.flatMap(edges).filter(({ from, to }) => {
    const [upper = -1, lower = 99] = [floors[from], floors[to]];
    return from !== to && lower >= upper;
  });
  expect(wrong.map(({ text }) => text)).toEqual([]);
});

/** Strongly connected groups of more than one file (Tarjan 1972). */
function circles(graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const found: string[][] = [];
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const visit = (file: string): void => {
    index.set(file, index.size);
    low.set(file, index.size - 1);
    stack.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!index.has(next)) visit(next);
      else if (!stack.includes(next)) continue;
      low.set(file, Math.min(low.get(file) ?? 0, low.get(next) ?? 0));
    }
    if (low.get(file) !== index.get(file)) return;
    const group = stack.splice(stack.indexOf(file));
    if (group.length > 1) found.push(group.map(pathOf));
  };
  for (const file of graph.keys()) if (!index.has(file)) visit(file);
  return found;
}

test("no circles of imports, types included", () => {
  expect(circles(new Map(code.map((file) => [file, importsOf(file)])))).toEqual([]);
  // The search itself finds one.
  const [a, b, c] = ["a", "b", "c"].map((name) => join(src, name));
  const knot = new Map([
    [a ?? "", [b ?? ""]],
    [b ?? "", [c ?? "", a ?? ""]],
    [c ?? "", []],
  ]);
  expect(circles(knot)).toEqual([["a", "b"]]);
});

test("the simulator shares no code with what it tests", () => {
  const wrong = code
    .flatMap(edges)
    .filter(({ from, to }) => forbidden.some(([a, b]) => from === a && to.startsWith(b)));
  expect(wrong.map(({ text }) => text)).toEqual([]);
});

/** As `importOf`, without imports of types, which load nothing. */
const loadOf = /(?:^|\n)\s*(?:import|export)\s(?!type\s)(?:[^;]*?\sfrom\s)?["']([^"']+)["']/g;

test("the transport thread loads no schemas: zod and those of all files take it megabytes and a tenth of a second", () => {
  const seen = new Set<string>();
  const schemas: string[] = [];
  const load = (file: string, from: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, name = ""] of readFileSync(file, "utf8").matchAll(loadOf)) {
      if (name === "zod") schemas.push(`${pathOf(file)}, which ${from} imports`);
      if (name.startsWith(".")) load(resolve(file, "..", name), pathOf(file));
    }
  };
  const starts = ["thread/worker.ts", "thread/sender.ts", "canary/canary.ts"];
  for (const start of starts) load(join(src, "transport", start), "the thread");
  for (const id of pluginIds("protocols")) load(join(src, "protocols", `${id}.ts`), "the thread");
  expect(seen.size).toBeGreaterThan(100);
  expect(schemas).toEqual([]);
});

/** What only one folder may touch, as text that would show it. */
const owners: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\bprocess\.(env|argv|exitCode|exit)\b/, ["cli"]],
  [/from "undici["/]/, ["transport"]],
  [/from "simple-statistics"/, ["stats"]],
  [/from "ink"/, ["tui"]],
  [/from "react"/, ["tui", "page"]],
  [/from "(react-dom|echarts|@tanstack)/, ["page"]],
];

test.each(owners)("%s stands in %j alone", (pattern, owner) => {
  const elsewhere = code.filter(
    (file) =>
      !owner.includes(folderOf(file)) && !isProcess(file) && pattern.test(withoutComments(file)),
  );
  expect(elsewhere.map(pathOf)).toEqual([]);
});

/** What stands in these files and nowhere else of what ships. */
const homes: readonly (readonly [RegExp, readonly string[]])[] = [
  // A command gets typed options; only what reads them sees the arguments.
  [/\bparseArgs\b/, ["cli/options.ts"]],
  [/\breadOptions\(/, ["cli/main.ts"]],
  [/\bprocess\.argv\b/, ["cli/bin.ts", "cli/start.ts", "simulator/server/process.ts"]],
  // The version of a format.
  [/["'`\s][a-z-]+\/\d+["'`]/, ["domain/formats.ts"]],
];

test.each(homes)("%s stands in %j alone", (pattern, allowed) => {
  const found = shipped.filter((file) => pattern.test(withoutComments(file))).map(pathOf);
  expect(found.filter((file) => !allowed.includes(file))).toEqual([]);
});

/** The simulator's own process has an environment and an exit code of its own. */
const isProcess = (file: string): boolean => pathOf(file) === "simulator/server/process.ts";

const withoutComments = (file: string): string =>
  readFileSync(file, "utf8").replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");

test("a file is one idea: none is longer than 300 lines", () => {
  const long = code
    .map((file) => [pathOf(file), readFileSync(file, "utf8").split("\n").length - 1] as const)
    .filter(([, lines]) => lines > 300);
  expect(long).toEqual([]);
});

test("a folder can be taken in at a glance: at most 25 files with its tests, plugin folders aside", () => {
  const counts = Map.groupBy(files, (file) => pathOf(dirname(file)));
  const crowded = [...counts]
    .filter(([folder, group]) => group.length > 25 && !Object.hasOwn(pluginFolders, folder))
    .map(([folder, group]) => [folder, group.length]);
  expect(crowded).toEqual([]);
});

test("a type's name means one thing", () => {
  const homes = Map.groupBy(
    shipped.flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/^export (?:type|interface|class) (\w+)/gm)].map(
        ([, name = ""]) => ({ name, file: pathOf(file) }),
      ),
    ),
    ({ name }) => name,
  );
  const twice = [...homes]
    .filter(([, places]) => new Set(places.map(({ file }) => file)).size > 1)
    .map(([name, places]) => `${name}: ${places.map(({ file }) => file).join(", ")}`);
  expect(twice).toEqual([]);
});

test("no barrel files, no utils", () => {
  expect(files.filter((file) => /\/(index|utils?)\.tsx?$/.test(file))).toEqual([]);
});

const folders = Object.keys(pluginFolders) as readonly PluginFolder[];

test.each(folders)("every file of %s is a plugin, and its name is its id", async (folder) => {
  const strays = files
    .map(pathOf)
    .filter((file) => file.startsWith(`${folder}/`))
    .filter((file) => !/^[a-z0-9-]+(\.test)?\.ts$/.test(file.slice(folder.length + 1)));
  const { member, kit } = pluginFolders[folder];
  const rule = `src/${folder}/ holds one ${member} a file, id.ts; shared code belongs in src/${kit}/`;
  expect(strays, rule).toEqual([]);
  for (const id of pluginIds(folder)) {
    const plugin = await loadPlugin<{ readonly id?: string }>(folder, id);
    expect(plugin?.id ?? id).toBe(id);
  }
});
