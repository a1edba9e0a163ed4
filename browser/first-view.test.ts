import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, test } from "vitest";

import type { StepFigures } from "../src/domain/load/summary.ts";

import { command as compare } from "../src/cli/commands/compare.ts";
import { command as leaderboard } from "../src/cli/commands/leaderboard.ts";
import { runCommand, writeRun } from "../src/cli/testing/command-context.ts";
import { bareReport } from "../src/report/page/bare-report.ts";
import { inBoth } from "../src/report/page/both.ts";
import { figuresPage } from "../src/report/page/first-view.ts";
import { seriousFaults } from "./axe.ts";
import { chromiumPath } from "./chromium.ts";
import { closeAll, openFile } from "./open-report.ts";
import { sampleRun, targets } from "./sample-run.ts";

afterAll(closeAll);

const folder = mkdtempSync(join(tmpdir(), "baimo-figures-page-"));

const noTimes = { p50: null, p90: null, p99: null };

const unknownKnee = { in_flight: null, chars_per_s: null, tokens_per_s: null };

const stepOf = (level: number, step: number): StepFigures => ({
  step,
  loop: "open",
  level,
  trusted: true,
  cut: false,
  arrivals: level * 10,
  done: level * 10,
  good: level * 9,
  goodput: { value: 0.99 - step * 0.1, low: 0.6, high: 1 },
  outcomes: { ok: level * 10 },
  rate_limited_share: 0,
  ttft_ms: noTimes,
  total_ms: noTimes,
  ttft_sent_ms: noTimes,
  speed: noTimes,
  chars_per_s: 900,
  tokens_per_s: null,
  requests_per_s: level,
  in_flight: 12,
  send_lag_p99_ms: 1,
});

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

  test("a load: its head says what was measured, not how many answers there are", async () => {
    const file = join(folder, "load.html");
    const steps = [20, 40, 80].map((level, step) => stepOf(level, step));
    const knee = { ...unknownKnee, state: "found" as const, rate: 40, low: 30, high: 60 };
    const target = { target: "甲厂/a", simulated: true, steps, knee };
    const made = await figuresPage(
      {
        ...bareReport(new Date("2026-11-22T00:00:00Z")),
        simulated: true,
        conclusion: { zh: "每秒 40 次以内守得住。", en: "It holds up to 40 a second." },
        loads: [
          {
            started_at: "2026-11-21T08:00:00.000Z",
            good_share: 0.95,
            targets: [{ ...target, cost_per_million_chars: null, paid: [] }],
            table: inBoth(() => ({ columns: [{ title: "n" }], rows: [["1"]] })),
            notes: [],
          },
        ],
      },
      "zh",
    );
    writeFileSync(file, made);
    const { page, complaints } = await openFile(file);
    expect(await page.locator(".run-facts").textContent()).toBe(
      "2026-11-21 · 1 个模型，3 级，1,400 个请求",
    );
    expect(await page.locator(".chart svg path").count()).toBeGreaterThan(2);
    expect(await seriousFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
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
