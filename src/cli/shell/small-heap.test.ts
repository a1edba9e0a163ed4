import { execFileSync } from "node:child_process";

import { expect, it } from "vitest";

const module = JSON.stringify(new URL("small-heap.ts", import.meta.url).href);

/** What becomes of a process that begins so and then looks once at how much it has computed. */
function become(begun: string): { readonly young_mb: number; readonly optimised: boolean } {
  const program = `
    import { getHeapSpaceStatistics } from "node:v8";
    import { keepHeapSmall, startShort } from ${module};
    ${begun}
    const count = (text) => {
      let sum = 0;
      for (let at = 0; at < 50; at += 1) sum += at ^ text.length;
      return sum;
    };
    const texts = Array(300_000).fill("x");
    texts.forEach(count);
    // From here on it has looked.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const alive = texts.map((text, at) => ({ at, of: [count(text)] }));
    await new Promise((resolve) => setTimeout(resolve, 50));
    texts.forEach(count);
    const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space");
    // 64: the code is TurboFan's.
    const optimised = (%GetOptimizationStatus(count) & 64) !== 0;
    console.log(JSON.stringify({ young_mb: young.space_size / 2 ** 20, optimised, alive: alive.length }));
  `;
  const args = ["--allow-natives-syntax", "--input-type=module", "-e", program];
  const printed = execFileSync(process.execPath, args, { encoding: "utf8" });
  return JSON.parse(printed) as ReturnType<typeof become>;
}

it("a short run keeps the young generation that a process begins with, and optimises nothing", () => {
  const { young_mb, optimised } = become("startShort(); keepHeapSmall('asking');");
  expect(young_mb).toBeLessThanOrEqual(2);
  expect(optimised).toBe(false);
});

it("a run that has computed for long does as every process, with a limit to its growth", () => {
  const { young_mb, optimised } = become("startShort(0); keepHeapSmall('asking');");
  expect(young_mb).toBeGreaterThan(4);
  expect(optimised).toBe(true);
});
