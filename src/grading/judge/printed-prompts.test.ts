import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { printedPrompts } from "./testing/printed-prompts.ts";

test.each(["judge-prompts.md", "judge-prompts.zh-CN.md"])(
  "docs/%s prints the prompts as they are sent",
  (name) => {
    const page = readFileSync(new URL(`../../../docs/${name}`, import.meta.url), "utf8");
    for (const prompt of printedPrompts) expect(page).toContain(`\`\`\`text\n${prompt}\n\`\`\``);
  },
);
