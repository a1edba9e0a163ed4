import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, test } from "vitest";

import { figuresPage, reportOfSteadiness } from "../src/report/page/first-view.ts";
import { monthPeriod } from "../src/report/steadiness/period.ts";
import { steadinessOf } from "../src/report/steadiness/steadiness.ts";
import { monthWindows } from "../src/report/testing/month.ts";
import { seriousFaults } from "./axe.ts";
import { chromiumPath } from "./chromium.ts";
import { closeAll, openFile } from "./open-report.ts";

afterAll(closeAll);

const windows = monthWindows({
  start: "2026-11-01",
  days: 30,
  targets: ["甲/one", "乙/two"],
  seed: 2,
  calls_per_window: 4,
  slots: [2, 10, 15].map((hour) => ({ hour, windows: 8 })),
  failing: (target, { day, hour }) =>
    target === "乙/two" && day === 13 && hour === 10
      ? { share: 1, outcome: "server", status: 503 }
      : null,
  slower: (target, { hour }) => (target === "乙/two" && hour === 15 ? 2 : 1),
});

describe.skipIf(chromiumPath() === null)("the page of a month's steadiness", () => {
  test.each([
    { width: 1280, dark: false, lang: "zh" as const, named: "11 月 14 日 10:00–10:40 探测时中断" },
    {
      width: 400,
      dark: true,
      lang: "en" as const,
      named: "down when probed on 14 Nov 10:00–10:40",
    },
  ])("begins with what is worst, $width wide, $lang", async ({ width, dark, lang, named }) => {
    const report = steadinessOf(
      { nights: [], windows, without_windows: 0 },
      monthPeriod("2026-11"),
    );
    const file = join(mkdtempSync(join(tmpdir(), "baimo-steady-page-")), "page.html");
    writeFileSync(file, await figuresPage(reportOfSteadiness(report, new Date()), lang));
    const { page, complaints, requests } = await openFile(file, { width, dark });
    expect(await page.locator(".conclusion-text").textContent()).toContain(named);
    await page.locator("main select").selectOption("1");
    const row = page.locator(".steady-calendar tbody tr").nth(13);
    expect(await row.locator("td").nth(1).textContent()).toBe("100%");
    expect(await page.locator(".steady-calendar tbody tr").count()).toBe(30);
    const span = await page.evaluate("document.documentElement.scrollWidth");
    expect(span).toBeLessThanOrEqual(width);
    expect(await seriousFaults(page)).toEqual([]);
    expect([complaints, requests]).toEqual([[], []]);
  });
});
