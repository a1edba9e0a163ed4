import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { expect, test } from "vitest";

/** Imports go down the floors only, or stay in their folder. */
const floors: Readonly<Record<string, number>> = {
  domain: 0,
  text: 1,
  stats: 1,
  wire: 1,
  auth: 2,
  protocols: 3,
  graders: 3,
  generators: 3,
  asking: 4,
  store: 4,
  engine: 5,
  import: 5,
  simulator: 5,
  report: 6,
  tui: 7,
  cli: 8,
};

/** Edges that the floors allow and that must not be all the same. */
const forbidden: readonly (readonly [string, string])[] = [
  ["simulator", "protocols"],
  ["simulator", "wire"],
];

const src = import.meta.dirname;
const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file) && statSync(join(src, file)).isFile())
  .map((file) => join(src, file));
const code = files.filter((file) => !/\.test\.tsx?$/.test(file));
const importOf = /(?:^|\n)\s*(?:import|export)\s(?:[^;]*?\sfrom\s)?["'](\.[^"']+)["']/g;

const folderOf = (file: string): string => relative(src, file).split(sep)[0] ?? "";

function edges(file: string): readonly { from: string; to: string; text: string }[] {
  return [...readFileSync(file, "utf8").matchAll(importOf)].map(([, path = ""]) => ({
    from: folderOf(file),
    to: folderOf(resolve(file, "..", path)),
    text: `${relative(src, file)} -> ${path}`,
  }));
}

test("every folder of src stands on a floor", () => {
  const folders = files.map(folderOf).filter((folder) => !folder.endsWith(".ts"));
  expect([...new Set(folders)].filter((folder) => floors[folder] === undefined)).toEqual([]);
});

test("imports go down the floors or stay in their folder", () => {
  const wrong = code.flatMap(edges).filter(({ from, to }) => {
    const [upper = -1, lower = 99] = [floors[from], floors[to]];
    return from !== to && lower >= upper;
  });
  expect(wrong.map(({ text }) => text)).toEqual([]);
});

test("the simulator shares no code with what it tests", () => {
  const wrong = code
    .flatMap(edges)
    .filter(({ from, to }) => forbidden.some(([a, b]) => from === a && to === b));
  expect(wrong.map(({ text }) => text)).toEqual([]);
});

/** What only one folder may touch, as text that would show it. */
const owners: readonly (readonly [RegExp, string])[] = [
  [/\bprocess\.(env|argv|exitCode|exit)\b/, "cli"],
  [/from "undici["/]/, "wire"],
  [/from "simple-statistics"/, "stats"],
  [/from "(ink|react)"/, "tui"],
];

test.each(owners)("%s stands in one folder alone", (pattern, owner) => {
  const elsewhere = code.filter(
    (file) => folderOf(file) !== owner && !isProcess(file) && pattern.test(withoutComments(file)),
  );
  expect(elsewhere.map((file) => relative(src, file))).toEqual([]);
});

/** The simulator's own process has an environment and an exit code of its own. */
const isProcess = (file: string): boolean =>
  relative(src, file) === join("simulator", "process.ts");

const withoutComments = (file: string): string =>
  readFileSync(file, "utf8").replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");

test("a file is one idea: none is much longer than 300 lines", () => {
  const long = code
    .map((file) => [relative(src, file), readFileSync(file, "utf8").split("\n").length] as const)
    .filter(([, lines]) => lines > 320);
  expect(long).toEqual([]);
});

test("no barrel files, no utils", () => {
  expect(files.filter((file) => /\/(index|utils?)\.tsx?$/.test(file))).toEqual([]);
});
