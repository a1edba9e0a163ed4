import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, test } from "vitest";

import { command as compare } from "../src/cli/commands/compare.ts";
import { command as leaderboard } from "../src/cli/commands/leaderboard.ts";
import { runCommand, writeRun } from "../src/cli/testing/command-context.ts";
import { seriousFaults } from "./axe.ts";
import { chromiumPath } from "./chromium.ts";
import { closeAll, openFile } from "./open-report.ts";
import { sampleRun, targets } from "./sample-run.ts";

afterAll(closeAll);

const folder = mkdtempSync(join(tmpdir(), "baimo-figures-page-"));

describe.skipIf(chromiumPath() === null)("--format html is the page without its answers", () => {
  test("a leaderboard: board, charts and details, and no link that leads nowhere", async () => {
    writeRun(folder, "run.jsonl", sampleRun());
    const out = { format: "html", out: "board.html" };
    const made = await runCommand(leaderboard, folder, ["run.jsonl"], out);
    expect(made).toMatchObject({ code: 0, error: null });
    const { page, complaints, requests } = await openFile(join(folder, "board.html"));
    const names = page.locator("main tbody tr td:nth-child(2)");
    expect(await names.allTextContents()).toEqual([...targets]);
    const views = await page.locator(".views a").allTextContents();
    expect(views).toContain("象限图");
    expect(views).not.toContain("全部回答");
    await page.goto(page.url().replace(/#.*|$/, "#/heat"));
    await page.getByText("成语").first().waitFor();
    expect(await page.locator("main a[href*='task=']").count()).toBe(0);
    expect(await seriousFaults(page)).toEqual([]);
    expect([complaints, requests]).toEqual([[], []]);
  });

  test("a comparison: it begins with what changed", async () => {
    writeRun(folder, "base.jsonl", sampleRun());
    const worse = sampleRun({ right: [6, 6, 4], id: "20261122T000000Z-new001" });
    writeRun(folder, "new.jsonl", worse);
    const out = { format: "html", out: "compared.html" };
    const made = await runCommand(compare, folder, ["base.jsonl", "new.jsonl"], out);
    expect(made.error).toBe(null);
    const { page, complaints, requests } = await openFile(join(folder, "compared.html"));
    expect(await page.locator("main h2").first().textContent()).toBe("比较");
    expect(await page.locator(".conclusion-text").textContent()).toContain("-30.0 分");
    expect(await page.locator(".flip").count()).toBeGreaterThan(0);
    expect(await page.locator(".views a").allTextContents()).toEqual(["比较"]);
    expect([complaints, requests]).toEqual([[], []]);
  });
});
