/** A month of nights of a board whose targets never change: every alarm is false. */
import type { SimulatedTree } from "./trees.ts";

import { judgeHistory, suspects } from "../../src/report/nightly/nightly.ts";
import { nightOf } from "../../src/report/nightly/of-run.ts";
import { type NightRecord, withSecond } from "../../src/report/nightly/record.ts";
import { drawsOf } from "./draw.ts";
import { answerAll, redrawn, target } from "./rows.ts";

const nightsPerMonth = 30;

/** Share of months with any alarm on a board of `targets`, second measurements included. */
export function falseAlarms(
  tree: SimulatedTree,
  targets: number,
  months: number,
  seed: number,
): number {
  answerAll(tree);
  let alarmed = 0;
  for (let month = 0; month < months; month++) {
    if (hasAlarm(tree, targets, seed + 100_000 * month)) alarmed++;
  }
  return alarmed / months;
}

function hasAlarm(tree: SimulatedTree, targets: number, seed: number): boolean {
  const refs = Array.from({ length: targets }, (_, at) => `sim/model-${at}`);
  const models = refs.map((_, at) => drawsOf(tree, seed + at).model(0.8));
  let draw = seed + 1_000;
  const measured = (wanted: readonly string[], day: number): NightRecord => {
    const nights = wanted.map((ref) => {
      redrawn(tree, draw++, models[refs.indexOf(ref)]);
      return { ref, night: nightOf(tree.view, new Map()) };
    });
    const date = `2026-10-${String(day + 1).padStart(2, "0")}`;
    const found = nights.flatMap(({ ref, night }) => {
      const own = night?.targets.get(target);
      return own === undefined ? [] : [[ref, own] as const];
    });
    const whole = nights[0]?.night ?? null;
    if (whole === null) throw new Error("no target was measured");
    const started_at = `${date}T20:00:00.000Z`;
    return { ...whole, run: `${seed}-${day}`, started_at, date, targets: new Map(found) };
  };
  const nights: NightRecord[] = [];
  for (let day = 0; day < nightsPerMonth; day++) {
    const first = measured(refs, day);
    const again = suspects([...nights, first]).changed;
    nights.push(again.length === 0 ? first : withSecond(first, measured(again, day)));
    // Only what was measured again can be called changed.
    if (again.length === 0) continue;
    const { targets: judged } = judgeHistory("board", nights);
    if (judged.some(({ judgement }) => judgement === "down" || judgement === "up")) return true;
  }
  return false;
}
