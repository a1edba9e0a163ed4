import { spawn } from "node:child_process";
import { once } from "node:events";
import { pathToFileURL } from "node:url";

import { expect, onTestFinished, test } from "vitest";

import { type Canary, startCanary } from "./canary.ts";
import { figuresOf } from "./readings.ts";

function started(...args: Parameters<typeof startCanary>): Canary {
  const canary = startCanary(...args);
  onTestFinished(canary.close);
  return canary;
}

const samplesOf = ({ errors }: Canary) => errors.count();

test("while a request is under way, errors are sampled; none is shorter than nothing", async () => {
  const canary = started(Math.random);
  canary.enter();
  await expect.poll(() => samplesOf(canary)).toBeGreaterThanOrEqual(8);
  const { p50_ms, p99_ms, max_ms } = figuresOf(canary.errors);
  expect(canary.failure()).toBeNull();
  expect(p50_ms).toBeGreaterThan(0);
  expect(p99_ms).toBeGreaterThanOrEqual(p50_ms ?? Number.NaN);
  expect(max_ms).toBeGreaterThanOrEqual(p99_ms ?? Number.NaN);
});

test("a loop that is held up is found out, and when", async () => {
  const canary = started(() => 0);
  canary.enter();
  await expect.poll(() => samplesOf(canary)).toBeGreaterThan(0);
  const heldMs = 400;
  let middle = 0;
  // Several times, because on a busy machine the vendor's thread may stand still as well.
  await expect
    .poll(
      () => {
        const found = canary.delayAround(middle);
        if (found < heldMs / 4) {
          middle = performance.now() + heldMs / 2;
          holdUp(heldMs);
        }
        return found;
      },
      { interval: 300 },
    )
    .toBeGreaterThanOrEqual(heldMs / 4);
  expect(canary.errors.quantile(1)).toBeGreaterThanOrEqual(heldMs / 4);
});

function holdUp(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

test("without a thread there are no figures, and the reason is said", async () => {
  const canary = started(Math.random, new URL("./nobody.ts", import.meta.url));
  canary.enter();
  await expect.poll(canary.failure).toContain("nobody.ts");
  expect(figuresOf(canary.errors)).toMatchObject({ samples: 0, p50_ms: null, p99_ms: null });
  canary.leave();
});

test("closing is no failure, however early and however often", async () => {
  const canary = startCanary(Math.random);
  canary.enter();
  await Promise.all([canary.close(), canary.close()]);
  expect([samplesOf(canary), canary.failure()]).toEqual([0, null]);
});

test("with no request under way nothing is asked, and the process ends by itself", async () => {
  const code = `
    const { startCanary } = await import(${JSON.stringify(pathToFileURL(`${import.meta.dirname}/canary.ts`))});
    const canary = startCanary(Math.random);
    canary.enter();
    while (canary.errors.count() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    canary.leave();
    process.on("exit", () => console.log(canary.failure()));
  `;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const [status] = (await once(child, "close")) as [number | null];
  expect({ status, text }).toEqual({ status: 0, text: "null\n" });
});
