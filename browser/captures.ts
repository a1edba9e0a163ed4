/**
 * Takes the captures of docs/captures/report: `npm run captures:page`. Two runs, each view of them twice: 1280 px wide in
 * Chinese and light, 390 px wide in English and dark. `simulated` is what `npm start` runs; `mixed` holds failures, retries,
 * thinking, a target without a price, another model's answers, judges, rulings and an agent.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import "../own-temporary.ts";
import { buildPage } from "../build-page.ts";
import { closeAll, openFile, writeReport } from "./open-report.ts";
import { agentItem, sampleRun } from "./sample-run.ts";

const root = join(import.meta.dirname, "..");
const into = join(root, "docs/captures/report");

/** Taller views are cut off here: a capture shows what a view looks like, not all its rows. */
const mostHeight = 1_300;

const looks = [
  { name: "wide.zh", width: 1_280, lang: "zh", dark: false },
  { name: "phone.en", width: 390, lang: "en", dark: true },
  // For the READMEs.
  { name: "wide.en", width: 1_280, lang: "en", dark: false, views: ["#/board", "#/heat"] },
] as const;

await buildPage(join(root, "dist/page"));
mkdirSync(into, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), "baimo-captures-"));
const simulated = join(folder, "simulated.html");
execFileSync(
  join(root, "node_modules/.bin/tsx"),
  [
    "src/cli/bin.ts",
    "run",
    "--out",
    join(folder, "run.jsonl"),
    "--reporter",
    "log",
    "--report",
    simulated,
  ],
  { cwd: root, stdio: ["ignore", "ignore", "inherit"] },
);
const mixed = await writeReport(sampleRun({ risky: true, agent: true }), {
  baseline: sampleRun({ right: [7, 7, 4], id: "20261120T180000Z-base" }),
});
for (const [run, file] of Object.entries({ simulated, mixed })) {
  for (const look of looks) {
    const { page } = await openFile(file, look);
    const english = page.getByRole("button", { name: "English" });
    if (look.lang === "en" && (await english.count()) > 0) await english.click();
    const views: readonly string[] = await page.evaluate(
      `[...document.querySelectorAll(".views a")].map((link) => link.getAttribute("href"))`,
    );
    const agent = `#/item/${encodeURIComponent(agentItem)}`;
    const chosen = "views" in look ? look.views : [...views, ...(run === "mixed" ? [agent] : [])];
    for (const hash of chosen) {
      await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
      await page
        .locator("main :is(table, svg, .answer-row, .answer-card, .notes)")
        .first()
        .waitFor();
      const height: number = await page.evaluate("document.documentElement.scrollHeight");
      await page.setViewportSize({ width: look.width, height: Math.min(height, mostHeight) });
      const view = hash === agent ? "agent" : hash.replace(/^#\//, "");
      await page.screenshot({ path: join(into, `${run}-${view}.${look.name}.png`) });
      await page.setViewportSize({ width: look.width, height: 900 });
    }
    await page.close();
  }
}
await closeAll();
rmSync(folder, { recursive: true, force: true });
