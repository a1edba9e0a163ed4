import { expect, test } from "vitest";

import { generatedItems, loadGenerator } from "../generating/generator.ts";
import { solveProgram } from "../generating/testing/solvers/program.ts";

test("programs in JavaScript print what those in Python print", async () => {
  const generator = await loadGenerator("program");
  if (generator === null) throw new Error("program");
  for (const blocks of [2, 5, 10]) {
    const options = { blocks, size: 8, machines: blocks > 4 ? 4 : 0, steps: 6 };
    const settings = { n: 60, seed: 5 };
    const [python, javascript] = (["python", "javascript"] as const).map((language) =>
      generatedItems(generator, { ...settings, with: { ...options, language } }),
    );
    for (let row = 0; row < settings.n; row += 1) {
      const item = await javascript?.at(row);
      expect(item?.answer).toBe((await python?.at(row))?.answer);
      const asked = { question: item?.question ?? "", context: "", options: {} };
      expect(await solveProgram(asked)).toBe(item?.answer);
    }
  }
});
