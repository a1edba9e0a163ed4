import { type Compiled, compiled, type Condition } from "./support.ts";

/**
 * Grids that fit, at most `limit`, as the places of all values: every trait gives each of `people` places to one of its
 * values. A value is its trait times the number of people, plus its own number. Backtracking after what the conditions rule
 * out; conditions that have failed often come first (Boussemart and others, Boosting Systematic Search by Weighting Constraints, 2004).
 */
export function fittingGrids(
  people: number,
  traits: number,
  conditions: readonly Condition[],
  limit: number,
): readonly (readonly number[])[] {
  const found: (readonly number[])[] = [];
  const all = conditions.map((condition) => compiled(condition, people));
  const watching = Array.from({ length: people * traits }, (_, value) =>
    all.filter(({ values }) => values.includes(value)),
  );
  const search = (domains: number[], pending: Set<Compiled>, changed: Set<number>): void => {
    if (!narrow(domains, people, watching, pending, changed)) return;
    const open = nextOpen(domains, watching);
    if (open === null) {
      found.push(domains.map((domain) => 31 - Math.clz32(domain)));
      return;
    }
    const domain = domains[open] ?? 0;
    for (let left = domain; left > 0 && found.length < limit; left &= left - 1) {
      const next = [...domains];
      next[open] = left & -left;
      search(next, new Set(watching[open]), new Set([Math.floor(open / people)]));
    }
  };
  const full = (1 << people) - 1;
  search(
    Array.from({ length: people * traits }, () => full),
    new Set(all),
    new Set(),
  );
  return found;
}

/** Of the values without a place the one with the fewest places left for the failures that its conditions have seen. */
function nextOpen(
  domains: readonly number[],
  watching: readonly (readonly Compiled[])[],
): number | null {
  let [best, least] = [-1, Number.POSITIVE_INFINITY];
  for (const [value, domain] of domains.entries()) {
    const size = sizes[domain] ?? 0;
    if (size < 2) continue;
    const failures = (watching[value] ?? []).reduce((sum, each) => sum + each.failures, 1);
    if (size / failures < least) [best, least] = [value, size / failures];
  }
  return best < 0 ? null : best;
}

function sizeOf(domain: number): number {
  let size = 0;
  for (let left = domain; left > 0; left &= left - 1) size += 1;
  return size;
}

/** Narrows the domains as long as something changes; false where one is left empty. */
function narrow(
  domains: number[],
  people: number,
  watching: readonly (readonly Compiled[])[],
  pending: Set<Compiled>,
  changed: Set<number>,
): boolean {
  const keep = (value: number, mask: number): boolean => {
    const before = domains[value] ?? 0;
    const after = before & mask;
    if (after === before) return true;
    domains[value] = after;
    changed.add(Math.floor(value / people));
    for (const each of watching[value] ?? []) pending.add(each);
    return after !== 0;
  };
  while (pending.size > 0 || changed.size > 0) {
    for (const trait of changed) {
      changed.delete(trait);
      if (!allDiffer(domains, trait * people, people, keep)) return false;
    }
    for (const condition of pending) {
      pending.delete(condition);
      if (!condition.narrow(domains, keep)) {
        condition.failures += 1;
        return false;
      }
      if (changed.size > 0) break;
    }
  }
  return true;
}

const unions = new Uint8Array(256);
const sizes = Uint8Array.from({ length: 256 }, (_, set) => sizeOf(set));

/** Values that have no more places among them than they are many take these from the others. */
function allDiffer(
  domains: readonly number[],
  from: number,
  people: number,
  keep: (value: number, mask: number) => boolean,
): boolean {
  for (let set = 1; set < 1 << people; set += 1) {
    const first = 31 - Math.clz32(set & -set);
    const union = (unions[set & (set - 1)] ?? 0) | (domains[from + first] ?? 0);
    unions[set] = union;
    const [many, places] = [sizes[set] ?? 0, sizes[union] ?? 0];
    if (places < many) return false;
    if (places > many || many === people) continue;
    for (let other = 0; other < people; other += 1)
      if ((set & (1 << other)) === 0 && !keep(from + other, ~union)) return false;
  }
  return true;
}
