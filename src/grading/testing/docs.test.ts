import { existsSync, readFileSync } from "node:fs";

import { expect, test } from "vitest";
import { toJSONSchema } from "zod";

import { graderIds, loadGrader } from "../graders.ts";

const fileOf = (name: string): URL => new URL(`../../../docs/graders/${name}.md`, import.meta.url);
const page = (name: string): string => readFileSync(fileOf(name), "utf8");

/** A page in English with a Chinese twin, or one page in both languages. */
const pagesOf = (id: string): readonly string[] =>
  existsSync(fileOf(`${id}.zh-CN`)) ? [id, `${id}.zh-CN`] : [id];

test.each(graderIds().map((id) => [id]))("%s has a page that names every option", async (id) => {
  const grader = await loadGrader(id);
  if (grader === null) throw new Error(`no grader ${id}`);
  const schema = toJSONSchema(grader.options, { io: "input" });
  const pages = pagesOf(id);
  if (pages.length === 1) expect(page(id)).toContain("## English");
  for (const name of pages) {
    for (const option of Object.keys(schema.properties ?? {}))
      expect(page(name)).toContain(`\`${option}\``);
  }
});
