import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { pluginFolders } from "../../src/plugins.ts";
import { type Recipe, recipes } from "../recipes.ts";
import { renamed } from "../write.ts";
import { copyOfTree, shell, tested } from "./tree.ts";

/** Another id than the template's own, so that a name that was not renamed is found. */
const idOf = ({ kind }: Recipe): string => `tried-${kind}`;
const pathsOf = (recipe: Recipe): readonly string[] =>
  recipe.files.map(({ path }) => renamed(path, recipe, idOf(recipe)));

/** Tests that look at everything that lies in some folder: the others cannot know what was added. */
const looksAround =
  /pluginIds|graderIds|importerIds|loadServedProtocols|allVendors|readdirSync|commandsPages|contributing\(/;

let tree = "";
beforeAll(() => {
  tree = copyOfTree();
});
afterAll(() => {
  rmSync(dirname(tree), { recursive: true, force: true });
});

/** Those that bring no generated page up to date come last: a page that they make stale stays so. */
const inTurn = recipes.toSorted((a, b) => b.scripts.length - a.scripts.length);

describe.each(inTurn)("$kind", (recipe) => {
  test("npm run new writes its files, and not over those that are there", () => {
    const line = `npm run -s new -- ${recipe.kind} ${idOf(recipe)}`;
    const { code, said } = shell(tree, line);
    expect([code, said]).toEqual([0, said]);
    for (const path of pathsOf(recipe)) {
      expect(said).toContain(path);
      expect(readFileSync(join(tree, path), "utf8")).not.toContain(recipe.id);
    }
    const again = shell(tree, line);
    expect(again.code).toBe(2);
    expect(again.said).toContain(`${pathsOf(recipe)[0] ?? ""} 已经有了`);
  });

  const own = recipe.checks.filter((check) => check !== "npm run check");
  test.runIf(own.length > 0).each(own)("%s", (check) => {
    const { code, said } = shell(tree, renamed(check, recipe, idOf(recipe)));
    expect([code, said]).toEqual([0, said]);
  });
});

// What `npm run check` does, on all additions at once.
test("types, lint, format and dead code", () => {
  const { code, said } = shell(tree, "npm run -s check:static");
  expect([code, said]).toEqual([0, said]);
});

test("the tests that come with the additions, and those that see whatever is there", () => {
  const around = globSync("{src,scaffold}/**/*.test.ts", { cwd: tree })
    .filter((file) => !file.startsWith("scaffold/trials"))
    .filter((file) => looksAround.test(readFileSync(join(tree, file), "utf8")));
  const added = recipes.flatMap(pathsOf).filter((path) => path.endsWith(".test.ts"));
  const results = tested(tree, [...around, ...added]);
  expect(results.filter(({ failed }) => failed.length > 0)).toEqual([]);
  const run = results.map(({ file }) => file);
  expect(added.filter((file) => !run.includes(file))).toEqual([]);
  expect(run.length).toBeGreaterThan(added.length + 15);
});

test("a simulated model has right and wrong answers to the items of a new grader", () => {
  const suite = {
    schema: "suite/1",
    id: "graded",
    tasks: [
      {
        id: "t",
        dimension: ["试"],
        grader: { use: "tried-grader", with: { at: "end" } },
        items: Array.from({ length: 40 }, (_, index) => ({
          id: `i${index}`,
          question: `第 ${index} 种花叫什么？`,
          answer: `花名${"甲乙丙丁戊己庚辛壬癸"[index % 10] ?? ""}${index}`,
        })),
      },
    ],
  };
  writeFileSync(join(tree, "graded.yaml"), JSON.stringify(suite));
  const ran = shell(tree, "npm run -s baimo -- run graded.yaml -m sim/xiliu --out graded.jsonl");
  expect([ran.code, ran.said]).toEqual([0, ran.said]);
  const verdicts = readFileSync(join(tree, "graded.jsonl"), "utf8")
    .split("\n")
    .flatMap((line) => /"kind":"score".*"verdict":"(\w+)"/.exec(line)?.[1] ?? []);
  expect(verdicts.length).toBe(40);
  expect(verdicts.filter((verdict) => verdict === "right").length).toBeGreaterThan(10);
});

const folders = Object.entries(pluginFolders).filter(([, { needs }]) => needs.length > 0);

test("a stray file in a plugin folder is refused by npm run check and by baimo check", () => {
  const strays = Object.keys(pluginFolders).map((folder) => join(tree, "src", folder, "helper.ts"));
  for (const stray of strays) writeFileSync(stray, "export const help = (): number => 1;\n");
  const config = join(tree, "stray.yaml");
  writeFileSync(
    config,
    "schema: baimo/1\nproviders: {own: {protocol: helper, base_url: https://api.example.com}}\n",
  );
  const said = tested(tree, ["src/architecture.test.ts"])
    .flatMap(({ failed }) => failed)
    .join("\n");
  for (const [folder, { member, kit }] of folders)
    expect(said).toContain(
      `src/${folder}/helper.ts: exports no ${member}. Every file in src/${folder}/ is one ${member}, named by its id; code that several share belongs in src/${kit}/.`,
    );
  const checked = shell(tree, "npm run -s baimo -- check stray.yaml");
  expect(checked.code).toBe(2);
  expect(checked.said).toContain("src/protocols/helper.ts：没有导出 protocol");
  for (const stray of [...strays, config]) rmSync(stray);
  expect(existsSync(config)).toBe(false);
});
