import type { ItemAnswers } from "../../src/report/hosts/conformity.ts";
import type { HostAnswer } from "../../src/report/hosts/measures.ts";

import { normalCdf, normalQuantile } from "../../src/stats/distributions.ts";
import { seededRandom } from "../../src/stats/random.ts";

/** How a host differs from the official service. */
export type Alteration = {
  /** Added to the share of right answers. */
  readonly skill?: number;
  /** Share of replies that are cut, beyond the usual. */
  readonly cut?: number;
  /** Another model: its luck on an item is its own. */
  readonly other?: boolean;
};

export type WorldOptions = {
  readonly items: number;
  readonly trials: { readonly official: number; readonly host: number };
  /** Share of right answers of the official service. */
  readonly skill: number;
  /** Share of the luck of an answer that is new at every repeat. */
  readonly wavers: number;
  readonly seed: number;
};

/**
 * Items answered by the official service and by each host. As in the simulator, luck is a normal variate of which 0.35 is
 * the item's; of the model's own part, `wavers` is drawn anew at every answer. Half of the items declare a tool, a quarter
 * ask for JSON; lengths are lognormal with a part of the item and a part of the answer.
 */
export function worldOf(
  hosts: readonly Alteration[],
  { items, trials, skill, wavers, seed }: WorldOptions,
): readonly (readonly ItemAnswers[])[] {
  const random = seededRandom(seed);
  const normal = (): number => normalQuantile(Math.min(1 - 1e-12, Math.max(1e-12, random())));
  const worlds: ItemAnswers[][] = hosts.map(() => []);
  for (let item = 0; item < items; item++) {
    const shared = normal();
    const facts: ItemFacts = {
      luck: normal(),
      other: normal(),
      shared,
      tool: item % 2 === 0 ? normalCdf(1.2 * normal()) : null,
      json: item % 4 === 0,
      size: Math.exp(5 + 0.6 * normal()),
      prompt: 60 + Math.floor(200 * random()),
    };
    const say = (alteration: Alteration): HostAnswer =>
      answerOf(facts, alteration, { skill, wavers, random, normal });
    const official = Array.from({ length: trials.official }, () => say({}));
    for (const [at, alteration] of hosts.entries())
      worlds[at]?.push({
        official,
        host: Array.from({ length: trials.host }, () => say(alteration)),
      });
  }
  return worlds;
}

type ItemFacts = {
  readonly luck: number;
  readonly other: number;
  readonly shared: number;
  /** How likely a tool is called; null where there is none. */
  readonly tool: number | null;
  readonly json: boolean;
  readonly size: number;
  readonly prompt: number;
};

type Chance = {
  readonly skill: number;
  readonly wavers: number;
  readonly random: () => number;
  readonly normal: () => number;
};

function answerOf(
  { luck, other, shared, tool, json, size, prompt }: ItemFacts,
  { skill: change = 0, cut = 0, other: isOther = false }: Alteration,
  { skill, wavers, random, normal }: Chance,
): HostAnswer {
  const own = isOther ? other : luck;
  const spoken = Math.sqrt(1 - wavers) * own + Math.sqrt(wavers) * normal();
  const z = Math.sqrt(0.35) * shared + Math.sqrt(0.65) * spoken;
  const isCut = random() < 0.01 + cut;
  const isEmpty = !isCut && random() < 0.005;
  const isRight = !isCut && !isEmpty && normalCdf(z) < skill + change;
  const mistake = random() < 0.6 ? (isOther ? 3 : 2) : 2 + Math.floor(3 * random());
  const triggered = tool === null ? Number.NaN : Number(random() < tool);
  const output = size * Math.exp(0.25 * normal()) * (isCut ? 0.5 : 1);
  return {
    value: Number(isRight),
    complete: Number(!isCut && !isEmpty),
    cut: Number(isCut),
    empty: Number(isEmpty),
    vote: isCut || isEmpty ? 0 : isRight ? 1 : mistake,
    triggered,
    calls_valid: triggered === 1 ? Number(random() < 0.98) : Number.NaN,
    json_valid: json ? Number(!isCut && random() < 0.97) : Number.NaN,
    chars: isEmpty ? 0 : 1.5 * output,
    thought_chars: 2 * size * Math.exp(0.4 * normal()),
    output_tokens: output,
    input_tokens: prompt,
  };
}
