/** Items on pages: `npm run pages:items` writes them anew into docs/hard-families-2*.md. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { withItems } from "../src/store/suites/shipped/printed-items.ts";

for (const name of ["hard-families-2.md", "hard-families-2.zh-CN.md"]) {
  const file = join(import.meta.dirname, "../docs", name);
  writeFileSync(file, await withItems(readFileSync(file, "utf8")));
}
