import type { Draw } from "../draw.ts";

/** What each set of goods, a bit for each, saves in each of several payments. */
export type Slots = { readonly goods: number; readonly saved: readonly Int32Array[] };

/** The most that can be saved where every one of the goods is in one payment: payment after payment, over all sets of what is left. */
export function mostSaved({ goods, saved }: Slots): number {
  const all = (1 << goods) - 1;
  let best = Int32Array.from(saved[0] ?? []);
  for (const own of saved.slice(1)) {
    const next = new Int32Array(all + 1);
    for (let set = 0; set <= all; set += 1) {
      let most = (best[set] ?? 0) + (own[0] ?? 0);
      for (let part = set; part > 0; part = (part - 1) & set)
        most = Math.max(most, (own[part] ?? 0) + (best[set ^ part] ?? 0));
      next[set] = most;
    }
    best = next;
  }
  return best[all] ?? 0;
}

/** So many beginnings are tried. */
const beginnings = 40;

/** How often one comes to the most by moving one of the goods or exchanging two as long as that saves more. */
export function shareOfClimbs(draw: Draw, slots: Slots, most: number): number {
  const reached = Array.from({ length: beginnings }, () => climbed(draw, slots) === most);
  return reached.filter(Boolean).length / beginnings;
}

function climbed(draw: Draw, { goods, saved }: Slots): number {
  const places = Array.from({ length: goods }, () => draw.int(0, saved.length - 1));
  const sets = saved.map((_, slot) =>
    places.reduce((set, own, at) => (own === slot ? set | (1 << at) : set), 0),
  );
  const worth = (slot: number, set: number): number => saved[slot]?.[set] ?? 0;
  for (;;) {
    let best = { gain: 0, one: 0, other: 0, moved: 0 };
    const consider = (one: number, other: number, moved: number): void => {
      const [before, after] = [sets[one] ?? 0, sets[other] ?? 0];
      const gain =
        worth(one, before ^ moved) +
        worth(other, after ^ moved) -
        worth(one, before) -
        worth(other, after);
      if (gain > best.gain) best = { gain, one, other, moved };
    };
    for (let at = 0; at < goods; at += 1) {
      const from = sets.findIndex((set) => (set & (1 << at)) !== 0);
      for (const slot of sets.keys()) if (slot !== from) consider(from, slot, 1 << at);
      for (let second = at + 1; second < goods; second += 1) {
        const other = sets.findIndex((set) => (set & (1 << second)) !== 0);
        if (other !== from) consider(from, other, (1 << at) | (1 << second));
      }
    }
    if (best.moved === 0) return sets.reduce((sum, set, slot) => sum + worth(slot, set), 0);
    const { one, other, moved } = best;
    sets[one] = (sets[one] ?? 0) ^ moved;
    sets[other] = (sets[other] ?? 0) ^ moved;
  }
}
