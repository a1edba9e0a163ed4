import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { hardFamiliesPage, hardFamiliesPages } from "./hard-families-page.ts";

test.each(Object.entries(hardFamiliesPages))(
  "%s is what the generators make",
  async (name, lang) => {
    const page = readFileSync(join(import.meta.dirname, "../../..", name), "utf8");
    expect(page, "run `npm run schemas`").toBe(await hardFamiliesPage(lang));
  },
);
