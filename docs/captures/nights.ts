/**
 * Draws what a night says, on the terminal and as the published Markdown, in both languages: `npx tsx docs/captures/nights.ts`.
 * Twenty nights of six invented models are simulated as in `npm run verify:year`; the last one is quiet, or holds a change, an
 * outage, or another model. `src/cli/nightly/captures.test.ts` compares.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { nightCaptures } from "../../bench/year/captures.ts";

for (const [name, text] of nightCaptures()) writeFileSync(join(import.meta.dirname, name), text);
