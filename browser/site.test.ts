import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Browser, chromium, type Page } from "playwright-core";
import { afterEach, describe, expect, test } from "vitest";

import { command as site } from "../src/cli/commands/site.ts";
import { runCommand, writeRun } from "../src/cli/testing/command-context.ts";
import { seriousFaults } from "./axe.ts";
import { chromiumPath } from "./chromium.ts";
import { changed, changeDay, cheaper, priceDay, rerouted, writeNights } from "./sample-nights.ts";
import { sampleRun } from "./sample-run.ts";

/** Nights of which the last ones lost what a target could do. */
const nights = Array.from({ length: 8 }, (_, at) => ({
  id: `2026111${at}T180000Z-night${at}`,
  started_at: `2026-11-1${at}T18:00:00.000Z`,
  right: at < 5 ? [9, 6, 4] : [4, 6, 4],
}));

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "baimo-site-"));
  ends.push(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Serves a folder as a static web server does, and opens its first page. */
async function openSite(
  root: string,
  { width = 1280, hash = "" } = {},
): Promise<{ readonly page: Page; readonly complaints: readonly string[] }> {
  const server: Server = createServer((request, response) => {
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
  const browser: Browser = await chromium.launch({
    executablePath: chromiumPath() ?? "",
    args: ["--no-sandbox"],
  });
  ends.push(() => {
    void browser.close();
    server.close();
  });
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  const complaints: string[] = [];
  page.on("console", (message) => {
    // The browser asks for an icon by itself.
    if (message.type() === "error" && !message.location().url.endsWith("favicon.ico"))
      complaints.push(message.text());
  });
  await page.goto(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/${hash}`);
  await page.locator("main h2").first().waitFor();
  return { page, complaints };
}

describe.skipIf(chromiumPath() === null)("the site of a folder of runs", () => {
  test("begins with the history, in which a change is seen, and leads to the page of each run", async () => {
    const folder = newFolder();
    for (const { id, started_at, right } of nights) {
      const lines = sampleRun({ items: 20, right, id }).map((line) =>
        line.kind === "run" ? { ...line, started_at } : line,
      );
      writeRun(folder, `${id}.jsonl`, lines);
    }
    const made = await runCommand(site, folder, ["."], { out: "public" });
    expect(made).toMatchObject({ code: 0, error: null });
    const { page, complaints } = await openSite(join(folder, "public"));
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
  });
});

describe.skipIf(chromiumPath() === null)("the site of 40 nights whose run files are gone", () => {
  test("shows the silent change of a model on the first screen, and gaps, prices and reasons behind it", async () => {
    const folder = newFolder();
    await writeNights(folder);
    const made = await runCommand(site, folder, ["."], { out: "public" });
    expect(made).toMatchObject({ code: 0, error: null });
    expect(made.text).toContain("39 夜");
    const { page, complaints } = await openSite(join(folder, "public"));
    const card = page.locator(".night-card", { hasText: changed });
    expect(await page.locator(".night-card").first().innerText()).toContain(changed);
    expect(await card.innerText()).toMatch(new RegExp(`自 ${changeDay} 起 -1[\\d.]+ 分`));
    const line = await card.locator(".change.down").boundingBox();
    expect(line?.height).toBeGreaterThan(20);
    expect((line?.y ?? 9_999) + (line?.height ?? 0)).toBeLessThan(900);
    // A night that says nothing is a grey gap and no change of the model.
    const gaps = page.locator(".night-card", { hasText: rerouted }).locator(".gap");
    expect(await gaps.count()).toBe(2);
    expect(await page.locator(".night-card .change").count()).toBe(1);
    expect(await seriousFaults(page)).toEqual([]);
    await card.locator("a").click();
    const events = page.locator(".night-events li");
    await events.first().waitFor();
    expect(await events.first().innerText()).toContain("返回的模型名没有变");
    const nightly = page.locator("main section", {
      has: page.getByRole("heading", { name: "各夜" }),
    });
    expect(await nightly.locator("tbody tr").count()).toBe(39);
    const rows = page.locator(".task-nights tbody tr");
    expect(await rows.count()).toBeGreaterThan(1);
    expect(await rows.first().locator("rect").count()).toBe(39);
    expect(await seriousFaults(page)).toEqual([]);
    await page.goto(page.url().replace(/#.*/, `#/history/${encodeURIComponent(cheaper)}`));
    await page.getByText(/0\.8\/2 CNY → 0\.4\/1 CNY/).waitFor();
    expect(await events.first().innerText()).toContain(priceDay);
    await page.getByRole("radio", { name: /单价/ }).check();
    expect(await page.locator(".chart svg path").count()).toBeGreaterThan(2);
    await page.getByRole("button", { name: "English" }).click();
    expect(await events.first().innerText()).not.toMatch(/\p{Script=Han}/u);
    expect(complaints).toEqual([]);
    const { page: phone } = await openSite(join(folder, "public"), { width: 390 });
    expect(await phone.evaluate("document.documentElement.scrollWidth")).toBe(390);
    const shown = await phone.locator(".night-card .change.down").boundingBox();
    expect((shown?.y ?? 9_999) + (shown?.height ?? 0)).toBeLessThan(900);
  });
});
