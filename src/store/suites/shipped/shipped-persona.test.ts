import { readdirSync, readFileSync } from "node:fs";

import { expect, test } from "vitest";
import { parse } from "yaml";

import { constraint } from "../../../constraints/names-no-vendor.ts";
import { namesIn } from "../../../text/names/vendor-names.ts";

const root = new URL("../../../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");

const persona = (
  parse(read("suites/roleplay.yaml")) as {
    tasks: { items: { constraints?: { check: string; also?: string[] }[] }[] }[];
  }
).tasks
  .flatMap(({ items }) => items)
  .flatMap(({ constraints }) => constraints ?? [])
  .filter(({ check }) => check === "names-no-vendor");

const isKept = async (text: string): Promise<boolean> =>
  (await constraint.test(text, { also: persona[0]?.also ?? [] }, { question: "" })).ok;

test("a persona may not name the vendors of the provider files, whichever those are", async () => {
  expect(persona.length).toBeGreaterThanOrEqual(2);
  const titles = readdirSync(new URL("providers/", root))
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => (parse(read(`providers/${name}`)) as { title: { zh: string } }).title.zh);
  const named = titles.filter((title) => namesIn(title).length > 0);
  expect(named.length).toBeGreaterThan(25);
  const passed: string[] = [];
  for (const title of named)
    if (await isKept(`客官，小竹其实出自${title}，给您沏茶。`)) passed.push(title);
  expect(passed).toEqual([]);
});

test.each([
  "豆包",
  "字节跳动",
  "Qwen",
  "Kimi",
  "GPT-4o",
  "混元",
  "星火",
  "文心一言",
  "ChatGLM",
  "d o u b a o",
])("a persona may not say that it is %s", async (name) => {
  expect(await isKept(`小竹就是${name}，客官请坐。`)).toBe(false);
});
