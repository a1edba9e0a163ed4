import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium } from "playwright-core";
import { describe, expect, test } from "vitest";

import { command as site } from "../src/cli/commands/site.ts";
import { runCommand, writeRun } from "../src/cli/testing/command-context.ts";
import { chromiumPath } from "./chromium.ts";
import { sampleRun } from "./sample-run.ts";

/** Nights of which the last ones lost what a target could do. */
const nights = Array.from({ length: 8 }, (_, at) => ({
  id: `2026111${at}T180000Z-night${at}`,
  started_at: `2026-11-1${at}T18:00:00.000Z`,
  right: at < 5 ? [9, 6, 4] : [4, 6, 4],
}));

describe.skipIf(chromiumPath() === null)("the site of a folder of runs", () => {
  test("begins with the history, in which a change is seen, and leads to the page of each run", async () => {
    const folder = mkdtempSync(join(tmpdir(), "baimo-site-"));
    for (const { id, started_at, right } of nights) {
      const lines = sampleRun({ items: 20, right, id }).map((line) =>
        line.kind === "run" ? { ...line, started_at } : line,
      );
      writeRun(folder, `${id}.jsonl`, lines);
    }
    const made = await runCommand(site, folder, ["."], { out: "public" });
    expect(made).toMatchObject({ code: 0, error: null });
    const root = join(folder, "public");
    const server = createServer((request, response) => {
      try {
        const path = decodeURIComponent(request.url ?? "").replace(/\/$/, "/index.html");
        const type = path.endsWith(".html") ? "text/html" : "application/octet-stream";
        response.writeHead(200, { "content-type": type }).end(readFileSync(join(root, path)));
      } catch {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const address = server.address();
    const origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
    const browser = await chromium.launch({
      executablePath: chromiumPath() ?? "",
      args: ["--no-sandbox"],
    });
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      const complaints: string[] = [];
      page.on("console", (message) => {
        // The browser asks for an icon by itself.
        if (message.type() === "error" && !message.location().url.endsWith("favicon.ico"))
          complaints.push(message.text());
      });
      await page.goto(`${origin}/`);
      expect(await page.locator("main h2").first().textContent()).toBe("历史");
      const rows = await page.locator("main tbody tr").allInnerTexts();
      expect(rows.length).toBe(nights.length);
      const first = (row: string | undefined) => Number(/\t([\d.]+) \(/.exec(row ?? "")?.[1]);
      expect(first(rows[0])).toBeLessThan(first(rows.at(-1)) - 30);
      expect(await page.locator(".chart svg path").count()).toBeGreaterThan(nights.length);
      await page.locator("main tbody a").last().click();
      await page.locator(".conclusion-text").waitFor();
      await page.evaluate(`location.hash = '#/item/${encodeURIComponent("s/成语/i004")}'`);
      await page.locator(".answer-card").first().waitFor();
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
