import { join } from "node:path";

import { expect, test } from "vitest";

import type { Cue, Style } from "./cue.ts";

import { itemLine } from "../../domain/prompt.ts";
import { extractProgram } from "../../grading/code/extract.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { eachItem } from "../../store/suites/items.ts";
import { parseSuite } from "../../store/suites/suites.ts";
import { randomOf } from "../random.ts";
import { codeReply } from "./code.ts";

const styles: readonly Style[] = ["reasoned", "terse", "markdown", "hedged", "bare_text"];
const wordings = [null, "marked", "polite"] as const;

/** Every item of the suite of programs in every wording and style, told by three seeds. */
async function* cues(intent: Cue["intent"]): AsyncIterable<Cue> {
  const suite = await parseSuite(join(builtinFolder("suites"), "code.yaml"));
  for (const task of suite.suite.tasks) {
    for await (const { item } of eachItem(suite, task)) {
      const line = itemLine(suite.suite, task, item, wordings);
      const [gold] = line.turns;
      if (gold === undefined) continue;
      for (const { turns, wording } of line.asks) {
        for (const style of styles) {
          for (const seed of [1, 2, 3]) {
            const random = randomOf(seed, line.item, wording ?? "", style);
            const prompt = turns[0] ?? "";
            yield { prompt, gold, intent, style, random, others: [], previous: null };
          }
        }
      }
    }
  }
}

const tidy = (text: string): string => text.trim();

const programIn = (cue: Cue): string => {
  const language = cue.gold.grader?.with?.["language"];
  const reply = codeReply(cue) ?? "";
  const found = extractProgram(reply, typeof language === "string" ? language : "", []);
  expect(found, reply).not.toBeNull();
  return tidy(found?.program ?? "");
};

test("a model that is right writes the reference, wherever it puts it", async () => {
  let told = 0;
  for await (const cue of cues("right")) {
    expect(programIn(cue)).toBe(tidy(cue.gold.reference ?? ""));
    told += 1;
  }
  expect(told).toBeGreaterThan(500);
});

test("one that is wrong writes a mutant, or is cut off in the middle", async () => {
  let cut = 0;
  let told = 0;
  for await (const cue of cues("wrong")) {
    const program = programIn(cue);
    const reference = tidy(cue.gold.reference ?? "");
    expect(program).not.toBe(reference);
    const isMutant = (cue.gold.mutants ?? []).map(tidy).includes(program);
    if (!isMutant) expect(reference.startsWith(program)).toBe(true);
    cut += isMutant ? 0 : 1;
    told += 1;
  }
  expect(cut / told).toBeGreaterThan(0.08);
  expect(cut / told).toBeLessThan(0.25);
});
