/** Answers of simulated models: an item-response model with shared difficulty, own strengths, and clusters that hang together. */
import type { SimulatedTree } from "./trees.ts";

import { seededRandom } from "../../src/stats/random.ts";

/** A model as its log-odds on each item; those of one skill differ in what each is good at. */
export type SimulatedModel = { readonly odds: Float64Array };

/** Standard deviations, in log-odds. */
const spread = { difficulty: 1.5, own: 0.8, cluster: 0.8 };

/** Standard normal numbers out of uniform ones (Box and Muller). */
export const normalFrom = (random: () => number) => (): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

export type Draws = ReturnType<typeof drawsOf>;

/** A source of models and answers for a tree, all from one seed. */
export function drawsOf(tree: SimulatedTree, seed: number) {
  const random = seededRandom(seed);
  const normal = normalFrom(random);
  const count = tree.view.items.length;
  const { cluster } = tree.view.items.at;
  const difficulty = Float64Array.from({ length: count }, () => spread.difficulty * normal());

  return {
    random,
    /** A model of the given skill; one with `own` 0 is the same as every other of that skill. */
    model: (skill: number, own: number = spread.own): SimulatedModel => ({
      odds: difficulty.map((hard) => skill - hard + own * normal()),
    }),
    /** The value of every item in one run of the model. */
    answers: ({ odds }: SimulatedModel, into = new Float64Array(count)): Float64Array => {
      const moods = new Map<number, number>();
      for (let item = 0; item < count; item++) {
        const group = cluster[item] ?? 0;
        const mood = moods.get(group) ?? spread.cluster * normal();
        moods.set(group, mood);
        const chance = 1 / (1 + Math.exp(-(odds[item] ?? 0) - mood));
        const { turns = 1, steps = 1 } = tree.shapes[item] ?? {};
        let sum = 0;
        for (let turn = 0; turn < turns; turn++) {
          for (let mark = 0; mark < steps; mark++) sum += Number(random() < chance);
        }
        into[item] = sum / turns / steps;
      }
      return into;
    },
  };
}

/** The most of `runs` that chance allows where each is wrong with probability `level`: so many standard errors more. */
export const allowed = (level: number, runs: number, errors: number): number =>
  level + errors * Math.sqrt((level * (1 - level)) / runs);
