import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { expect, test } from "vitest";

import { loadPlugin, pluginIds } from "./plugins.ts";

test.each(["no-such", "../plugins", "exact.test", "Exact"])("%j is no grader", async (id) => {
  expect(await loadPlugin("graders", id)).toBeNull();
});

test("a plugin is loaded once", () => {
  expect(loadPlugin("graders", "exact")).toBe(loadPlugin("graders", "exact"));
});

test("ids are sorted names of files, tests left out", () => {
  const ids = pluginIds("graders");
  expect(ids).toEqual(ids.toSorted());
  expect(ids).toContain("exact");
  expect(ids.filter((id) => id.includes("test"))).toEqual([]);
});

/** What the registry of a tree of its own says of the one file in `src/protocols/`. */
async function saidOf(code: string): Promise<{ readonly zh: string; readonly en: string }> {
  const root = await mkdtemp(join(tmpdir(), "plugins-"));
  await mkdir(join(root, "src/protocols"), { recursive: true });
  await writeFile(join(root, "package.json"), JSON.stringify({ type: "module" }));
  await cp(join(import.meta.dirname, "domain/text.ts"), join(root, "src/domain/text.ts"));
  await cp(join(import.meta.dirname, "plugins.ts"), join(root, "src/plugins.ts"));
  await writeFile(join(root, "src/protocols/helper.ts"), code);
  const main = join(root, "main.ts");
  await writeFile(
    main,
    `import { loadPlugin } from "./src/plugins.ts";
     await loadPlugin("protocols", "helper").catch(({ text }) => console.log(JSON.stringify(text)));`,
  );
  const tsx = join(import.meta.dirname, "../node_modules/tsx/dist/cli.mjs");
  const { stdout } = await promisify(execFile)(process.execPath, [tsx, main]);
  return JSON.parse(stdout) as { zh: string; en: string };
}

test.each([
  ["no protocol", "export const help = 1;", "没有导出 protocol", "exports no protocol"],
  ["half of one", 'export const protocol = { id: "helper" };', "缺少 attempt", "lacks attempt"],
])("a stray file that holds %s says so, and where it belongs", async (_what, code, zh, en) => {
  const text = await saidOf(code);
  expect(text.zh).toMatch(new RegExp(`^src/protocols/helper\\.ts.*${zh}.*src/calling/`));
  expect(text.en).toMatch(new RegExp(`^src/protocols/helper\\.ts.*${en}.*src/calling/`));
});
