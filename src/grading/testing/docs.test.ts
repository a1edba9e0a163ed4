import { readFile } from "node:fs/promises";

import { expect, test } from "vitest";
import { toJSONSchema } from "zod";

import { graderIds, loadGrader } from "../graders.ts";

const page = (id: string): Promise<string> =>
  readFile(new URL(`../../../docs/graders/${id}.md`, import.meta.url), "utf8");

test.each(graderIds().map((id) => [id]))("%s has a page that names every option", async (id) => {
  const grader = await loadGrader(id);
  if (grader === null) throw new Error(`no grader ${id}`);
  const schema = toJSONSchema(grader.options, { io: "input" });
  const text = await page(id);
  expect(text).toContain("## English");
  for (const option of Object.keys(schema.properties ?? {}))
    expect(text).toContain(`\`${option}\``);
});
