import { expect, test } from "vitest";

import type { GoldTurn } from "../../../../domain/run-file/lines.ts";

import { itemsOf } from "../enterprise/lines.ts";

/* Who knows nothing and chooses by the look of the options must stay at chance. */

const items = await itemsOf("language-hard");
const choices = items.map(({ turn }) => turn).filter(({ options }) => options !== null);

test("every letter is the answer about as often", () => {
  for (const letter of ["A", "B", "C", "D"]) {
    const share = choices.filter(({ answer }) => answer === letter).length / choices.length;
    expect(share, letter).toBeGreaterThan(0.19);
    expect(share, letter).toBeLessThan(0.31);
  }
});

test("neither the longest nor the shortest option, nor the one most like the question or the others, is right by more than chance", () => {
  const rules = {
    longest: (text: string) => Array.from(text).length,
    shortest: (text: string) => -Array.from(text).length,
    "like the question": (text: string, turn: GoldTurn) => overlap(text, turn.question),
    "unlike the question": (text: string, turn: GoldTurn) => -overlap(text, turn.question),
    "like the others": likeOthers,
    "unlike the others": (text: string, turn: GoldTurn) => -likeOthers(text, turn),
  };
  const lucks = Object.entries(rules).map(([name, rule]) => [name, luckOf(rule)] as const);
  expect(lucks.filter(([, luck]) => luck > 0.36)).toEqual([]);
});

test("lengths of the options of a question differ little", () => {
  const uneven = choices.flatMap(({ question, options }) => {
    const lengths = Object.values(options ?? {}).map((text) => Array.from(text).length);
    return Math.max(...lengths) - Math.min(...lengths) > 4 ? [question] : [];
  });
  expect(uneven).toEqual([]);
});

/** The share that a rule gets right, with ties shared. */
function luckOf(rule: (text: string, turn: GoldTurn) => number): number {
  const lucks = choices.map((turn) => {
    const scored = Object.entries(turn.options ?? {}).map(
      ([label, text]) => [label, rule(text, turn)] as const,
    );
    const best = Math.max(...scored.map(([, score]) => score));
    const top = scored.filter(([, score]) => score === best).map(([label]) => label);
    return top.includes(String(turn.answer)) ? 1 / top.length : 0;
  });
  return lucks.reduce((sum, luck) => sum + luck, 0) / lucks.length;
}

/** The share of a text's characters that stand in another one. */
function overlap(text: string, other: string): number {
  const characters = Array.from(text);
  return characters.filter((each) => other.includes(each)).length / characters.length;
}

function likeOthers(text: string, { options }: GoldTurn): number {
  const others = Object.values(options ?? {}).filter((each) => each !== text);
  return others.reduce((sum, other) => sum + overlap(text, other), 0) / others.length;
}
