import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { stateCaptures } from "./testing/run-states.ts";

const folder = join(import.meta.dirname, "../../docs/captures");

test.each([...stateCaptures()])("docs/captures/%s is what the screen shows today", (name, text) => {
  // Where the words change on purpose: npx tsx docs/captures/terminal.ts --draw, and read what comes.
  expect(readFileSync(join(folder, name), "utf8")).toBe(text);
});
