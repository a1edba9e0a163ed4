import { readdirSync, readFileSync } from "node:fs";

import { expect, test } from "vitest";
import { parse } from "yaml";

const root = new URL("../../../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");

/** Words of titles that name an interface, an application platform or a programme anybody runs, and no vendor of models. */
const plain =
  /Dify|FastGPT|扣子|RAGFlow|百炼应用|LangServe|自建|本机|网关|基线|模拟|路由|Together|Groq|OpenRouter|ModelScope|Meta|Yi|MaaS/;

/** A provider that is added need not be known to the suite at once. */
const mostNew = 3;

test("a persona may not name the vendors of the provider files", () => {
  const suite = read("suites/roleplay.yaml");
  const banned =
    /excludes, text: \[(通义[^\]]+)\]/.exec(suite)?.[1]?.toLowerCase().split(", ") ?? [];
  const titles = readdirSync(new URL("providers/", root))
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => (parse(read(`providers/${name}`)) as { title: { zh: string } }).title.zh)
    .filter((title) => !plain.test(title));
  const unnamed = titles.filter(
    (title) => !banned.some((word) => title.toLowerCase().includes(word)),
  );
  expect(titles.length).toBeGreaterThan(25);
  expect(unnamed.slice(mostNew)).toEqual([]);
});
