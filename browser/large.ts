import { once } from "node:events";
/**
 * How large a run the report page carries: writes a run of many answers, makes its page, opens it in Chromium and
 * measures. `npm run bench:page [-- ANSWERS]`; figures in docs/performance.md.
 */
import { createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { chromium } from "playwright-core";

import "../own-temporary.ts";
import { pageAssets } from "../src/report/page/assets.ts";
import { writePage } from "../src/report/page/document.ts";
import { makeReport } from "../src/report/page/make-report.ts";
import {
  answerLine,
  endLine,
  itemLine,
  runLine,
  scoreLine,
  timingOf,
} from "../src/report/testing/lines.ts";
import { chromiumPath } from "./chromium.ts";

const answers = Number(process.argv[2] ?? 100_000);
const targets = ["甲/a", "乙/b", "丙/c", "丁/d", "戊/e"];
const folder = mkdtempSync(join(tmpdir(), "baimo-large-"));
const [run, file] = [join(folder, "run.jsonl"), join(folder, "run.html")];

/** Three seconds of scrolling by a screen's tenth at each frame; frames a second. */
const scroll = `new Promise((resolve) => {
  const box = document.querySelector(".answer-list");
  const start = performance.now();
  let frames = 0;
  const next = () => {
    box.scrollTop += 80;
    frames += 1;
    const passed = performance.now() - start;
    if (passed < 3000) requestAnimationFrame(next);
    else resolve(frames / (passed / 1000));
  };
  requestAnimationFrame(next);
})`;

try {
  await writeLargeRun();
  const start = performance.now();
  const before = process.cpuUsage();
  const made = await makeReport({
    files: [run],
    board: null,
    by: [],
    baseline: null,
    margin: 0.05,
    now: new Date(),
  });
  const bytes = await writePage(file, { ...made, assets: await pageAssets(), lang: "zh" });
  say(
    "report",
    `${((performance.now() - start) / 1_000).toFixed(1)} s, ${mega(process.memoryUsage().rss)} resident`,
  );
  const { user, system } = process.cpuUsage(before);
  say("processor", `${((user + system) / 1e6).toFixed(1)} s`);
  const gzip = gzipSync(readFileSync(run)).length;
  say("run file", `${mega(statSync(run).size)}, gzip ${mega(gzip)}`);
  say("page", `${mega(bytes)}, ${(bytes / gzip).toFixed(2)} of gzip`);
  await measure();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function writeLargeRun(): Promise<void> {
  const stream = createWriteStream(run);
  const random = randomOf(7);
  const write = async (line: unknown): Promise<void> => {
    if (!stream.write(`${JSON.stringify(line)}\n`)) await once(stream, "drain");
  };
  await write(runLine(targets, { size: { items: answers / 5, per_target: answers / 5, answers } }));
  for (let at = 0; at < answers / targets.length; at += 1) {
    const item = `s/t${at % 20}/i${at}`;
    await write(
      itemLine(item, {
        dimension: [`维度${at % 5}`, `小类${at % 20}`],
        tags: [`标签${at % 7}`],
        turns: [{ question: words(random, 60) }],
      }),
    );
    for (const [number, target] of targets.entries()) {
      const first = 100 + Math.floor(random() * 900);
      const total = first + Math.floor(random() * 4_000);
      const text = `${words(random, 150 + Math.floor(random() * 300))}\n答案：A`;
      const timing = timingOf(first, total, { in_flight: 1 + (at % 16) });
      await write(
        answerLine({
          item,
          target,
          text,
          call: { timing, request_id: `req-${Math.floor(random() * 1e15).toString(36)}` },
        }),
      );
      await write(scoreLine({ item, target }, random() < 0.5 + number / 12 ? "right" : "wrong"));
    }
  }
  await write(endLine({ answers }));
  stream.end();
  await once(stream, "finish");
}

/** Text that compresses like text: common characters come often. */
function words(random: () => number, length: number): string {
  return Array.from({ length }, () =>
    String.fromCodePoint(0x4e00 + Math.floor(random() ** 3 * 3_000)),
  ).join("");
}

/** Mulberry32 (T. Ettinger): the same texts in every run. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = Math.trunc(state + 0x6d2b79f5);
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

async function measure(): Promise<void> {
  const executablePath = chromiumPath();
  if (executablePath === null) return;
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--enable-precise-memory-info"],
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const opened = performance.now();
  await page.goto(`file://${file}`, { waitUntil: "commit" });
  await page.locator(".conclusion-text").waitFor();
  say("first view", `${((performance.now() - opened) / 1_000).toFixed(2)} s`);
  await page.waitForLoadState("load");
  say("whole file read", `${((performance.now() - opened) / 1_000).toFixed(2)} s`);
  const list = performance.now();
  await page.evaluate("location.hash = '#/answers'");
  await page.locator(".answer-row").first().waitFor();
  say("list of all answers", `${((performance.now() - list) / 1_000).toFixed(2)} s`);
  const filtered = performance.now();
  await page.evaluate("location.hash = '#/answers?verdict=wrong&sort=total_ms'");
  const all = JSON.stringify(answers.toLocaleString("en-US"));
  await page.waitForFunction(`!document.querySelector('.count').textContent.startsWith(${all})`);
  say("filtered and sorted", `${((performance.now() - filtered) / 1_000).toFixed(2)} s`);
  await page.evaluate("location.hash = '#/answers'");
  await page.waitForTimeout(500);
  say("scrolling", `${(await page.evaluate<number>(scroll)).toFixed(0)} frames a second`);
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const heap = (await page.evaluate("performance.memory.usedJSHeapSize")) as number;
  say("heap of the tab", mega(heap));
  const middle = Math.floor(answers / targets.length / 2);
  const item = performance.now();
  await page.evaluate(
    `location.hash = '#/item/${encodeURIComponent(`s/t${middle % 20}/i${middle}`)}'`,
  );
  await page.locator(".answer-card").first().waitFor();
  say("an item", `${((performance.now() - item) / 1_000).toFixed(2)} s`);
  await browser.close();
}

function mega(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function say(what: string, figure: string): void {
  console.log(`${what.padEnd(20)} ${figure}`);
}
