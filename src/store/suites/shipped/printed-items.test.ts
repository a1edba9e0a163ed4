import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { builtinFolder } from "../../builtin.ts";
import { withItems } from "./printed-items.ts";

const docs = join(builtinFolder("suites"), "../docs");

test.each(["hard-families-2.md", "hard-families-2.zh-CN.md"])(
  "docs/%s prints what the generators make: else run npm run pages:items",
  async (name) => {
    const page = readFileSync(join(docs, name), "utf8");
    expect(await withItems(page)).toBe(page);
  },
);
