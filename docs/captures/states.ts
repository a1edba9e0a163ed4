/**
 * Draws the screen of a run that waits, is throttled, asks one target and three, meets failures and was resumed, at three
 * widths and in both languages: `npx tsx docs/captures/states.ts`. `src/tui/captures.test.ts` compares.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { stateCaptures } from "../../src/tui/testing/run-states.ts";

for (const [name, text] of stateCaptures()) writeFileSync(join(import.meta.dirname, name), text);
