import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { importer } from "../../importers/xlsx.ts";
import { writeBankTemplate } from "./bank-template.ts";

test("the template is read by the importer as it stands, and is not written over", async () => {
  const file = join(await mkdtemp(join(tmpdir(), "bank-")), "bank.xlsx");
  await writeBankTemplate(file);
  const settings = {
    columns: {},
    sheet: null,
    shape: "wide",
    answer_base: null,
    dimension: null,
  } as const;
  const found: unknown[] = [];
  for await (const { outputs } of importer.read(file, settings)) found.push(...outputs);
  expect(found).toMatchObject([
    { task: { id: "refuse-A3", expect: "refuse" }, item: { risk: "A3.3" } },
    { task: { id: "answer-A3", expect: "answer" }, item: { risk: "A3.3" } },
    { task: { id: "content-A2" }, item: { risk: "A2.4" } },
  ]);
  await expect(writeBankTemplate(file)).rejects.toThrow("EEXIST");
});
